"""The digest preview of a ledger: what its last run with news had to tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from audit.documents import documents
from digests.items import Digest, build
from digests.preview import write
from flows.home import data_folder
from flows.settings import language
from storage.ledger import Ledger
from storage.queries import changes


def digest_of(ledger: Ledger, *, district: str | None = None, whole: bool = False) -> Digest:
    """The digest of what the last run with news added, or of the whole log."""
    entries = changes(ledger, district=district).entries
    chosen = entries if whole else _latest(entries)
    return build(chosen, documents(ledger), lang=language(), demo=ledger.mode == "demo")


def write_preview(ledger: Ledger, folder: Path | None = None, **chosen: Any) -> Path:
    """Write the preview as HTML and text; the path of the HTML page. folder None: the data folder."""
    return write(digest_of(ledger, **chosen), folder or data_folder())


def _latest(entries: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The entries of the run that recorded last."""
    if not entries:
        return []
    last = max(entries, key=lambda e: str(e["recorded_at"]))["run"]
    return [entry for entry in entries if entry["run"] == last]
