"""Statements as rows and back, without loss."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from json.encoder import encode_basestring
from operator import attrgetter
from typing import Any

from parsers.statement import Component, Framework, Quantity, Span, Statement
from storage.canonical import canonical, digest_plain
from storage.models import StatementRow
from tracking.keys import keys_of, spans_text

AS_IS = (
    "kind", "subject", "absent", "indicator", "deed", "object", "base", "dimension", "period", "stage",
    "scope", "project", "district", "level", "issuer", "authority", "speaker", "modality", "nature",
    "vintage", "basis", "area", "doubtful", "rule",
)  # fmt: skip
"""Fields that a column holds as they are."""

COLUMNS = tuple(c.name for c in StatementRow.__table__.columns)
TERMS = COLUMNS[2:]
"""Columns that the statement itself decides (all but reading and ordinal)."""
_SPANS = TERMS.index("spans") - TERMS.index("kind")
_as_is = attrgetter(*COLUMNS[COLUMNS.index("absent") : COLUMNS.index("framework")])


def cut(text: str, spans: Iterable[Span]) -> str:
    """The quote: raw text of the spans, concatenated, unchanged."""
    return "".join([text[start:end] for start, end in spans])


def statement_rows(
    reading_seq: int, version_sha256: str, text: str, statements: Sequence[Statement]
) -> list[tuple[Any, ...]]:
    """Rows of one reading's statements, in order, columns in the order of the table."""
    terms = [_terms(s, text) for s in statements]
    keys = keys_of(version_sha256, [(said[_SPANS], said[0]) for said in terms])
    return [
        (reading_seq, ordinal, key) + said  # noqa: RUF005 - see `_terms`
        for ordinal, (key, said) in enumerate(zip(keys, terms, strict=True))
    ]


def _terms(s: Statement, text: str) -> tuple[Any, ...]:
    """What a statement says, in the order of the columns behind its key."""
    spans = s.spans
    if len(spans) == 1:  # as nearly all have
        ((start, end),) = spans
        quote = text[start:end]
    else:
        start, end, quote = s.start, s.end, cut(text, spans)
    said, amounts = None if s.text == quote else s.text, _amounts_text(s)
    system = _framework_text(s.framework) if s.framework else None
    # Put together by +, which takes less time than unpacking what it is made of.
    told: tuple[Any, ...] = (s.kind, start, end, spans_text(spans), quote, said, s.subject, amounts)
    return told + _as_is(s) + (system, s.doubtful, s.rule)


def rows_sha256(rows: Iterable[Sequence[Any]]) -> str:
    """Hash over all terms of a reading's statement rows, in order. Each as in the table, or without what
    stands before `TERMS`."""
    return digest_plain([tuple(row[-len(TERMS) :]) for row in rows])


def statement_from(row: Any) -> Statement:
    """The statement that a row of `statements` holds."""
    values = row._mapping
    amounts, responsible = amounts_of(values["quantities"])
    return Statement(
        spans=spans_of(json.loads(values["spans"])),
        text=values["quote"] if values["text"] is None else values["text"],
        quantities=tuple(_quantities_from(amounts)),
        responsible=responsible,
        framework=_framework_from(values["framework"]) if values["framework"] else None,
        **{name: values[name] for name in AS_IS},
    )


def spans_of(value: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    """Spans from the lists that JSON has for them."""
    return tuple([(start, end) for start, end in value])


def amounts_of(text: str | None) -> tuple[list[dict[str, Any]], str]:
    """Amounts, and who is in charge, from the JSON of the column `quantities`.

    A list holds amounts alone; rows that name who is in charge hold {"quantities": …, "responsible": …}.
    """
    if not text:
        return [], ""
    value = json.loads(text)
    return (value["quantities"], value["responsible"]) if isinstance(value, dict) else (value, "")


def _amounts_text(statement: Statement) -> str | None:
    """The amounts as a list, so that what names nobody keeps the hash it had before bodies were read. Put
    together by hand: every other statement has one."""
    told = []
    for q in statement.quantities:
        approx, op, words = _around(q.approx, q.op, q.rule, q.unit)
        high = "null" if q.high is None else f'"{q.high}"'
        told.append(f'{approx}{q.end},"high":{high}{op}{q.start}{words}{q.value!s}"}}')
    if statement.responsible:
        return f'{{"quantities":[{",".join(told)}],"responsible":{canonical(statement.responsible)}}}'
    return f"[{','.join(told)}]" if told else None


@lru_cache(maxsize=4096)
def _around(approx: str | None, op: str, rule: str, unit: str) -> tuple[str, str, str]:
    """What stands around the numbers of an amount."""
    return (
        f'{{"approx":{_text(approx)},"end":',
        f',"op":{_text(op)},"rule":{_text(rule)},"start":',
        f',"unit":{_text(unit)},"value":"',
    )


def _text(value: str | None) -> str:
    return "null" if value is None else encode_basestring(value)


def _quantities_from(amounts: Iterable[dict[str, Any]]) -> Iterator[Quantity]:
    for q in amounts:
        high = None if q["high"] is None else Decimal(q["high"])
        yield Quantity(
            q["start"], q["end"], q["op"], q["approx"], Decimal(q["value"]), high, q["unit"], q["rule"]
        )


def _framework_text(framework: Framework) -> str:
    return canonical(
        {
            "name": framework.name,
            "formula": framework.formula,
            "components": [
                {"label": c.label, "items": c.items, "open_ended": c.open_ended} for c in framework.components
            ],
            "unlisted": framework.unlisted,
        }
    )


def _framework_from(text: str) -> Framework:
    value = json.loads(text)
    parts = tuple(Component(c["label"], tuple(c["items"]), c["open_ended"]) for c in value["components"])
    return Framework(value["name"], value["formula"], parts, tuple(value["unlisted"]))
