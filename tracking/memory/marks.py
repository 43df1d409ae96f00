"""Mentions as they are remembered: what linking looks at, the rest as JSON until somebody reads it."""

from __future__ import annotations

import json
from binascii import b2a_base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from hashlib import blake2b
from operator import attrgetter
from typing import Any, NamedTuple

from parsers.statement import Component, Framework, Quantity, Span, Statement
from tracking.guises import Guise, guise_of
from tracking.memory.written import BYTES
from tracking.mentions import Mention, Role
from tracking.model import Version
from tracking.terms import Family, Terms

_FIELDS = tuple(f.name for f in fields(Statement) if f.name not in ("spans", "quantities", "framework"))
_statement = attrgetter(*_FIELDS)
_quantity = attrgetter("start", "end", "op", "approx", "value", "high", "unit", "rule")
_encode: Callable[[Any], str] = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), check_circular=False, default=str
).encode
if json.encoder.c_make_encoder is not None:  # type: ignore[attr-defined]
    # JSONEncoder builds this anew for every value; a place has ten thousand.
    _chunks = json.encoder.c_make_encoder(  # type: ignore[attr-defined]
        None, str, json.encoder.encode_basestring, None, ":", ",", False, False, True
    )

    def _encode(value: Any) -> str:
        return "".join(_chunks(value, 0))


class Face(NamedTuple):
    """What of a guise decides with which others it is compared."""

    family: Family
    identity: str
    head: str
    indicator: bool
    result: bool


@dataclass(slots=True, eq=False)
class Mark:
    """A mention, remembered. guise: hash of its guise. digest: hash of all it says. rest: the mention's other
    fields as JSON, in bytes: as text each of its characters would take two."""

    id: tuple[str, str]
    role: Role
    edition: str
    said: int
    retrospective: bool
    guise: str
    face: Face
    digest: str
    rest: bytes
    version: Version
    _mention: Mention | None = None

    @property
    def key(self) -> str:
        """Key of the statement."""
        return self.id[0]

    @property
    def mention(self) -> Mention:
        """The mention itself."""
        if self._mention is None:
            self._mention = _mention(self)
        return self._mention

    def lean(self) -> list[Any]:
        """All but the rest and the text, as JSON has it."""
        return [*self.id, self.role, self.edition, self.said, self.retrospective, self.guise, self.face,
                self.digest]  # fmt: skip


def mark_of(mention: Mention) -> Mark:
    """The mention as it is remembered."""
    guise = guise_of(mention)
    rest = _encode(_rest(mention))
    said = f"{mention.id}{mention.role}{mention.edition}{mention.said}{mention.retrospective}{rest}"
    face = Face(
        guise.terms.family, guise.identity, guise.terms.head, bool(guise.terms.indicator), guise.result
    )
    return Mark(
        mention.id,
        mention.role,
        mention.edition,
        mention.said,
        mention.retrospective,
        _name(guise),
        face,
        brief(said),
        rest.encode(*BYTES),
        mention.version,
        mention,
    )


def mark_from(lean: Sequence[Any], rest: bytes, version: Version) -> Mark:
    """Undo `Mark.lean`."""
    key, slot, role, edition, said, retrospective, guise, face, digest = lean
    return Mark((key, slot), role, edition, said, retrospective, guise, Face(*face), digest, rest, version)


def brief(text: str) -> str:
    """A short hash: equal ones stand for equal texts."""
    told = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).digest()
    return b2a_base64(told, newline=False).decode()


def _name(guise: Guise) -> str:
    result, identity, terms, *others = guise
    return brief(repr(([result, identity, *others], _terms(terms))))


def _terms(terms: Terms) -> list[Any]:
    """Field by field; sets in order, so that every process says the same."""
    return [sorted(value) if isinstance(value, frozenset) else value for value in terms]


def _rest(m: Mention) -> list[Any]:
    s = m.statement
    told = (_statement(s), s.spans, tuple(map(_quantity, s.quantities)), _system(s.framework))
    # The statement of most systems tells the very system.
    same = m.framework is s.framework
    spans = None if m.spans == s.spans else m.spans
    return [told, _terms(m.terms), spans, "same" if same else _system(m.framework)]


def _system(framework: Framework | None) -> list[Any] | None:
    if framework is None:
        return None
    parts = [(c.label, c.items, c.open_ended) for c in framework.components]
    return [framework.name, framework.formula, parts, framework.unlisted]


def _mention(mark: Mark) -> Mention:
    (values, spans, amounts, system), terms, own, framework = json.loads(mark.rest.decode(*BYTES))
    statement = Statement(
        spans=spans_of(spans),
        quantities=tuple(map(_amount, amounts)),
        framework=_framework(system),
        **dict(zip(_FIELDS, values, strict=True)),
    )
    named: dict[str, Any] = {
        name: frozenset(value) if isinstance(value, list) else value
        for name, value in zip(Terms._fields, terms, strict=True)
        if name != "scopes"
    }
    named["scopes"] = frozenset((row, word) for row, word in terms[Terms._fields.index("scopes")])
    return Mention(
        mark.id[0],
        mark.id[1],
        statement,
        mark.version,
        mark.role,
        mark.edition,
        mark.said,
        Terms(**named),
        statement.spans if own is None else spans_of(own),
        statement.framework if framework == "same" else _framework(framework),
        mark.retrospective,
    )


def spans_of(value: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    """Spans from the lists that JSON has for them."""
    return tuple([(start, end) for start, end in value])


def _amount(values: Sequence[Any]) -> Quantity:
    start, end, op, approx, value, high, unit, rule = values
    return Quantity(
        start, end, op, approx, Decimal(value), None if high is None else Decimal(high), unit, rule
    )


def _framework(value: Sequence[Any] | None) -> Framework | None:
    if value is None:
        return None
    name, formula, parts, unlisted = value
    components = tuple(Component(label, tuple(items), open_ended) for label, items, open_ended in parts)
    return Framework(name, formula, components, tuple(unlisted))
