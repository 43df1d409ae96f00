"""Two tellings of one promise: which terms differ, and in which direction.

A term that the later text does not repeat is carried over, not counted as taken back: absence is the
weakest evidence. So the state of a promise is what has been said of it last, term by term, and replaying
the field changes from the first telling gives the last state.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from parsers.units import convert
from tracking import frameworks
from tracking.explain import Payload, decimal_text, differences
from tracking.model import FieldChange
from tracking.renames import renames
from tracking.terms import words

_FIRM = {"确保", "必须", "务必", "严格控制", "坚决"}
_HOPEFUL = {"力争", "争取", "努力"}
_STRENGTH = {">": 3, ">=": 3, "<": 3, "<=": 3, "=": 3, "between": 1, "~": 1}


class Comparison(NamedTuple):
    """What a text changes. differs: some term differs; else it restates, though it may add terms.

    fields: the differing terms, and those told for the first time (old None, no direction).
    state: what holds after it.
    """

    differs: bool
    fields: list[FieldChange]
    state: Payload


def compare(state: Payload, told: Payload) -> Comparison:
    """Field changes from the state so far to what a text now tells."""
    told = _by_words(state, _aligned(state, told))
    before, state = state, _of_formula(state, told.get("formula"), "components" in told)
    merged = {**state, **told}
    if "components" in state and "components" in told:
        merged["components"] = _merged_parts(state, told)
    merged = {k: v for k, v in merged.items() if v is not None}
    state = {k: v for k, v in state.items() if v is not None}
    changes, added = [], []
    for difference in differences(state, merged):
        field, old, new = difference.path[0], difference.before, difference.after
        if field == "listed":
            continue
        if (change := _change(field, old, new, state, merged)) is not None:
            changes.append(change)
        elif old is None:
            added.append(_told_first(field, new))
    fields = [*changes, *_digits(changes), *added]
    after = replay(before, fields)
    if "listed" in merged:
        after["listed"] = merged["listed"]
    return Comparison(bool(changes), fields, after)


def _by_words(state: Payload, told: Payload) -> Payload:
    """A target set by reference (完成省下达任务, 低于去年) where a figure was set before takes the figure's
    place; a figure takes the place of the reference again."""
    if "words" in told and "value" not in told:
        return {**told, **{field: None for field in state if field.startswith(("value", "high"))}}
    return {**told, "words": None} if "words" in state and "value" in told else told


def _told_first(field: str, new: Any) -> FieldChange:
    if field == "components":
        return FieldChange(field, None, new, added=tuple(new))
    plain = field.split(" ")[0] in ("value", "high")
    return FieldChange(field, None, number(new) if plain else new)


def _of_formula(state: Payload, formula: Any, listed: bool) -> Payload:
    """The state without another formula's parts: one whose parts are not told has none of its own yet."""
    old = state.get("formula")
    if listed or not formula or not old or frameworks.digits(old) == frameworks.digits(formula):
        return state
    return {k: v for k, v in state.items() if k not in ("components", "listed")}


def replay(state: Payload, changes: Iterable[FieldChange]) -> Payload:
    """The state after field changes. `digit N` repeats what the formula says and has no state of its own."""
    changes = list(changes)
    formula = next((c.new for c in changes if c.field == "formula"), None)
    after = dict(_of_formula(state, formula, any(c.field == "components" for c in changes)))
    for change in changes:
        if change.field.startswith("digit "):
            continue
        if change.field == "components":
            kept = [part for part in after.get("components", ()) if part not in change.removed]
            after["components"] = kept + [part for part in change.added if part not in kept]
        elif change.new is None:
            after.pop(change.field, None)
        else:
            after[change.field] = _text(change.new)
    return after


def _text(value: Any) -> Any:
    return decimal_text(Decimal(str(value))) if isinstance(value, (int, float)) else value


def number(text: str) -> int | float:
    """A decimal text as a JSON number."""
    value = Decimal(text)
    return int(value) if value == value.to_integral_value() else float(value)


def _aligned(state: Payload, told: Payload) -> Payload:
    """Amounts of the new text in the old text's unit, where both measure the same (亩, 公顷)."""
    found = dict(told)
    for key, unit in told.items():
        if not key.startswith("unit") or state.get(key) in (None, unit):
            continue
        mark = key.removeprefix("unit")
        for part in (f"value{mark}", f"high{mark}"):
            if found.get(part) is None:
                continue
            there = convert(Decimal(found[part]), unit, state[key])
            if there is not None:
                found[part] = decimal_text(there)
        found[key] = state[key]
    return found


def _merged_parts(state: Payload, told: Payload) -> list[str]:
    """Parts are gone only where the new text lists all of its own, and new only where the old one did.

    Parts are one where their normal spelling is one; they keep the earlier print and order.
    """
    old, new = ({frameworks.part_key(part): part for part in side["components"]} for side in (state, told))
    kept = [part for key, part in old.items() if key in new or told.get("listed") != "all"]
    come = [part for key, part in new.items() if key not in old and state.get("listed") == "all"]
    return kept + come


def _change(field: str, old: Any, new: Any, state: Payload, merged: Payload) -> FieldChange | None:
    """The field change of one difference, or None where it is no difference of terms."""
    name = field.split(" ")[0]
    mark = field.removeprefix(name)
    if name == "goal":
        return FieldChange("goal", old, new, _reach(old, new))
    if old is None or name in ("unit", "listed"):
        return None
    match name:
        case "words":
            return None if new else FieldChange("words", old, None, "hardened")
        case "value" if new is None:
            return FieldChange(field, number(old), None, "softened", unit=state.get(f"unit{mark}"))
        case "value":
            return FieldChange(
                field,
                number(old),
                number(new),
                "raised" if Decimal(new) > Decimal(old) else "lowered",
                unit=merged.get(f"unit{mark}"),
                old_op=_bound(state.get(f"op{mark}")),
                new_op=_bound(merged.get(f"op{mark}")),
            )
        case "high":
            return _range_end(field, old, new, state.get(f"value{mark}"), merged.get(f"value{mark}"))
        case "op":
            return _operator(field, old, new)
        case "due":
            if len(old) != len(new):
                return None
            return FieldChange("due", old, new, "postponed" if new > old else "advanced")
        case "modality":
            return _modality(old, new)
        case "stage":
            finished = "建成" in (old, new) and "规划" not in (old, new)
            return FieldChange("stage", old, new, None) if finished and new != old else None
        case "components":
            return _parts(old, new)
        case "formula":
            same = frameworks.digits(old) == frameworks.digits(new) != ""
            return None if same else FieldChange("formula", old, new)
        case "name":
            return FieldChange("name", old, new, "reworded")
    return None


def _bound(op: str | None) -> str | None:
    return op if op != "=" else None


def _range_end(field: str, old: str, new: str | None, low: str | None, new_low: str | None) -> FieldChange:
    if new is None:
        return FieldChange(field, number(old), None, "narrowed" if new_low else None)
    if low is not None and low == new_low:
        return FieldChange(
            field, number(old), number(new), "widened" if Decimal(new) > Decimal(old) else "narrowed"
        )
    return FieldChange(
        field, number(old), number(new), "raised" if Decimal(new) > Decimal(old) else "lowered"
    )


def _operator(field: str, old: str, new: str) -> FieldChange | None:
    """8%以上 → 8%左右 is softened; a bare number and “at least” bind alike, as do 左右 and a range."""
    before, after = _STRENGTH.get(old, 3), _STRENGTH.get(new, 3)
    opposed = {old[:1], new[:1]} == {"<", ">"}
    if before == after and not opposed:
        return FieldChange(field, old, new, "reworded") if "between" in (old, new) else None
    direction = None if opposed else ("softened" if after < before else "hardened")
    return FieldChange(field, old, new, direction)


def _modality(old: str, new: str) -> FieldChange | None:
    if old in _FIRM and new in _HOPEFUL:
        return FieldChange("modality", old, new, "softened")
    if old in _HOPEFUL and new in _FIRM:
        return FieldChange("modality", old, new, "hardened")
    return None


def _reach(old: str | None, new: str | None) -> str | None:
    ranks = words()["ranks"]
    before, after = (ranks.get((claim or "")[:2], 0) for claim in (old, new))
    if before == after:
        return "reworded"
    return "raised" if after > before else "lowered"


def _parts(old: list[str], new: list[str]) -> FieldChange | None:
    added = tuple(part for part in new if part not in old)
    removed = tuple(part for part in old if part not in new)
    if not added and not removed:
        return None
    direction = "widened" if not removed else "narrowed" if not added else None
    kept = tuple(part for part in old if part in new)
    renamed = renames(removed, added, kept)
    return FieldChange(
        "components", old, new, direction, added=added, removed=removed, kept=kept, renamed=renamed
    )


def _digits(changes: Iterable[FieldChange]) -> list[FieldChange]:
    """Which digit of a formula grew or shrank."""
    return [
        FieldChange(f"digit {place}", old, new, "raised" if new > old else "lowered")
        for change in changes
        if change.field == "formula"
        for place, old, new in frameworks.grown(change.old, change.new)
    ]
