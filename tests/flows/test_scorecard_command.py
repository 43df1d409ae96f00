"""A promise that the next report only tells of in words: how command, API, files and page count it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from audit.site.options import Options
from flows.serving import application
from storage.ledger import open_ledger
from tracking.words.labels import label, outcome

REPORT = """# {year}年澄湖区政府工作报告

区长 何以宁

各位代表：

现在，我代表区人民政府，向大会报告工作，请予审议。

## 一、{before}年工作回顾

过去一年，全区上下苦干实干。{review}

## 二、{year}年工作安排

{plan}新建口袋公园30处。

各位代表！让我们一步一个脚印，努力建设湖城相融的活力之区！谢谢大家。
"""
PROMISE = "实施澄湖灌区续建配套与节水改造工程12项"
TELLING = "澄湖灌区续建配套、节水改造和渠系修复全面铺开"
YEARS = {
    2019: ("新建口袋公园20处。", f"{PROMISE}。"),
    2020: (f"新建口袋公园32处。{TELLING}。", ""),
}


@pytest.fixture
def told(duixian, tmp_path: Path) -> Path:
    """A ledger of two whole reports."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for year, (review, plan) in YEARS.items():
        text = REPORT.format(year=year, before=year - 1, review=review, plan=plan)
        (folder / f"{year}.md").write_text(text, encoding="utf-8")
        (folder / f"{year}.md.meta.yml").write_text(
            f"district: 示例省云川市澄湖区\nlevel: district\npublished: '{year}-01-09'\ntype: report\n",
            encoding="utf-8",
        )
    ledger = tmp_path / "told.sqlite"
    assert duixian("run", "--direct", folder, "--db", ledger).status == 0
    return ledger


def test_what_is_told_of_in_words_is_reported_back_and_nowhere_met_or_missed(duixian, told: Path) -> None:
    [card] = duixian("scorecard", "澄湖区", "2019", "--db", told, "--json").records
    assert card["outcomes"] == {"fulfilled": 1, "told_of": 1}
    counts = {
        name: (card[name]["k"], card[name]["n"]) for name in ("reported_back", "told_of", "met", "missed")
    }
    assert counts == {"reported_back": (2, 2), "told_of": (1, 2), "met": (1, 2), "missed": (0, 2)}
    [row] = [row for row in card["rows"] if row["outcome"] == "told_of"]
    promise, telling = row["evidence"]
    assert (promise["side"], promise["quote"]) == ("old", PROMISE) and "told_of" not in promise
    assert (telling["side"], telling["quote"]) == ("new", TELLING) and 0.5 < telling["told_of"] < 0.7
    assert telling["document"].endswith("2020.md") and telling["end"] - telling["start"] == len(TELLING)
    assert (row["openly"], len(row["entries"])) == (None, 1), "no entry of the log tells it"
    with open_ledger(told) as ledger:
        app = application(ledger, Options(language="en", requests_a_minute=1_000_000))
        with TestClient(app, base_url="http://localhost") as site:
            asked = "district=澄湖区&period=2019"
            [shown] = site.get(f"/api/scorecard?{asked}").json()["entries"]
            assert shown == card
            sheet = load_workbook(
                io.BytesIO(site.get(f"/scorecard.xlsx?{asked}&lang=zh").content)
            ).worksheets[0]
            rows = list(sheet.iter_rows(values_only=True))
            [line] = [line for line in rows if outcome("told_of", "zh").word in line]
            assert PROMISE in line and TELLING in line
            for lang in ("zh", "en"):
                page = site.get(f"/places/澄湖区?period=2019&lang={lang}").text
                assert label("rate", "told_of", lang).word in page and TELLING in page
                assert f"{outcome('told_of', lang).word}</span>: 1" in page
    out = duixian("scorecard", "澄湖区", "2019", "--rows", "--db", told).out
    assert outcome("told_of", "en").word in out and TELLING in out


def test_before_it_was_told_nothing_was_seen(duixian, told: Path) -> None:
    [card] = duixian("scorecard", "澄湖区", "2019", "--as-of", "2019-12-31", "--db", told, "--json").records
    assert (card["observed"], card["told_of"]["k"], card["rows"]) == (0, 0, [])


def test_what_is_told_of_is_not_said_to_be_without_a_result(duixian, told: Path) -> None:
    states = [word for state in ("reported", "overdue", "done") for word in ("--state", state)]
    rows = duixian("due", "--on", "2020-06-30", *states, "--db", told, "--json").records
    assert sorted(row["state"] for row in rows if row["edition"] == "2019") == ["done", "reported"]
