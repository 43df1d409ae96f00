"""What whoever runs the site decides, and what the site is handed from rooms it may not import."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, Protocol

from storage.ledger import Ledger
from tracking.words.labels import Lang

Role = Literal["reader", "editor", "publisher", "operator"]
ROLES: tuple[Role, ...] = ("reader", "editor", "publisher", "operator")
"""Each may do what those before it may: read what is not public yet, rule, accept replies, everything."""


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


@dataclass(frozen=True, slots=True)
class Decision:
    """A ruling as the desk words it. undoes: the ruling that it takes back."""

    kind: str
    targets: Sequence[str]
    reason: str
    body: Mapping[str, Any] = field(default_factory=dict)
    undoes: str | None = None


class Accounts(Protocol):
    """Who may sign in."""

    def check(self, name: str, password: str) -> Role | None:
        """The role of who knows the password."""

    def role(self, name: str) -> Role | None:
        """The role that somebody has now; None: they may not come in any more."""

    def any(self) -> bool:
        """Whether anybody may sign in."""


class Inbox(Protocol):
    """What readers write in: errors they found, replies by those an entry is about."""

    def add(self, message: Mapping[str, str]) -> bool:
        """Keep a message; False where there is no room for more."""

    def open(self) -> list[dict[str, str]]:
        """What nobody has dealt with, oldest first."""

    def close(self, name: str, by: str, verdict: str) -> dict[str, str] | None:
        """Take a message off the list; None where it is off already."""


Deciding = Callable[[Ledger, Decision, str], str]
"""Records a decision by an author with all that follows; the ruling's id. Raises NoTarget."""


class Unobserved(Protocol):
    """When nobody saw the sources of a place."""

    def __call__(
        self,
        ledger: Ledger,
        place: str | None,
        begin: date | None,
        end: date | None,
        known_at: datetime | None,
        lang: Lang,
    ) -> list[str]:
        """A sentence for each time between two days (None: from the first look on; until now), as known at a
        time. Nothing where no source is configured for the place."""


@dataclass(frozen=True, slots=True)
class Services:
    """What the site is handed. decide None: nobody can rule here. health: how the sources do."""

    wording: Wording
    decide: Deciding | None = None
    accounts: Accounts | None = None
    inbox: Inbox | None = None
    health: Callable[[Ledger], list[dict[str, Any]]] | None = None
    unobserved: Unobserved | None = None
    routers: Sequence[Any] = field(default_factory=tuple)
    """Further routers (APIRouter), such as unsubscribing and feeds."""
