"""How long a promise lives: due once, running beyond its edition, or set again each period."""

from __future__ import annotations

from collections.abc import Sequence

from tracking.mentions import Mention
from tracking.model import Life


def life_of(promises: Sequence[Mention]) -> Life:
    """Recurring, running or one-off.

    recurring: an indicator or system set for more than one year, or a growth rate (set each year by
    nature). running: due later than the edition that states it. one-off: due within it.
    """
    years = {m.edition for m in promises if m.terms.horizon == "year"}
    first = promises[0]
    if first.terms.family in ("measure", "framework") and (len(years) > 1 or first.terms.base == "growth"):
        return "recurring"
    if first.terms.family == "framework":
        return "running"
    if any(m.terms.horizon == "long" for m in promises) or len(years) > 1:
        return "running"
    return "one-off"
