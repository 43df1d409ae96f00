"""Random histories: the texts that may come, the rulings on them, the parsers that read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from hashlib import sha256

from hypothesis import strategies as st

from parsers.read import read
from parsers.reading import Declared, Reading
from parsers.refusal import Refused
from storage.write import Arrival
from tracking.rulings import Cited, Ruling

START = datetime(2026, 1, 1, tzinfo=UTC)
PLACES = ("云川市澄湖区", "云川市南麓区")
NAMES = ("a.txt", "b.txt", "x/a.txt", "page.html")
PARSERS = ("whole", "overlooks", "misreads")
REFUSING = "overlooks"
LINES = (
    "{y}年，城镇新增就业{n}00人以上。",
    "{y}年，新建停车泊位{n}0个。",
    "{y}年，打通望湖路北段。",
    "力争建成云帆科技园{n}期。",
    "以“1+{n}”工作思路统揽全局，聚焦产业、湖水、出行、日子四个方面。",
    "{y}年不设旧村改造的具体目标。",
)
REVIEW = "一、{p}年工作回顾\n\n过去一年，累计实现城镇新增就业{r}00人。\n\n二、{y}年工作安排"


@dataclass(frozen=True)
class Text:
    """A text as it was handed in. told: (line, amount) pairs; visits: what changes round its body. typed:
    with other marks."""

    name: str
    year: int
    told: tuple[tuple[int, int], ...]
    review: int
    visits: int
    day: int
    dated: bool
    place: int
    typed: bool = False

    @property
    def content(self) -> bytes:
        about = {"y": self.year, "p": self.year - 1, "r": self.review}
        lines = [LINES[line].format(n=n, **about) for line, n in self.told]
        lines = [line.replace("，", ", ") if self.typed else line for line in lines]
        parts = [f"{PLACES[self.place][3:]}{self.year}年工作要点"]
        parts += [REVIEW.format(**about)] if self.review else []
        if not self.name.endswith("html"):
            return "\n\n".join((*parts, *lines, "")).encode()
        body = "".join(f"<p>{one}</p>" for part in (*parts, *lines) for one in part.split("\n\n"))
        counter = f"<script>visits = {self.visits}</script>"
        return f"<html><head><title>{parts[0]}</title>{counter}</head><body>{body}</body></html>".encode()

    @property
    def declared(self) -> Declared:
        return Declared(PLACES[self.place], "district", str(self.year) if self.dated else None, type="plan")

    @property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()

    def arrival(self) -> Arrival:
        outcome = Parser.read(self.content, self.name, self.declared)
        at = START + timedelta(days=self.day)
        return Arrival("invented", self.name, self.content, at, outcome, self.declared)


class Parser:
    """The reader of the moment: reading as it is, or as other versions of it might have been."""

    version = PARSERS[0]

    @classmethod
    def read(cls, content: bytes, name: str, declared: Declared) -> Reading | Refused:
        return _read(cls.version, content, name, declared)

    @classmethod
    def raising(cls, content: bytes, name: str, declared: Declared) -> Reading:
        found = cls.read(content, name, declared)
        if isinstance(found, Refused):
            raise found
        return found


@lru_cache(maxsize=500)
def _read(version: str, content: bytes, name: str, declared: Declared) -> Reading | Refused:
    try:
        found = read(content, name, declared)
    except Refused as refusal:
        return refusal
    if version == REFUSING:
        if name.endswith("html"):
            return Refused("unreadable", "pages cannot be read yet")
        return replace(found, statements=found.statements[:-1])
    if version == "misreads":
        more = (
            replace(s, quantities=tuple(replace(q, value=q.value + 1) for q in s.quantities))
            for s in found.statements
        )
        return replace(found, statements=tuple(more))
    return found


def nearly_all(at: int, n: int, without: int) -> tuple[tuple[int, int], ...]:
    """What a copy of a longer text tells: one line with an amount of its own, one line left out."""
    return tuple((line, n if line == at else 2) for line in range(len(LINES)) if line != without)


TOLD = st.lists(
    st.tuples(st.integers(0, len(LINES) - 1), st.integers(2, 4)), max_size=3, unique_by=lambda one: one[0]
).map(lambda found: tuple(sorted(found)))
COPIED = st.builds(nearly_all, st.sampled_from([0, 1]), st.integers(2, 3), st.integers(1, len(LINES) + 4))
TEXT = st.builds(
    Text,
    name=st.sampled_from(NAMES),
    year=st.integers(2018, 2020),
    told=st.one_of(TOLD, TOLD, TOLD, COPIED),
    review=st.integers(0, 3),
    visits=st.integers(1, 2),
    day=st.integers(0, 5),
    dated=st.sampled_from([True, True, False]),
    place=st.sampled_from([0, 0, 0, 1]),
    typed=st.sampled_from([False, False, True]),
)
KINDS = (
    "same",
    "not_same",
    "merge",
    "split",
    "wrong_statement",
    "right_value",
    "alias",
    "covers",
    "complete",
    "withhold",
)
RULED = st.tuples(
    st.sampled_from(KINDS), st.integers(0, 9), st.integers(0, 9), st.integers(0, 3), st.booleans()
)
HISTORY = st.tuples(
    st.lists(TEXT, min_size=1, max_size=7), st.lists(RULED, max_size=3), st.integers(0, 2**32)
)


def rulings_from(texts: Sequence[Text], ruled: Sequence[tuple[str, int, int, int, bool]]) -> list[Ruling]:
    """Rulings on statements of the texts; the last field takes some of them back again."""
    said = [
        Cited(text.sha256, statement.spans)
        for text in texts
        if isinstance(found := _read(PARSERS[0], text.content, text.name, text.declared), Reading)
        for statement in found.statements
    ]
    found: list[Ruling] = []
    for hour, (kind, one, other, value, back) in enumerate(ruled if said else ()):
        cited = (said[one % len(said)], said[other % len(said)])
        whole = kind in ("covers", "complete")
        if kind not in ("same", "not_same", "merge"):
            cited = cited[:1]
        evidence = tuple(Cited(c.sha256) if whole else c for c in dict.fromkeys(cited))
        body = {
            "right_value": {"value": str(value * 100)},
            "alias": {"word": "停车泊位", "means": "城镇新增就业"},
            "covers": {"area": "就业"},
            "complete": {"complete": value > 0},
            "withhold": {"erase": False},
        }.get(kind, {})
        ruling = Ruling(kind, evidence, "甲", "因为", START + timedelta(hours=hour), body)  # type: ignore[arg-type]
        found.append(ruling)
        if back:
            at = START + timedelta(hours=hour + 1)
            found.append(Ruling("revoke", (), "乙", "误判", at, {}, ruling.id))
    return list({ruling.id: ruling for ruling in found}.values())
