"""Reprints (转载): one text that stands at several addresses, told once.

A text is another's reprint where it makes the same statements in the same words and order, and reads like it.
A copy that says anything else, be it one figure, is a text of its own: the difference may be news.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from parsers.statement import Kind, Span, Statement
from tracking.model import Version
from tracking.rulings import Cited, Ruling, statements_at

ENOUGH = 3
"""Statements that two texts do not have in common by chance, in the same words and order."""
ALIKE = {True: 0.5, False: 0.9}
"""Share of the shorter text's letters, in runs of RUN, that the longer one must hold, with and without so
many statements: pages put much of their own round a text."""
RUN = 5
_MARKS = re.compile(r"<[^>]*>|[\s\u3000]+")


@dataclass(frozen=True)
class Reprints:
    """versions: one of each text, `supersedes` among them. home: by hash of a reprint that of its text."""

    versions: tuple[Version, ...]
    home: Mapping[str, str]
    every: Mapping[str, Version]

    def on_texts(self, ruling: Ruling) -> Ruling:
        """A ruling that cites a reprint, as one on the text itself."""
        if not any(cited.sha256 in self.home for cited in ruling.evidence):
            return ruling
        return replace(ruling, evidence=tuple(map(self._on_text, ruling.evidence)))

    def _on_text(self, cited: Cited) -> Cited:
        home = self.home.get(cited.sha256)
        if home is None:
            return cited
        if not cited.spans:
            return replace(cited, sha256=home)
        own, other = self.every[cited.sha256], self.every[home]
        spans = [s.spans for s in own.reading.statements]
        meant = [spans.index(s.spans) for _, s in statements_at(own, cited)[:1]]
        if not meant:
            return cited
        there = other.reading.statements[meant[0]].spans
        return replace(cited, sha256=home, spans=_moved(own, other, cited.spans, spans[meant[0]], there))


def _moved(
    own: Version, other: Version, cited: Sequence[Span], here: Sequence[Span], there: Sequence[Span]
) -> tuple[Span, ...]:
    """Spans within a statement as spans in its twin: the same words there, else the whole twin."""
    by = there[0][0] - here[0][0]
    moved = tuple((start + by, end + by) for start, end in cited)
    words, twin = own.reading.source.text, other.reading.source.text
    same = all(words[a:b] == twin[c:d] for (a, b), (c, d) in zip(cited, moved, strict=True))
    return moved if same else tuple(there)


def said_in(version: Version) -> str:
    """A hash of all that a text states, in the same words and order: equal ones may be one text."""
    return sha256(repr(tuple(map(_terms, version.reading.statements))).encode()).hexdigest()


def told_once(versions: Iterable[Version], said_in: Callable[[Version], str] = said_in) -> Reprints:
    """Which versions are reprints of which; the same for any order. said_in: as above, or remembered."""
    every = {version.sha256: version for version in versions}
    replaced = {version.supersedes for version in every.values()}
    alike: dict[tuple[str, str, str, tuple[str, ...]], list[Version]] = defaultdict(list)
    for version in every.values():
        reading = version.reading
        if len(reading.statements):
            campaigns = tuple(sorted(name for name, _ in reading.slogans))
            alike[reading.place.code, reading.level, said_in(version), campaigns].append(version)
    home: dict[str, str] = {}
    for group in alike.values():
        if len(group) > 1:
            common = len(group[0].reading.statements)
            home |= _home(sorted(group, key=lambda v: _rank(v, replaced)), common)
    kept = tuple(
        replace(v, supersedes=home.get(v.supersedes or "", v.supersedes))
        for sha, v in sorted(every.items())
        if sha not in home
    )
    return Reprints(kept, home, every)


def _terms(s: Statement) -> tuple[Kind, str, str, Any, Any]:
    """Kind, words, issuer, amounts, system with its parts."""
    # Equal words may have read other parts, told elsewhere in the text.
    amounts = tuple((q.op, q.approx, q.value, q.high, q.unit) for q in s.quantities)
    return s.kind, _MARKS.sub("", s.text), s.issuer, amounts, s.framework


def _rank(version: Version, replaced: set[str | None]) -> tuple[bool, str, bool, str]:
    """Which of several copies is the text: one that was edited (its edits are followed), the earliest, the
    official one."""
    reading = version.reading
    edited = version.supersedes is not None or version.sha256 in replaced
    published = reading.published.value if reading.published else "9999"
    return not edited, published, reading.rights != "official", version.sha256


def _home(group: Sequence[Version], statements: int) -> dict[str, str]:
    years = {v.reading.plan_year.value for v in group if v.reading.plan_year}
    found: dict[str, str] = {}
    texts: list[Version] = []
    runs: dict[str, frozenset[str]] = {}
    for version in group:
        dated = version.reading.plan_year is not None
        for text in texts:
            # A yearly plan may repeat the last one word for word; an undated copy could be of either.
            apart = len(years) > 1 and not (dated and text.reading.plan_year is not None)
            if apart or text.document == version.document or not _same_year(text, version):
                continue
            if _reads_like(text, version, statements, runs):
                found[version.sha256] = text.sha256
                break
        else:
            texts.append(version)
    return found


def _same_year(left: Version, right: Version) -> bool:
    a, b = left.reading.plan_year, right.reading.plan_year
    return a is None or b is None or a.value == b.value


def _reads_like(left: Version, right: Version, statements: int, runs: dict[str, frozenset[str]]) -> bool:
    if left.reading.body_sha256 == right.reading.body_sha256:
        return True
    for version in (left, right):
        if version.sha256 not in runs:
            letters = _MARKS.sub("", version.reading.source.text)
            runs[version.sha256] = frozenset(letters[at : at + RUN] for at in range(len(letters) - RUN + 1))
    a, b = runs[left.sha256], runs[right.sha256]
    return len(a & b) >= ALIKE[statements >= ENOUGH] * max(1, min(len(a), len(b)))
