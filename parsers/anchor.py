"""What the times of a document are relative to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from parsers.reading import DocumentType

PLAN_DOCUMENTS = ("report", "plan", "list")


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a document's times are relative to.

    year, month, day: when it was published, as far as known. plan_year: the year whose plan it belongs to.
    looking: "back" in a part that reviews (全年, 年内 and a bare month then mean the year under review),
    "ahead" in one that plans, None where it is not known.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    plan_year: int | None = None
    type: DocumentType = "news"
    looking: Literal["back", "ahead"] | None = None

    @classmethod
    def of(cls, published: str | None, plan_year: str | None, type: DocumentType = "news") -> Anchor:
        """From published (YYYY[-MM[-DD]]) and plan year (YYYY, or the first year of YYYY..YYYY)."""
        parts = [int(p) for p in published.split("-")] if published else []
        year, month, day = ([*parts, None, None, None])[:3]
        return cls(year, month, day, int(plan_year[:4]) if plan_year else None, type)

    def facing(self, looking: Literal["back", "ahead"] | None) -> Anchor:
        """The same document, in a part that looks back or ahead."""
        return self if looking == self.looking else replace(self, looking=looking)

    @property
    def this_year(self) -> int | None:
        """The year that 今年 means: a report's plan year, unless it was given in the December before."""
        if self.type in PLAN_DOCUMENTS and self.plan_year and not (self.year and self.month == 12):
            return self.plan_year
        return self.year or self.plan_year

    @property
    def current(self) -> int | None:
        """The year that a bare 全年, 年底, 上半年 or 5月 means here."""
        if self.type == "communique" or (self.looking == "back" and self.type in PLAN_DOCUMENTS):
            return self.last_full_year
        if self.type in PLAN_DOCUMENTS:
            return self.plan_year or self.year
        return self.year or self.plan_year

    @property
    def last_full_year(self) -> int | None:
        """The last year that was over, or nearly so, when the text was published: what it reviews."""
        base = (
            (self.plan_year or self.year)
            if self.type in (*PLAN_DOCUMENTS, "communique")
            else (self.year or self.plan_year)
        )
        return base - 1 if base else None
