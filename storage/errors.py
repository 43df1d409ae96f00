"""What can be wrong with a ledger, said to a person."""

from __future__ import annotations


class LedgerError(Exception):
    """A ledger that cannot be used as asked; the message is one sentence that says what to do."""


class OlderLedger(LedgerError):  # noqa: N818 - named for what it is
    """A ledger whose tables are of an earlier version: opening it for writing brings them up to date."""


class BrokenInvariant(LedgerError):  # noqa: N818 - named for what broke
    """Something handed in would put into the ledger what its evidence does not say; nothing was written."""
