"""Field changes and editions in plain words: what a reader sees as old → new."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal

from babel.numbers import format_decimal

Lang = Literal["zh", "en"]

FIELDS: dict[str, dict[Lang, str]] = {
    "value": {"zh": "数额", "en": "amount"},
    "high": {"zh": "上限", "en": "upper end"},
    "op": {"zh": "口径", "en": "bound"},
    "due": {"zh": "期限", "en": "due"},
    "modality": {"zh": "语气", "en": "commitment word"},
    "stage": {"zh": "阶段", "en": "stage"},
    "goal": {"zh": "目标定位", "en": "ambition"},
    "components": {"zh": "组成", "en": "parts"},
    "formula": {"zh": "数字", "en": "formula"},
    "name": {"zh": "名称", "en": "name"},
    "digit": {"zh": "第{}位", "en": "digit {}"},
    "result": {"zh": "结果", "en": "result"},
    "target": {"zh": "目标", "en": "target"},
}
DIRECTIONS: dict[str, dict[Lang, str]] = {
    "raised": {"zh": "提高", "en": "raised"},
    "lowered": {"zh": "降低", "en": "lowered"},
    "advanced": {"zh": "提前", "en": "advanced"},
    "postponed": {"zh": "推迟", "en": "postponed"},
    "widened": {"zh": "扩大", "en": "widened"},
    "narrowed": {"zh": "缩小", "en": "narrowed"},
    "hardened": {"zh": "表述加强", "en": "hardened"},
    "softened": {"zh": "表述减弱", "en": "softened"},
    "reworded": {"zh": "改写", "en": "reworded"},
}
BOUNDS: dict[str, dict[Lang, str]] = {
    "=": {"zh": "等于", "en": "exactly"},
    ">=": {"zh": "至少", "en": "at least"},
    "<=": {"zh": "至多", "en": "at most"},
    ">": {"zh": "超过", "en": "more than"},
    "<": {"zh": "不到", "en": "less than"},
    "~": {"zh": "左右", "en": "around"},
    "between": {"zh": "区间", "en": "a range"},
}
ADDED: dict[Lang, str] = {"zh": "新增", "en": "added"}
REMOVED: dict[Lang, str] = {"zh": "不再列出", "en": "no longer listed"}
KEPT: dict[Lang, str] = {"zh": "保留", "en": "kept"}
NOTHING: dict[Lang, str] = {"zh": "未写明", "en": "not stated"}


def number(value: int | float | str, lang: Lang) -> str:
    """A number as people write it: 1000亿 in Chinese, 100 billion in English, small ones with separators."""
    amount = Decimal(str(value))
    steps = ((10**8, "亿"), (10**4, "万")) if lang == "zh" else ((10**9, " billion"), (10**6, " million"))
    for size, word in steps:
        if abs(amount) >= size and (amount / size).normalize().as_tuple().exponent >= -4:  # type: ignore[operator]
            return _decimal(amount / size, lang, grouped=lang == "en") + word
    return _decimal(amount, lang, grouped=lang == "en")


def _decimal(amount: Decimal, lang: Lang, *, grouped: bool) -> str:
    return format_decimal(amount, format="#,##0.####", locale=lang, group_separator=grouped)


def differences(fields: Mapping[str, Mapping[str, Any]], lang: Lang) -> list[str]:
    """Each field change as one phrase, in the order of importance that FIELDS has."""
    order = list(FIELDS)
    known = sorted(fields, key=lambda f: (order.index(f.split()[0]) if f.split()[0] in order else 99, f))
    return [phrase for field in known if (phrase := difference(field, fields[field], lang))]


def difference(field: str, change: Mapping[str, Any], lang: Lang) -> str:
    """One field change: name, old → new, direction; for sets of parts what came and what went."""
    name, _, rest = field.partition(" ")
    label = FIELDS.get(name, {}).get(lang, name)
    label = label.format(rest) if "{}" in label else f"{label}{' ' if rest else ''}{rest}"
    colon, stop = ("：", "；") if lang == "zh" else (": ", "; ")
    if name == "components":
        parts = [
            f"{word[lang]}{colon}{'、'.join(map(str, change[key]))}"
            for key, word in (("added", ADDED), ("removed", REMOVED))
            if change.get(key)
        ]
        if not parts:
            parts = [f"{value(name, change.get('old'), lang)} → {value(name, change.get('new'), lang)}"]
        return f"{label} {stop.join(parts)}"
    told = f"{label} {value(name, change.get('old'), lang)} → {value(name, change.get('new'), lang)}"
    direction = DIRECTIONS.get(str(change.get("direction")), {}).get(lang)
    return (f"{told}（{direction}）" if lang == "zh" else f"{told} ({direction})") if direction else told


def value(field: str, content: Any, lang: Lang) -> str:
    """One side of a field change."""
    if content is None:
        return NOTHING[lang]
    if field == "op":
        return BOUNDS.get(str(content), {}).get(lang, str(content))
    if isinstance(content, (int, float)) and not isinstance(content, bool):
        return number(content, lang)
    if isinstance(content, (list, tuple)):
        return "、".join(map(str, content))
    if isinstance(content, Mapping):
        return "、".join(f"{key} {value(field, inner, lang)}" for key, inner in content.items())
    return str(content)


def editions(entry: Mapping[str, Any]) -> str:
    """2018 → 2019, or the one edition where there is only one."""
    old, new = entry.get("edition_from"), entry.get("edition_to")
    if old and new and old != new:
        return f"{old} → {new}"
    return str(new or old or "")
