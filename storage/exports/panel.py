"""The researcher's panel: what is known of each indicator of a place, year by year.

That nothing is set, that nobody looked and that the text is missing are different answers: where no text of a
year is held, the log of looks at the place's sources tells the last two apart. A year of silence
after a promise is a conclusion that may accuse: a public panel has it only once a person confirmed it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from storage.exports.rows import Source
from storage.queries.veil import Record
from storage.ruling_rows import rulings_held
from storage.selecting import chunks
from storage.withholding import LABEL
from tracking.rulings import in_force

Cell = dict[str, Any]
Unseen = Callable[[str, int], str]
"""When nobody saw the sources of a place (full name) in a year; "" where they were seen or there are none."""
Owner = tuple[str, str, str]
"""Code and full name of the place, and level."""
_BINDING = ("adopted", "official", "leader", "reporter")
_PAGE = 500


@dataclass
class Years:
    """What is held of a place's yearly plans. whole: the hashes of each complete one's texts, by year."""

    whole: dict[int, tuple[str, ...]] = field(default_factory=dict)
    partly: set[int] = field(default_factory=set)


@dataclass
class Series:
    """One indicator of a place on one base. rows: by year; dropped: first years of silence, and whether a
    person confirmed it; refuted: years of which a person said that the silence does not hold."""

    rows: dict[int, list[Cell]] = field(default_factory=lambda: defaultdict(list))
    dropped: dict[int, bool] = field(default_factory=dict)
    refuted: set[int] = field(default_factory=set)


def panel(held: Source, unseen: Unseen = lambda place, year: "") -> list[Cell]:
    """The rows, sorted by place, level, indicator, base, year, role and ordinal. unseen: the log of gaps."""
    years = _years(held)
    refuted = _refuted(held)
    series: dict[tuple[Owner, str, str], Series] = defaultdict(Series)
    spoken: dict[tuple[Owner, str], set[str]] = defaultdict(set)
    targets = [c for c in held.commitments() if c["kind"] == "target" and c["subject"] != LABEL]
    for some in chunks(targets, _PAGE):
        said = held.statements_by_key([m for c in some for m in c["members"]])
        entries = held.changes_of([c["id"] for c in some])
        for c in some:
            told = [(m, said[m["key"]]) for m in c["members"] if m["key"] in said and m["role"] != "named"]
            owner = (c["place_code"], c["district"], c["level"])
            one = series[owner, c["subject"], _base(told)]
            for member, statement in told:
                _take(one, c, member, statement, refuted)
                if _role(member, statement) == "promise":
                    spoken[owner, c["subject"]].add(statement["sha256"])
            for entry in entries[c["id"]]:
                if entry["change"] == "dropped" and (year := _year(entry["edition_to"])):
                    one.dropped[year] = one.dropped.get(year, False) or entry["reviewed"] is not None
    found: list[Cell] = []
    gaps = cache(unseen)
    for (owner, indicator, base), one in series.items():
        named: Cell = {"place_code": owner[0], "place": owner[1], "level": owner[2]}
        named |= {"indicator": indicator, "base": base or None}
        for cell in _cells(one, years[owner], spoken[owner, indicator], held.audience == "public"):
            if cell["status"] in ("document_missing", "not_observed"):
                _join_gaps(cell, gaps(owner[1], cell["year"]))
            found.append({**named, **cell, **({"demo": True} if held.demo else {})})
    return sorted(found, key=_order)


def _join_gaps(cell: Cell, gaps: str) -> None:
    """Without a text: if nobody looked all the year, it is not known whether there was one."""
    if gaps:
        cell |= {"status": "not_observed", "gaps": gaps}


def _order(row: Cell) -> tuple[Any, ...]:
    return (
        *(row["place"], row["level"], row["place_code"], row["indicator"], row["base"] or ""),
        *(row["year"], row["role"], row["ordinal"]),
    )


def _years(held: Source) -> dict[Owner, Years]:
    found: dict[Owner, Years] = defaultdict(Years)
    for edition in held.editions():
        if (year := _year(edition["period"])) is None:
            continue
        one = found[edition["place_code"], edition["district"], edition["level"]]
        # A complete list of deeds is silent on every indicator by its nature.
        if edition["complete"] and edition["lineage"] == "yearly":
            hashes = {text["sha256"] for text in edition["documents"]}
            one.whole[year] = tuple(sorted({*one.whole.get(year, ()), *hashes}))
        else:
            one.partly.add(year)
    return found


def _refuted(held: Source) -> set[tuple[str, int, int, int]]:
    """(hash, start, end, year): sentences of which a person said that a later plan is not silent on them."""
    return {
        (cited.sha256, start, end, year)
        for ruling in in_force(rulings_held(held.connection, held.upto))
        if ruling.kind == "review" and ruling.body.get("verdict") == "rejected"
        if (year := _year(ruling.body.get("edition_to"))) is not None
        for cited in ruling.evidence
        for start, end in cited.spans
    }


def _base(told: Sequence[tuple[Record, Record]]) -> str:
    """The base that most statements of a thread name; links keep different ones apart."""
    named = Counter(s["base"] for _, s in told if s["base"])
    return min(named, key=lambda base: (-named[base], base)) if named else ""


def _role(member: Mapping[str, Any], statement: Mapping[str, Any]) -> str:
    return "result" if "result" in (member["role"], statement["kind"]) else "promise"


def _year(text: str | None) -> int | None:
    """The year of a yearly plan; one of several years has none."""
    return int(text) if text is not None and text.isdigit() and len(text) == 4 else None


def _due(text: str | None) -> int | None:
    """The last year that a period or date names."""
    last = (text or "").rpartition("..")[2][:4]
    return int(last) if len(last) == 4 and last.isdigit() else None


def _take(
    one: Series, c: Record, member: Record, statement: Record, refuted: set[tuple[str, int, int, int]]
) -> None:
    year = _due(statement["period"]) or _due(member["period"]) or _due(statement["published_on"])
    for sha256, start, end, silent in refuted:
        if sha256 == statement["sha256"] and [start, end] in [list(s) for s in statement["spans"]]:
            one.refuted.add(silent)
    # A sentence that two threads share stands once.
    if year is None or any(row["statement"] == statement["key"] for row in one.rows[year]):
        return
    hidden, role = bool(statement.get("withheld")), _role(member, statement)
    status = "withheld" if hidden else "not_set" if statement["absent"] else None
    one.rows[year].append(
        {
            "year": year,
            "role": role,
            "status": status or ("reported" if role == "result" else "set"),
            **({} if hidden else _amount(statement)),
            "modality": statement["modality"],
            "nature": statement["nature"],
            "vintage": statement["vintage"],
            "edition": member["period"],
            "date_given": statement["published_on"],
            "source_sha256": statement["sha256"],
            "words_start": statement["start"],
            "words_end": statement["end"],
            "statement": statement["key"],
            "commitment": c["id"],
            "link_confidence": member["confidence"],
            "_authority": statement["authority"],
        }
    )


def rank(row: Cell) -> tuple[Any, ...]:
    """What the year's own plan says first: a yearly average promised years before is another figure. Then the
    most binding words, then the earliest."""
    weight = _BINDING.index(row["_authority"]) if row["_authority"] in _BINDING else len(_BINDING)
    return (
        row["edition"] != str(row["year"]),
        weight,
        row["date_given"] or "9999",
        row["source_sha256"],
        row["words_start"],
    )


def _amount(statement: Record) -> Cell:
    """The first amount as point and interval; ends that the words leave open stay empty."""
    if statement["absent"] or not statement["quantities"]:
        return {}
    q = statement["quantities"][0]
    op, value, sharp = q["op"], q["value"], not q["approx"]
    return {
        "point": None if op == "between" else value,
        "low": value if op in ("=", ">=", ">", "between") and sharp else None,
        "high": q["high"]
        if op == "between"
        else value
        if op in ("=", "<=", "<") and not q["approx"]
        else None,
        "comparator": op,
        "hedge": q["approx"],
        "unit": q["unit"],
        "value_text": str(value) if q["high"] is None else f"{value}..{q['high']}",
    }


def _cells(one: Series, years: Years, spoken: set[str], public: bool) -> Iterator[Cell]:
    for rows in one.rows.values():
        for role in ("promise", "result"):
            some = [row for row in rows if row["role"] == role]
            some.sort(key=rank)
            for ordinal, row in enumerate(some, 1):
                yield {
                    **{name: value for name, value in row.items() if name != "binding"},
                    "ordinal": ordinal,
                }
    promised = {year for year, rows in one.rows.items() if any(row["role"] == "promise" for row in rows)}
    known = {*years.whole, *years.partly}
    for year in range(min(known), max(known) + 1) if known else ():
        if year in promised:
            continue
        cell: Cell = {"year": year, "role": "promise", "ordinal": 1, "status": "document_missing"}
        if year in years.whole:
            cell |= {"status": "not_set", "edition": str(year), "source_sha256": " ".join(years.whole[year])}
            before = max((p for p in promised if p < year), default=None)
            if spoken & set(years.whole[year]):
                cell["status"] = "set_otherwise"
            elif year in one.refuted:
                cell["status"] = "not_observed"
            elif before is not None:
                cell["reviewed"] = any(ok and before < at <= year for at, ok in one.dropped.items())
                if public and not cell["reviewed"]:
                    continue
        elif year in years.partly:
            cell |= {"status": "not_observed", "edition": str(year)}
        yield cell
