"""Tables of the ledger as typed SQLAlchemy models."""

from storage.models.base import Base, UtcDateTime
from storage.models.control import Commit, LedgerInfo, RunResult, RunRow
from storage.models.derived import ChangeRow, CommitmentRow, EditionRow, MemberRow, NotesRow
from storage.models.held import QuarantineDecision, QuarantineRow, QuarantineSighting, RulingRow
from storage.models.mail import DeliveryStep, MailContent, MailRow, SubscriberState, ToldRow
from storage.models.texts import Blob, Document, PlaceRow, ReadingRow, Sighting, StatementRow, VersionRow
from storage.models.watching import FetchRow, ListingRow, LookRow

__all__ = [
    "Base",
    "Blob",
    "ChangeRow",
    "Commit",
    "CommitmentRow",
    "DeliveryStep",
    "Document",
    "EditionRow",
    "FetchRow",
    "LedgerInfo",
    "ListingRow",
    "LookRow",
    "MailContent",
    "MailRow",
    "MemberRow",
    "NotesRow",
    "PlaceRow",
    "QuarantineDecision",
    "QuarantineRow",
    "QuarantineSighting",
    "ReadingRow",
    "RulingRow",
    "RunResult",
    "RunRow",
    "Sighting",
    "StatementRow",
    "SubscriberState",
    "ToldRow",
    "UtcDateTime",
    "VersionRow",
]
