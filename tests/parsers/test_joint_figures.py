"""Figures told jointly with 分别: which name each belongs to, and when that is not said."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.joint_figures import PAIRED, UNPAIRED, each_of
from parsers.read import read
from parsers.reading import Declared
from parsers.statement import Statement

DECLARED = Declared("云川市澄湖区", "district", "2021-03-15", type="news")


def measured(text: str) -> Statement:
    (found,) = [s for s in read(text.encode(), "t.txt", DECLARED, placed=False).statements if s.quantities]
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "今年城镇和农村居民人均可支配收入将分别增长8%和9%左右。",
            {"城镇居民人均可支配收入增速": 8, "农村居民人均可支配收入增速": 9},
        ),
        ("今年城乡低保标准将分别提高到每人每月600元和420元。", {"城镇低保标准": 600, "农村低保标准": 420}),
        ("去年茶叶、水果、藕粉产量分别达到3吨、5吨和7吨。", {"茶叶产量": 3, "水果产量": 5, "藕粉产量": 7}),
        ("去年火灾起数、死亡人数分别下降3%和5%。", {"火灾起数降幅": 3, "火灾死亡人数降幅": 5}),
        ("去年湖滨产业、数字产业增加值分别增长7%、9%。", {"湖滨产业增加值增速": 7, "数字产业增加值增速": 9}),
        ("去年家庭农场和农民合作社分别达到32家和15家。", {"家庭农场": 32, "农民合作社": 15}),
    ],
)  # fmt: skip
def test_each_name_has_its_own_figure(text: str, expected: dict[str, int]) -> None:
    statement = measured(text)
    assert PAIRED in statement.rule
    told = each_of(statement)
    assert {one.subject: one.quantities[0].value for one in told} == expected
    for one in told:
        (q,) = one.quantities
        assert text[q.start : q.end].startswith(str(q.value))
        assert (one.text, one.spans, one.period) == (statement.text, statement.spans, statement.period)


@pytest.mark.parametrize(
    "text",
    [
        "去年茶叶、水果产量分别达到3吨、5吨和7吨。",
        "去年居民收入分别增长8%和9%。",
        "去年秸秆、畜禽养殖粪污综合利用率分别达到91%和98%。",
        "去年热线响应率、解决率、满意率分别达到97%、90%和95%。",
        "去年审批事项、审批所需要的材料分别压减26%和40%。",
        "去年成本比全省、全市平均水平分别低9元和5元。",
    ],
)
def test_nothing_is_guessed_where_names_and_figures_do_not_fit(text: str) -> None:
    statement = measured(text)
    assert UNPAIRED in statement.rule
    assert each_of(statement) == ()


@pytest.mark.parametrize(
    "text",
    [
        "今年城乡居民收入将增长8%左右。",
        "今年城市、农村低保标准将分别提高到每人每月455元和每人每年2750元。",
        "去年城乡补助分别由5元和3元增加到7元和4元。",
    ],
)
def test_what_is_shared_or_of_different_kinds_stays_one(text: str) -> None:
    statement = measured(text)
    assert "joint." not in statement.rule
    assert each_of(statement) == ()


@given(
    st.lists(st.sampled_from(["茶叶", "水果", "藕粉", "莲子", "蚕茧"]), min_size=2, max_size=5, unique=True),
    st.lists(st.integers(2, 99), min_size=2, max_size=5),
)
@settings(max_examples=40, deadline=None)
def test_names_and_figures_are_paired_only_when_there_are_as_many(
    names: list[str], figures: list[int]
) -> None:
    statement = measured(f"去年{'、'.join(names)}产量分别达到{'、'.join(f'{n}吨' for n in figures)}。")
    told = {one.subject: one.quantities[0].value for one in each_of(statement)}
    fits = len(names) == len(figures)
    assert told == ({f"{n}产量": Decimal(f) for n, f in zip(names, figures, strict=True)} if fits else {})
