"""Invented texts of an invented district, statement by statement, for the rules of tracking."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from parsers.reading import Clue, Place, Reading
from parsers.statement import Component, Framework, Quantity, Statement
from parsers.text import SourceText
from tracking.derive import derive
from tracking.model import ACCUSATIONS, Change, Version

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


FILLER = "其余各项工作有序开展，群众生活继续改善，城乡面貌有了新的变化"


@pytest.fixture
def report(invented):
    """A whole report of a year, reviewing the year before with enough results to count as its review."""

    def told(year, *rows, complete=True, published="year", words="", **more):
        review = [
            invented.row(
                "result",
                f"完成第{n}类事项{n + 20}件",
                f"第{n}类事项",
                invented.amount(n + 20, "件"),
                period=str(year - 1),
            )
            for n in range(12)
        ]
        plain = [invented.row("result", words, words, period=str(year - 1))] if words else []
        clue = Clue("complete", "said") if complete else None
        text = invented.text(year, *review, *plain, *rows, type="report", complete=clue, published=published)
        source = replace(text.reading.source, text=text.reading.source.text + FILLER)
        return replace(text, reading=replace(text.reading, source=source, **more))

    return told


@pytest.fixture
def jobs(invented):
    """The yearly target of urban jobs."""

    def target(value=5000, **more):
        words = f"城镇新增就业{value}人"
        fields = {"base": "flow", "indicator": "城镇新增就业", **more}
        return invented.row("target", words, "城镇新增就业", invented.amount(value, "人"), **fields)

    return target


@pytest.fixture
def lanes(invented):
    """A countable deed of one year."""
    return invented.row(
        "target",
        "新建无障碍盲道42公里",
        "无障碍盲道",
        invented.amount(42, "公里"),
        deed="新建",
        object="无障碍盲道",
        base="flow",
    )


Told = tuple[str, str | None, str | None, str | None]


@pytest.fixture(scope="session")
def accusations() -> Callable[..., list[Told]]:
    """What texts are accused of: kind, grade, edition promised in, edition found silent."""

    def found(*texts: Version) -> list[Told]:
        every = (c for d in derive(texts) for c in d.changes)
        return [(c.change, c.grade, c.edition_from, c.edition_to) for c in every if c.change in ACCUSATIONS]

    return found


@pytest.fixture(scope="session")
def entries_of() -> Callable[[Sequence[Version], str], list[Change]]:
    """The entries of a kind."""

    def found(texts: Sequence[Version], kind: str) -> list[Change]:
        return [c for d in derive(texts) for c in d.changes if c.change == kind]

    return found


@pytest.fixture
def entries(invented):
    def run(*versions, kinds=("fulfilled", "missed", "reported")):
        found = [c for d in derive(versions) for c in d.changes if c.change in kinds]
        return sorted((c.change, c.edition_from, c.edition_to) for c in found)

    return run


@pytest.fixture
def measured(invented):
    """A target or result on one indicator: made(kind, plan year, period, value, op …)."""

    def made(kind, year, period, value, op="=", *, approx=None, unit="元", **more):
        subject = more.pop("subject", "一般公共预算收入")
        amount = invented.amount(value, unit, op, approx)
        said = invented.row(
            kind, f"{subject}{op}{value}{unit}", subject, amount, indicator=subject, period=period
        )
        return invented.text(year, said | more)

    return made
