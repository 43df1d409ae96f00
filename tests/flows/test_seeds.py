"""The whole path on the five seed articles: what a reader must be able to find in the log."""

from __future__ import annotations

import pytest

PLACE = "济南市市中区"
pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where the one ledger of this module lies."""
    return tmp_path_factory.mktemp("seeds")


@pytest.fixture
def ledger(duixian, shared, folder):
    """A ledger with the seeds in it, made once: no test here adds anything to it."""
    made = folder / "seeds.sqlite"
    if made.exists():
        return made
    done = duixian("run", "--direct", "--db", made, "--json", shared / "seeds")
    assert done.status == 0, done.err
    assert done.records[0]["documents"] == 5
    return made


def entries(duixian, ledger, *options):
    return duixian("changes", "--db", ledger, "--all", "--json", *options).records


def test_five_texts_of_one_place_each_with_its_edition_and_clue(duixian, ledger):
    documents = duixian("documents", "--db", ledger, "--json").records
    assert {d["district"] for d in documents} == {PLACE}
    assert {d["document"][:3]: d["edition"] for d in documents} == {
        "003": "2018",
        "004": "2019",
        "001": "2020",
        "000": "2021",
        "002": "2021",
    }
    assert all(d["edition_clue"]["why"] for d in documents)
    assert {d["document"][:3]: d["dated"]["value"] for d in documents} == {
        "003": "2018",
        "004": "2019",
        "001": "2020",
        "000": "2021",
        "002": "2021",
    }
    undated = next(d for d in documents if d["document"].startswith("000"))
    assert undated["published_on"] is None
    assert undated["dated"]["inferred"] and "有效落实年" in undated["dated"]["why"]


def test_the_looking_back_of_the_first_text_is_an_edition_of_its_own(duixian, ledger):
    (edition,) = [
        e
        for e in duixian("plan", PLACE, "2017", "--db", ledger, "--json").records
        if e["lineage"] == "yearly"
    ]
    assert edition["retrospective"]
    assert {d["document"][:3] for d in edition["documents"]} == {"003"}


@pytest.mark.parametrize(
    ("subject", "promised"), [("地区生产总值", {"2018", "2019"}), ("一般公共预算收入", {"2019"})]
)
def test_a_threshold_promised_then_reached_is_one_thread(duixian, ledger, subject, promised):
    found = [
        e for e in entries(duixian, ledger, "--district", PLACE) if e["commitment"]["subject"] == subject
    ]
    assert len({e["commitment"]["id"] for e in found}) == 1
    by_kind = {e["change"]: e for e in found}
    assert {e["edition_to"] for e in found if e["change"] in ("new", "restated", "changed")} == promised
    assert by_kind["fulfilled"]["edition_to"] == "2021"
    assert by_kind["fulfilled"]["fields"]["result"]["old_op"] == ">"
    (story,) = duixian("show", found[0]["commitment"]["id"], "--db", ledger, "--json").records
    assert len({s["document"] for s in story["statements"]}) >= 3


def test_the_yearly_systems_follow_each_other(duixian, ledger):
    formulas = [
        (e["fields"]["formula"]["old"], e["fields"]["formula"]["new"])
        for e in entries(duixian, ledger, "--district", PLACE, "--kind", "changed")
        if "formula" in e["fields"]
    ]
    assert formulas == [("1234", "1+446"), ("1+446", "1+456"), ("1+456", "123456")]


def changed(duixian, ledger, formula):
    (entry,) = [
        e
        for e in entries(duixian, ledger, "--district", PLACE, "--kind", "changed")
        if e["fields"].get("formula", {}).get("new") == formula
    ]
    return entry["fields"]


def test_what_was_added_and_removed_from_system_to_system(duixian, ledger):
    first, second, third = (changed(duixian, ledger, f) for f in ("1+446", "1+456", "123456"))
    assert {"发展", "民生"} <= set(first["components"]["removed"])
    assert {"发展品质更好", "改革创新"} <= set(first["components"]["added"])
    strong = {"人才强区", "产业强区", "科技强区", "文化强区"}
    assert strong <= set(first["components"]["kept"])
    assert strong <= set(second["components"]["removed"])
    assert {"党建引领力", "干部执行力", "双招双引"} <= set(second["components"]["added"])
    assert "城市治理" in second["components"]["kept"]
    assert second["digit 3"] == {"old": 4, "new": 5, "direction": "raised"}
    assert "components" not in third


def systems(duixian, ledger, beginning):
    """By edition, the parts and open digits of the thread of systems whose title begins so."""
    (one,) = [
        c
        for c in duixian("commitments", "--db", ledger, "--json", "--kind", "framework").records
        if c["title"].startswith(beginning)
    ]
    (story,) = duixian("show", one["id"], "--db", ledger, "--json").records
    return [(s["edition"], s["framework"]) for s in story["statements"] if s["framework"]]


def listed(framework):
    return [c["items"] for c in framework["components"]]


def test_the_parts_that_each_text_gives_and_the_digits_it_leaves_open(duixian, ledger):
    yearly = dict(systems(duixian, ledger, "123456"))
    assert [f["formula"] for f in yearly.values()] == ["1234", "1+446", "1+456", "123456"]
    assert [len(items) for items in listed(yearly["2018"])] == [1, 4, 4, 6]
    assert [len(items) for items in listed(yearly["2019"])] == [1, 4, 5, 6]
    assert yearly["2021"]["unlisted"] == list("123456")
    grid = [f for _, f in systems(duixian, ledger, "345")]
    assert [["三级平台"], ["四级网格"], ["五级管理"]] in map(listed, grid)
    assert systems(duixian, ledger, "1+9+N+1")[0][1]["unlisted"] == ["1", "9", "N", "1"]
    forces = dict(systems(duixian, ledger, "五大动力"))
    assert len(listed(forces["2019"])[0]) == 5 and forces["2020"]["unlisted"] == ["五大动力"]
    for _, strong in systems(duixian, ledger, "四大强区"):
        assert {"人才强区", "产业强区", "科技强区", "文化强区"} in map(set, listed(strong))


def test_two_texts_of_2021_differ_in_the_four_sub_sectors(duixian, ledger):
    (entry,) = entries(duixian, ledger, "--district", PLACE, "--kind", "conflict")
    assert entry["commitment"]["title"] == "四梁八柱"
    assert (entry["edition_from"], entry["edition_to"]) == ("2021", "2021")
    parts = entry["fields"]["components"]
    one, other = (set(parts[side]) & {"互联网出海", "CAE工业软件"} for side in ("old", "new"))
    assert (one, other) == ({"互联网出海"}, {"CAE工业软件"})
    assert "工业互联网" in parts["kept"]


def test_the_citys_system_is_the_citys(duixian, ledger):
    owners = {
        e["district"]
        for e in entries(duixian, ledger)
        for name in ("1+454", "1+474")
        if name in e["commitment"]["title"]
    }
    assert owners == {"济南市"}


@pytest.mark.parametrize(
    ("value", "unit", "subject"),
    [
        (22, "个", "旧村"),
        (31, "个", "棚户区"),
        (3_000_000, "平方米", "拆迁"),
        (113, "个", "投资项目"),
        (1000, "个", "千万元以上项目"),
        (100, "个", "亿元以上项目"),
        (100, "件", "民生实事"),
    ],
)
def test_the_targets_of_2018_are_in_its_edition(duixian, ledger, value, unit, subject):
    (edition, *_) = [
        e
        for e in duixian("plan", PLACE, "2018", "--db", ledger, "--json").records
        if e["lineage"] in ("yearly", "list")
    ]
    targets = [s for s in edition["statements"] if s["kind"] == "target"]
    (target,) = [
        s
        for s in targets
        if subject in s["subject"] and any((q["value"], q["unit"]) == (value, unit) for q in s["quantities"])
    ]
    assert target["level"] == "district"


def test_running_again_adds_nothing(duixian, ledger, shared):
    before = entries(duixian, ledger)
    again = duixian("run", "--direct", "--db", ledger, "--json", shared / "seeds").records[0]
    assert (again["recorded"], again["withdrawn"]) == ({}, {})
    assert entries(duixian, ledger) == before
