"""What readers of the site write in, kept in the data folder until somebody has dealt with it."""

from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from flows.home import data_folder

MOST_OPEN = 1000


class InboxFile:
    """Messages as lines of a file: each is appended, and so is what became of it."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or data_folder() / "site-inbox.jsonl"
        self._lock = threading.Lock()

    def add(self, message: Mapping[str, str]) -> bool:
        """Keep a message; False where there is no room for more."""
        with self._lock:
            if len(self._open()) >= MOST_OPEN:
                return False
            self._append({**message, "id": secrets.token_hex(8), "at": _now()})
            return True

    def open(self) -> list[dict[str, str]]:
        """What nobody has dealt with, oldest first."""
        with self._lock:
            return list(self._open().values())

    def close(self, name: str, by: str, verdict: str) -> dict[str, str] | None:
        """Take a message off the list; None where it is off already."""
        with self._lock:
            found = self._open().get(name)
            if found is not None:
                self._append({"closes": name, "by": by, "verdict": verdict, "at": _now()})
            return found

    def _open(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        try:
            lines = self._path.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return found
        for line in lines:
            try:
                told = json.loads(line)
            except ValueError:
                continue  # a line that a crash cut off
            if "closes" in told:
                found.pop(told["closes"], None)
            else:
                found[told["id"]] = told
        return found

    def _append(self, line: Mapping[str, str]) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
