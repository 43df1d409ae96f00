"""Readings and statements come back from the store as they went in."""

from __future__ import annotations

from dataclasses import fields, replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from parsers.reading import Clue, Declared, Reading
from parsers.statement import Component, Framework, Quantity, Statement
from parsers.text import SourceText
from storage.canonical import canonical, number
from storage.models.base import UtcDateTime
from storage.reading_rows import declared_from, declared_text
from storage.readings import load_readings
from storage.runs import start_run
from storage.statement_rows import AS_IS
from storage.write import Arrival, record

FULL = Statement(
    kind="framework",
    spans=((1, 3), (4, 6)),
    text="别样的读法",
    subject="道路",
    quantities=(
        Quantity(1, 2, "between", "around", Decimal("6.50"), Decimal("7"), "%", "r1"),
        Quantity(2, 3, ">=", None, Decimal("1E+11"), None, "元", "r2"),
    ),
    absent=True,
    indicator="gdp",
    deed="建成",
    object="道路",
    base="flow",
    dimension="money",
    period="2018..2020",
    stage="建成",
    scope="全区",
    project="示例路",
    district="示例市",
    level="city",
    issuer="government",
    authority="report",
    speaker="某某",
    modality="力争",
    nature="预期性",
    vintage="预计",
    basis="同口径",
    area="交通",
    framework=Framework("1+2", "1+2", (Component("1", ("甲",), True), Component("2")), ("2",)),
    doubtful=True,
    rule="a;b",
    responsible="某局",
)


def test_the_sample_statement_sets_every_field() -> None:
    plain = Statement("target", ((0, 1),), "", "")
    same = [f.name for f in fields(Statement) if getattr(FULL, f.name) == getattr(plain, f.name)]
    assert same == []


def test_every_field_of_a_statement_has_a_place_in_the_store() -> None:
    elsewhere = {"spans", "text", "quantities", "framework", "responsible"}
    assert {f.name for f in fields(Statement)} == {*AS_IS, *elsewhere}


def full_reading(world, text: str, encoding: str) -> Reading:
    simple = world.read(world.text("道路 3"), Declared(district="云溪区"))
    return replace(
        simple,
        source=SourceText(text, encoding, "meta", "html"),
        published=Clue("2019-02", "printed", (1, 2)),
        plan_year=None,
        speaker="某某",
        statements=(FULL, replace(FULL, kind="action", framework=None, quantities=())),
        slogans=(("落实年", None), ("突破年", 2021)),
        complete=Clue("yes", "title, review and task parts", (0, 3)),
        notes=("furniture cut",),
    )


def test_a_reading_comes_back_equal(ledger, world) -> None:
    page = "\ufeff某区建成道路三条。"
    for name, content, reading in (
        ("plain.html", page.encode("utf-16-le"), full_reading(world, page, "utf-16-le")),
        ("extracted.docx", b"PK not text", full_reading(world, page, "docx")),
    ):
        run = start_run(ledger, kind="run", parser_version="p1")
        arrival = Arrival("invented", name, content, ledger.clock(), reading)
        record(ledger, run, [arrival], lambda versions: [])
        with ledger.reading() as connection:
            seq = connection.exec_driver_sql("SELECT max(seq) FROM readings").scalar()
            assert load_readings(connection, [seq])[seq] == reading


@given(st.builds(Declared, district=st.none() | st.text(), published=st.none() | st.text()))
def test_declared_facts_come_back_equal(declared) -> None:
    assert declared_from(declared_text(declared)) == declared


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_a_number_keeps_its_digits(value) -> None:
    shown = number(value)
    assert Decimal(repr(shown) if isinstance(shown, float) else shown) == value


def test_equal_content_is_spelt_equally() -> None:
    assert canonical({"b": Decimal("5.0"), "a": ("x", None)}) == canonical({"a": ["x", None], "b": 5})


def test_a_time_without_zone_never_reaches_the_database() -> None:
    import datetime as dt

    import pytest
    from sqlalchemy.dialects import sqlite

    with pytest.raises(ValueError, match="time zone"):
        UtcDateTime().process_bind_param(dt.datetime(2026, 1, 1), sqlite.dialect())
