"""What a ruling of each kind has to say, checked before anything is recorded."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, get_args

from audit.targets import NoTarget
from parsers.statement import Approx, Base, Op
from tracking.decisions import AMOUNT, TERMS
from tracking.rulings import KINDS, Ruling
from tracking.terms import normal

_PERIOD = re.compile(r"\d{4}(?:\.\.\d{4}|-\d{2}(?:-\d{2})?)?\Z")
_CHOICES = {"op": get_args(Op), "approx": get_args(Approx), "base": get_args(Base)}
LONGEST_REPLY = 2000
SHORTEST_WORD = 2
FEWEST = {"same": 2, "not_same": 2, "merge": 2}
"""Pieces of evidence that a kind needs; one for the others."""


def check_form(ruling: Ruling) -> None:
    """Raise NoTarget with a sentence where a ruling is not complete or sets what cannot be set."""
    if ruling.kind not in KINDS:
        raise NoTarget(f"{ruling.kind} is no kind of ruling: known are {', '.join(KINDS)}")
    if not ruling.author.strip() or not ruling.reason.strip():
        raise NoTarget("a ruling needs an author and a reason: give --by and --reason")
    if ruling.kind == "revoke":
        if ruling.revokes is None:
            raise NoTarget("a revocation names the ruling that it takes back")
        return
    fewest = FEWEST.get(ruling.kind, 1)
    if len(set(ruling.evidence)) < fewest:
        raise NoTarget(f"{ruling.kind} needs {'two' if fewest == 2 else 'one'} or more things to point at")
    if (fault := _fault(ruling.kind, ruling.body)) is not None:
        raise NoTarget(fault)


def _fault(kind: str, body: Mapping[str, Any]) -> str | None:
    if kind == "right_value":
        return _wrong_terms(body)
    if kind == "alias":
        return _wrong_words(body)
    if kind == "covers" and not str(body.get("area") or "").strip():
        return "covers needs the area that the text treats: give --area"
    if kind == "complete" and not isinstance(body.get("complete"), bool):
        return "complete needs a word on whether it is: give --yes or --no"
    if kind == "reply" and not 0 < len(str(body.get("text") or "").strip()) <= LONGEST_REPLY:
        return f"a reply needs its words, {LONGEST_REPLY} at most: give --set text=…"
    if kind == "review" and body.get("verdict") not in ("confirmed", "rejected"):
        return "a review needs a verdict: give --confirm or --reject"
    if kind == "review" and not body.get("change"):
        return "a review needs the id of an entry of the log: `duixian review` lists them"
    return None


def _wrong_words(body: Mapping[str, Any]) -> str | None:
    words = [normal(str(body.get(name) or "")) for name in ("word", "means")]
    if min(map(len, words)) < SHORTEST_WORD:
        return (
            f"an alias needs two words of {SHORTEST_WORD} characters or more: point at a statement of each, "
            "or give --set word=… --set means=…"
        )
    if words[0] == words[1]:
        return f"{words[0]} means itself already: an alias needs two different words"
    return None


def _wrong_terms(body: Mapping[str, Any]) -> str | None:
    known = (*AMOUNT, *TERMS, "quantity")
    if not set(body) - {"quantity"}:
        return "right_value needs what is right: give --set, as in --set value=1200 --set unit=个"
    for name, value in body.items():
        if name not in known:
            return f"{name} cannot be set: known are {', '.join(known)}"
        if name in ("value", "high") and value is not None and not _is_number(value):
            return f"{name} must be a number, not {value}"
        if name == "period" and not _PERIOD.match(str(value)):
            return f"period must be YYYY, YYYY-MM, YYYY-MM-DD or YYYY..YYYY, not {value}"
        if name in _CHOICES and value is not None and value not in _CHOICES[name]:
            return f"{name} must be one of {', '.join(_CHOICES[name])}, not {value}"
        if name == "quantity" and not str(value).isdigit():
            return f"quantity counts the amounts of the sentence from 0; {value} does not"
    return None


def _is_number(value: Any) -> bool:
    try:
        return Decimal(str(value)).is_finite()
    except InvalidOperation:
        return False
