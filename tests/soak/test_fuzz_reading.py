"""Mutated documents: whatever bytes arrive, reading ends soon with statements that hold, or says why not.

In CI 10,000 documents; with DUIXIAN_SOAK=1 (`make soak`) 100,000. DUIXIAN_SEED repeats a run.
"""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, partial
from html import unescape
from multiprocessing import get_context
from pathlib import Path
from statistics import median

import pytest

from parsers.characters import fold
from parsers.read import read
from parsers.reading import Reading
from parsers.refusal import REASONS, Refused

ROOT = Path(__file__).resolve().parent.parent.parent
SHARED = Path(os.environ.get("DUIXIAN_SHARED", ROOT.parent / "shared"))
FULL = os.environ.get("DUIXIAN_SOAK") == "1"
DOCUMENTS = 100_000 if FULL else 10_000
PART = 250
"""Documents mutated and read in one go; each part has a seed of its own."""
LONGEST = 3_000
"""Bytes of a seed text that are kept: a fault needs no long document, and short ones are read faster."""
SECONDS = 0.25
"""A document may take this long and a second for each 100 kB."""
TIMES = 40
"""On a slow machine: as many times the middle one of the texts that are mutated."""

Seed = tuple[str, bytes]
Mutation = Callable[[random.Random, bytes], bytes]

SIGNS = """
\u200b \u200f \u202e \u2066 \ufeff \0 \x01 \ue000 \u0301 𠀀 👍 \ud800 １２ ㎡ ① ％ “ ” （ 》 亿
&nbsp; &#20159; &#xD800; &#0; <br> </p> <!-- ]]> <td> | # 2018年 “1+4” 1,000.5万元 去年 ， 。
"""
ODD = SIGNS.split()
BLANKS = ["\r", "\t", "\u3000", "\x85", "\u2028", "\n---\n", "\n# "]
TAGS = [
    "p",
    "div",
    "table",
    "tr",
    "td",
    "span",
    "script",
    "style",
    "h1",
    "li",
    "a",
    "b",
    "pre",
    "title",
    "meta",
    "svg",
]
ENCODINGS = [
    "gb18030",
    "big5",
    "utf-16",
    "utf-16-le",
    "utf-32",
    "utf-8-sig",
    "gb2312",
    "shift_jis",
    "latin-1",
]


def seeds() -> list[Seed]:
    """Names and bytes of the texts to mutate: our examples, made-up texts, and others where present."""
    files = sorted(path for path in (ROOT / "examples").iterdir() if path.suffix in (".txt", ".md", ".html"))
    if (SHARED / "corpus").is_dir():
        files += sorted((SHARED / "corpus" / "pages" / "original").glob("*.html"))
        files += sorted((SHARED / "corpus" / "tv_news").glob("*.txt"))[::4]
        files += sorted((SHARED / "corpus" / "reports").rglob("*.md"))[::40]
        files += sorted((SHARED / "seeds").glob("*.txt"))
    found = [(path.name, path.read_bytes()[:LONGEST]) for path in files]
    table = (
        "<table><tr><td>任务<table><tr><td>新建学校3所<td>责任单位：教育局</table><tr><td>12月底前</table>"
    )
    found += [
        ("list.txt", "云湖区2020年民生实事\n1. 新建学校3所。\n2．打通断头路5条，9月底前完成。\n".encode()),
        ("table.html", f"<html><head><title>云湖区任务分解表</title></head><body>{table}</body>".encode()),
        ("empty.html", b"<html><head><title>404</title></head><body></body></html>"),
        ("system.txt", "云湖区围绕“1+234”思路，即一个目标、两个园区、三项改革、四大片区。".encode() * 5),
    ]
    return found


def flip(rng: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.randint(1, 12)):
        if changed:
            changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def truncate(rng: random.Random, data: bytes) -> bytes:
    return data[: rng.randint(0, len(data))] if rng.random() < 0.7 else data[rng.randint(0, len(data)) :]


def stretch(rng: random.Random, data: bytes) -> tuple[int, int]:
    start = rng.randint(0, len(data))
    return start, min(len(data), start + rng.choice((1, 3, 30, 300)))


def duplicate(rng: random.Random, data: bytes) -> bytes:
    start, end = stretch(rng, data)
    return data[:end] + data[start:end] * rng.choice((1, 2, 20)) + data[end:]


def delete(rng: random.Random, data: bytes) -> bytes:
    start, end = stretch(rng, data)
    return data[:start] + data[end:]


def move(rng: random.Random, data: bytes) -> bytes:
    start, end = stretch(rng, data)
    rest = data[:start] + data[end:]
    at = rng.randint(0, len(rest))
    return rest[:at] + data[start:end] + rest[at:]


def insert(rng: random.Random, data: bytes) -> bytes:
    text = data.decode("utf-8", "surrogateescape")
    for _ in range(rng.randint(1, 8)):
        at = rng.randint(0, len(text))
        text = text[:at] + rng.choice(ODD + BLANKS) * rng.choice((1, 1, 1, 2, 40)) + text[at:]
    return (
        text.encode("utf-8", "surrogatepass" if "\ud800" in text else "surrogateescape")
        if _plain(text)
        else data
    )


def _plain(text: str) -> bool:
    """Whether one error handler writes all surrogates of a text."""
    return "\ud800" not in text or not any("\udc80" <= c <= "\udcff" for c in text)


def tag(rng: random.Random, data: bytes) -> bytes:
    for _ in range(rng.randint(1, 10)):
        at = rng.randint(0, len(data))
        name = rng.choice(TAGS)
        soup = rng.choice((f"<{name}>", f"</{name}>", f'<{name} class="x" style=', f"<{name}/>"))
        data = data[:at] + soup.encode() * rng.choice((1, 1, 1, 30)) + data[at:]
    return data


def recode(rng: random.Random, data: bytes) -> bytes:
    text = data.decode("utf-8", "replace")
    declared = rng.choice(
        ("", "", '<meta charset="gb2312">', '<meta charset="utf-8">', '<meta charset="x-no">')
    )
    return (declared + text).encode(rng.choice(ENCODINGS), "replace")


def lines(rng: random.Random, data: bytes) -> bytes:
    parts = data.split(b"\n")
    rng.shuffle(parts)
    return rng.choice((b"\n", b"\r\n", b"\r", b"", b"\n\n")).join(parts)


MUTATIONS: Sequence[Mutation] = (flip, truncate, duplicate, delete, move, insert, tag, recode, lines)


@dataclass
class Outcomes:
    """What became of the documents; faults: seed of the part, number in it, name, what is wrong."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: list[tuple[int, int, str, str]] = field(default_factory=list)
    slowest: float = 0.0


def mutants(seed: int, part: int, count: int = PART) -> Iterator[Seed]:
    """The documents of one part, the same ones each time."""
    rng = random.Random(seed * 1_000_003 + part)
    texts = seeds()
    for _ in range(count):
        name, data = rng.choice(texts)
        for _ in range(rng.choice((1, 1, 2, 3, 6))):
            data = rng.choice(MUTATIONS)(rng, data)
        if rng.random() < 0.2:
            name = rng.choice(("x.txt", "x.md", "x.html", "x", "x.docx", "x.pdf"))
        yield name, data


def wrong(reading: Reading) -> str | None:
    """What a reading asserts that its own source text does not bear out."""
    text = reading.source.text
    traditional = any("traditional" in note for note in reading.notes)  # read as simplified characters
    text.encode()  # no lone surrogates: what is read can be stored
    for statement in reading.statements:
        for start, end in statement.spans:
            if not 0 <= start < end <= len(text):
                return f"span {start}..{end} outside the text"
        if not statement.text.strip() or not statement.subject:
            return "a statement without words"
        quote = "".join(text[start:end] for start, end in statement.spans)
        if not traditional and not says(quote, statement.text):
            return f"{statement.text!r} is not what stands there: {quote!r}"
        for quantity in statement.quantities:
            if not statement.start <= quantity.start < quantity.end <= statement.end:
                return f"an amount at {quantity.start}..{quantity.end} outside its statement"
    return None


def says(quote: str, words: str) -> bool:
    """Whether a statement's letters and digits stand in its quote in order, marks, tags and blanks apart."""
    told = [character for character in words if character.isalnum()]
    # A clause may end inside an entity (&#20159;), which is none then: read the quote both ways.
    readings = (iter(fold(quote)), iter(fold(unescape(quote))))
    return any(all(character in printed for character in told) for printed in readings)


@cache
def warmed_up() -> float:
    """Seconds that the middle one of the seeds takes."""
    for _ in range(2):  # a new process makes its patterns with the first texts
        took = []
        for name, data in seeds():
            begins = time.thread_time()
            with suppress(Refused):
                read(data, name, placed=False)
            took.append(time.thread_time() - begins)
    return median(took)


def examine(seed: int, part: int) -> Outcomes:
    """Read one part's documents and note everything that must not be."""
    outcomes = Outcomes()
    allowed = max(SECONDS, TIMES * warmed_up())
    for number, (name, data) in enumerate(mutants(seed, part)):
        begins = time.thread_time()
        fault = None
        try:
            reading = read(data, name, placed=False)
        except Refused as refusal:
            outcomes.counts[refusal.code] += 1
            fault = None if refusal.code in REASONS else f"unknown refusal {refusal.code}"
        except Exception as error:
            fault = f"{type(error).__name__}: {error}"
        else:
            outcomes.counts["read"] += 1
            outcomes.counts["statements"] += len(reading.statements)
            fault = wrong(reading)
        taken = time.thread_time() - begins
        outcomes.slowest = max(outcomes.slowest, taken)
        if taken > allowed + len(data) / 100_000:
            fault = fault or f"{taken:.2f} s for {len(data)} bytes"
        if fault:
            outcomes.faults.append((part, number, name, fault))
    return outcomes


@pytest.mark.soak
def test_mutated_documents_are_read_or_refused(tell: Callable[[str], None], seed: int) -> None:
    parts = range(DOCUMENTS // PART)
    total = Outcomes()
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        for outcomes in pool.map(partial(examine, seed), parts):
            total.counts.update(outcomes.counts)
            total.faults += outcomes.faults
            total.slowest = max(total.slowest, outcomes.slowest)
    told = ", ".join(f"{name} {count}" for name, count in total.counts.most_common())
    tell(f"{DOCUMENTS} mutated documents: {told}; slowest {total.slowest:.2f} s")
    assert not total.faults[:5]
    assert (
        total.counts["read"] > DOCUMENTS / 4
    )  # mutations so strong that nothing is read would prove nothing
