"""How sending goes: what is due, each step written down, and what nobody can know.

SMTP has one moment that no sender can see into: the words have left and the answer is not back. “handed over”
is therefore written just before they leave. If no later step follows (a crash, a dropped line), the mail is
in doubt: it is handed over once more under the same Message-ID, and after that left alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, func, insert, select

from storage.ledger import Ledger
from storage.models import DeliveryStep, MailRow
from storage.selecting import chunks

Step = Literal["handed over", "sent", "put off", "refused", "in doubt", "cancelled"]
FINAL = frozenset({"sent", "refused", "cancelled"})
HANDINGS = 2
"""How often a mail may be handed over when the first answer never came."""
_WAITS = (1, 5, 15, 60, 180, 360)
"""Minutes after the first, second … time that a mail was put off; the last for all further ones."""


class Overtaken(Exception):  # noqa: N818 - somebody else is sending this mail: nothing failed
    """Another worker took a step with this mail since it was looked at."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that was taken with a mail."""

    step: Step
    detail: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Mail:
    """A fixed mail with the steps taken so far."""

    seq: int
    key: str
    subscriber: str
    channel: str
    recipient: str
    kind: str
    after: int
    upto: int
    content_sha256: str
    message_id: str
    made_at: datetime
    steps: tuple[Taken, ...]

    @property
    def state(self) -> str:
        """The last step's name; “waiting” where there is none, “in doubt” where an answer is missing."""
        if not self.steps:
            return "waiting"
        last = self.steps[-1].step
        return "in doubt" if last == "handed over" else last

    @property
    def settled(self) -> bool:
        """Whether nothing will be done with it any more."""
        handed = sum(one.step == "handed over" for one in self.steps)
        return self.state in FINAL or (self.state == "in doubt" and handed >= HANDINGS)

    @property
    def due_at(self) -> datetime:
        """When it may be tried (again)."""
        if not self.steps or self.steps[-1].step != "put off":
            return self.made_at
        tried = sum(one.step == "put off" for one in self.steps)
        return self.steps[-1].at + timedelta(minutes=_WAITS[min(tried, len(_WAITS)) - 1])


def mails(connection: Connection, *, subscriber: str | None = None, unsettled: bool = False) -> list[Mail]:
    """Fixed mails in the order of fixing. unsettled: only those that something remains to be done with."""
    t = MailRow.__table__
    query = select(*t.c).order_by(t.c.seq)
    if subscriber is not None:
        query = query.where(t.c.subscriber == subscriber)
    if unsettled:
        final = select(DeliveryStep.mail_seq).where(DeliveryStep.step.in_(sorted(FINAL)))
        query = query.where(t.c.seq.not_in(final))
    rows = connection.execute(query).all()
    taken = _steps(connection, [row.seq for row in rows])
    found = [Mail(**row._mapping, steps=tuple(taken.get(row.seq, ()))) for row in rows]
    return [mail for mail in found if not mail.settled] if unsettled else found


def _steps(connection: Connection, seqs: Sequence[int]) -> dict[int, list[Taken]]:
    found: dict[int, list[Taken]] = {}
    t = DeliveryStep.__table__
    for some in chunks(seqs):
        for row in connection.execute(select(*t.c).where(t.c.mail_seq.in_(some)).order_by(t.c.seq)):
            found.setdefault(row.mail_seq, []).append(Taken(row.step, row.detail, row.at))
    return found


def due(ledger: Ledger, now: datetime) -> list[Mail]:
    """Mails to be tried now, oldest first."""
    with ledger.reading() as connection:
        return [mail for mail in mails(connection, unsettled=True) if mail.due_at <= now]


def take(ledger: Ledger, mail: Mail, step: Step, detail: str = "") -> Mail:
    """Write a step down; the mail with it. Raises Overtaken where another worker took one meanwhile."""
    with ledger.writing() as connection:
        return take_in(connection, mail, step, detail, ledger.clock())


def take_in(connection: Connection, mail: Mail, step: Step, detail: str, at: datetime) -> Mail:
    """The same inside a transaction that holds the writer lock."""
    query = select(func.count()).select_from(DeliveryStep).where(DeliveryStep.mail_seq == mail.seq)
    if connection.execute(query).scalar_one() != len(mail.steps):
        raise Overtaken(mail.key)
    seq = (connection.execute(select(func.max(DeliveryStep.seq))).scalar() or 0) + 1
    row: dict[str, Any] = {"seq": seq, "mail_seq": mail.seq, "step": step, "detail": detail, "at": at}
    connection.execute(insert(DeliveryStep), row)
    facts = {name: getattr(mail, name) for name in Mail.__slots__ if name != "steps"}
    return Mail(**facts, steps=(*mail.steps, Taken(step, detail, at)))
