"""Due dates as an iCalendar file (RFC 5545): one all-day event a promise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

FOLD = 75
"""Octets a line may have."""


def calendar(rows: Iterable[Mapping[str, Any]], now: datetime) -> str:
    """The calendar of rows as `audit.standing.due` gives them; now: when it was made."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//duixian//due//ZH", "CALSCALE:GREGORIAN"]
    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    for row in rows:
        day = date.fromisoformat(row["due"])
        quote = row["evidence"][0]["quote"] if row["evidence"] else ""
        lines += [
            "BEGIN:VEVENT",
            f"UID:{row['commitment']['id']}-{row['edition']}@duixian",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(row['district'] + ' ' + row['commitment']['title'])}",
            f"DESCRIPTION:{_escaped(quote)}",
            "END:VEVENT",
        ]
    return "".join(f"{part}\r\n" for line in [*lines, "END:VCALENDAR"] for part in _folded(line))


def _escaped(text: str) -> str:
    for mark in ("\\", ";", ","):
        text = text.replace(mark, "\\" + mark)
    return "\\n".join(text.splitlines())


def _folded(line: str) -> list[str]:
    """The line in pieces of at most `FOLD` octets, never within a character; later ones are indented."""
    pieces, piece = [], ""
    for letter in line:
        if len((piece + letter).encode()) > FOLD:
            pieces.append(piece)
            piece = " "
        piece += letter
    return [*pieces, piece]
