"""The command line in this process, in a data folder of its own."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
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


@pytest.fixture(scope="session")
def prefect(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A real Prefect server in a process of its own: what its users have in their environment.

    One for all tests, whose files go to one process: its first start takes as long as the rest.
    """
    from flows import prefect_env, up

    folder = tmp_path_factory.mktemp("prefect")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PREFECT_API_URL", raising=False)
        patch.setenv("PREFECT_HOME", str(folder))
        for name in (*prefect_env.DEFAULTS, *prefect_env.QUIET):
            patch.setenv(name, os.environ.get(name, ""))
            patch.delenv(name)
        prefect_env.prepare(quiet=False)
        with up.server(folder / "server.log") as address:
            patch.undo()
            os.environ.pop("PREFECT_API_URL")
            yield {"PREFECT_HOME": str(folder), "PREFECT_API_URL": address}
