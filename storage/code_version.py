"""Which version of the program wrote something: the package's, and the commit where it runs from a clone."""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_CLONE = Path(__file__).resolve().parent.parent


@lru_cache(maxsize=1)
def code_version() -> str:
    """As 0.1.0 or 0.1.0+1cfa3727b2e0; uncommitted changes do not show (the parser version tells those)."""
    try:
        package = version("duixian")
    except PackageNotFoundError:
        package = "0"
    commit = _commit(_CLONE / ".git")
    return f"{package}+{commit}" if commit else package


def _commit(git: Path) -> str | None:
    try:
        head = (git / "HEAD").read_text(encoding="utf-8").strip()
        if not head.startswith("ref: "):
            return head[:12]
        name = head.removeprefix("ref: ")
        if (git / name).exists():
            return (git / name).read_text(encoding="utf-8").strip()[:12]
        packed = (git / "packed-refs").read_text(encoding="utf-8").splitlines()
    except OSError:  # no clone, or a worktree, whose .git is a file
        return None
    return next((line[:12] for line in packed if line.endswith(f" {name}")), None)
