"""Nameable deeds and milestones: what could be checked, and what is only attitude."""

from __future__ import annotations

import pytest

from parsers.deeds import find_deed, find_milestone


@pytest.mark.parametrize(
    ("clause", "rule"),
    [
        ("打通澄湖路南段等瓶颈路", "deed.plain"),
        ("出台促进民营经济发展若干措施", "deed.plain"),
        ("我们将建设综合指挥平台", "deed.made"),
        ("开展“服务提升年”活动", "deed.made"),
        ("加快推进云川高铁站综合枢纽项目", "deed.advanced"),
        ("将云湖科技园打造成为全国领先的创新平台", "deed.into"),
        ("云湖医院新院区建成投用", "deed.trailing"),
    ],
)
def test_a_deed_is_found(clause: str, rule: str) -> None:
    deed = find_deed(clause)
    assert deed is not None
    assert deed.rule == rule


@pytest.mark.parametrize(
    "clause",
    [
        "不断增强群众获得感",
        "坚持以人民为中心的发展思想",
        "大力发展现代服务业",
        "进一步解放思想",
        "把党的建设作为最大政绩",
        "充分发挥市场作用",
        "全面提升城市治理水平",
    ],
)
def test_an_attitude_is_no_deed(clause: str) -> None:
    assert find_deed(clause) is None


@pytest.mark.parametrize(
    ("clause", "rule"),
    [
        ("获评全省平安建设先进区", "milestone.award"),
        ("综合考评居全市首位", "milestone.rank"),
        ("云湖大桥建成通车", "milestone.done"),
    ],
)
def test_a_milestone_is_found(clause: str, rule: str) -> None:
    milestone = find_milestone(clause)
    assert milestone is not None
    assert milestone.rule == rule


def test_progress_in_general_is_no_milestone() -> None:
    assert find_milestone("各项事业稳步推进") is None
