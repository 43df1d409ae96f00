"""Readings as rows and back, without loss."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import Any

from parsers.reading import Clue, Declared, Place, Reading
from parsers.refusal import Refused
from parsers.selectors import Selectors
from parsers.statement import Statement
from parsers.text import SourceText
from storage.canonical import canonical, digest


def declared_text(declared: Declared) -> str:
    """What was declared, as canonical JSON; facts that nobody declared are left out."""
    told = {name: value for name, value in asdict(declared).items() if value is not None}
    if "selectors" in told:
        told["selectors"] = {part: css for part, css in told["selectors"].items() if css}
    return canonical(told)


def facts_text(declared: Declared) -> str:
    """The same without how the page is cut, which is no fact about the text."""
    return declared_text(replace(declared, selectors=None))


def declared_key(declared: Declared) -> str:
    """What a declaration is known by: the hash of its facts."""
    return digest(facts_text(declared))


def declared_from(text: str) -> Declared:
    """Undo `declared_text`."""
    told = json.loads(text)
    if cut := told.pop("selectors", None):
        told["selectors"] = Selectors(**{**cut, "drop": tuple(cut.get("drop", ()))})
    return Declared(**told)


def reading_row(reading: Reading) -> dict[str, Any]:
    """Columns of `readings` that the reading itself decides."""
    declared = declared_text(reading.declared)
    return {
        "declared": declared,
        "declared_sha256": declared_key(reading.declared),
        "refused": None,
        "encoding": reading.source.encoding,
        "decided_by": reading.source.decided_by,
        "media": reading.source.media,
        "body_sha256": reading.body_sha256,
        "title": reading.title,
        "published": reading.published.value if reading.published else None,
        "published_clue": _clue_text(reading.published),
        "plan_year": reading.plan_year.value if reading.plan_year else None,
        "plan_year_clue": _clue_text(reading.plan_year),
        "type": reading.type,
        "rights": reading.rights,
        "place_code": reading.place.code,
        "place_name": reading.place.name,
        "place_level": reading.place.level,
        "place_clue": _clue_text(reading.place_clue),
        "level": reading.level,
        "issuer": reading.issuer,
        "authority": reading.authority,
        "speaker": reading.speaker,
        "slogans": canonical(reading.slogans),
        "complete_clue": _clue_text(reading.complete),
        "notes": canonical(reading.notes),
        "statement_count": len(reading.statements),
    }


def refused_row(refused: Refused, declared: Declared) -> dict[str, Any]:
    """The same columns where this parser could not read the version."""
    text = declared_text(declared)
    empty = dict.fromkeys(
        ("encoding", "decided_by", "media", "body_sha256", "type", "place_code", "place_name", "place_level",
         "level", "issuer", "authority", "statements_sha256"),
        "",
    )  # fmt: skip
    nothing = dict.fromkeys(
        ("text_sha256", "title", "published", "published_clue", "plan_year", "plan_year_clue", "speaker",
         "complete_clue", "statements_from"),
        None,
    )  # fmt: skip
    return {
        **empty,
        **nothing,
        "declared": text,
        "declared_sha256": declared_key(declared),
        "refused": refused.code,
        "rights": "unknown",
        "place_clue": "null",
        "slogans": "[]",
        "notes": canonical([refused.detail]),
        "statement_count": 0,
    }


def reading_from(row: Any, text: str, statements: tuple[Statement, ...]) -> Reading:
    """The reading that a row of `readings` holds, given its source text and statements."""
    v = row._mapping
    place_clue = _clue_from(v["place_clue"])
    assert place_clue is not None
    return Reading(
        source=SourceText(text, v["encoding"], v["decided_by"], v["media"]),
        body_sha256=v["body_sha256"],
        title=v["title"],
        published=_clue_from(v["published_clue"]),
        plan_year=_clue_from(v["plan_year_clue"]),
        type=v["type"],
        rights=v["rights"],
        place=Place(v["place_code"], v["place_name"], v["place_level"]),
        place_clue=place_clue,
        level=v["level"],
        issuer=v["issuer"],
        authority=v["authority"],
        speaker=v["speaker"],
        statements=statements,
        slogans=tuple((name, year) for name, year in json.loads(v["slogans"])),
        complete=_clue_from(v["complete_clue"]),
        declared=declared_from(v["declared"]),
        notes=tuple(json.loads(v["notes"])),
    )


def clue_json(clue: Clue) -> list[Any]:
    """A clue as JSON: value, why, span."""
    return [clue.value, clue.why, clue.span]


def _clue_text(clue: Clue | None) -> str | None:
    return None if clue is None else canonical(clue_json(clue))


def _clue_from(text: str | None) -> Clue | None:
    if text is None:
        return None
    value, why, span = json.loads(text)
    return Clue(value, why, None if span is None else (span[0], span[1]))
