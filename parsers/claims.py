"""From clauses to statements: targets, actions and results, clause by clause.

An amount makes a claim a target or a result; without one a nameable deed makes it an action (said of
what is to come) or a result (a milestone said of the past). Attitudes and slogans make none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsers.asides import is_aside
from parsers.bounds import bound_in
from parsers.claim_periods import Defaults, PeriodReader, first_years, from_year
from parsers.claim_signs import (
    DURATION,
    FOLLOWED,
    GOALS,
    ITEM,
    ITEM_FIRST,
    LOOKS,
    LOOKS_BACK,
    MAY_CLOSE,
    MAY_SAY,
    NO_AMOUNT,
    OPENING,
    OTHERS,
    RESERVED,
    RISE,
    SHORTENED,
    STRETCHES,
    TITLE,
    TURNS_AHEAD,
    YEARLY,
)
from parsers.clause_tense import TenseReader
from parsers.clauses import Clause, clauses
from parsers.deed_subjects import needs_topic, subject_of_bound, subject_of_deed
from parsers.deed_things import nameless
from parsers.deeds import find_deed, verbs_in
from parsers.listed_claims import CONTINUES, claims_in, listed_first
from parsers.milestones import find_milestone
from parsers.periods import Anchor, earlier, find_times, resolve_all
from parsers.quantities import find_quantities
from parsers.statement import Kind, Quantity
from parsers.subjects import Subject, listed_behind, subject_of
from parsers.tense import Tense
from parsers.topics import Topics
from parsers.wording import absent_subject, says_none_set


@dataclass(slots=True)
class Claim:
    """A claim in paragraph coordinates, before it gets its place, level and author."""

    kind: Kind
    paragraph: int
    start: int
    end: int
    text: str
    amounts: tuple[Quantity, ...]
    subject: Subject
    period: str | None
    absent: bool
    tense: Tense
    rule: str
    introduced: str = ""
    """Words at the head of its sentence that hold for every figure in it (初步核算，…; 预计…)."""


class ClaimReader:
    """Reads the claims of one document, paragraph by paragraph."""

    def __init__(self, anchor: Anchor, defaults: Defaults, local: bool, news: bool) -> None:
        """`local`: the document speaks for a place below the nation, whose facts are not its own.

        `news`: an article, whose reporter tells facts with bare verbs where a report would plan.
        """
        self.news = news
        self.anchor = anchor
        self._facing = {tense: anchor.facing(looking) for tense, looking in LOOKS.items()}
        self.local = local
        self.dates = PeriodReader(anchor, defaults)
        planned = defaults.target is not None and ".." in defaults.target
        self._tenses = TenseReader(anchor, news, planned)
        self._before = ""
        self._topics = Topics()
        self._text = ""

    def goes_on(self, about: str) -> None:
        """What follows may go on about this: the report of a row about its task."""
        self._before = RISE.sub("", about)

    def read(self, number: int, text: str, tense: Tense | None) -> Iterator[Claim]:
        """Claims of paragraph `number`; `tense`: that of its section or of its words."""
        self._text = text
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
        verbs = [*verbs_in(text), beyond][::-1]
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
            if len(words) < 4:
                continue
            if first < at:
                for claim in self._measured(
                    number, text, clause, amounts[first:at], said, when or sentence_time
                ):
                    claim.introduced = introduced
                    yield claim
                continue
            while verbs[-1] < start:
                verbs.pop()
            verb = verbs[-1] - start if verbs[-1] < end else -1
            if verb < 0 and said != "past" and words[-1] not in MAY_CLOSE and not MAY_SAY.search(words):
                continue
            if (deed := self._unmeasured(number, words, clause, said, when or sentence_time, verb)) and (
                deed.kind != "action" or not _is_topic(text, clause)
            ):
                yield deed

    def _within(self, stretch: str, said: Tense) -> bool:
        """Whether the years that open a paragraph hold for it: those behind for what was done."""
        year = self.anchor.this_year
        return year is not None and (int(stretch[-4:]) >= year) == (said == "forward")

    def _rule(self, *made: str) -> str:
        """What made the claim, what decided its tense and what its period."""
        return ";".join((*made, self._tenses.rule, self.dates.rule))

    def _measured(
        self,
        number: int,
        text: str,
        clause: Clause,
        amounts: Sequence[Quantity],
        tense: Tense,
        when: str | None,
    ) -> Iterator[Claim]:
        words = text[clause.start : clause.end]
        if self.local and OTHERS.match(words) and not re.search("第|首|前列", words):
            return
        if is_aside(words):
            return
        solid = [amount for amount in amounts if amount.unit not in DURATION]
        kind: Kind = "result" if tense == "past" else "target"
        if not solid:
            deed = (
                find_milestone(words)
                or find_deed(words)
                or (kind == "result" and "完成" in words)
                or SHORTENED.search(words)
            )
            if not deed:
                return
        first = listed_first(text, clause, amounts[0].start)
        if first is not None and kind == "target":
            listed = self._unmeasured(number, text[clause.start : first], clause, tense, when)
            if listed is not None:
                yield listed
            clause = clause._replace(start=first + 1)
        before: Subject | None = None
        for start, end, group in claims_in(text, clause, amounts):
            part = text[start:end]
            local = [(amount.start - start, amount.end - start, amount) for amount in group]
            subject = subject_of(part, local, self._before)
            if before is not None:
                subject = listed_behind(subject, before)
            before = before or subject
            if not CONTINUES.match(part):
                ends = end - group[-1].end <= len(subject.object)
                subject = self._topics.complete(subject, text, number, clause, ends)
                self._before = RISE.sub("", subject.text)
            present = subject.base == "stock" or subject.dimension == "percent"
            present |= subject.indicator is None and subject.base != "cumulative"
            averaged = (
                when is None and "年均" in part and (kind == "target" or YEARLY.search(part) is not None)
            )
            yield Claim(
                kind,
                number,
                start,
                end,
                part,
                tuple(group),
                subject,
                self.dates.averaged(kind) if averaged else self.dates.of(kind, when, present, part),
                False,
                tense,
                self._rule(f"claim.{kind}", subject.rule),
            )

    def _unmeasured(
        self,
        number: int,
        words: str,
        clause: Clause,
        tense: Tense,
        when: str | None,
        verb: int | None = None,
    ) -> Claim | None:
        """`verb`: where the first verb of a deed begins, -1 where the clause holds none, if that is known."""
        if "标" in words and says_none_set(words):
            what = absent_subject(words)
            subject = Subject(what, None, "", what, None, None, "subject.absent")
            made: tuple[str, ...] = ("claim.absent", subject.rule)
            return self._without_amounts(
                "target", number, clause, words, subject, tense, when, made, absent=True
            )
        if clause.mark == "：" and len(words) < 30:
            return None
        if self.local and OTHERS.match(words):
            return None
        bound = bound_in(words)
        kind: Kind
        if bound is not None:
            kind = "result" if tense == "past" else "target"
            subject = subject_of(words, [(*bound, NO_AMOUNT)], self._before)
            subject = subject_of_bound(subject, words[bound[0] :])
            made = (f"claim.{kind}", "bound.words", subject.rule)
            return self._without_amounts(kind, number, clause, words, subject, tense, when, made)
        if tense == "past":
            deed = find_milestone(words) or find_deed(words, verb)
            kind = "result"
            finished = "了" in words
            if deed is not None and deed.rule in ("deed.made", "deed.advanced", "deed.into") and not finished:
                return None
            if deed is not None and deed.verb in ("加快建设", "加速建设") and nameless(deed.object):
                return None
        else:
            deed = find_deed(words, verb)
            kind = "action"
        if deed is None:
            return None
        topic = self._topics.name(self._text, number, clause) if needs_topic(deed) else ""
        subject = subject_of_deed(deed, topic)
        self._before = subject.text
        self._topics.tell(subject, number, clause)
        made = (f"claim.{kind}", deed.rule)
        return self._without_amounts(kind, number, clause, words, subject, tense, when, made)

    def _without_amounts(
        self,
        kind: Kind,
        number: int,
        clause: Clause,
        words: str,
        subject: Subject,
        tense: Tense,
        when: str | None,
        made: tuple[str, ...],
        absent: bool = False,
    ) -> Claim:
        """A claim that is a whole clause. Its period comes first: dating leaves the rule it was dated by."""
        period = self.dates.of(kind, when, words=words)
        rule = self._rule(*made)
        return Claim(kind, number, clause.start, clause.end, words, (), subject, period, absent, tense, rule)


def _is_topic(text: str, clause: Clause) -> bool:
    """A short sentence at a paragraph's head, followed by more, is its title, unless it quotes a name."""
    return (
        clause.first
        and clause.sentence == 0
        and clause.mark == "。"
        and clause.end - clause.start <= TITLE
        and len(text) - clause.end >= FOLLOWED
        and "“" not in text[clause.start : clause.end]
    )
