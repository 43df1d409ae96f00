"""Opening the ledger that a command asks, and the places it names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from flows import ledgers
from flows.cli.out import say
from flows.cli.problems import Problem

if TYPE_CHECKING:
    from storage.ledger import Ledger

DEMO = "demo: invented texts about a district that does not exist"


@contextmanager
def opened(db: str | None) -> Iterator[Ledger]:
    """The chosen ledger; one that nobody named is named on stderr."""
    from storage.ledger import open_ledger

    choice = ledgers.choose(db)
    with open_ledger(choice.url) as ledger:
        if choice.why in ("last used", "default"):
            say(f"ledger {choice.name}" + (f" ({DEMO})" if ledger.mode == "demo" else ""))
        yield ledger


def full_name(ledger: Ledger, tail: str | None) -> str | None:
    """The full name of the place that a tail of it means; a Problem with the candidates if unclear."""
    if tail is None:
        return None
    from audit.places import Ambiguous, Unknown, resolve

    try:
        return resolve(ledger, tail)
    except Ambiguous as several:
        raise Problem(
            f"{tail} may be {' or '.join(several.candidates)}: write more of the name."
        ) from several
    except Unknown as unknown:
        if not unknown.known:
            raise Problem("the ledger is empty: `duixian run` reads texts into it.") from unknown
        known = "、".join(unknown.known[:8])
        raise Problem(f"no place of this ledger is called {tail}: it has {known}.") from unknown
