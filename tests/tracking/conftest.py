"""Invented texts of an invented district, statement by statement, for the rules of tracking."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import pytest

from parsers.reading import Clue, Place, Reading
from parsers.statement import Component, Framework, Quantity, Statement
from parsers.text import SourceText
from tracking.model import Version

Row = dict[str, Any]


def amount(
    value: str | int, unit: str = "个", op: str = "=", approx: str | None = None, high: Any = None
) -> Any:
    top = None if high is None else Decimal(str(high))
    return Quantity(0, 1, op, approx, Decimal(str(value)), top, unit)  # type: ignore[arg-type]


def system(name: str, formula: str | None = None, **parts: Sequence[str]) -> Framework:
    components = tuple(Component(label.lstrip("_"), tuple(items)) for label, items in parts.items())
    return Framework(name, formula, components, tuple(c.label for c in components if not c.items))


def row(kind: str, text: str, subject: str = "", *amounts: Quantity, **more: Any) -> Row:
    return {"kind": kind, "text": text, "subject": subject or text, "quantities": amounts, **more}


def text(
    year: int | None,
    *rows: Row,
    name: str = "",
    published: str | None = "year",
    issuer: str = "government",
    supersedes: str | None = None,
    **more: Any,
) -> Version:
    """A document of the invented district whose body is the sentences of its rows."""
    body, statements = "", []
    for fields in rows:
        start = len(body)
        body += fields["text"] + "。"
        fields = {"level": "district", "issuer": issuer, **fields}
        statements.append(Statement(spans=((start, len(body) - 1),), **fields))
    sha = hashlib.sha256(f"{name}{year}{body}{statements!r}".encode()).hexdigest()
    plan = None if year is None else Clue(str(year), "said")
    printed = str(year) if published == "year" and year is not None else published
    facts: dict[str, Any] = {
        "type": "news",
        "rights": "press",
        "place": Place("999903", "云川市澄湖区", "district"),
        "level": "district",
    }
    reading = Reading(
        source=SourceText(body, "utf-8", "utf-8", "text"),
        body_sha256=sha,
        title=None,
        published=None if printed in (None, "year") else Clue(str(printed), "said"),
        plan_year=plan,
        place_clue=Clue("云川市澄湖区", "declared"),
        issuer=issuer,
        authority="unknown",
        speaker=None,
        statements=tuple(statements),
        **(facts | more),
    )
    return Version(sha, name or sha, reading, supersedes)


class Invented:
    """The builders, as one fixture: tests cannot import from a conftest."""

    amount: Callable[..., Quantity] = staticmethod(amount)
    system: Callable[..., Framework] = staticmethod(system)
    row: Callable[..., Row] = staticmethod(row)
    text: Callable[..., Version] = staticmethod(text)


@pytest.fixture(scope="session")
def invented() -> type[Invented]:
    return Invented
