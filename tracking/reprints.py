"""Reprints (转载): one text that stands at several addresses, told once.

A text is another's reprint where it reads like it and states nothing that the other does not: typed anew,
with other marks, a sentence short. A copy that says anything else, be it one figure, is a text of its own
that tells only what it says otherwise: the difference may be news, the rest is not said twice.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from parsers.statement import Span, Statement
from tracking.keys import statement_keys
from tracking.likeness import held, may_be_alike, misprinted, runs, said, sketch
from tracking.model import Version
from tracking.rulings import Cited, Ruling, statements_at

ENOUGH = 3
"""Statements that two texts do not have in common by chance, in the same words."""
MOST = 0.8
"""Share of the fuller text's statements that a copy holds: what has fewer quotes it."""
ALIKE = {True: 0.5, False: 0.9}
"""Share of the shorter text's runs of letters that the longer one must hold, with and without so
many statements: pages put much of their own round a text."""


@dataclass(frozen=True)
class Copy:
    """A text that repeats another one.

    of: hash of that one. twins: by position of a statement that of the same one there, misprinted ones too.
    other: how many statements are not said there in these words; 0 for a reprint.
    """

    of: str
    twins: Mapping[int, int]
    other: int

    def note(self, sha256: str) -> str:
        """What a person should know of a copy that says something else. sha256: its hash."""
        count = f"{self.other} statements" if self.other > 1 else "one statement"
        return f"{sha256[:12]} repeats {self.of[:12]}, but for {count}"


@dataclass(frozen=True)
class Reprints:
    """versions: one of each text, `supersedes` among them. home: by hash of a reprint that of its text.

    differing: by hash of a text that repeats most of another one, how. repeated: keys of its statements that
    stand in the other: they are told there.
    """

    versions: tuple[Version, ...]
    home: Mapping[str, str]
    every: Mapping[str, Version]
    copies: Mapping[str, Copy] = field(default_factory=dict)
    repeated: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def differing(self) -> dict[str, Copy]:
        """The texts that repeat most of another one and say something else."""
        return {sha: copy for sha, copy in self.copies.items() if copy.other}

    def on_texts(self, ruling: Ruling) -> Ruling:
        """A ruling that cites a reprint, as one on the text itself."""
        if not any(cited.sha256 in self.copies for cited in ruling.evidence):
            return ruling
        return replace(ruling, evidence=tuple(map(self._on_text, ruling.evidence)))

    def _on_text(self, cited: Cited) -> Cited:
        copy = self.copies.get(cited.sha256)
        if copy is None:
            return cited
        if not cited.spans:
            return cited if copy.other else self._on_text(replace(cited, sha256=copy.of))
        own, other = self.every[cited.sha256], self.every[copy.of]
        spans = [s.spans for s in own.reading.statements]
        meant = [spans.index(s.spans) for _, s in statements_at(own, cited)[:1]]
        if not meant or meant[0] not in copy.twins:
            return cited
        there = other.reading.statements[copy.twins[meant[0]]].spans
        moved = _moved(own, other, cited.spans, spans[meant[0]], there)
        return self._on_text(replace(cited, sha256=copy.of, spans=moved))


def _moved(
    own: Version, other: Version, cited: Sequence[Span], here: Sequence[Span], there: Sequence[Span]
) -> tuple[Span, ...]:
    """Spans within a statement as spans in its twin: the same words there, else the whole twin."""
    by = there[0][0] - here[0][0]
    moved = tuple((start + by, end + by) for start, end in cited)
    words, twin = own.reading.source.text, other.reading.source.text
    same = all(words[a:b] == twin[c:d] for (a, b), (c, d) in zip(cited, moved, strict=True))
    return moved if same else tuple(there)


def said_in(version: Version) -> tuple[str, ...]:
    """The sketch of a text: texts without a common part state other things."""
    return sketch(version.reading.statements)


def told_once(versions: Iterable[Version], said_in: Callable[[Version], Sequence[str]] = said_in) -> Reprints:
    """Which versions are copies of which; the same for any order. said_in: as above, or remembered."""
    every = {version.sha256: version for version in versions}
    replaced = {version.supersedes for version in every.values()}
    order = sorted(every.values(), key=lambda v: _rank(v, replaced))
    sketches = {v.sha256: tuple(said_in(v)) for v in order}
    copies = _Copies(order, sketches, replaced).found()
    home = {sha: copy.of for sha, copy in copies.items() if not copy.other}
    kept = tuple(
        replace(v, supersedes=_text(home, v.supersedes))
        for sha, v in sorted(every.items())
        if sha not in home
    )
    repeated = {}
    for sha, copy in copies.items():
        if copy.other:
            keys = statement_keys(sha, every[sha].reading.statements)
            repeated[sha] = frozenset(keys[at] for at in copy.twins)
    return Reprints(kept, home, every, copies, repeated)


def _text(home: Mapping[str, str], sha256: str | None) -> str | None:
    return home.get(sha256, sha256) if sha256 else sha256


def _rank(version: Version, replaced: set[str | None]) -> tuple[bool, bool, bool, str, int, bool, str]:
    """Which of several copies is the text: one with a year, one that was edited (its edits are followed), a
    whole one, the earliest, the fullest, the official one."""
    reading = version.reading
    edited = version.supersedes is not None or version.sha256 in replaced
    published = reading.published.value if reading.published else "9999"
    return (
        reading.plan_year is None,
        not edited,
        reading.complete is None,
        published,
        -len(reading.statements),
        reading.rights != "official",
        version.sha256,
    )


class _Copies:
    """The texts in the order in which they are compared, with what was brought of them."""

    def __init__(
        self, order: Sequence[Version], sketches: Mapping[str, Sequence[str]], replaced: set[str | None]
    ) -> None:
        self.order = order
        self.ranks = {version.sha256: rank for rank, version in enumerate(order)}
        self.sketches = sketches
        self.replaced = replaced
        self.said: dict[str, list[str]] = {}
        self.runs: dict[str, frozenset[int]] = {}

    def found(self) -> dict[str, Copy]:
        """What copies what: a copy of several texts is one of that with which it shares most."""
        found: dict[str, Copy] = {}
        with_hash: dict[tuple[str, str, str], list[Version]] = defaultdict(list)
        for version in self.order:
            near = [
                (text, copy) for text in self._near(version, with_hash) if (copy := self._copy(text, version))
            ]
            near = self._of_one_year(version, near)
            best = min(near, key=lambda pair: pair[1].other, default=None)
            if best is not None:
                found[version.sha256] = best[1]
            if best is None or best[1].other:
                for part in self.sketches[version.sha256]:
                    with_hash[*_where(version), part].append(version)
        return found

    def _near(
        self, version: Version, with_hash: Mapping[tuple[str, str, str], Sequence[Version]]
    ) -> Iterator[Version]:
        """Texts that share enough of the sketch, earlier ranks first."""
        own = self.sketches[version.sha256]
        shared = Counter(text.sha256 for part in own for text in with_hash.get((*_where(version), part), ()))
        for text in map(self.order.__getitem__, sorted(self.ranks[sha] for sha in shared)):
            if (
                text.document != version.document
                and _same_year(text, version)
                and may_be_alike(own, self.sketches[text.sha256])
            ):
                yield text

    @staticmethod
    def _of_one_year(version: Version, near: list[tuple[Version, Copy]]) -> list[tuple[Version, Copy]]:
        """A yearly plan may repeat the last one word for word; an undated copy could be of either."""
        if version.reading.plan_year is not None:
            return near
        years = {text.reading.plan_year.value for text, _ in near if text.reading.plan_year}
        return near if len(years) < 2 else []

    def _copy(self, text: Version, version: Version) -> Copy | None:
        there, here = self._said(text), self._said(version)
        at: dict[str, list[int]] = defaultdict(list)
        for position, one in enumerate(there):
            at[one].append(position)
        seen: Counter[str] = Counter()
        twins = {}
        for position, one in enumerate(here):
            if one in at:
                twins[position] = at[one][min(seen[one], len(at[one]) - 1)]
                seen[one] += 1
        other = len(here) - len(twins)
        common = len(set(here) & at.keys())
        if common < MOST * max(len(at), len(set(here))) or not _campaigns(version) <= _campaigns(text):
            return None
        if common < max(len(at), len(set(here))) and not self._may_differ(text, version, other > 0):
            return None
        enough = common >= ENOUGH
        if (other and not enough) or not self._reads_like(text, version, ALIKE[enough]):
            return None
        if other:
            twins |= misprints(text.reading.statements, version.reading.statements, twins)
        return Copy(text.sha256, twins, other)

    def _may_differ(self, text: Version, version: Version, more: bool) -> bool:
        """Whether a copy may leave something out, or say more: edits of a page are told by its own versions;
        what has no year, or is a list beside a report, could be another text."""
        if version.supersedes is not None or version.sha256 in self.replaced:
            return False
        kinds = {text.reading.type, version.reading.type}
        dated = text.reading.plan_year is not None and version.reading.plan_year is not None
        return not more or (dated and (len(kinds) == 1 or not kinds & {"list", "plan"}))

    def _said(self, version: Version) -> list[str]:
        if version.sha256 not in self.said:
            self.said[version.sha256] = list(map(said, version.reading.statements))
        return self.said[version.sha256]

    def _reads_like(self, left: Version, right: Version, enough: float) -> bool:
        if left.reading.body_sha256 == right.reading.body_sha256:
            return True
        for version in (left, right):
            if version.sha256 not in self.runs:
                self.runs[version.sha256] = runs(version.reading.source.text)
        return held(self.runs[left.sha256], self.runs[right.sha256]) >= enough


def misprints(
    there: Sequence[Statement], here: Sequence[Statement], twins: Mapping[int, int]
) -> dict[int, int]:
    """Statements of a copy that a misprint sets apart from their twin, beside statements that are the same: a
    promise that nobody else made would be missed by all later texts."""
    taken = set(twins.values())
    found = {}
    for position, one in enumerate(here):
        if position in twins:
            continue
        beside = (twins.get(position - 1, -2) + 1, twins.get(position + 1, -1) - 1)
        for at in beside:
            if 0 <= at < len(there) and at not in taken and misprinted(there[at], one):
                found[position] = at
                taken.add(at)
                break
    return found


def _where(version: Version) -> tuple[str, str]:
    return version.reading.place.code, version.reading.level


def _campaigns(version: Version) -> set[str]:
    return {name for name, _ in version.reading.slogans}


def _same_year(left: Version, right: Version) -> bool:
    a, b = left.reading.plan_year, right.reading.plan_year
    return a is None or b is None or a.value == b.value
