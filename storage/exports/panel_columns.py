"""What the columns and words of the researcher's panel mean, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from storage.exports.tables import Type

STATUSES = {
    "set": (
        "a text sets it; the row holds the amount, if it names one",
        "原文设定了目标；有数额则列出",
    ),
    "not_set": (
        "the complete plan of that year is held and no promise about the indicator was read in it, or a text "
        "says that none is set (then the row names the sentence)",
        "持有当年完整文本而其中未读到该指标的目标；或原文明说不设目标（此时列出原句位置）",
    ),
    "set_otherwise": (
        "the complete plan of that year speaks of the indicator, but on another base or for another year",
        "当年完整文本提及该指标，但口径或年份不同",
    ),
    "not_observed": (
        "only news or parts of that year's plan are held, or nobody looked at the place's sources then (see "
        "`gaps`), or a person decided that the silence does not hold",
        "当年只有报道或节选，或当年没有人查看来源（见 `gaps`），或复核人认定沉默不成立",
    ),
    "document_missing": (
        "no text of that year's plan is held, and no gap in looking at the place's sources accounts for it",
        "当年没有任何计划文本，且来源查看记录中没有缺口可以解释",
    ),
    "reported": ("a text reports it (rows of results)", "原文回报了结果（结果行）"),
    "withheld": ("it is set or reported, but its words are withheld", "有原句，但已被暂不公开"),
}
"""The words of the column `status`, each with its meaning (English, Chinese)."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name and type, and what it means in both languages."""

    name: str
    type: Type
    en: str
    zh: str


DEMO = Column(
    "demo", "boolean", "true: invented texts about places that do not exist", "true：文本与地方均为虚构"
)


@cache
def columns(demo: bool) -> tuple[Column, ...]:
    """The columns in order; the panel of a demo ledger has a last one that says so."""
    told = yaml.safe_load(files("storage.exports").joinpath("panel.yml").read_text(encoding="utf-8"))
    found = [_column(str(name), str(text)) for name, text in told.items()]
    return tuple([*found, DEMO] if demo else found)


def _column(name: str, text: str) -> Column:
    """A column from “type; English; Chinese”; the English may hold semicolons."""
    kind, _, rest = text.partition("; ")
    english, _, chinese = rest.rpartition("; ")
    assert kind in ("string", "integer", "number", "boolean"), name
    return Column(name, kind, english, chinese)  # type: ignore[arg-type]


ABOUT = (
    "One row a place, year, indicator, base and role (promise or result); several only where texts say it "
    "several times: `ordinal` 1 is then what the plan of that year says, else the most binding, earliest "
    "text. Of a statement with several amounts the first is taken. Years run from the first to the last plan "
    "that the ledger knows of the place. Not set, not observed and missing are different answers: treat none "
    "as zero. Silence says what texts do not say, not what was not done.",
    "一行是一个地方、年份、指标、口径与角色（承诺或结果）；多处文本说到同一格时才有多行，"
    "`ordinal` 为 1 的是当年计划所说的，否则是效力最高、最早的一处。一句有多个数额时取第一个。"
    "年份从台账所知最早一份计划到最晚一份。未设、未观察与缺文本是不同的答案，都不可当作零。"
    "沉默只说明文本没有写，不说明没有做。",
)
PUBLIC = (
    "Public panel: years of silence after a promise are left out until a person has confirmed them.",
    "公开版：承诺之后的沉默年份在复核确认之前不列出。",
)


def codebook(
    demo: bool, public: bool, facts: dict[str, str], measured: Mapping[str, Any] | None = None
) -> str:
    """The codebook, as Markdown: Chinese and English side by side. measured: error rates found by hand."""
    lines = ["# Codebook · 变量说明", "", ABOUT[1], "", ABOUT[0], ""]
    if public:
        lines += [PUBLIC[1], "", PUBLIC[0], ""]
    lines += ["| variable 变量 | type 类型 | 含义 | meaning |", "| --- | --- | --- | --- |"]
    lines += [f"| `{c.name}` | {c.type} | {c.zh} | {c.en} |" for c in columns(demo)]
    lines += ["", "| status 状态 | 含义 | meaning |", "| --- | --- | --- |"]
    lines += [f"| `{name}` | {zh} | {en} |" for name, (en, zh) in STATUSES.items()]
    lines += ["", "| this file 本文件 | |", "| --- | --- |"]
    lines += [f"| {name} | {value} |" for name, value in facts.items() if value]
    if measured is not None:
        lines += ["", "| error found by hand 人工核查差错 | asked 已答 | wrong 差错 | rate 比例 | 95 % |"]
        lines += ["| --- | --- | --- | --- | --- |"]
        for name, one in measured["error_rates"].items():
            known = [one["asked"], one["wrong"], one["rate"], f"{one['low']}–{one['high']}"]
            told = " | ".join(str(value) for value in known) if one["asked"] else "0 | 0 | |"
            lines.append(f"| {name} | {told} |")
    return "\n".join(lines) + "\n"
