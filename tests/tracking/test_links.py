"""Likeness, vetoes, names and cuts: what joins statements and what never does."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracking.derive import derive
from tracking.guises import guise_of
from tracking.links import Link, propose
from tracking.mentions import mentions_of
from tracking.naming import NameIndex, names_in
from tracking.objects import SURE, near_pairs, similarity
from tracking.terms import head, normal
from tracking.threads import threads_of
from tracking.vetoes import contrasting, looked_at, veto

HEADS = st.lists(
    st.text("澄湖云帆科技园产业公路桥医院新旧东西", min_size=2, max_size=8), max_size=12, unique=True
)


@settings(max_examples=150, deadline=None)
@given(heads=HEADS, threshold=st.sampled_from([0.5, 0.7]))
def test_the_index_finds_every_near_pair(heads, threshold):
    everything = {(a, b) for a in heads for b in heads if a < b and similarity(a, b) >= threshold + 1e-9}
    found = {(a, b): score for a, b, score in near_pairs(heads, set(heads), threshold)}
    assert everything <= set(found)
    assert all(a < b and score >= threshold for (a, b), score in found.items())
    half = set(heads[::2])
    assert {p for p in found if set(p) & half} == {p[:2] for p in near_pairs(heads, half, threshold)}


@pytest.mark.parametrize(
    ("left", "right", "sure"),
    [
        ("老旧小区综合整治", "老旧小区整治", True),
        ("滨河公园", "滨湖公园", False),
        ("旧村改造启动数", "棚户区改造启动数", False),
        ("工业互联网平台", "工业互联网产业园", False),
    ],
)
def test_likeness_weighs_what_is_rare(left, right, sure):
    assert (similarity(head(left), head(right)) >= SURE) is sure


@pytest.fixture(scope="module")
def deeds(invented):
    """Mentions of deeds: one text per item, texts in the years 2016, 2017, …"""

    def make(*groups):
        found = []
        for year, group in enumerate(groups, 2016):
            rows = [invented.row("action", f"推进{thing}", thing, object=thing) for thing in group]
            version = invented.text(year, *rows)
            for number, statement in enumerate(version.reading.statements):
                key = f"{year}-{number}"
                found += mentions_of(statement, key, version, str(year), year, "year", False)
        return found

    return make


def things(threads):
    return sorted(sorted(m.statement.subject for m in t.mentions) for t in threads)


def test_two_things_told_side_by_side_stay_apart(deeds):
    side_by_side = deeds(
        ["澄湖北路综合改造提升工程", "澄湖北路综合改造提升工程二标段"], ["澄湖北路综合改造提升工程"]
    )
    threads = threads_of(side_by_side, propose(side_by_side))
    assert sorted(len(t.mentions) for t in threads) == [1, 2]


def test_a_component_is_cut_at_its_weakest_link(deeds):
    first, second, third = deeds(["云帆科技园开工"], ["云帆科技园"], ["云帆科技园建成"])
    strong = Link(first.id, second.id, "strong", 0.95)
    weak = Link(second.id, third.id, "weak", 0.8)
    threads = threads_of([third, first, second], [weak, strong])
    assert [len(t.mentions) for t in threads] == [2, 1]
    stronger = Link(second.id, third.id, "stronger", 0.99)
    assert [len(t.mentions) for t in threads_of([first, second, third], [strong, stronger])] == [1, 2]


def test_unsure_links_do_not_join(deeds):
    first, second = deeds(["澄湖大桥"], ["云帆医院"])
    link = Link(first.id, second.id, "unsure", 0.6)
    assert len(threads_of([first, second], [link])) == 2


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 1000))
def test_threads_do_not_depend_on_the_order_of_links(deeds, seed):
    mentions = deeds(
        ["澄湖大桥开工", "云帆科技园"],
        ["澄湖大桥", "云帆科技园二期"],
        ["澄湖大桥建成", "云帆科技园三期"],
        ["澄湖大桥"],
    )
    links = list(propose(mentions))
    expected = threads_of(mentions, links)
    chance = random.Random(seed)
    assert threads_of(chance.sample(mentions, len(mentions)), chance.sample(links, len(links))) == expected


@pytest.mark.parametrize(
    ("words", "project", "names"),
    [
        ("建设云帆科技园、星河产业园等", None, ["云帆科技园", "星河产业园"]),
        ("加快云帆科技园二期、三期建设", None, ["云帆科技园二期三期"]),
        ("推进夜景亮化、垃圾分类等工作", None, []),
        ("建设一批产业园区", None, []),
        ("整治老旧小区", "百件实事工程", []),
        ("扩建澄湖医院", "澄湖医院", ["澄湖医院"]),
    ],
)
def test_projects_that_a_promise_names(invented, words, project, names):
    version = invented.text(2018, invented.row("action", words, object=words, project=project))
    assert [normal(n) for n in names_in(version.reading.statements[0])] == [normal(n) for n in names]


def test_known_names_are_found_inside_later_texts():
    index = NameIndex(["云帆科技园", "云帆科技园二期", "环湖南路产业带", "大桥"])
    assert index.named_by("昨日云帆科技园二期举行揭牌仪式") == ["云帆科技园二期"]
    assert index.named_by("环湖路产业带启动") == ["环湖南路产业带"]
    assert index.named_by("澄湖大桥通车") == []


def test_a_result_that_contains_a_promised_name_tells_of_it(invented):
    wanted = invented.text(2018, invented.row("action", "建设云帆科技园", object="云帆科技园"))
    told = invented.row("result", "云帆科技园招商发布会举行", "云帆科技园招商发布会举行", period="2019-04-18")
    kinds = [c.change for d in derive([wanted, invented.text(2019, told)]) for c in d.changes]
    assert sorted(kinds) == ["new", "reported"]


def test_vague_subjects_need_like_clauses(invented):
    def money(year, words, value):
        amount = invented.amount(value, "元")
        return invented.text(year, invented.row("target", words, "财政安排资金", amount))

    same = [money(2018, "财政安排资金5亿元支持企业技改", 5), money(2019, "财政安排资金6亿元支持企业技改", 6)]
    other = [
        money(2018, "财政安排资金5亿元支持企业技改", 5),
        money(2019, "财政安排资金6亿元用于新建乡镇卫生院", 6),
    ]
    assert [c.change for d in derive(same) for c in d.changes if c.change != "new"] == ["changed"]
    assert [c.change for d in derive(other) for c in d.changes if c.change != "new"] == []


def test_one_shared_word_of_a_contrast_is_enough() -> None:
    several = frozenset({("school", "中小学"), ("school", "幼儿园")})
    assert not contrasting(several, frozenset({("school", "幼儿园")}))
    assert contrasting(several, frozenset({("school", "大学")}))
    assert not contrasting(several, frozenset({("area", "城镇")}))


def test_wordings_of_one_indicator_are_not_held_against_each_other_one_by_one(invented, monkeypatch):
    asked = []
    monkeypatch.setattr("tracking.threads.veto", lambda a, b: asked.append((a, b)) or veto(a, b))

    def vetoes(years):
        texts = [
            invented.text(
                year,
                invented.row("target", f"城镇新增就业{n}人", "城镇新增就业", invented.amount(2**n, "人")),
                name=str(year),
            )
            for n, year in enumerate(range(2000, 2000 + years))
        ]
        asked.clear()
        derive(texts)
        return len(asked)

    few, more = vetoes(5), vetoes(20)
    assert 0 < more <= 5 * few


def test_what_a_veto_does_not_look_at_changes_none(deeds):
    mentions = deeds(["旧区改造一期"], ["旧区改造二期"], ["云帆科技园"], ["建成云帆科技园"])
    guises = [guise_of(mention) for mention in mentions]
    for one in guises:
        other = one._replace(context="别的话", terms=one.terms._replace(name="别名", head="别的事"))
        assert looked_at(other) == looked_at(one)
        assert all(veto(other, third) == veto(one, third) for third in guises)
