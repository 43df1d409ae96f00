"""From clauses to statements: targets, actions and results, clause by clause.

An amount makes a claim a target or a result; without one a nameable deed makes it an action (said of
what is to come) or a result (a milestone said of the past). Attitudes and slogans make none.
"""

from __future__ import annotations

from collections.abc import Iterator

from parsers.claim import Claim, Genre, Thread
from parsers.claim_periods import Defaults, PeriodReader
from parsers.claim_signs import MAY_CLOSE, MAY_SAY, RISE
from parsers.deeds import verbs_in
from parsers.measured_claims import counts, listed_head, measured_claims
from parsers.periods import Anchor
from parsers.tense import Tense
from parsers.told_clauses import ClauseReader, Told
from parsers.unmeasured_claims import is_topic, unmeasured_claim


class ClaimReader:
    """Reads the claims of one document, paragraph by paragraph."""

    def __init__(self, anchor: Anchor, defaults: Defaults, local: bool, news: bool) -> None:
        """`local`, `news`: see `Genre`."""
        self.anchor = anchor
        self.genre = Genre(local, news)
        self._clauses = ClauseReader(anchor, defaults, news)
        self._thread = Thread()

    @property
    def dates(self) -> PeriodReader:
        """What dates the claims."""
        return self._clauses.dates

    def goes_on(self, about: str) -> None:
        """What follows may go on about this: the report of a row about its task."""
        self._thread.before = RISE.sub("", about)

    def read(self, number: int, text: str, tense: Tense | None) -> Iterator[Claim]:
        """Claims of paragraph `number`; `tense`: that of its section or of its words."""
        verbs = [*verbs_in(text), len(text) + 1][::-1]
        for told in self._clauses.walk(text, tense):
            if told.amounts:
                yield from self._measured(told, number, text)
                continue
            start, end, words = told.clause.start, told.clause.end, told.words
            while verbs[-1] < start:
                verbs.pop()
            verb = verbs[-1] - start if verbs[-1] < end else -1
            if verb < 0 and told.tense != "past" and words[-1] not in MAY_CLOSE and not MAY_SAY.search(words):
                continue
            claim = self._unmeasured(told, number, text, verb)
            if claim is not None and (claim.kind != "action" or not is_topic(text, told.clause)):
                yield claim

    def _measured(self, told: Told, number: int, text: str) -> Iterator[Claim]:
        if not counts(told, self.genre.local):
            return
        listed = listed_head(told, text)
        if listed is not None:
            head = self._unmeasured(listed, number, text)
            if head is not None:
                yield head
            behind = told.clause.start + len(listed.words) + 1
            told = told._replace(clause=told.clause._replace(start=behind))
        yield from measured_claims(told, number, text, self._thread, self.dates, self._clauses.tense_rule)

    def _unmeasured(self, told: Told, number: int, text: str, verb: int | None = None) -> Claim | None:
        rule = self._clauses.tense_rule
        return unmeasured_claim(told, number, text, self._thread, self.dates, rule, self.genre, verb)
