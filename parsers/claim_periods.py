"""Which time a claim is of: its own, its sentence's, its section's, or the document's default."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.periods import Anchor, TimeMention, find_times, resolve
from parsers.statement import Kind
from parsers.tense import Tense

_PLAIN_YEAR = re.compile(r"(?:19|20)\d\d年")
_YEAR_BY_YEAR = re.compile("[每逐各年]年")
"""What is due in each year of a plan, the first one included."""
_OPENING = 12
"""Characters at a paragraph's start in which a year opens it (a speaker's label may stand before)."""


@dataclass(frozen=True, slots=True)
class Defaults:
    """Periods that a claim without a time of its own takes in this document; None leaves it open."""

    target: str | None
    action: str | None
    result: str | None


class PeriodReader:
    """Dates claim by claim; `rule` names what decided last."""

    def __init__(self, anchor: Anchor, defaults: Defaults) -> None:
        self.anchor = anchor
        self.defaults = defaults
        self.stretch: str | None = None
        """The years that the present section is about (今后五年, “十四五”时期), once a heading says so."""
        self.plan: str | None = None
        """The years of the plan that the present part of a report sets out (`parsers.plan_parts`)."""
        self.rule = ""
        self._scope: dict[Tense, str] = {}

    @property
    def reviewed(self) -> str | None:
        """The time that an article is telling of, once it has said so (2017年,…取得了)."""
        return self._scope.get("past")

    def head(self, text: str) -> None:
        """A heading, which may name the years its section is about."""
        for mention in find_times(text):
            when = resolve(mention, self.anchor)
            if when is not None and ".." in when:
                self.stretch = when

    def of(self, kind: Kind, when: str | None, present: bool = False, words: str = "") -> str | None:
        """`present`: a state (a rate, a stock, a count), which an article tells as of its own date. `words`:
        what is claimed."""
        if when is not None and not (kind == "result" and self._later(when)):
            return self._due("said", when)
        if self.plan is not None and kind != "result" and not _YEAR_BY_YEAR.search(words):
            return self._due("plan", self.plan)
        of = self.defaults
        default = of.target if kind == "target" else of.action if kind == "action" else of.result
        if default is not None or kind == "target":
            return self._due("default", default)
        scope = self._scope.get("forward" if kind == "action" else "past")
        if scope is None and kind == "result" and present and self.anchor.year is not None:
            return self._due("present", str(self.anchor.year))
        return self._due("scope", scope)

    def averaged(self, kind: Kind) -> str | None:
        """The years of an average: those of the section, where they lie behind a result."""
        year, stretch = self.anchor.this_year, self.stretch
        behind = stretch is not None and year is not None and int(stretch[-4:]) > year
        return self._due("section", None if kind == "result" and behind else stretch)

    def _due(self, rule: str, period: str | None) -> str | None:
        self.rule = f"period.{rule}" if period is not None else "period.open"
        return period

    def open_scope(self, mention: TimeMention, when: str, start: int, text: str) -> None:
        """An article's time holds for what follows: a year that opens a paragraph, or the day of the news."""
        year = self.anchor.this_year
        if mention.form == "day_word":
            self._scope["past"] = when
        elif (
            year is not None
            and start <= _OPENING
            and _PLAIN_YEAR.fullmatch(mention.words)
            and text[mention.start - 1 : mention.start] not in ("在", "到", "至", "从", "自", "由")
        ):
            self._scope["past" if int(when[:4]) < year else "forward"] = when

    def _later(self, when: str) -> bool:
        """A result cannot lie after its text: 申办2019年…大会 names the event, not the time of the deed."""
        year = self.anchor.this_year
        return year is not None and int(when[:4]) > year


def first_years(times: Sequence[TimeMention]) -> list[TimeMention]:
    """The years that something grew from (从2012年的…)."""
    return [t for t in times if t.role == "baseline" and _PLAIN_YEAR.fullmatch(t.words)]


def from_year(begins: Sequence[TimeMention], start: int, end: int, when: str) -> str:
    """从2012年的A增加到2021年的B tells of all these years."""
    year = next((t.words[:4] for t in begins if start <= t.start < end), when)
    return f"{year}..{when}" if len(when) == 4 and year < when else when
