"""What a person reads when something failed that nobody foresaw; the traceback goes to a file."""

from __future__ import annotations

import traceback

from flows.cli.problems import PARTLY, WRONG_USAGE
from flows.home import data_folder


def ending(error: Exception) -> tuple[str, int]:
    """The sentence and the exit status for an error that no command dealt with."""
    if type(error).__name__ == "LedgerError":  # by name: its module brings the database along
        return f"{error}.".replace("..", "."), WRONG_USAGE
    if "ephemeral Prefect API server" in str(error):
        return "Prefect's own server did not start: try again, or do without it with --direct.", PARTLY
    return told(error), PARTLY


def told(error: Exception) -> str:
    """One sentence on the failure, after writing the traceback to error.log in the data folder."""
    what = " ".join(f"{type(error).__name__}: {error}".split())[:300]
    if isinstance(error, OSError) and error.filename:
        return f"{error.strerror or what}: {error.filename}"
    log = data_folder() / "error.log"
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    except OSError:
        return f"{what} (please report this)"
    return f"{what} (please report this with {log})"
