"""What is to be known of a place's texts is shown with its plans and promises, in both languages."""

from __future__ import annotations

import pytest

from flows.settings import settings
from tracking.words.clues import told

TEXTS = {
    "2018": "澄湖区2018年工作要点\n\n今年将实现城镇新增就业8000人以上。\n\n今年将新建停车泊位300个。\n",
    None: "澄湖区工作安排\n\n将打通望湖路北段。\n\n将新建口袋公园30处。\n",
}


@pytest.fixture
def ledger(duixian, tmp_path):
    path = tmp_path / "ledger.sqlite"
    for year, text in TEXTS.items():
        file = tmp_path / f"{year}.txt"
        file.write_text(text, encoding="utf-8")
        place = ("--district", "云川市澄湖区", "--level", "district", "--type", "report")
        dated = ("--published", year) if year else ()
        assert duixian("run", "--direct", "--db", path, *place, *dated, file).status == 0
    return path


@pytest.mark.parametrize(
    ("lang", "remark", "note"),
    [("en", "not the full text", "promises have no year"), ("zh", "不是报告全文", "没有年份")],
)
def test_notes_stand_below_a_plan_and_a_promise(duixian, ledger, monkeypatch, lang, remark, note):
    monkeypatch.setenv("DUIXIAN_LANG", lang)
    settings.cache_clear()
    plan = duixian("plan", "澄湖区", "2018", "--db", ledger).out.replace("\n", " ")
    assert remark in plan and note in plan
    [edition] = duixian("plan", "澄湖区", "2018", "--json", "--db", ledger).records
    assert any("not the full text" in one for one in edition["remarks"])
    one = duixian("commitments", "--json", "--db", ledger).records[0]["id"]
    assert note in duixian("show", one, "--db", ledger).out


def test_one_text_under_two_places_is_said_to_be_so(duixian, tmp_path):
    for place in ("池州市", "沧州市"):
        file = tmp_path / f"{place}.txt"
        file.write_text(TEXTS["2018"], encoding="utf-8")
        told_as = ("--district", place, "--level", "city", "--published", "2018", "--type", "report")
        assert duixian("run", "--direct", "--db", tmp_path / "two.sqlite", *told_as, file).status == 0
    for place, other in (("池州市", "沧州市"), ("沧州市", "池州市")):
        [edition] = duixian("plan", place, "2018", "--json", "--db", tmp_path / "two.sqlite").records
        assert f"the same text is also filed under {other}" in edition["remarks"]


def test_remarks_of_every_form_are_told_in_chinese():
    said = [
        "filed under 2019, but looks back on 2020",
        "filed under 云川市澄湖区, but given on behalf of 南麓区",
        "given in 2018-12-28, before the year whose plan it is",
        "the same text is also filed under 南麓区",
        "nearly the same text is also filed under 南麓区",
        "800 characters, where reports of this place have 12000",
        "whole: title, salutation; 12000 characters",
        "treats 就业, as a person ruled",
        "3 promises have no year, or one already past when told",
        "set aside 0123456789ab: filed under 2019, but looks back on 2020",
        "no whole text is known for 2017, 2018",
        "0123456789ab repeats ba9876543210, but for 3 statements",
        "0123456789ab repeats ba9876543210, but for one statement",
        "merged into 云川市澄湖区 after 2018: what it promised is not followed there",
        "called 澄湖县 until 2014",
        "not the full text of a report, as far as can be seen",
    ]
    for one in said:
        chinese = told(one, "zh")
        assert chinese != one and "filed" not in chinese and "characters" not in chinese
    assert told("plans for the year: 2018年，我们将", "zh") == "该年的打算：2018年，我们将"
