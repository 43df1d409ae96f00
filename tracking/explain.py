"""Why two tellings of one thing differ: DeepDiff on one pair of plain payloads, and nothing else of it.

The only place that knows DeepDiff. Pairing is ours (DeepDiff's own is quadratic and wrong on lists), sets
are compared as sets by us, and deltas are stored as our own plain JSON: its pickles are never read.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Payload = dict[str, Any]


def _deepdiff() -> Any:
    """DeepDiff without numpy and pandas, which it takes in where they are installed: 80 MB and a third of a
    second for payloads that hold neither."""
    absent = [name for name in ("numpy", "pandas", "polars") if name not in sys.modules]
    sys.modules.update(dict.fromkeys(absent))  # type: ignore[arg-type]  # None: importing it fails
    try:
        from deepdiff import DeepDiff
    finally:
        for name in absent:
            del sys.modules[name]
    return DeepDiff


DeepDiff = _deepdiff()


@dataclass(frozen=True, slots=True)
class Difference:
    """One differing leaf. path: keys from the root. before/after: plain JSON, None where absent."""

    path: tuple[str, ...]
    before: Any
    after: Any


def plain(value: Any) -> Any:
    """Plain JSON with sorted sets and decimals as strings: DeepDiff's own JSON turns decimals into floats."""
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in sorted(value.items())}
    if isinstance(value, (set, frozenset)):
        return sorted(plain(v) for v in value)
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    return value


def decimal_text(value: Decimal) -> str:
    """A decimal without exponent or trailing zeros: one spelling per number."""
    text = format(value.normalize(), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def differences(old: Payload, new: Payload) -> list[Difference]:
    """The differing leaves of two plain payloads, in order of their paths.

    Lists are leaves: they hold sets of parts, which `tracking.comparison` compares as sets.
    """
    both = old.keys() & new.keys()
    unlike = {key for key in old.keys() | new.keys() if key not in both or old[key] != new[key]}
    if not unlike:
        return []
    # What is equal makes no difference, but takes DeepDiff time.
    tree = DeepDiff(
        _leaves({key: value for key, value in old.items() if key in unlike}),
        _leaves({key: value for key, value in new.items() if key in unlike}),
        view="tree",
        threshold_to_diff_deeper=0,
        verbose_level=2,
    )
    found = {}
    for items in tree.values():
        for item in items:
            path = tuple(str(step) for step in item.path(output_format="list"))
            found[path] = Difference(path, _back(_absent(item.t1)), _back(_absent(item.t2)))
    return [found[path] for path in sorted(found)]


def _absent(value: Any) -> Any:
    return None if type(value).__name__ == "NotPresent" else value


_LIST = "\0list"


def _leaves(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _leaves(v) for k, v in value.items()}
    return _LIST + json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value


def _back(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(_LIST):
        return json.loads(value[len(_LIST) :])
    return {k: _back(v) for k, v in value.items()} if isinstance(value, dict) else value
