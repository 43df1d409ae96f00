"""Field changes and editions in plain words: what a reader sees as old → new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal

from tracking.words.catalogue import translator
from tracking.words.labels import Lang, label

FIELDS = {
    "value": "amount",
    "high": "upper end",
    "op": "bound",
    "goal": "ambition",
    "due": "due",
    "modality": "wording of the promise",
    "stage": "stage",
    "formula": "formula",
    "components": "parts",
    "name": "name",
    "digit": "digit",
}
"""What a field is called, most important first."""
BOUNDS = {
    "=": "exactly",
    ">=": "at least",
    "<=": "at most",
    ">": "more than",
    "<": "less than",
    "~": "about",
    "between": "a range",
}


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
    _ = translator(lang)
    name, _space, rest = field.partition(" ")
    told = " ".join(filter(None, (_(FIELDS.get(name, name)), rest)))
    if name == "components" and (change.get("added") or change.get("removed")):
        came_and_went = (("added", _("added")), ("removed", _("not listed any more")))
        lists = [f"{word} {_join(change[key])}" for key, word in came_and_went if change.get(key)]
        return f"{told}: {'; '.join(lists)}"
    if name == "result":
        old, new = (value(name, change.get(side), lang) for side in ("old", "new"))
        return _("promised {old}, reported {new}").format(old=old, new=new)
    told = f"{told}: {value(name, change.get('old'), lang)} → {value(name, change.get('new'), lang)}"
    direction = change.get("direction")
    return f"{told} ({label('direction', str(direction), lang).word})" if direction else told


def value(field: str, content: Any, lang: Lang) -> str:
    """One side of a field change."""
    _ = translator(lang)
    if content is None:
        return _("not stated")
    if field == "op":
        return _(BOUNDS.get(str(content), str(content)))
    if isinstance(content, (int, float)) and not isinstance(content, bool):
        return number(content, lang)
    if isinstance(content, (list, tuple)):
        return _join(content)
    if isinstance(content, Mapping):
        return _join(f"{key} {value(field, inner, lang)}" for key, inner in content.items())
    return str(content)


def _join(parts: Iterable[object]) -> str:
    return "、".join(map(str, parts))


def editions(entry: Mapping[str, Any]) -> str:
    """2018 → 2019, or the one edition where there is only one."""
    old, new = entry.get("edition_from"), entry.get("edition_to")
    if old and new and old != new:
        return f"{old} → {new}"
    return str(new or old or "")
