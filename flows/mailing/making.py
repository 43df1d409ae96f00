"""Making mails: for each subscriber whose time has come, what the window has to tell, into the outbox."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from audit.standing import due as standing_due
from digests.choose import choose
from digests.compose import Composed, Desk, compose
from digests.issue import Issue, gather
from digests.links import Links
from digests.phrases import differences
from digests.schedule import boundary
from digests.subscriptions import Subscription
from storage.exports.bundle import Format, export
from storage.ledger import Ledger
from storage.mails.cited import versions_behind
from storage.mails.looked_at import LookedAt, looked_at
from storage.mails.outbox import Attachment, NewMail, fix, windows
from storage.mails.rows import Role
from storage.mails.subscribers import begin, standings
from storage.queries import changes
from storage.selecting import horizon
from tracking.views import Standing
from tracking.words.areas import area_of
from tracking.words.labels import Lang

FORMATS: tuple[Format, ...] = ("xlsx",)


class Turn(NamedTuple):
    """A subscriber whose time has come: news from behind `since` up to `upto`; corrections from `served`."""

    role: Role
    since: int
    upto: int
    lang: Lang
    served: int
    on: datetime
    subscription: Subscription


@dataclass(frozen=True, slots=True)
class Made:
    """A subscriber's mails of this turn, with the window they are of."""

    turn: Turn
    mails: tuple[Composed, ...]


def turns(
    ledger: Ledger, subscriptions: Sequence[Subscription], now: datetime, *, at_once: bool = False
) -> list[Turn]:
    """Who is due now, those with equal windows beside each other. at_once: whoever has news, due or not."""
    found = []
    with ledger.reading() as connection:
        stands, served = standings(connection), windows(connection)
        reached: dict[datetime, int] = {}
        for one in subscriptions:
            standing = stands.get(one.id)
            if standing is None or not standing.active:
                continue
            on = now if at_once else boundary(one, now)
            if on not in reached:
                reached[on] = horizon(connection, on)
            before = served.get(one.id, standing.upto)
            since = max(before, standing.upto)
            regular = one.empty and one.often != "at once" and not at_once and on > standing.at
            if reached[on] > since or (regular and reached[on] == since):
                found.append(Turn(one.role, since, reached[on], one.lang, before, on, one))
    return sorted(found, key=lambda t: (t.role, t.since, t.upto, t.lang, t.subscription.id))


def make(
    ledger: Ledger,
    subscriptions: Sequence[Subscription],
    now: datetime,
    links: Links,
    *,
    at_once: bool = False,
) -> Iterator[Made]:
    """Compose what is due, a subscriber at a time; windows are read once for all who share them."""
    queue = turns(ledger, subscriptions, now, at_once=at_once)
    with _desk(ledger, links) as desk:
        issue: Issue | None = None
        for turn in queue:
            if issue is None or (issue.role, issue.after, issue.upto) != (turn.role, turn.since, turn.upto):
                names = [t.subscription.id for t in queue if t[:3] == turn[:3]]
                issue = gather(ledger, turn.since, turn.upto, turn.role, names)
            wrong = issue.corrections.get(turn.subscription.id, ())
            if turn.served < turn.since:  # paused meanwhile: no news of that time, but what was wrong in it
                missed = gather(ledger, turn.served, turn.upto, turn.role, [turn.subscription.id])
                wrong = missed.corrections.get(turn.subscription.id, ())
                issue = replace(issue, cited={**issue.cited, **missed.cited})
            choice = choose(issue, turn.subscription, wrong)
            yield Made(turn, tuple(compose(issue, choice, turn.subscription, desk, turn.on)))


def put_in_outbox(
    ledger: Ledger,
    subscriptions: Sequence[Subscription],
    now: datetime,
    links: Links,
    domain: str,
    *,
    at_once: bool = False,
) -> int:
    """Make what is due and fix it, a transaction a subscriber; how many mails there were.

    Subscribers whom the ledger meets for the first time begin here: their news starts now.
    """
    begin(ledger, (one.id for one in subscriptions))
    count = 0
    for made in make(ledger, subscriptions, now, links, at_once=at_once):
        one, turn = made.turn.subscription, made.turn
        mails = [
            NewMail(one.id, one.channel, one.recipient, m.kind, turn.served, turn.upto, m.content, m.told)
            for m in made.mails
        ]
        if mails:
            count += len(fix(ledger, mails, domain))
    return count


@contextmanager
def _desk(ledger: Ledger, links: Links) -> Iterator[Desk]:
    """Due dates and workbooks, each worked out once for all who get it."""
    due_rows: dict[tuple[date, timedelta], list[dict[str, Any]]] = {}
    books: dict[tuple[str, str, str], Attachment] = {}
    reviewed: set[tuple[str, str]] | None = None

    def due(subscription: Subscription, on: datetime, within: timedelta) -> Sequence[Mapping[str, Any]]:
        nonlocal reviewed
        day = on.astimezone(ZoneInfo(subscription.zone)).date()
        if (day, within) not in due_rows:
            states: tuple[Standing, ...] = ("due_soon", "awaiting_report", "overdue")
            found = standing_due(ledger, on=day, within=within, states=states)
            due_rows[day, within] = [{**row, "area": area_of(row)} for row in found]
        rows = due_rows[day, within]
        if subscription.role == "editor":
            return rows
        if reviewed is None:
            log = changes(ledger, kinds=("unreported",)).entries
            reviewed = {(e["commitment"]["id"], e["edition_from"]) for e in log if e["reviewed"]}
        # “No result seen” is as much of an accusation as the entry that says so.
        return [
            row
            for row in rows
            if row["state"] != "overdue" or (row["commitment"]["id"], row["edition"]) in reviewed
        ]

    def workbook(district: str, role: str, lang: Lang) -> Attachment | None:
        key = (district, role, lang)
        if key not in books:
            with tempfile.TemporaryDirectory(prefix="duixian-") as folder:
                export(
                    ledger,
                    Path(folder),
                    formats=FORMATS,
                    audience="operator" if role == "editor" else "public",
                    district=district,
                    lang=lang,
                    tell=differences,
                )
                content = (Path(folder) / "ledger.xlsx").read_bytes()
            media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            with ledger.reading() as connection:
                cites = versions_behind(connection, district)
            books[key] = Attachment(f"{district}.xlsx", media, content, cites=cites)
        return books[key]

    @cache
    def looks(since: datetime, until: datetime) -> LookedAt | None:
        with ledger.reading() as connection:
            return looked_at(connection, since, until)

    yield Desk(links, due, workbook, looks)
