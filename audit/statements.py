"""A statement in the shape that `duixian parse --json` promises."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from parsers.reading import Reading
from parsers.statement import Framework, Quantity, Statement


def number(value: Decimal | None) -> int | float | None:
    """A JSON number: whole ones without a point."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def statement_record(doc: str, reading: Reading, statement: Statement) -> dict[str, Any]:
    """One line of `duixian parse --json`; offsets count code points of the source text."""
    source = reading.source.text
    return {
        "doc": doc,
        "kind": statement.kind,
        "start": statement.start,
        "end": statement.end,
        "spans": [list(span) for span in statement.spans],
        "quote": "".join(source[start:end] for start, end in statement.spans),
        "text": statement.text,
        "subject": statement.subject,
        "quantities": [quantity_record(q) for q in statement.quantities],
        "absent": statement.absent,
        "base": statement.base,
        "period": statement.period,
        "project": statement.project,
        "district": statement.district,
        "level": statement.level,
        "issuer": statement.issuer,
        "authority": statement.authority,
        "modality": statement.modality,
        "vintage": statement.vintage,
        "framework": framework_record(statement.framework),
        "rule": statement.rule,
        "indicator": statement.indicator,
        "object": statement.object,
        "stage": statement.stage,
        "nature": statement.nature,
        "basis": statement.basis,
        "speaker": statement.speaker,
        "doubtful": statement.doubtful,
        "responsible": statement.responsible,
    }


def quantity_record(quantity: Quantity) -> dict[str, Any]:
    """An amount with its comparator."""
    return {
        "start": quantity.start,
        "end": quantity.end,
        "op": quantity.op,
        "approx": quantity.approx,
        "value": number(quantity.value),
        "high": number(quantity.high),
        "unit": quantity.unit,
        "rule": quantity.rule,
    }


def framework_record(framework: Framework | None) -> dict[str, Any] | None:
    """A named system with the parts that the text lists."""
    if framework is None:
        return None
    return {
        "name": framework.name,
        "formula": framework.formula,
        "components": [{"label": c.label, "items": list(c.items)} for c in framework.components],
        "unlisted": list(framework.unlisted),
    }
