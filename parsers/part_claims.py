"""Claims of the parts of task tables and assigned lists, with their deadline and who is in charge."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from parsers.claim import Claim
from parsers.claim_periods import Defaults
from parsers.claims import ClaimReader
from parsers.deadlines import period_of
from parsers.periods import Anchor
from parsers.statement import Op, Quantity
from parsers.tables import Part
from parsers.tense import Tense

_BLANKED = str.maketrans("≥≤＞＜", "    ")
_SIGNS: dict[str, Op] = {"≥": ">=", "≤": "<=", ">": ">", "＞": ">", "<": "<", "＜": "<"}
_SAID = re.compile("(?:^|;)period[.]said(?:;|$)")
_DATED = re.compile("period[.][a-z]+")


class PartReader:
    """Reads parts with the reader of their document."""

    def __init__(self, reader: ClaimReader) -> None:
        self._reader = reader
        self._row, self._told = -1, ""
        self._others: dict[tuple[int | None, bool], ClaimReader] = {}

    def read(self, number: int, part: Part, tense: Tense | None) -> Iterator[tuple[Claim, str]]:
        """Claims in characters of the part, each with who is in charge; `tense`: the document's there."""
        reports, raw = part.tense == "past", part.words.text
        reader = self._reader_of(part.plan, reports)
        if reports and self._row == number:
            reader.goes_on(self._told)
        for claim in reader.read(number, raw.translate(_BLANKED) if part.rule else raw, part.tense or tense):
            duty = part.duty(claim.start)
            if part.rule:
                claim.text = raw[claim.start : claim.end]
                claim.rule += f";{part.rule}"
                claim.amounts = tuple([_signed(amount, raw) for amount in claim.amounts])
            said = _SAID.search(claim.rule) is not None
            if part.year is not None and not said:
                self._date(claim, part.year, "column")
            elif duty is not None and duty.due and not reports:
                due = period_of(duty.due, reader.anchor)
                # What says 今年 itself is still due by the month of its deadline.
                if not said or (due is not None and claim.period == due[:4]):
                    self._date(claim, due, "deadline")
            if duty is not None and duty.responsible:
                claim.rule += ";duty.body"
            if not reports:
                self._row, self._told = number, claim.subject.text
            yield claim, duty.responsible if duty is not None else ""

    def _reader_of(self, plan: int | None, reports: bool) -> ClaimReader:
        """The document's reader, or one for items of another year than its own, or for what a table reports.

        What it reports was done in the year of its tasks, which a bare 全年 or 6月 means there.
        """
        main = self._reader
        year = plan or main.anchor.plan_year
        if not reports and year == main.anchor.plan_year:
            return main
        if (year, reports) not in self._others:
            told = str(year) if year else None
            anchor = Anchor(year, plan_year=year, type="news" if reports else "list")
            self._others[year, reports] = ClaimReader(
                anchor, Defaults(told, told, told), main.genre.local, news=False
            )
        return self._others[year, reports]

    @staticmethod
    def _date(claim: Claim, period: str | None, by: str) -> None:
        if period is not None and claim.kind != "framework":
            claim.period = period
            claim.rule = _DATED.sub(f"period.{by}", claim.rule)


def _signed(amount: Quantity, text: str) -> Quantity:
    """The amount with the bound that a sign in front of it sets (≥8%)."""
    sign = text[amount.start - 1 : amount.start]
    return replace(amount, op=_SIGNS[sign]) if amount.op == "=" and sign in _SIGNS else amount
