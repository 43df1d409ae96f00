"""The researcher's panel: what is set, not set, not observed and missing, read back from every format."""

from __future__ import annotations

import csv
import warnings
from dataclasses import replace
from datetime import UTC, datetime

import pandas as pd
import pyarrow.parquet as pq
import pytest

from storage.exports.bundle import CODEBOOK
from storage.exports.panel import rank
from storage.exports.panel_columns import STATUSES, columns
from storage.exports.panel_files import export_panel
from storage.ledger import open_ledger
from storage.queries import documents
from storage.rulings import record_rulings
from storage.runs import start_run
from storage.write import record
from tracking.rulings import Cited, Ruling

TOLD = {2018: "道路 3\n桥 1", 2019: "桥 1\n学校 4", 2021: "桥 2", 2022: "桥 2\n道路 5"}
WHOLE = {"2018", "2019", "2022"}
REVIEWED = {"by": "复核人", "at": "2026-06-02T00:00:00Z"}


def deriving(world, reviewed=None):
    """The toy tracker, but plans of some years are complete, and 2019 drops the roads of 2018."""

    def derive(versions, rulings=()):
        found = []
        for derived in world.derive(versions):
            editions = tuple(replace(e, complete=e.period in WHOLE) for e in derived.editions)
            first = next((c for c in derived.changes if "道路" in c.evidence[0].quote), None)
            dropped = ()
            if first is not None and not any(r.kind == "review" for r in rulings):
                entry = {"change": "dropped", "grade": "inferred", "edition_from": "2018"}
                dropped = (replace(first, id="d" * 16, edition_to="2019", reviewed=reviewed, **entry),)
            found.append(replace(derived, editions=editions, changes=derived.changes + dropped))
        return found

    return derive


def fill(ledger, world, reviewed=None):
    run = start_run(ledger, kind="run", parser_version="p1", run_id="first")
    arrivals = [world.arrival(f"{y}.txt", world.text(*t.split("\n")), year=str(y)) for y, t in TOLD.items()]
    record(ledger, run, arrivals, deriving(world, reviewed))


def read(folder):
    with (folder / "panel.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def statuses(folder, indicator):
    return {row["year"]: row["status"] for row in read(folder) if row["indicator"] == indicator}


@pytest.fixture
def panel(ledger, world, tmp_path):
    fill(ledger, world)
    export_panel(ledger, tmp_path)
    return tmp_path


def test_silence_news_and_missing_texts_are_different_answers(panel) -> None:
    assert statuses(panel, "道路") == {
        "2018": "set",
        "2019": "not_set",
        "2020": "document_missing",
        "2021": "not_observed",
        "2022": "set",
    }
    assert statuses(panel, "学校")["2018"] == "not_set"


def test_a_year_without_a_text_is_not_observed_where_nobody_looked(ledger, world, tmp_path) -> None:
    fill(ledger, world)
    gaps = {2020: "news ..2020-05-01", 2021: "news 2021-02-01..", 2019: "news 2019-02-01..2019-03-01"}
    export_panel(ledger, tmp_path, unseen=lambda place, year: gaps.get(year, "") if "云溪" in place else "")
    told = {r["year"]: (r["status"], r["gaps"]) for r in read(tmp_path) if r["indicator"] == "道路"}
    assert told["2020"] == ("not_observed", gaps[2020])
    assert told["2021"] == ("not_observed", gaps[2021])
    # A whole plan that is held says what it says, whoever looked elsewhere.
    assert told["2019"] == ("not_set", "") and told["2018"] == ("set", "")


def test_a_row_says_how_much_and_where_it_stands(panel, ledger) -> None:
    (row,) = [r for r in read(panel) if r["indicator"] == "道路" and r["year"] == "2018"]
    text = next(d for d in documents(ledger) if d["document"].endswith("2018.txt"))
    assert (row["point"], row["low"], row["high"], row["comparator"], row["unit"]) == (
        "3",
        "3",
        "",
        ">=",
        "个",
    )
    assert (row["source_sha256"], row["date_given"], row["link_confidence"]) == (text["sha256"], "2018", "1")
    assert (row["place_code"], row["edition"], row["ordinal"]) == ("990101", "2018", "1")


def test_what_the_plan_of_the_year_says_comes_before_an_average_promised_earlier() -> None:
    facts = {"year": 2017, "source_sha256": "a", "words_start": 0}
    longer = {**facts, "edition": "2013..2017", "date_given": "2013-01-05", "_authority": "adopted"}
    own = {**facts, "edition": "2017", "date_given": "2017", "_authority": "reporter"}
    adopted = {**own, "_authority": "adopted"}
    assert sorted([longer, own, adopted], key=rank) == [adopted, own, longer]


def test_every_format_holds_the_same_rows(panel) -> None:
    told = read(panel)
    parquet = pq.read_table(panel / "panel.parquet").to_pylist()
    stata = pd.read_stata(panel / "panel.dta").to_dict("records")
    assert list(parquet[0]) == list(stata[0]) == list(told[0]) == [c.name for c in columns(demo=True)]
    assert len(told) == len(parquet) == len(stata) == 15
    for one, two, three in zip(told, parquet, stata, strict=True):
        for name in ("indicator", "status", "comparator", "source_sha256", "unit"):
            assert one[name] == (two[name] or "") == three[name]
        for name in ("year", "point", "low", "words_start"):
            assert one[name] == ("" if two[name] is None else f"{two[name]:g}")
            assert one[name] == ("" if pd.isna(three[name]) else f"{three[name]:g}")
        assert (one["demo"], two["demo"], three["demo"]) == ("true", True, 1)


def test_the_codebook_has_every_column_and_status_in_both_languages(panel) -> None:
    book = (panel / CODEBOOK).read_text(encoding="utf-8")
    for column in columns(demo=True):
        assert f"| `{column.name}` | {column.type} | {column.zh} | {column.en} |" in book
    for row in read(panel):
        assert row["status"] in STATUSES
    assert all(zh in book and en in book for en, zh in STATUSES.values())
    labels = pd.read_stata(panel / "panel.dta", iterator=True).variable_labels()
    assert labels["year"] == "目标所属年份或结果所指年份"


def test_a_silence_that_nobody_reviewed_is_not_in_the_public_panel(ledger, world, tmp_path) -> None:
    fill(ledger, world)
    export_panel(ledger, tmp_path, audience="public")
    assert "2019" not in statuses(tmp_path, "道路")
    # Before anything was promised there is nothing to accuse of.
    assert statuses(tmp_path, "学校")["2018"] == "not_set"


def test_a_confirmed_silence_is_in_the_public_panel(ledger, world, tmp_path) -> None:
    fill(ledger, world, REVIEWED)
    export_panel(ledger, tmp_path, audience="public")
    (row,) = [r for r in read(tmp_path) if r["indicator"] == "道路" and r["year"] == "2019"]
    assert (row["status"], row["reviewed"]) == ("not_set", "true")
    # 2022 is whole and silent on schools too, but nobody looked at that.
    assert "2022" not in statuses(tmp_path, "学校")
    assert "复核人" not in (tmp_path / "panel.csv").read_text(encoding="utf-8-sig")


def ruled(ledger, world, kind, words, body):
    text = next(d for d in documents(ledger) if d["document"].endswith("2018.txt"))
    at = len("\n") + TOLD[2018].index(words)
    cited = Cited(text["sha256"], ((at, at + len(words)),))
    ruling = Ruling(kind, (cited,), "编辑", "示例", datetime(2026, 7, 1, tzinfo=UTC), body)
    record_rulings(ledger, start_run(ledger, kind="ruling", parser_version="p1"), [ruling], deriving(world))


def test_a_silence_that_a_person_rejected_is_none(ledger, world, tmp_path) -> None:
    fill(ledger, world)
    body = {"change": "dropped", "edition_from": "2018", "edition_to": "2019", "verdict": "rejected"}
    ruled(ledger, world, "review", "道路 3", body)
    export_panel(ledger, tmp_path)
    assert statuses(tmp_path, "道路")["2019"] == "not_observed"


def test_withheld_words_leave_no_amount_and_no_name(ledger, world, tmp_path) -> None:
    fill(ledger, world)
    ruled(ledger, world, "withhold", "道路 3", {"erase": False})
    export_panel(ledger, tmp_path)
    (row,) = [r for r in read(tmp_path) if r["indicator"] == "道路" and r["year"] == "2018"]
    assert (row["status"], row["point"], row["unit"]) == ("withheld", "", "")


def test_both_databases_and_two_exports_give_the_same_bytes(files, tmp_path, postgres, world, clock) -> None:
    start, found = clock.now, []
    for at, database in enumerate((str(tmp_path / "ledger.db"), postgres())):
        clock.now = start
        with open_ledger(database, mode="demo", create=True, clock=clock) as ledger:
            fill(ledger, world)
            for again in ("a", "b"):
                export_panel(ledger, tmp_path / f"{at}{again}")
                found.append(files.contents(tmp_path / f"{at}{again}"))
    assert found[0] == found[1] == found[2] == found[3]
    assert set(found[0]) == {"panel.csv", "panel.parquet", "panel.dta", CODEBOOK, "datapackage.json"}


def test_an_empty_ledger_gives_an_empty_panel_in_every_format(ledger, tmp_path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        export_panel(ledger, tmp_path)
    assert read(tmp_path) == []
    assert pq.read_table(tmp_path / "panel.parquet").num_rows == 0
    assert len(pd.read_stata(tmp_path / "panel.dta")) == 0
