"""What is wrong with a request, in the reader's language, in one sentence a parameter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tracking.words.marking import marked as _

Say = Callable[[str], str]


_FAULTS = {
    "missing": _("it is missing"),
    "literal_error": _("write one of {expected}"),
    "enum": _("write one of {expected}"),
    "int_parsing": _("write a whole number"),
    "int_type": _("write a whole number"),
    "greater_than_equal": _("write at least {ge}"),
    "less_than_equal": _("write at most {le}"),
    "string_too_long": _("write at most {max_length} characters"),
    "string_too_short": _("write at least {min_length} characters"),
    "string_pattern_mismatch": _("it is not written as it should be: {pattern}"),
    "list_type": _("write a list"),
}
"""By the kind of fault that the library names; `{…}` are its facts."""
FRAMEWORK = (_("Not Found"), _("Method Not Allowed"))
"""What the framework itself says."""
OTHER = _("it is not what it should be")


def fault(error: Mapping[str, Any], say: Say) -> dict[str, Any]:
    """Where (`loc`) and what (`msg`) a fault is."""
    words = _FAULTS.get(str(error["type"]), OTHER)
    facts = {str(name): str(value) for name, value in (error.get("ctx") or {}).items()}
    try:
        told = say(words).format(**facts)
    except (KeyError, IndexError):
        told = say(OTHER)
    return {"loc": [str(part) for part in error["loc"]], "msg": told, "type": str(error["type"])}
