"""How well texts are read, against annotations: `python -m benchmarks.accuracy FOLDER`.

FOLDER holds gold/seeds, gold/passages with their texts, and tools/score.py. Prints one table; the exit
status is 1 where a figure stays under its mark (--check), 0 otherwise.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from audit.statements import statement_record
from flows.sidefile import declared_for
from parsers.read import read
from parsers.reading import Declared

MARKS = {
    "seeds": {"amount": 0.97, "quantity": 0.95, "statement": 0.88, "framework": 0.86},
    "passages": {"amount": 0.97, "quantity": 0.94, "statement": 0.86, "framework": 0.80},
}
"""F1 to reach, by text collection."""


def predict(texts: dict[str, Path], folder: Path) -> None:
    """Write one `<doc>.jsonl` of statements a text."""
    for doc, path in texts.items():
        reading = read(path.read_bytes(), path.name, declared_for(path, Declared()), placed=False)
        lines = [
            json.dumps(statement_record(str(path), reading, s), ensure_ascii=False)
            for s in reading.statements
        ]
        (folder / f"{doc}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def measure(shared: Path, collection: str, errors: bool = False) -> dict[str, object]:
    """The scorer's figures on one collection."""
    gold = shared / "gold" / collection
    text_folder = shared / "seeds" if collection == "seeds" else gold / "text"
    texts = {g.stem: text_folder / f"{g.stem}.txt" for g in sorted(gold.glob("*.jsonl"))}
    with tempfile.TemporaryDirectory() as made:
        predict(texts, Path(made))
        command = [sys.executable, str(shared / "tools" / "score.py"), str(gold), made, "--json"]
        if errors:
            command.append("--errors")
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    first, _, rest = printed.partition("\n")
    if errors:
        print(rest)
    return dict(json.loads(first))


def main() -> int:
    """Print the table; see the module's docstring."""
    arguments = [a for a in sys.argv[1:] if not a.startswith("--")]
    if len(arguments) != 1 or not (Path(arguments[0]) / "gold").is_dir():
        print(__doc__, file=sys.stderr)
        return 2
    below = 0
    columns = ("amount", "quantity", "statement", "framework", "target", "action", "result")
    print("on".ljust(10), *(c.rjust(10) for c in columns), "        op    period   parts")
    for collection, marks in MARKS.items():
        figures = measure(Path(arguments[0]), collection, "--errors" in sys.argv)
        f1 = {c: figures[c]["f1"] for c in columns}  # type: ignore[index]
        rest = [figures[c] or 0 for c in ("op_accuracy", "period_accuracy", "framework_items_jaccard")]
        print(collection.ljust(10), *(f"{f1[c]:10.4f}" for c in columns), *(f"{r:9.4f}" for r in rest))
        print("  mark".ljust(10), *(f"{marks[c]:10.2f}" if c in marks else " " * 10 for c in columns))
        below += sum(f1[c] < mark for c, mark in marks.items())
    return 1 if below and "--check" in sys.argv else 0


if __name__ == "__main__":
    raise SystemExit(main())
