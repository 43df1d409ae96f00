"""All that is measured, part after part, each in a process of its own: `python -m benchmarks [PATH ...]`
(else the examples). Each says first what it measures; one that fails does not stop the others."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

PARTS = (
    ("reading", "Reading texts, beside a bare scan of them for numbers with a unit.", True, ()),
    ("tracking", "Concluding (links, editions, changes), beside reading the same texts.", True, ()),
    ("editions", "One report more beside others of its place, and growth with their number.", True, ()),
    ("one_of_many", "One report more beside all others, as the command and as work alone.", True, ()),
    ("whole", "The main job, all processes counted, beside scan and reading; and the same again.", True, ()),
    (
        "oracle",
        "Versions of keyed records whose changes are known, beside git-history where it is installed.",
        False,
        (),
    ),
    ("ledger", "One text more, and questions to many entries, beside a bare look-up of one row.", True, ()),
    ("digests", "Mails to subscribers with different wishes, from one window of changes.", False, ()),
    (
        "site",
        "Pages and the API from many entries, beside the bare query of each list.",
        False,
        ("--entries", "50000", "--seconds", "10"),
    ),
)
"""Module, what it measures, whether it takes the texts, further arguments."""


def main(paths: Sequence[str]) -> int:
    """Run every part; exit status 1 where one failed."""
    failed = []
    for name, what, takes_texts, more in PARTS:
        print(f"== {name}: {what}", flush=True)
        begun = time.monotonic()
        command = [sys.executable, "-m", f"benchmarks.{name}", *(paths if takes_texts else ()), *more]
        if subprocess.run(command, cwd=Path(__file__).parent.parent, check=False).returncode:
            failed.append(name)
        print(f"   ({time.monotonic() - begun:.0f} s)\n", flush=True)
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return int(bool(failed))


if __name__ == "__main__":
    raise SystemExit(main([str(Path(one).absolute()) for one in sys.argv[1:]]))
