"""Fixing mails: window, content and recipient in one transaction, before anything is sent."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from sqlalchemy import Connection, func, insert, select

from storage.blobs import pack, unpack
from storage.canonical import canonical, digest
from storage.ledger import Ledger
from storage.mails.subscribers import standings
from storage.models import DeliveryStep, MailContent, MailRow, ToldRow
from storage.selecting import chunks

Channel = Literal["mail", "chat"]
Kind = Literal["digest", "special"]
What = Literal["news", "taken back"]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes along. cid: the name by which the HTML shows it (pictures); cites: hashes of versions
    whose words are in it."""

    name: str
    media: str
    content: bytes
    cid: str | None = None
    cites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """What a mail says. html None: plain text only. cites: hashes of the versions it quotes."""

    subject: str
    text: str
    html: str | None = None
    attachments: tuple[Attachment, ...] = ()
    cites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewMail:
    """A mail to be fixed. told: rows of the change log that it tells, with what it does to them."""

    subscriber: str
    channel: Channel
    recipient: str
    kind: Kind
    after: int
    upto: int
    content: Content
    told: tuple[tuple[int, What], ...] = field(default=())


def windows(connection: Connection) -> dict[str, int]:
    """Up to which commit each subscriber was served, by mails that were not cancelled."""
    cancelled = select(DeliveryStep.mail_seq).where(DeliveryStep.step == "cancelled")
    query = (
        select(MailRow.subscriber, func.max(MailRow.upto).label("served"))
        .where(MailRow.seq.not_in(cancelled))
        .group_by(MailRow.subscriber)
    )
    return {row.subscriber: row.served for row in connection.execute(query)}


def fix(ledger: Ledger, mails: Sequence[NewMail], domain: str) -> list[str]:
    """Put a subscriber's mails of one window into the outbox; their keys.

    Nothing is written for a subscriber who was served meanwhile or gets no mails any more, so two workers
    that made the same mails fix them once. domain: of the Message-IDs.
    """
    with ledger.writing() as connection:
        served, stands = windows(connection), standings(connection)
        now = ledger.clock()
        seq = connection.execute(select(func.max(MailRow.seq))).scalar() or 0
        keys: list[str] = []
        for mail in mails:
            standing = stands.get(mail.subscriber)
            if standing is None or not standing.active or served.get(mail.subscriber, 0) > mail.after:
                continue
            content = _put_content(connection, mail.content)
            key = digest(
                canonical([mail.subscriber, mail.channel, mail.kind, mail.after, mail.upto, content])
            )
            if connection.execute(select(MailRow.seq).where(MailRow.key == key)).first() is not None:
                continue
            seq += 1
            connection.execute(
                insert(MailRow),
                {
                    "seq": seq,
                    "key": key,
                    "subscriber": mail.subscriber,
                    "channel": mail.channel,
                    "recipient": mail.recipient,
                    "kind": mail.kind,
                    "after": mail.after,
                    "upto": mail.upto,
                    "content_sha256": content,
                    "message_id": f"<{key[:40]}@{domain}>",
                    "made_at": now,
                },
            )
            told = [{"mail_seq": seq, "change_seq": change, "what": what} for change, what in set(mail.told)]
            if told:
                connection.execute(insert(ToldRow), told)
            keys.append(key)
    return keys


def _put_content(connection: Connection, content: Content) -> str:
    """Store what is not stored yet; the hash of the whole content. Files are shared between mails."""
    files = []
    for one in content.attachments:
        name = digest(one.content)
        _put(connection, name, one.content, {*content.cites, *one.cites})
        files.append({"name": one.name, "media": one.media, "cid": one.cid, "sha256": name})
    body = canonical(
        {"subject": content.subject, "text": content.text, "html": content.html, "files": files}
    ).encode("utf-8", "surrogatepass")
    sha256 = digest(body)
    _put(connection, sha256, body, content.cites)
    return sha256


def _put(connection: Connection, sha256: str, content: bytes, cites: Iterable[str]) -> None:
    if connection.execute(select(MailContent.sha256).where(MailContent.sha256 == sha256)).first() is None:
        row = {"sha256": sha256, "content": pack(content), "cites": canonical(sorted(set(cites)))}
        connection.execute(insert(MailContent), row)


def contents(connection: Connection, hashes: Iterable[str]) -> dict[str, Content | None]:
    """Contents by hash; None for one whose words were erased since."""
    wanted = sorted(set(hashes))
    rows = _bytes(connection, wanted)
    bodies = {name: json.loads(rows[name][0]) if rows[name][0] else None for name in wanted}
    files = _bytes(connection, {f["sha256"] for body in bodies.values() if body for f in body["files"]})
    return {
        name: None if body is None else _content(body, files, rows[name][1]) for name, body in bodies.items()
    }


def _content(
    body: Mapping[str, object], files: Mapping[str, tuple[bytes, list[str]]], cites: list[str]
) -> Content | None:
    listed = body["files"]
    assert isinstance(listed, list)
    if any(not files[one["sha256"]][0] for one in listed):
        return None
    parts = tuple(
        Attachment(one["name"], one["media"], files[one["sha256"]][0], one["cid"]) for one in listed
    )
    html = body["html"]
    return Content(
        str(body["subject"]), str(body["text"]), None if html is None else str(html), parts, tuple(cites)
    )


def _bytes(connection: Connection, hashes: Iterable[str]) -> dict[str, tuple[bytes, list[str]]]:
    found: dict[str, tuple[bytes, list[str]]] = {}
    for some in chunks(sorted(hashes)):
        query = select(MailContent.sha256, MailContent.content, MailContent.cites)
        for sha256, content, cites in connection.execute(query.where(MailContent.sha256.in_(some))):
            found[sha256] = unpack(content), json.loads(cites)
    return found
