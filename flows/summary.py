"""The figures a run ends with: what came in, and what the ledger holds now."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flows.core import Outcome
from storage.queries.counting import Counts


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts after a run. The first three are of the run, the rest of the ledger as it stands."""

    read: dict[str, int]
    recorded: dict[str, int]
    withdrawn: dict[str, int]
    documents: int
    statements: dict[str, int]
    commitments: int
    changes: dict[str, int]
    quarantined: int

    @property
    def anything_new(self) -> bool:
        """Whether the run added or withdrew anything."""
        return bool(self.recorded or self.withdrawn or set(self.read) - {"unchanged", "refused"})

    def record(self, ledger: str, preview: Path) -> dict[str, Any]:
        """The one line of `duixian run --json`."""
        return {
            "read": self.read,
            "recorded": self.recorded,
            "withdrawn": self.withdrawn,
            "documents": self.documents,
            "statements": self.statements,
            "commitments": self.commitments,
            "changes": self.changes,
            "quarantined": self.quarantined,
            "ledger": ledger,
            "digest": str(preview),
        }


def summarise(outcome: Outcome, held: Counts) -> Summary:
    """What a run did, and what the ledger holds."""
    return Summary(
        read=dict(outcome.documents),
        recorded=dict(outcome.changes),
        withdrawn=dict(outcome.withdrawn),
        documents=held.documents,
        statements=dict(held.statements),
        commitments=held.commitments,
        changes=dict(held.changes),
        quarantined=held.quarantined,
    )
