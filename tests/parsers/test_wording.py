"""Modality, vintage, basis, stage and the explicit absence of a target."""

from __future__ import annotations

import pytest

from parsers import wording
from parsers.indicators import dictionary


def test_the_word_that_binds() -> None:
    assert wording.modality("力争突破百亿") == "力争"
    assert wording.modality("新建学校3所") is None


def test_an_estimate_is_marked() -> None:
    assert wording.vintage("预计地区生产总值增长6%") == "预计"
    assert wording.vintage("地区生产总值增长6%") is None


def test_another_basis_is_marked() -> None:
    assert wording.basis("同口径增长5%") == "同口径"
    assert wording.basis("增长5%") is None


@pytest.mark.parametrize(
    ("clause", "stage"),
    [("建成中学2所", "建成"), ("新开工中学2所", "开工"), ("规划中学2所", "规划"), ("扩大招生", None)],
)
def test_stage(clause: str, stage: str | None) -> None:
    assert wording.stage(clause) == stage


def test_a_target_said_not_to_be_set() -> None:
    assert wording.says_none_set("没有提出全年经济增速具体目标")
    assert not wording.says_none_set("没有完成年初提出的目标")


def test_one_indicator_has_many_names() -> None:
    names = dictionary().by_alias
    assert names["国内生产总值"] is names["地区生产总值"] is names["GDP"]
    revenue = ("财政收入", "财政总收入", "地方财政收入", "一般公共预算收入")
    assert len({names[name] for name in revenue}) == len(revenue)
    assert names["地方财政一般预算收入"] is names["一般公共预算收入"]  # its name until 2012
    assert names["中央财政赤字"] is not names["财政赤字"]
    assert names["城镇登记失业率"] is not names["城镇调查失业率"]


def test_the_longest_name_counts() -> None:
    found = dictionary().find("规模以上工业增加值")
    assert found is not None
    assert found[0].name == "规模以上工业增加值"
