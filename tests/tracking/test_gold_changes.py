"""The annotated threads of the development seeds, derived from annotated statements, not from our reader."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

from parsers.indicators import dictionary
from parsers.reading import Clue, Place, Reading
from parsers.statement import Component, Framework, Quantity, Statement
from parsers.text import SourceText
from tracking.derive import derive
from tracking.model import Version

YEARS = {"003": "2018", "004": "2019", "001": "2020"}


def _statement(row: dict[str, Any], text: str, period: str | None) -> Statement:
    system = row.get("framework")
    named = dictionary().find(row["subject"])
    return Statement(
        kind=row["kind"],
        spans=((row["start"], row["end"]),),
        text=text[row["start"] : row["end"]],
        subject=row["subject"],
        indicator=named[0].name if named else None,
        quantities=tuple(
            Quantity(
                q["start"],
                q["end"],
                q["op"],
                None,
                Decimal(str(q["value"])),
                None if q.get("high") is None else Decimal(str(q["high"])),
                q["unit"],
            )
            for q in row["quantities"]
        ),
        period=period,
        project=row["project"],
        level=row["level"],
        framework=None
        if system is None
        else Framework(
            system["name"],
            system["formula"],
            tuple(Component(c["label"], tuple(c["items"])) for c in system["components"]),
            tuple(c["label"] for c in system["components"] if not c["items"]),
        ),
    )


def _doubtful_slogan(row: dict[str, Any]) -> bool:
    """A name that the annotator was not sure is a system, and for which no parts are given."""
    system = row.get("framework")
    return row.get("sure") is False and system is not None and not system["components"]


def _told_of(row: dict[str, Any], doc: str, threads: list[dict[str, Any]]) -> str | None:
    """A system that the annotated threads date earlier than its document is told in retrospect."""
    if row["kind"] != "framework":
        return None
    years = {
        event["period"]
        for thread in threads
        if thread["kind"] == "framework"
        for event in thread["events"]
        if event["doc"] == doc
        and any(
            s < row["end"] and row["start"] < e
            for s, e in [(event["start"], event["end"]), *event.get("more_spans", ())]
        )
    }
    return min(years) if len(years) == 1 and min(years) < YEARS[doc] else None


def versions(shared: Path) -> tuple[list[Version], dict[str, str]]:
    threads = [json.loads(line) for line in (shared / "gold/changes.jsonl").read_text().splitlines()]
    found, names = [], {}
    for path in sorted((shared / "gold/seeds").glob("*.jsonl")):
        head, *rows = (json.loads(line) for line in path.read_text().splitlines())
        rows = [row for row in rows if not _doubtful_slogan(row)]
        doc = head["doc"]
        source = next((shared / "seeds").glob(f"{doc}_*"))
        text = source.read_bytes().decode()
        year = YEARS[doc]
        statements = tuple(
            _statement(row, text, row["period"] or _told_of(row, doc, threads)) for row in rows
        )
        reading = Reading(
            source=SourceText(text, "utf-8", "utf-8", "text"),
            body_sha256=doc,
            title=None,
            published=Clue(year, "annotated"),
            plan_year=Clue(year, "annotated"),
            type="news",
            rights="press",
            place=Place("370103", "济南市市中区", "district"),
            place_clue=Clue("济南市市中区", "annotated"),
            level="district",
            issuer="unknown",
            authority="unknown",
            speaker=None,
            statements=statements,
        )
        found.append(Version(doc.ljust(64, "0"), doc, reading))
        names[doc.ljust(64, "0")] = source.name
    return found, names


def log_lines(found: list[Version], names: dict[str, str]) -> list[dict[str, Any]]:
    lines = []
    for derived in derive(found):
        titles = {c.id: c for c in derived.commitments}
        for change in derived.changes:
            commitment = titles[change.commitment]
            lines.append(
                {
                    "id": change.id,
                    "change": change.change,
                    "grade": change.grade,
                    "commitment": {"id": commitment.id, "title": commitment.title},
                    "edition_from": change.edition_from,
                    "edition_to": change.edition_to,
                    "fields": {f.field: [f.old, f.new, f.direction] for f in change.fields},
                    "evidence": [
                        {
                            "document": names[e.sha256],
                            "start": min(s for s, _ in e.spans),
                            "end": max(x for _, x in e.spans),
                            "spans": e.spans,
                        }
                        for e in change.evidence
                    ],
                }
            )
    return lines


def score(shared: Path, lines: list[dict[str, Any]], folder: Path, *options: str) -> str:
    log = folder / "log.jsonl"
    log.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))
    command = [
        sys.executable,
        str(shared / "tools/score_changes.py"),
        str(shared / "gold/changes.jsonl"),
        str(log),
    ]
    return subprocess.run([*command, *options], capture_output=True, text=True, check=True).stdout


def test_annotated_threads_are_found(shared: Path, tmp_path: Path) -> None:
    found, names = versions(shared)
    figures = json.loads(score(shared, log_lines(found, names), tmp_path).splitlines()[0])
    assert figures["sure_recall"] >= 0.90
    assert figures["contradictions"] <= 0.05 * figures["sure_hits"]
    assert figures["linked"] >= 0.90
    assert figures["false_accusations"] == 0
    assert figures["outside"] <= 30
