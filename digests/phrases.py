"""Field changes and editions in plain words: what a reader sees as old → new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from digests.amounts import amount, number
from tracking.words.catalogue import translator
from tracking.words.labels import Lang, label

FIELDS = {
    "value": "amount",
    "high": "upper end",
    "words": "in words",
    "op": "bound",
    "goal": "ambition",
    "due": "due",
    "modality": "wording of the promise",
    "stage": "stage",
    "formula": "formula",
    "components": "parts",
    "name": "name",
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


def differences(fields: Mapping[str, Mapping[str, Any]], lang: Lang, *, ordered: bool = True) -> list[str]:
    """Each field change as one phrase, in the order of importance that FIELDS has."""
    order = list(FIELDS)
    known = sorted(fields, key=lambda f: (order.index(f.split()[0]) if f.split()[0] in order else 99, f))
    return [phrase for field in known if (phrase := difference(field, fields[field], lang, ordered=ordered))]


def entry_differences(entry: Mapping[str, Any], lang: Lang) -> list[str]:
    """The field changes of an entry; those of a conflict have no order and no direction."""
    return differences(entry.get("fields") or {}, lang, ordered=entry["change"] != "conflict")


def difference(field: str, change: Mapping[str, Any], lang: Lang, *, ordered: bool = True) -> str:
    """One field change: name, old → new, direction; for sets of parts what came and what went.

    ordered: whether the new side is later and holds; else the two stand beside each other.
    """
    _ = translator(lang)
    name, _space, rest = field.partition(" ")
    if name == "digit":
        told = _("digit {place}").format(place=rest)
    else:
        told = " ".join(filter(None, (_(FIELDS.get(name, name)), rest)))
    if name == "components" and (change.get("added") or change.get("removed")):
        came_and_went = (
            (("added", _("added")), ("removed", _("not listed any more")))
            if ordered
            else (("removed", _("only in one text:")), ("added", _("only in the other:")))
        )
        lists = [
            _("{word} {parts}").format(word=word, parts=_join(change[key]))
            for key, word in came_and_went
            if change.get(key)
        ]
        lists += [
            _("perhaps renamed: {old} → {new}").format(old=a, new=b) for a, b in change.get("renamed") or ()
        ]
        return _("{field}: {change}").format(field=told, change=_("; ").join(lists))
    old, new = (_side(name, change, side, lang) for side in ("old", "new"))
    if name == "result":
        return _("promised {old}, reported {new}").format(old=old, new=new)
    said = _("{field}: {change}").format(field=told, change=f"{old} {'→' if ordered else '/'} {new}")
    direction = change.get("direction")
    if not direction or not ordered:
        return said
    return _("{said} ({direction})").format(
        said=said, direction=label("direction", str(direction), lang).word
    )


def _side(field: str, change: Mapping[str, Any], side: str, lang: Lang) -> str:
    """The old or the new side; an amount with its bound and unit."""
    content = change.get(side)
    if isinstance(content, (int, float)) and not isinstance(content, bool):
        return amount(content, lang, change.get(f"{side}_op"), change.get("unit"))
    return value(field, content, lang)


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


def part_lines(framework: Mapping[str, Any] | None, lang: Lang) -> list[str]:
    """A system's parts as a text lists them, a line a digit or word, and those that it leaves open."""
    _ = translator(lang)
    if not framework or (not framework["formula"] and len(framework["components"]) < 1):
        return []
    lines = [f"{c['label']}｜{_join(c['items'])}" for c in framework["components"] if c["items"]]
    silent = [c["label"] for c in framework["components"] if not c["items"]] or list(framework["unlisted"])
    if silent:
        lines.append(_("{field}: {change}").format(field=_("not listed here"), change=_join(silent)))
    return lines
