"""What was told to whom: subscribers' states, mails as they were fixed, what each told, how sending went.

No part of the chain of commits: it says what this program did with the ledger, not what texts say. Addresses
stand here and nowhere else; exports leave these tables out.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, BigInt, Ref, Seq

STATES = "('started', 'paused', 'resumed', 'unsubscribed', 'removed')"
STEPS = "('handed over', 'sent', 'put off', 'refused', 'in doubt', 'cancelled')"


class SubscriberState(Base):
    """A subscriber (by the id in the operator's file) began, paused, came back or left; the last row counts.

    upto: the last commit at that time; news begins behind it.
    """

    __tablename__ = "subscriber_states"
    __table_args__ = (
        Index("ix_subscriber_states_subscriber", "subscriber"),
        CheckConstraint(f"state IN {STATES}", name="state"),
    )
    seq: Mapped[Seq]
    subscriber: Mapped[str]
    state: Mapped[str]
    reason: Mapped[str]
    at: Mapped[datetime]
    upto: Mapped[Ref]


class MailContent(Base):
    """What mails say, by its SHA-256; mails that say the same share it. content: compressed, see
    `storage.outbox`. cites: canonical JSON list of the versions whose words it quotes."""

    __tablename__ = "mail_contents"
    sha256: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    cites: Mapped[str]


class MailRow(Base):
    """One mail (or message to a chat) to one subscriber, fixed before anything is sent.

    key: hash of subscriber, window and content. Window: the commits after `after` up to `upto`.
    """

    __tablename__ = "mails"
    __table_args__ = (
        UniqueConstraint("key"),
        UniqueConstraint("message_id"),
        Index("ix_mails_subscriber", "subscriber"),
        CheckConstraint("channel IN ('mail', 'chat')", name="channel"),
        CheckConstraint("kind IN ('digest', 'special')", name="kind"),
    )
    seq: Mapped[Seq]
    key: Mapped[str]
    subscriber: Mapped[str]
    channel: Mapped[str]
    recipient: Mapped[str]
    kind: Mapped[str]
    after: Mapped[Ref]
    upto: Mapped[Ref]
    content_sha256: Mapped[str] = mapped_column(ForeignKey("mail_contents.sha256"))
    message_id: Mapped[str]
    made_at: Mapped[datetime]


class ToldRow(Base):
    """An entry of the change log (its row) that a mail told as news, or took back."""

    __tablename__ = "told"
    __table_args__ = (
        Index("ix_told_change_seq", "change_seq"),
        CheckConstraint("what IN ('news', 'taken back')", name="what"),
    )
    mail_seq: Mapped[int] = mapped_column(
        BigInt, ForeignKey("mails.seq"), primary_key=True, autoincrement=False
    )
    change_seq: Mapped[int] = mapped_column(
        BigInt, ForeignKey("changes.seq"), primary_key=True, autoincrement=False
    )
    what: Mapped[str] = mapped_column(primary_key=True)


class DeliveryStep(Base):
    """A step of sending a mail. “handed over” is written before its words leave this machine; without a
    later step nobody knows whether they arrived."""

    __tablename__ = "delivery_steps"
    __table_args__ = (
        Index("ix_delivery_steps_mail_seq", "mail_seq"),
        CheckConstraint(f"step IN {STEPS}", name="step"),
    )
    seq: Mapped[Seq]
    mail_seq: Mapped[Ref] = mapped_column(BigInt, ForeignKey("mails.seq"))
    step: Mapped[str]
    detail: Mapped[str]
    at: Mapped[datetime]
