"""Questions to the ledger: what holds now, what held on a date, what it said at a time.

Answers are plain dicts in the shapes that `--json` prints. `known_at` takes the ledger back to what it said
at that moment.
"""

from storage.queries.changes import ChangeLog, changes
from storage.queries.commitments import commitments, story
from storage.queries.counting import Counts, counts, runs
from storage.queries.documents import documents
from storage.queries.editions import edition_heads, edition_statements, editions
from storage.queries.notes import place_notes
from storage.queries.places import find_places
from storage.queries.quarantine import quarantine

__all__ = [
    "ChangeLog",
    "Counts",
    "changes",
    "commitments",
    "counts",
    "documents",
    "edition_heads",
    "edition_statements",
    "editions",
    "find_places",
    "place_notes",
    "quarantine",
    "runs",
    "story",
]
