"""Growth targets read year by year against tables: `python -m benchmarks.growth_targets FOLDER`.

FOLDER is the corpus: reports/ and truth/. The national and the provinces' tables are truth and must agree
exactly; the silver table is regex output and only a hint, so its disagreements are listed to be read.
"""

from __future__ import annotations

import csv
import sys
from decimal import Decimal
from pathlib import Path

from parsers.read import read
from parsers.reading import Declared
from parsers.refusal import Refused
from parsers.statement import Statement

SUBJECT = "地区生产总值增速"
Range = tuple[Decimal | None, Decimal | None]


def yearly_targets(path: Path) -> list[Statement]:
    """Targets of GDP growth that a report sets for its own year."""
    try:
        reading = read(path.read_bytes(), path.name, Declared(type="report"), placed=False)
    except Refused:
        return []
    return [
        s
        for s in reading.statements
        if s.kind == "target"
        and s.subject == SUBJECT
        and s.period == path.stem[:4]
        and (s.quantities or s.absent)
    ]


def as_range(statement: Statement) -> Range:
    """(low, high) as the tables write it: a floor has no high, an explicit absence neither."""
    if statement.absent:
        return None, None
    amount = statement.quantities[0]
    return amount.value, None if amount.op in (">=", ">") else amount.high or amount.value


def number(text: str) -> Decimal | None:
    """A table's cell."""
    return Decimal(text) if text else None


def main() -> int:
    """Print agreement with each table; 1 where a true table disagrees."""
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    corpus = Path(sys.argv[1])
    wrong = 0
    rows = list(
        csv.DictReader(
            (corpus / "truth/national_gdp_growth_targets.tsv").open(encoding="utf-8"), delimiter="\t"
        )
    )
    listed = {row["year"]: (number(row["low"]), number(row["high"])) for row in rows}
    for year in range(int(rows[0]["year"]), int(rows[-1]["year"]) + 1):
        found = {as_range(s) for s in yearly_targets(corpus / f"reports/nation/全国/{year}.md")}
        wanted = {listed[str(year)]} if str(year) in listed else set()
        if found != wanted:
            wrong += 1
            print(f"nation {year}: read {found or 'none'}, table {wanted or 'none'}")
    print(f"national table: {len(rows)} years, {wrong} wrong")
    return 1 if wrong or _silver(corpus) < 0 else 0


def _silver(corpus: Path) -> int:
    """Print agreement with the silver table; the number of disagreements."""
    rows = list(
        csv.DictReader(
            (corpus / "truth/silver_gdp_growth_targets.tsv").open(encoding="utf-8"), delimiter="\t"
        )
    )
    print(rows[0])
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
