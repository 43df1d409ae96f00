"""Subscribers as the ledger knows them: when they began, and whether they get anything now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, func, insert, select

from storage.ledger import Ledger
from storage.models import SubscriberState
from storage.selecting import horizon

State = Literal["started", "paused", "resumed", "unsubscribed", "removed"]
ACTIVE = frozenset({"started", "resumed"})


@dataclass(frozen=True, slots=True)
class Standing:
    """How a subscriber stands. upto: the last commit when this state began, behind which news begins."""

    state: State
    reason: str
    at: datetime
    upto: int

    @property
    def active(self) -> bool:
        """Whether mails are made for this subscriber."""
        return self.state in ACTIVE


def standings(connection: Connection) -> dict[str, Standing]:
    """The last state of every subscriber that ever had one."""
    t = SubscriberState.__table__
    return {
        row.subscriber: Standing(row.state, row.reason, row.at, row.upto)
        for row in connection.execute(select(*t.c).order_by(t.c.seq))
    }


def set_state(
    connection: Connection, subscriber: str, state: State, reason: str, at: datetime
) -> Standing | None:
    """Append a state under the writer lock, unless it is the one that holds (then None)."""
    last = standings(connection).get(subscriber)
    if last is not None and (last.state == state or (last.active and state == "started")):
        return None
    seq = (connection.execute(select(func.max(SubscriberState.seq))).scalar() or 0) + 1
    upto = horizon(connection, None)
    row = {"seq": seq, "subscriber": subscriber, "state": state, "reason": reason, "at": at, "upto": upto}
    connection.execute(insert(SubscriberState), row)
    return Standing(state, reason, at, upto)


def note_state(ledger: Ledger, subscriber: str, state: State, reason: str = "") -> bool:
    """Append a state in a transaction of its own; False where it held already."""
    with ledger.writing() as connection:
        return set_state(connection, subscriber, state, reason, ledger.clock()) is not None


def begin(ledger: Ledger, subscribers: Iterable[str]) -> list[str]:
    """Start those that the ledger has not met (or that were removed); news for them begins now."""
    wanted = sorted(set(subscribers))
    with ledger.reading() as connection:
        known = {name: one.state for name, one in standings(connection).items()}
    fresh = [name for name in wanted if known.get(name, "removed") == "removed"]
    if not fresh:
        return []
    with ledger.writing() as connection:
        now = ledger.clock()
        return [name for name in fresh if set_state(connection, name, "started", "", now)]
