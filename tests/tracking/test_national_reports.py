"""Twenty-nine years of national reports: what became of the targets that everybody knows."""

from __future__ import annotations

import csv
import hashlib
import re
from decimal import Decimal

import pytest

from parsers.read import read
from parsers.reading import Declared
from tracking.derive import derive
from tracking.model import Version
from tracking.words.reasons import reason

PROMISING = {"new", "restated", "changed", "revived"}


@pytest.fixture(scope="module")
def nation(shared):
    """What is concluded from the reports of 1997 to 2026 and the communiqués on 1997 to 2025."""
    versions = []
    folders = {"reports/nation/全国": "report", "communiques/nation": "communique"}
    for folder, kind in folders.items():
        for path in sorted((shared / "corpus" / folder).glob("*.md")):
            year = int(path.stem)
            if year >= 1997:
                said = str(year + 1) if kind == "communique" else None
                declared = Declared(district="全国", level="nation", type=kind, published=said)
                content = path.read_bytes()
                reading = read(content, path.name, declared)
                versions.append(Version(hashlib.sha256(content).hexdigest(), f"{kind} {year}", reading))
    [found] = [d for d in derive(versions) if d.commitments and d.commitments[0].level == "nation"]
    return found


def thread(nation, subject):
    """The entries of the yearly series with that subject, by the edition they lead to."""
    series = [c for c in nation.commitments if c.subject == subject and c.kind == "target"]
    longest = max(series, key=lambda c: len(c.members))
    return [e for e in nation.changes if e.commitment == longest.id]


def promising(nation, subject):
    return {e.edition_to: e for e in thread(nation, subject) if e.change in PROMISING | {"dropped"}}


def verdicts(nation, subject):
    """By the year judged: what became of it, and the figure."""
    judged = [e for e in thread(nation, subject) if e.change in ("fulfilled", "missed")]
    return {e.edition_from: (e.change, e.fields[0].new if e.fields else None) for e in judged}


def directions(entry):
    return {f.direction for f in entry.fields if f.direction}


def implied(before, now):
    """(change, directions of which one has to be told) that two rows of the table imply."""
    low, was = Decimal(now["low"]), Decimal(before["low"])
    if low != was:
        return "changed", {"raised" if low > was else "lowered"}
    if now["high"] != before["high"]:
        return "changed", {"narrowed", "widened"}
    if now["phrasing"] != before["phrasing"]:
        return "changed", {"softened", "hardened"}
    return "restated", set()


def test_the_growth_target_changes_as_the_table_says(nation, shared):
    table = shared / "corpus/truth/national_gdp_growth_targets.tsv"
    rows = {r["year"]: r for r in csv.DictReader(table.open(encoding="utf-8"), delimiter="\t")}
    entries = promising(nation, "地区生产总值增速")
    for year in range(1999, 2027):
        before, now = rows.get(str(year - 1)), rows.get(str(year))
        if before and now and before["low"] and now["low"]:
            change, told = implied(before, now)
            entry = entries[str(year)]
            assert entry.change == change, year
            assert not told or told & directions(entry), (year, entry.fields)
    assert set(entries) == {"1997", *(y for y in rows), "2000"}


def test_the_growth_target_is_dropped_and_revived_as_the_texts_say(nation):
    entries = promising(nation, "地区生产总值增速")
    told = {y: (e.change, e.grade) for y, e in entries.items() if e.change in ("dropped", "revived")}
    assert told == {
        "2000": ("dropped", "inferred"),
        "2003": ("revived", None),
        "2020": ("dropped", "stated"),
        "2021": ("revived", None),
    }
    assert entries["2000"].searched and "地区生产总值" in entries["2000"].searched["terms"]


def test_growth_is_met_as_the_communiques_say(nation):
    found = verdicts(nation, "地区生产总值增速")
    missed = {year for year, (change, _) in found.items() if change == "missed"}
    assert missed == {"1998", "2022"}
    assert found["2022"] == ("missed", 3)
    assert found["2023"] == ("fulfilled", 5.2)
    judged = {str(y) for y in range(1997, 2026)} - {"2000", "2001", "2002", "2020"}
    assert set(found) == judged


def official(shared, words):
    """By year the figure that the communiqué prints behind some words; a fall is below nothing."""
    found = {}
    for path in sorted((shared / "corpus/communiques/nation").glob("*.md")):
        text = path.read_text(encoding="utf-8").replace("．", ".")
        if match := re.search(words + r"(下降)?[^\d。；]{0,6}(\d+(?:\.\d+)?)", text):
            found[path.stem] = float(match[2]) * (-1 if match[1] else 1)
    return found


NOTE = r"(?:\[\d+\])?"
OFFICIAL = {
    "地区生产总值增速": (
        rf"国内生产总值{NOTE}[为达到]*[\d.]+亿元{NOTE}，(?:按可比价格计算，)?比上年(?:实际)?增长",
        1,
    ),
    "城镇新增就业": (rf"城镇新增就业(?:人员|人数)?{NOTE}", 10_000),
    "居民消费价格涨幅": ("居民消费价格(?:总水平)?比上年(?:上涨)?", 1),
    "城镇登记失业率": ("城镇登记失业率为", 1),
    "城镇调查失业率": ("城镇调查失业率平均值为", 1),
}


@pytest.mark.parametrize("subject", OFFICIAL)
def test_what_became_of_each_year_is_what_the_communique_prints(nation, shared, subject):
    words, factor = OFFICIAL[subject]
    told = {year: figure * factor for year, figure in official(shared, words).items()}
    promised = {y for y, e in promising(nation, subject).items() if e.change != "dropped"}
    found = {y: figure for y, (_, figure) in verdicts(nation, subject).items()}
    # A rise of prices told as none, or a fall, has its own words; a rounded figure of a report may stand for
    # the communiqué's second decimal.
    agree = {y for y in told.keys() & found.keys() if abs(abs(told[y]) - abs(found[y])) <= 0.06}
    assert agree == told.keys() & found.keys()
    assert len(agree) >= 5
    assert promised & told.keys() <= found.keys()


def test_urban_jobs_are_compared_year_by_year(nation):
    entries = promising(nation, "城镇新增就业")
    told = {y: sorted(directions(e) & {"raised", "lowered"}) for y, e in entries.items()}
    raised = {y for y, d in told.items() if d == ["raised"]}
    lowered = {y for y, d in told.items() if d == ["lowered"]}
    assert raised == {"2008", "2014", "2017", "2021", "2023"}
    assert lowered == {"2009", "2020"}
    found = verdicts(nation, "城镇新增就业")
    assert {change for change, _ in found.values()} == {"fulfilled"}
    assert found["2010"] == ("fulfilled", 11_680_000), "not the sum of five years"


def test_prices_are_kept_below_the_ceiling_or_not(nation):
    found = verdicts(nation, "居民消费价格涨幅")
    assert {y for y, (change, _) in found.items() if change == "missed"} == {"2007", "2008", "2011"}
    entries = promising(nation, "居民消费价格涨幅")
    assert directions(entries["2020"]) == {"raised"}
    assert directions(entries["2025"]) == {"lowered"}


def test_the_deficit_ratio_is_the_one_to_be_reached(nation):
    entries = promising(nation, "赤字率")
    assert "raised" in directions(entries["2020"])
    assert "lowered" in directions(entries["2021"])
    assert "raised" in directions(entries["2025"])
    [value] = [f for f in entries["2015"].fields if f.field == "value"]
    assert value.new == 2.3


def test_the_deficit_ratio_is_judged_in_the_years_whose_ratio_a_text_tells(nation, shared):
    """A budget is set each year; what it came to is told of 2017 (five years kept within 3 %) and of 2022."""
    assert verdicts(nation, "赤字率") == {"2017": ("fulfilled", 3), "2022": ("fulfilled", 2.8)}
    # No other text of the nation tells a ratio reached, so that no other year can be computed.
    communiques = sorted((shared / "corpus/communiques/nation").glob("*.md"))
    assert not any("赤字" in path.read_text("utf-8") for path in communiques if int(path.stem) > 1983)
    review = re.compile(r"[^。；，]*赤字率[^。；，]*控制在[\d.]+%")
    told = {
        path.stem: len(review.findall(path.read_text("utf-8")))
        for path in (shared / "corpus/reports/nation/全国").glob("*.md")
    }
    assert {year for year, count in told.items() if count} == {"2018", "2023"}


def test_registered_and_surveyed_unemployment_are_two_series(nation):
    registered = promising(nation, "城镇登记失业率")
    surveyed = promising(nation, "城镇调查失业率")
    assert (registered["2021"].change, registered["2021"].grade) == ("dropped", "inferred")
    assert surveyed["2018"].change == "new"
    assert directions(surveyed["2020"]) == {"raised"}
    assert verdicts(nation, "城镇调查失业率")["2022"] == ("missed", 5.6)


def test_every_reason_is_told_in_chinese(nation):
    given = {e.why for e in nation.changes} | {m.why for c in nation.commitments for m in c.members}
    assert len(given) > 20
    # What a reason names may hold letters (GDP, 5G); a reason that is not known begins with one.
    assert [why for why in given if why and reason(why, "zh")[0].isascii()] == []
