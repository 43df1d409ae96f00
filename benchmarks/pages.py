"""Main text, dates and encodings of annotated web pages: `python -m benchmarks.pages FOLDER [--only PART]`.

FOLDER holds original/NAME.html, cleaned/NAME.txt (the body a person marked) and date/NAME.txt.
Body-character F1 is that of the longest common subsequence of the two texts without blanks:
2 x LCS / (characters read + characters marked), so text that is missing, added or out of order costs alike.
A date is right when it equals the marked one to the day, or as far as that says.
"""

from __future__ import annotations

import argparse
import re
import statistics
import time
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import LCSseq

from parsers.characters import INVISIBLE, fold
from parsers.decoding import decode
from parsers.extraction import extract
from parsers.refusal import Refused

NOT_BODY = {"title", "byline", "caption", "furniture"}
_DATE = re.compile(r"(\d{4})(?:\D(\d{1,2}))?(?:\D(\d{1,2}))?")


@dataclass(frozen=True)
class Score:
    """How one page was read. date_right is None where no date was marked."""

    name: str
    f1: float
    date_right: bool | None
    date: str | None
    date_marked: str
    mojibake: bool
    milliseconds: float
    refused: str


def letters(text: str) -> str:
    """The text without blanks, invisible characters and differences of width."""
    return re.sub(r"\s+", "", INVISIBLE.sub("", fold(text)))


def body_f1(read: str, marked: str) -> float:
    """F1 of the characters in common and in order."""
    read, marked = letters(read), letters(marked)
    common = LCSseq.similarity(read, marked)
    return 2 * common / (len(read) + len(marked)) if read or marked else 1.0


def score(folder: Path, name: str) -> Score:
    """Read one page and compare it with what a person marked."""
    content = (folder / "original" / f"{name}.html").read_bytes()
    marked = (folder / "cleaned" / f"{name}.txt").read_text(encoding="utf-8")
    date_marked = (folder / "date" / f"{name}.txt").read_text(encoding="utf-8").strip()
    begun = time.perf_counter()
    try:
        body = extract(content, f"{name}.html")
    except Refused as refused:
        return Score(name, 0.0, None, None, date_marked, False, 0.0, refused.code)
    spent = (time.perf_counter() - begun) * 1000
    read = "\n".join(p.text for p in body.paragraphs if p.role not in NOT_BODY)
    common = _DATE.match(date_marked)
    right = None
    if common is not None:
        wanted = "-".join(part.zfill(2) for part in common.groups() if part)
        right = (body.published or "").startswith(wanted)
    # A wrong decoding replaces characters by the hundred and lacks the marked ones; a stray byte of the
    # page's own (one page has twelve in 24,000 characters) garbles nothing beside itself.
    text = body.source.text
    garbled = text.count("\ufffd") > 0.001 * len(text) or not _shares_hanzi(text, marked)
    return Score(name, body_f1(read, marked), right, body.published, date_marked, garbled, spent, "")


def beside(folder: Path, name: str) -> float:
    """Body F1 of trafilatura, given the text that we decoded."""
    from trafilatura import extract as extract_main_text

    text = decode((folder / "original" / f"{name}.html").read_bytes(), markup=True).text
    marked = (folder / "cleaned" / f"{name}.txt").read_text(encoding="utf-8")
    return body_f1(extract_main_text(text, include_comments=False) or "", marked)


def _shares_hanzi(text: str, marked: str) -> bool:
    wanted = {c for c in marked if "\u4e00" <= c <= "\u9fff"}
    return len(wanted - set(text)) <= 0.05 * len(wanted)


def names(folder: Path, part: str) -> list[str]:
    """Page names in order; part "developed" is the first two thirds, "held" the rest, "all" both."""
    found = sorted(path.stem for path in (folder / "original").glob("*.html"))
    cut = len(found) * 2 // 3
    return {"developed": found[:cut], "held": found[cut:], "all": found}[part]


def main() -> None:
    """Print one line a page and the summary."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", choices=("developed", "held", "all"), default="all")
    parser.add_argument("--beside", action="store_true", help="also measure trafilatura on the same text")
    options = parser.parse_args()
    scores = [score(options.folder, name) for name in names(options.folder, options.only)]
    for s in scores:
        flags = f"{'MOJIBAKE ' if s.mojibake else ''}{s.refused}"
        date = {True: "right", False: "WRONG", None: "-"}[s.date_right]
        dates = f"date {date:5} {s.date} / {s.date_marked}"
        print(f"{s.name[:8]}  F1 {s.f1:.3f}  {s.milliseconds:6.1f} ms  {dates}  {flags}")
    dated = [s.date_right for s in scores if s.date_right is not None]
    f1 = [s.f1 for s in scores]
    print(
        f"{len(scores)} pages: body F1 median {statistics.median(f1):.3f} mean {statistics.mean(f1):.3f}; "
        f"dates {sum(dated)}/{len(dated)}; mojibake {sum(s.mojibake for s in scores)}; "
        f"median {statistics.median(s.milliseconds for s in scores):.1f} ms"
    )
    if options.beside:
        other = [beside(options.folder, name) for name in names(options.folder, options.only)]
        print(f"trafilatura: body F1 median {statistics.median(other):.3f} mean {statistics.mean(other):.3f}")


if __name__ == "__main__":
    main()
