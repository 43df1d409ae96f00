"""What whoever runs the site decides, and what the site is handed from rooms it may not import."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tracking.words.labels import Lang


@dataclass(frozen=True, slots=True)
class Options:
    """public: strangers read it (see docs/site.md). contact: who answers for it. address: its public URL, for
    links that leave the site. secret: signs sessions. requests_a_minute: of one address to the API.
    """

    public: bool = False
    contact: str = ""
    address: str = ""
    secret: str = ""
    language: Lang = "zh"
    requests_a_minute: int = 600


@dataclass(frozen=True, slots=True)
class Wording:
    """How amounts and changes are put into words (see `digests.phrases`, `digests.amounts`)."""

    differences: Callable[[Mapping[str, Any], Lang], Sequence[str]]
    part_lines: Callable[[Mapping[str, Any] | None, Lang], Sequence[str]]
    amount: Callable[..., str]


Deciding = Callable[[Sequence[Mapping[str, Any]], str], None]
"""Records rulings (kind, targets, reason, body; or revokes, reason) by an author; raises NoTarget."""


@dataclass(frozen=True, slots=True)
class Services:
    """What the site is handed. decide None: nobody can rule here."""

    wording: Wording
    decide: Deciding | None = None
    routers: Sequence[Any] = field(default_factory=tuple)
    """Further routers (APIRouter), such as unsubscribing and feeds."""
