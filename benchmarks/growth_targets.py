"""Growth targets read year by year against tables: `python -m benchmarks.growth_targets FOLDER [--silver]`.

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


def rows_of(table: Path) -> list[dict[str, str]]:
    """A table's lines."""
    with table.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def national(corpus: Path) -> int:
    """Years that differ from the national table; years it does not list must have no target."""
    rows = rows_of(corpus / "truth/national_gdp_growth_targets.tsv")
    listed = {row["year"]: (number(row["low"]), number(row["high"])) for row in rows}
    wrong = 0
    for year in range(int(rows[0]["year"]), int(rows[-1]["year"]) + 1):
        found = {as_range(s) for s in yearly_targets(corpus / f"reports/nation/全国/{year}.md")}
        wanted = {listed[str(year)]} if str(year) in listed else set()
        if found != wanted:
            wrong += 1
            print(f"nation {year}: read {found or 'none'}, table {wanted or 'none'}")
    print(f"national table: {len(rows)} years, {wrong} wrong")
    return wrong


def provinces(corpus: Path) -> int:
    """Provinces that differ from the published tables of 2025 and 2026 (amount and 左右 or 以上)."""
    wrong = seen = 0
    for year in ("2025", "2026"):
        for row in rows_of(corpus / f"truth/gdp_growth_target_{year}.tsv"):
            for path in (corpus / "reports/province").glob(f"{row['province']}*/{year}.md"):
                seen += 1
                words = row.get("target_text") or f"{row['low']}%{row['phrasing']}"
                low = Decimal(words.split("%")[0])
                op = "~" if "左右" in words else ">=" if "以上" in words else "="
                found = {(s.quantities[0].value, s.quantities[0].op) for s in yearly_targets(path)}
                if found != {(low, op)}:
                    wrong += 1
                    print(f"{row['province']} {year}: read {found or 'none'}, table {words}")
    print(f"provinces' tables: {seen} reports, {wrong} wrong")
    return wrong


def silver(corpus: Path) -> None:
    """How often the target read is the one that a plain pattern found; the rest is listed, and reports in
    which further targets of the year's growth are read."""
    same = none = several = 0
    rows = [
        r for r in rows_of(corpus / "truth/silver_gdp_growth_targets.tsv") if (corpus / r["file"]).exists()
    ]
    for row in rows:
        found = [as_range(s)[0] for s in yearly_targets(corpus / row["file"])]
        if number(row["low"]) in found:
            same += 1
            if len(set(found)) > 1:
                several += 1
                print(f"{row['file']}: read {[str(f) for f in found]}, silver {row['low']}{row['phrasing']}")
        else:
            none += not found
            print(f"{row['file']}: read {found or 'none'}, silver {row['low']}{row['phrasing']}")
    print(
        f"silver table: {len(rows)} reports, {same} the same (of which {several} with further targets), "
        f"{none} without a target of ours"
    )


def main() -> int:
    """Print agreement with each table; 1 where a true table disagrees. --silver adds the hint's."""
    arguments = [a for a in sys.argv[1:] if not a.startswith("--")]
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    corpus = Path(arguments[0])
    wrong = national(corpus) + provinces(corpus)
    if "--silver" in sys.argv:
        silver(corpus)
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
