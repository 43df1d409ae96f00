"""What a run leaves in Prefect's page for people: a report, and a table of what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from prefect.artifacts import create_markdown_artifact, create_table_artifact

from digests.items import by_importance
from flows.settings import language
from storage.ledger import open_ledger
from storage.queries.leading import leading
from tracking.model import ACCUSATIONS
from tracking.words.labels import Lang, label

if TYPE_CHECKING:
    from flows.core import Outcome

SHOWN = 100
"""Rows of the table: the most important; the log has all."""


def publish(url: str, outcome: Outcome) -> None:
    """Write both artifacts of a run over the ledger at `url`."""
    lang = language()
    with open_ledger(url) as ledger:
        found = leading(ledger, by_importance, SHOWN, run=outcome.run)
        rows = [
            {
                "change": _word(entry, lang),
                "place": entry["district"],
                "commitment": entry["commitment"]["title"],
                "old": _quote(entry, "old"),
                "new": _quote(entry, "new"),
                "said on": entry["said_on"] or "",
                "id": entry["id"],
            }
            for entry in found.entries
        ]
    create_markdown_artifact(
        _report(outcome, found.total), key="run-report", description="运行报告 · run report"
    )
    if rows:
        create_table_artifact(
            rows, key="changes", description=f"变化 · changes: {len(rows)} / {found.total} ({outcome.run})"
        )


def _word(entry: dict[str, Any], lang: Lang) -> str:
    """The kind of change in a person's word; an accusation that nobody reviewed says so."""
    word = label("change", entry["change"], lang, entry["grade"]).word
    unseen = entry["change"] in ACCUSATIONS and entry["reviewed"] is None
    return f"{word} ({label('review', 'pending', lang).word})" if unseen else word


def _quote(entry: dict[str, Any], side: str) -> str:
    return next((str(one["quote"]) for one in entry["evidence"] if one["side"] == side), "")


def _report(outcome: Outcome, changes: int) -> str:
    lines = [
        f"# {outcome.run}",
        "",
        "| texts | |",
        "| --- | --- |",
        *(f"| {status} | {count} |" for status, count in sorted(outcome.documents.items())),
        "",
        f"{changes} entries of the change log, {sum(outcome.withdrawn.values())} withdrawn, "
        f"{len(outcome.places)} places.",
    ]
    if outcome.refusals:
        lines += ["", "## Refused or quarantined", ""]
        lines += [f"- `{given}`: {sentence}" for given, sentence in outcome.refusals[:SHOWN]]
        if len(outcome.refusals) > SHOWN:
            lines.append(f"- … and {len(outcome.refusals) - SHOWN} more: `duixian quarantine`")
    return "\n".join(lines)
