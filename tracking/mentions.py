"""A mention: what one statement says about one promised thing, in which edition, as promise or as result.

Most statements are one mention. A statement that lists several named projects is one mention for each,
and an overall work system is also one for each part that has no sentence of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from parsers.statement import Component, Framework, Span, Statement
from tracking.model import Version
from tracking.terms import Terms, normal, terms_of

Role = Literal["promise", "result", "named"]

_LIST = re.compile(r"[、，,；;]|(?<=[”》])(?=[“《])")
_PHASES = re.compile(r"[一二三四五六七八九十]+期[、，,](?=[一二三四五六七八九十]+期)")
_ANNOUNCED = re.compile(r"谋划|筹划|策划|规划(?:了|启动|建设)|启动(?:了)?.{0,24}(?:规划|建设)")
_ACHIEVED = re.compile(r"建成|竣工|投用|投产|通车|完成|开工")
_PARK_SUFFIX = re.compile(r"(?:工程|活动|行动)$")


@dataclass(frozen=True, slots=True)
class Mention:
    """One statement as it bears on one promised thing.

    slot: which of several things listed by the statement, "" where it lists one.
    edition: period of the edition it belongs to; for results the edition of the reporting document.
    said: the document's plan year; orders editions of different length.
    retrospective: told of an earlier year.
    """

    key: str
    slot: str
    statement: Statement
    version: Version
    role: Role
    edition: str
    said: int
    terms: Terms
    spans: tuple[Span, ...]
    framework: Framework | None = None
    retrospective: bool = False

    @property
    def id(self) -> tuple[str, str]:
        """What tells mentions apart, whatever order they came in."""
        return (self.key, self.slot)

    @property
    def quote(self) -> str:
        """The words it rests on, cut from the source text."""
        text = self.version.reading.source.text
        return "".join(text[start:end] for start, end in self.spans)


def names_in(statement: Statement) -> list[str]:
    """Named projects that stand in the statement's own words; a programme it merely belongs to is not one."""
    if not statement.project:
        return []
    words = normal(statement.text)
    joined = _PHASES.sub(lambda m: m.group()[:-1], statement.project)
    found = []
    for part in _LIST.split(joined):
        name = part.strip()
        key = normal(name)
        short = _PARK_SUFFIX.sub("", key)
        if len(key) >= 3 and (key in words or (len(short) >= 3 and short in words)) and name not in found:
            found.append(name)
    return found


def announces(statement: Statement) -> bool:
    """A project told as planned or begun, not as done: it is announced and still to come."""
    return bool(_ANNOUNCED.search(statement.text)) and not _ACHIEVED.search(statement.text)


def mentions_of(
    statement: Statement,
    key: str,
    version: Version,
    edition: str,
    said: int,
    horizon: Literal["year", "long"],
    retrospective: bool,
) -> list[Mention]:
    """The mentions that one statement makes; `edition` and `said` are those of a promise."""

    def make(
        family: Literal["framework", "measure", "deed"],
        role: Role,
        name: str = "",
        slot: str = "",
        framework: Framework | None = None,
    ) -> Mention:
        terms = terms_of(statement, family, horizon, name)
        return Mention(
            key,
            slot,
            statement,
            version,
            role,
            edition,
            said,
            terms,
            statement.spans,
            framework,
            retrospective,
        )

    if statement.kind == "framework":
        framework = statement.framework or Framework(statement.subject, None)
        return [make("framework", "promise", framework.name, framework=framework)]
    names = names_in(statement)
    slots = {name: name if len(names) > 1 else "" for name in names}
    if statement.kind == "action":
        if names:
            return [make("deed", "promise", name, slots[name]) for name in names]
        return [make("deed", "promise")]
    if statement.kind == "target":
        return [make("measure", "promise")]
    role: Role = "promise" if names and announces(statement) and not statement.quantities else "result"
    if role == "promise":
        return [make("deed", role, name, slots[name]) for name in names]
    found = [make("deed", role, name, name) for name in names]
    return [*found, make("measure" if statement.quantities else "deed", "result")]


def part_mentions(whole: Mention, own: Sequence[Mention]) -> list[Mention]:
    """Parts of an overall work system that no statement of the same text and edition names by itself.

    own: the framework mentions of the same version and edition.
    """
    if whole.framework is None:
        return []
    known = [
        {normal(item) for component in m.framework.components for item in component.items}
        for m in own
        if m is not whole and m.framework is not None
    ]
    found = []
    for ordinal, component in enumerate(whole.framework.components):
        items = {normal(item) for item in component.items}
        if not items or any(len(items & other) * 2 >= len(items) for other in known):
            continue
        goal = normal(component.label) == "1"
        if goal and len(items) != 1:
            continue
        name = "总目标" if goal else f"{whole.framework.name}·{component.label}"
        part = Framework(name, None, (Component(component.label, component.items, component.open_ended),))
        found.append(_part(whole, part, f"part {ordinal}"))
    return found


def _part(whole: Mention, part: Framework, slot: str) -> Mention:
    terms = terms_of(whole.statement, "framework", whole.terms.horizon, part.name)
    return Mention(
        whole.key,
        slot,
        whole.statement,
        whole.version,
        whole.role,
        whole.edition,
        whole.said,
        terms,
        _where(whole, part) or whole.spans,
        part,
        whole.retrospective,
    )


def _where(whole: Mention, part: Framework) -> tuple[Span, ...]:
    """Where the text spells the part's items out, near the statement: marks may stand between characters."""
    text = whole.version.reading.source.text
    low = max(0, whole.statement.start - 600)
    high = min(len(text), whole.statement.end + 1200)
    spans: list[Span] = []
    for item in part.components[0].items:
        letters = [re.escape(c) for c in re.sub(r"[“”‘’\"'、，,\s]", "", item)]
        if not letters or len(letters) > 60:
            return ()
        pattern = re.compile(r"[“”‘’\"'、，,\s]{0,2}".join(letters))
        found = pattern.search(text, max(low, whole.statement.start), high) or pattern.search(text, low, high)
        if found is None:
            return ()
        spans.append(found.span())
    return tuple(dict.fromkeys(spans))
