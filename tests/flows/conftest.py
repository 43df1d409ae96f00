"""The command line in this process, in a data folder of its own."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from flows.settings import settings


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    status: int
    out: str
    err: str

    @property
    def records(self) -> list[dict[str, Any]]:
        """Its JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]


Command = Callable[..., Done]


@pytest.fixture
def duixian(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Command:
    """Run a command line; what it writes goes to tmp_path/var."""
    from flows.cli.app import main

    monkeypatch.setenv("DUIXIAN_VAR", str(tmp_path / "var"))
    monkeypatch.setenv("DUIXIAN_LANG", "en")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("DUIXIAN_DB", raising=False)
    settings.cache_clear()

    def run(*words: object) -> Done:
        monkeypatch.setattr(sys, "argv", ["duixian", *map(str, words)])
        status = 0
        capsys.readouterr()
        try:
            main()
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 1 if end.code else 0
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return Done(status, captured.out, captured.err)

    return run
