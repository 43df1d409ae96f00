"""Reports of the invented district 澄湖区, one a year: each reviews what the one before promised.

The same year gives the same text. Half of what a report promises is promised every year with another figure,
half once; most of the latter is reported back.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from itertools import product
from pathlib import Path

GROWING = (
    "地区生产总值",
    "一般公共预算收入",
    "规模以上工业增加值",
    "固定资产投资",
    "社会消费品零售总额",
    "城镇居民人均可支配收入",
    "农村居民人均可支配收入",
    "外贸进出口总额",
)
COUNTED = (
    ("新建公共停车泊位", "个"),
    ("城镇新增就业", "人"),
    ("改造老旧小区", "个"),
    ("新建口袋公园", "处"),
    ("新增养老床位", "张"),
    ("培育高新技术企业", "家"),
    ("改造农村厕所", "户"),
    ("新建充电桩", "个"),
    ("整治黑臭水体", "条"),
    ("引进亿元以上项目", "个"),
    ("新增绿地面积", "亩"),
    ("开展职业技能培训", "人次"),
)
KINDS = ("大桥", "小学", "幼儿园", "文化馆", "污水处理厂", "湿地公园", "客运站", "体育中心")
NAMES = ["".join(pair) for pair in product("云松竹梅鹤溪岭柳", "泉湾峰塘桥坪台洲")]
ONCE = 24
"""Deeds that a report promises once."""
META = "district: 云川市澄湖区\nlevel: district\ntype: report\nrights: official\npublished: {year}-01-09\n"


def _told(year: int, done: bool) -> Iterable[str]:
    """The clauses that promise a year, or those that report it back."""
    dice = random.Random(year)
    word = "" if done else "左右"
    for subject in GROWING:
        yield f"{subject}增长{dice.randint(50, 120) / 10}%{word}"
    for subject, unit in COUNTED:
        least, more = ("完成", "") if done else ("", "以上")
        yield f"{least}{subject}{dice.randint(2, 90) * 10}{unit}{more}"
    for at in range(ONCE):
        name, kind = NAMES[(year * ONCE + at) % len(NAMES)], dice.choice(KINDS)
        told = dice.random() < 0.8
        if told or not done:
            yield f"{name}第{year % 100}{kind}建成投用" if done else f"建成{name}第{year % 100}{kind}"


def report(year: int) -> str:
    """The report given in January of a year."""
    parts = [
        f"# {year}年澄湖区政府工作报告",
        "各位代表：\n\n现在，我代表区人民政府，向大会报告工作，请予审议。",
        f"## 一、{year - 1}年工作回顾",
        "\n\n".join(f"{clause}。" for clause in _told(year - 1, done=True)),
        f"## 二、{year}年工作安排",
        "\n\n".join(f"{clause}。" for clause in _told(year, done=False)),
        "各位代表，让我们团结一心，为建设美好澄湖努力奋斗！",
    ]
    return "\n\n".join(parts) + "\n"


def write_reports(folder: Path, years: Iterable[int]) -> list[Path]:
    """The reports as files, with what is declared of them beside."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{year}.md" for year in years]
    for path in paths:
        path.write_text(report(int(path.stem)), encoding="utf-8")
        path.with_name(f"{path.name}.meta.yml").write_text(META.format(year=path.stem), encoding="utf-8")
    return paths
