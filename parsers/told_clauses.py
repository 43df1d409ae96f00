"""The clauses of a paragraph with what their sentences give them: amounts, tense, time, reservation.

A sentence lends its clauses what they do not say themselves; a paragraph that opens with a stretch of
years or a look back lends it to its sentences.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from parsers.claim_periods import Defaults, PeriodReader, first_years, from_year
from parsers.claim_signs import (
    GOALS,
    ITEM,
    ITEM_FIRST,
    LOOKS,
    LOOKS_BACK,
    OPENING,
    RESERVED,
    STRETCHES,
    TURNS_AHEAD,
)
from parsers.clause_tense import TenseReader
from parsers.clauses import Clause, clauses
from parsers.periods import Anchor, earlier, find_times, resolve_all
from parsers.quantities import find_quantities
from parsers.statement import Quantity
from parsers.tense import Tense

_LEAST = 4
"""Characters that a clause needs to say anything."""


class Told(NamedTuple):
    """A clause, its words without the number of an item, and how it is said."""

    clause: Clause
    words: str
    amounts: list[Quantity]
    tense: Tense
    when: str | None
    introduced: str


class ClauseReader:
    """Walks through the paragraphs of one document; `dates` and `tense_rule` say how it decided last."""

    def __init__(self, anchor: Anchor, defaults: Defaults, news: bool) -> None:
        self.anchor = anchor
        self.news = news
        self.dates = PeriodReader(anchor, defaults)
        self._facing = {tense: anchor.facing(looking) for tense, looking in LOOKS.items()}
        planned = defaults.target is not None and ".." in defaults.target
        self._tenses = TenseReader(anchor, news, planned)

    @property
    def tense_rule(self) -> str:
        """What decided the tense of the clause told last."""
        return self._tenses.rule

    def walk(self, text: str, tense: Tense | None) -> Iterator[Told]:
        """The clauses of a paragraph, shorter ones left out; `tense`: that of its section or of its words."""
        amounts = find_quantities(text)
        every = find_times(text)
        times = [t for t in every if t.role == "time"]
        periods = resolve_all(text, times, self._facing[tense]) if times else []
        begins = first_years(every) if len(every) > len(times) else []
        at = time_at = 0
        sentence = -1
        introduced = ""
        sentence_time: str | None = None
        sentence_tense: Tense | None = None
        looking_back: Tense | None = None
        stretch: str | None = None
        goals = GOALS.search(text)
        goals_from = goals.end() if goals else len(text)
        beyond = len(text) + 1  # closes the lists below, so that no clause looks past their ends
        told = self._tenses.telling(text, beyond)
        amount_starts, amount_ends = (
            [*[q.start for q in amounts], beyond],
            [*[q.end for q in amounts], beyond],
        )
        time_starts, time_ends = [*[t.start for t in times], beyond], [*[t.end for t in times], beyond]
        for clause in clauses(text):
            start, end, of_sentence, _, _ = clause
            if start >= goals_from:
                tense = "forward"
            if of_sentence != sentence:
                sentence, sentence_time, sentence_tense = of_sentence, None, looking_back
                introduced = ""
            while amount_starts[at] < start:
                at += 1
            first = at
            while amount_ends[at] <= end:
                at += 1
            while time_starts[time_at] < start:
                time_at += 1
            mention, when = None, None
            while time_ends[time_at] <= end:
                if mention is None or when is None:
                    mention, when = times[time_at], periods[time_at]
                time_at += 1
            words = text[start:end]
            if (words[0] in ITEM_FIRST or words[1:2] == "是") and (item := ITEM.match(words)):
                start += item.end()
                clause = clause._replace(start=start)
                words = words[item.end() :]
            while told[-1] < start:
                told.pop()
            tells = self.news or told[-1] < end
            around = sentence_tense or tense
            if around is not None and mention is None and not tells:
                said = self._tenses.go_on(around, sentence_tense is not None)  # true of nearly every clause
            else:
                said = self._tenses.judge(
                    words, start, tense, sentence_tense, mention, when, tells, measured=first < at
                )
                if begins and said == "past" and when is not None:
                    when = from_year(begins, start, times[time_at - 1].start, when)
                if (
                    self.news
                    and mention is not None
                    and len(words) < 8
                    and self._tenses.is_over(mention, when)
                ):
                    sentence_tense = "past"
                if (mention is not None and mention.direction != "neutral") or (
                    tells and self._tenses.carries(words, said, mention)
                ):
                    sentence_tense = said
            if tells and LOOKS_BACK.match(words):
                looking_back = sentence_tense = "past"
            elif looking_back and (said == "forward" or TURNS_AHEAD.match(words)):
                looking_back = None
            if "提前" in words and (when or sentence_time):
                when = earlier(words, when or sentence_time or "")
            if when is not None:
                # 连续18年 is the span of one figure, not of what its sentence goes on to tell.
                sentence_time = when if mention is None or mention.words[0] != "连" else sentence_time
            if self.news and mention is not None and when is not None:
                self.dates.open_scope(mention, when, start, text)
            elif mention is not None and when is not None and clause.first:
                opens = (
                    ".." in when
                    and clause.start <= OPENING
                    and mention.form in STRETCHES
                    and mention.words[0] != "连"
                )
                stretch = when if opens else None
            if stretch is not None and sentence_time is None and self._within(stretch, said):
                when = stretch
            if words[0] in "预初据经" and RESERVED.match(words):
                introduced = words
            if len(words) >= _LEAST:
                yield Told(clause, words, amounts[first:at], said, when or sentence_time, introduced)

    def _within(self, stretch: str, said: Tense) -> bool:
        """Whether the years that open a paragraph hold for it: those behind for what was done."""
        year = self.anchor.this_year
        return year is not None and (int(stretch[-4:]) >= year) == (said == "forward")
