"""Samples that a person reads: places in texts by hash and offsets, with the verdicts, never the words.

How to read one (drawn by `benchmarks.accusations` or `benchmarks.links`; FOLDER is the corpus):

    python -m benchmarks.samples show SAMPLE.tsv FOLDER --from 1 --to 25   # the rows with their words
    python -m benchmarks.samples mark SAMPLE.tsv < verdicts.txt            # lines: NUMBER VERDICT note …
    python -m benchmarks.samples tally SAMPLE.tsv                          # counts and intervals, as a table

VERDICT is right, wrong or unclear. An accusation is right where the words bear it out: for `dropped` and
`unreported` look for the thing, its other names and its figures in the whole later text, whose path is shown
(the passages that the machine found nearest are only a beginning). A `made` pair is right where both speak
of one promised thing; a `near` row is right where it was rightly left unlinked, wrong where a reader would
have linked any of the passages shown. The note says why, in a few words.

A sample is a table (TSV) whose last two columns are the reader's; everything else is made by the command
that drew it. The words are put beside the rows for reading only, from the corpus at hand.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

from parsers.read import body_of
from tracking.rates import rate

VERDICTS = ("right", "wrong", "unclear")
BEFORE, BEHIND = 120, 60
"""Characters of the text that are shown before and behind the words of a row."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to be judged.

    id: of the entry or pair, made from its evidence. group: what is counted together (missed stated).
    old, new: `SHA256:start-end,start-end` of the words on each side, several divided by spaces.
    near: what stands nearest in the later text, in the same form. text: SHA256 of the later text, where it
    is to be read as a whole. why: the machine's reason, without words of a text. weight: how many of the
    corpus the row stands for.
    """

    number: int
    id: str
    group: str
    place: str
    edition_from: str
    edition_to: str
    old: str
    new: str
    near: str
    text: str
    why: str
    weight: float = 1.0
    verdict: str = ""
    note: str = ""


COLUMNS = [field.name for field in fields(Row)]


def cite(sha256: str, spans: Iterable[tuple[int, int]]) -> str:
    """Words of a text as a row names them."""
    return f"{sha256}:" + ",".join(f"{start}-{end}" for start, end in spans)


def cited(words: str) -> list[tuple[str, list[tuple[int, int]]]]:
    """Undo `cite` for all that a column names."""
    found = []
    for one in words.split():
        sha256, _, spans = one.partition(":")
        pairs = (span.split("-") for span in spans.split(","))
        found.append((sha256, [(int(start), int(end)) for start, end in pairs]))
    return found


def write(path: Path, rows: Iterable[Row]) -> None:
    """A sample's table."""
    with path.open("w", encoding="utf-8", newline="") as lines:
        table = csv.writer(lines, delimiter="\t", lineterminator="\n")
        table.writerow(COLUMNS)
        table.writerows([getattr(row, name) for name in COLUMNS] for row in rows)


def load(path: Path) -> list[Row]:
    """Undo `write`; ValueError for a verdict that is none."""
    with path.open(encoding="utf-8", newline="") as lines:
        found = [_row(record) for record in csv.DictReader(lines, delimiter="\t")]
    for row in found:
        if row.verdict and row.verdict not in VERDICTS:
            raise ValueError(f"{path.name} {row.number}: {row.verdict} is none of {', '.join(VERDICTS)}")
    return found


def _row(record: Mapping[str, str]) -> Row:
    words = {name: record[name] for name in COLUMNS if name not in ("number", "weight")}
    return Row(number=int(record["number"]), weight=float(record["weight"]), **words)


def marked(rows: Iterable[Row], lines: Iterable[str]) -> list[Row]:
    """The rows with verdicts from lines `NUMBER VERDICT note …`; empty lines and # are passed over."""
    told = {}
    for line in lines:
        words = line.strip().split(None, 2)
        if not words or words[0].startswith("#"):
            continue
        if len(words) < 2 or not words[0].isdigit() or words[1] not in VERDICTS:
            raise ValueError(f"write NUMBER {'|'.join(VERDICTS)} note, not: {line.strip()}")
        told[int(words[0])] = (words[1], words[2] if len(words) > 2 else "")
    return [
        replace(row, verdict=told[row.number][0], note=told[row.number][1]) if row.number in told else row
        for row in rows
    ]


def texts_of(corpus: Path, wanted: Iterable[str]) -> dict[str, tuple[str, str]]:
    """(path below the corpus, decoded text) by hash, for the texts that are asked for."""
    missing = set(wanted)
    found = {}
    for path in sorted((corpus / "reports").rglob("*.md")):
        content = path.read_bytes()
        sha256 = hashlib.sha256(content).hexdigest()
        if sha256 in missing:
            missing.discard(sha256)
            found[sha256] = (str(path.relative_to(corpus)), body_of(content, path.name).source.text)
    return found


def shas_of(rows: Iterable[Row]) -> set[str]:
    """The texts that rows cite."""
    found = set()
    for row in rows:
        found |= {sha for words in (row.old, row.new, row.near) for sha, _ in cited(words)} | {row.text}
    return found - {""}


def shown(row: Row, texts: Mapping[str, tuple[str, str]]) -> str:
    """A row with its words in their surroundings, for reading."""
    lines = [
        f"## {row.number}. {row.group}: {row.place} {row.edition_from} → {row.edition_to}"
        + (f"   [{row.verdict}: {row.note}]" if row.verdict else ""),
        f"   {row.why}",
    ]
    for side, words in (("old", row.old), ("new", row.new), ("near", row.near)):
        for sha256, spans in cited(words):
            path, text = texts[sha256]
            start, end = spans[0][0], spans[-1][1]
            around = f"{text[max(0, start - BEFORE) : start]}【{text[start:end]}】{text[end : end + BEHIND]}"
            lines.append(f"   {side} {path}: {around}".replace("\n", "|"))
    if row.text:
        lines.append(f"   read all of: {texts[row.text][0]}")
    return "\n".join(lines)


def tally(rows: Sequence[Row], still: set[str] | None = None) -> list[str]:
    """Lines of a table: by group how many were read, held and did not, with the 95 % interval of the share.

    Unclear ones count as not right. still: ids that the machine says today; adds the same counts for those.
    """
    lines = [
        "| group | places | read | right | wrong | unclear | share right | 95 % interval |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for group in sorted({row.group for row in rows}):
        own = [row for row in rows if row.group == group and row.verdict]
        lines.append(_counted(group, own))
        if still is not None:
            lines.append(_counted(f"{group}, said today", [row for row in own if row.id in still]))
    return lines


def _counted(group: str, rows: Sequence[Row]) -> str:
    counts = {verdict: sum(row.verdict == verdict for row in rows) for verdict in VERDICTS}
    share = rate(counts["right"], len(rows))
    cells = [
        group,
        len({row.place for row in rows}),
        len(rows),
        *counts.values(),
        "" if share.share is None else f"{share.share:.1%}",
        f"{share.low:.0%}–{share.high:.0%}",
    ]
    return f"| {' | '.join(map(str, cells))} |"


def main() -> int:
    """Show, mark or count a sample."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, prog="benchmarks.samples"
    )
    parser.add_argument("do", choices=("show", "mark", "tally"))
    parser.add_argument("sample", type=Path)
    parser.add_argument("folder", type=Path, nargs="?", help="the corpus; show needs it")
    parser.add_argument("--from", dest="first", type=int, default=1)
    parser.add_argument("--to", dest="last", type=int, default=sys.maxsize)
    given = parser.parse_args()
    rows = load(given.sample)
    if given.do == "mark":
        write(given.sample, marked(rows, sys.stdin))
    elif given.do == "tally":
        print("\n".join(tally(rows)))
    elif given.folder is None:
        parser.error("show needs the folder of the texts")
    else:
        rows = [row for row in rows if given.first <= row.number <= given.last]
        texts = texts_of(given.folder, shas_of(rows))
        print("\n\n".join(shown(row, texts) for row in rows))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
