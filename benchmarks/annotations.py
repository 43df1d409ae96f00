"""How well texts that no rule was written on are read: `python -m benchmarks.annotations FOLDER`.

The annotations in tests/annotations hold offsets into texts below FOLDER, which also holds tools/score.py;
the first line of a file names the text, the windows that were annotated, and what is declared of the text.
Half `a` was read while rules were written; half `b` was held back until its first score (docs/accuracy.md).
`--errors` lists what half `a` got wrong.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from audit.statements import statement_record
from parsers.read import read
from parsers.reading import Declared

ANNOTATIONS = Path(__file__).parent.parent / "tests" / "annotations"
COLUMNS = ("amount", "quantity", "statement", "framework", "target", "action", "result")
Record = dict[str, Any]


def load(path: Path) -> tuple[Record, list[Record]]:
    """The header of an annotation file, and its statements."""
    header, *rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line)
    return header, rows


def predict(shared: Path, header: Record) -> list[Record]:
    """What the reader finds inside the windows of one text."""
    path = shared / header["file"]
    reading = read(path.read_bytes(), path.name, Declared(**header["declared"]), placed=False)
    records = [statement_record(header["file"], reading, s) for s in reading.statements]
    return [r for r in records if any(a <= r["start"] and r["end"] <= b for a, b in header["windows"])]


def write(path: Path, rows: list[Record]) -> None:
    """One JSON object a line."""
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8")


def measure(shared: Path, half: str, only: str = "", errors: bool = False) -> Record:
    """The scorer's figures on one half; `only` keeps the files whose name starts so."""
    with tempfile.TemporaryDirectory() as made:
        gold, predicted = Path(made, "gold"), Path(made, "predicted")
        gold.mkdir()
        predicted.mkdir()
        for path in sorted(ANNOTATIONS.glob(f"{only}*.jsonl")):
            header, rows = load(path)
            if header["half"] == half:
                write(gold / path.name, rows)
                write(predicted / path.name, predict(shared, header))
        command = [sys.executable, str(shared / "tools" / "score.py"), str(gold), str(predicted), "--json"]
        if errors:
            command.append("--errors")
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    first, _, rest = printed.partition("\n")
    print(rest, end="")
    return dict(json.loads(first))


def main() -> int:
    """Print the table; see the module's docstring."""
    arguments = [a for a in sys.argv[1:] if not a.startswith("--")]
    if len(arguments) != 1 or not (Path(arguments[0]) / "tools" / "score.py").is_file():
        print(__doc__, file=sys.stderr)
        return 2
    shared = Path(arguments[0])
    print("half".ljust(12), *(c.rjust(10) for c in COLUMNS), "        op    period")
    for name, half, only in (("a: articles", "a", "seed"), ("a", "a", ""), ("b", "b", ""), ("c", "c", "")):
        figures = measure(shared, half, only, "--errors" in sys.argv and name == "a")
        f1 = [figures[c]["f1"] if figures[c]["tp"] + figures[c]["fn"] else None for c in COLUMNS]
        rest = [figures[c] for c in ("op_accuracy", "period_accuracy")]
        print(name.ljust(12), *("         –" if f is None else f"{f:10.4f}" for f in (*f1, *rest)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
