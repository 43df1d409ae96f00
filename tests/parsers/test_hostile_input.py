"""Hostile input stays linear: a text five times as long takes about five times as long to read."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from parsers.asides import is_aside
from parsers.clauses import clauses
from parsers.deeds import find_deed
from parsers.frameworks import find_frameworks
from parsers.level_cues import level_cue
from parsers.milestones import find_milestone
from parsers.place_evidence import names_in
from parsers.projects import project_of
from parsers.quantities import find_quantities
from parsers.read import read
from parsers.refusal import Refused
from parsers.speakers import speakers
from parsers.tense import weigh
from parsers.text import plain
from parsers.time_mentions import find_times
from parsers.wording import basis, says_none_set, stage

SHORT, LONG = 20_000, 100_000
"""Characters. Quadratic work would take twenty-five times as long for the longer text."""
MOST = 10.0
NOISE = 0.04
"""Seconds that a busy machine may add."""

REPEATED = """
1 1, 12. （ (( 《 】 亿 万亿 “ ” 、 “要 要 一二三 2018年 五年 “1+ 四个 1个和 由1个到
建设 、建设 推进 将把 为 区 市中区 目标 的 ： | < 产业园· 去年12月 “十三五 增长3%、 以上
某某说， 某某说：“
"""
UNITS = tuple(REPEATED.split())
MARKED = ("：“，", "某某说：“", "1. “六库”：指", "新建（1\n", "1个、建设", "“四个", "去年12月", "、")
"""For whole documents, in which the finders work together and layout matters."""
MARKUP = ("#", "|", "<", "&nbsp;", "\u200b1", "[a](", "**", "：“，")


def document(text: str, name: str = "long.txt") -> None:
    try:
        read(text.encode(), name, placed=False)
    except Refused:
        return


FINDERS: dict[str, Callable[[str], object]] = {
    "quantities": find_quantities,
    "times": find_times,
    "clauses": clauses,
    "deed": find_deed,
    "milestone": find_milestone,
    "frameworks": lambda text: find_frameworks([plain(text, 0)]),
    "project": project_of,
    "level": level_cue,
    "places": names_in,
    "aside": is_aside,
    "tense": weigh,
    "none set": says_none_set,
    "basis": basis,
    "stage": stage,
    "speakers": lambda text: speakers([plain(text, 0)]),
    "text": document,
    "markdown": lambda text: document("# 一\n## 二\n" + text, "long.md"),
    "html": lambda text: document(f"<html><body><p>{text}</p></body></html>", "long.html"),
}


def seconds(find: Callable[[str], object], text: str, best_of: int = 1) -> float:
    """Seconds on this thread's core, so that other work on the machine does not count."""
    times = []
    for _ in range(best_of):
        begins = time.thread_time()
        find(text)
        times.append(time.thread_time() - begins)
    return min(times)


def steep(find: Callable[[str], object], unit: str) -> tuple[float, float] | None:
    """Seconds for the shorter and the longer text where they grow more than linearly, else None."""
    whole = unit * (LONG // len(unit))
    for best_of in (1, 3):  # a slow moment is measured again before it is called a finding
        short, long = seconds(find, whole[:SHORT], best_of), seconds(find, whole, best_of)
        if long <= MOST * short + NOISE:
            return None
    return short, long


@pytest.mark.parametrize("name", FINDERS)
def test_reading_is_linear_in_the_text(name: str) -> None:
    FINDERS[name]("增长5%。")  # word lists are loaded before anything is timed
    units = {"text": MARKED, "markdown": MARKUP, "html": MARKUP}.get(name, UNITS)
    found = {unit: times for unit in units if (times := steep(FINDERS[name], unit))}
    assert not found


def test_quadratic_work_is_noticed() -> None:
    assert steep(lambda text: [text.count(",", at) for at in range(0, len(text), 10)], "1,")


def test_a_mixture_of_all_is_read_within_a_second_per_hundred_thousand_bytes() -> None:
    mixed = "".join((*UNITS, *MARKED, *MARKUP))
    content = mixed * (SHORT // len(mixed))
    document("增长5%。")
    assert seconds(document, content, best_of=3) < len(content.encode()) / 100_000
