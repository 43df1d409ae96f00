"""What commands import: `parse` starts fast and opens nothing."""

from __future__ import annotations

import json
import subprocess
import sys

HEAVY = (
    "prefect",
    "sqlalchemy",
    "alembic",
    "fastapi",
    "pydantic_settings",
    "css_inline",
    "trafilatura",
    "playwright",
)


def imported_by(*words: str) -> list[str]:
    """Which of the heavy packages a command line imports."""
    program = (
        "import sys, json, io\n"
        f"sys.argv = ['duixian', *{list(words)!r}]\n"
        "from flows.cli.app import main\n"
        "out, sys.stdout = sys.stdout, io.StringIO()\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"out.write(json.dumps([m for m in {HEAVY!r} if m in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_parse_imports_no_database_server_or_browser(examples):
    text = next(examples.glob("*.txt"))
    assert imported_by("parse", "--json", str(text)) == []


def test_help_imports_nothing_heavy():
    assert imported_by("--help") == []


def test_a_direct_run_imports_no_prefect(examples, tmp_path, monkeypatch):
    monkeypatch.setenv("DUIXIAN_VAR", str(tmp_path))
    found = imported_by("run", "--direct", "--db", str(tmp_path / "l.sqlite"), str(examples))
    assert "sqlalchemy" in found
    assert "prefect" not in found
