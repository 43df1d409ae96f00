"""What is put together by hand for speed is the very JSON that the general way writes."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import example, given
from hypothesis import strategies as st

from parsers.statement import Quantity, Statement
from storage.canonical import canonical, digest_plain
from storage.canonical import digest as digest_of
from storage.statement_rows import AS_IS, COLUMNS, amounts_of, statement_rows
from tracking.keys import digest, statement_keys

SPANS = st.lists(st.tuples(st.integers(0, 999), st.integers(0, 999)), min_size=1, max_size=3).map(tuple)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
AMOUNT = st.builds(
    Quantity,
    st.integers(0, 9),
    st.integers(0, 9),
    st.sampled_from([">=", "=", "~"]),
    st.sampled_from([None, "around"]),
    st.decimals(allow_nan=False, allow_infinity=False, places=2),
    st.none() | st.decimals(allow_nan=False, allow_infinity=False, places=1),
    WORDS,
    WORDS,
)


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(), max_size=9),
    lambda one: st.lists(one, max_size=4) | st.lists(one, max_size=4).map(tuple),
)


@given(PLAIN)
@example(["半\ud800", '\x00\x1f\x7f\u2028"\\/', 2**64, -(2**63) - 1])
def test_the_fast_hash_of_plain_values_is_that_of_their_canonical_json(value) -> None:
    assert digest_plain(value) == digest_of(canonical(value))


@given(st.lists(st.tuples(SPANS, st.sampled_from(["target", "action"])), max_size=6), WORDS)
def test_keys_are_the_digests_of_their_parts(told, version) -> None:
    statements = [Statement(kind, spans, "", "") for spans, kind in told]
    sha256 = digest(version)
    seen: list[object] = []
    for key, statement in zip(statement_keys(sha256, statements), statements, strict=True):
        assert key == digest(sha256, statement.spans, statement.kind, seen.count(statement.spans))
        seen.append(statement.spans)


def row_of(statement: Statement) -> dict[str, object]:
    [row] = statement_rows(1, "0" * 64, "", [statement])
    return dict(zip(COLUMNS, row, strict=True))


def test_columns_stand_in_the_order_of_the_table() -> None:
    values = {name: name for name in (*AS_IS, "text")}
    row = row_of(Statement(spans=((2, 4), (7, 9)), **values))  # type: ignore[arg-type]
    assert {name: row[name] for name in values} == values
    assert (row["start"], row["end"], row["spans"]) == (2, 9, "[[2,4],[7,9]]")


@given(st.lists(AMOUNT, max_size=3).map(tuple), WORDS)
def test_amounts_are_canonical_and_come_back(amounts, responsible) -> None:
    said = Statement("target", ((0, 0),), "", "", amounts, responsible=responsible)
    row = row_of(said)
    listed, who = amounts_of(row["quantities"])
    assert who == responsible
    plain = [
        {
            "start": q.start, "end": q.end, "op": q.op, "approx": q.approx, "value": str(q.value),
            "high": None if q.high is None else str(q.high), "unit": q.unit, "rule": q.rule,
        }
        for q in amounts
    ]  # fmt: skip
    assert listed == plain
    whole = {"quantities": plain, "responsible": responsible} if responsible else plain
    assert row["quantities"] == (canonical(whole) if amounts or responsible else None)


def test_a_number_with_an_exponent_keeps_its_digits() -> None:
    amount = Quantity(0, 1, "=", None, Decimal("1E+3"), None, "个", "r")
    row = row_of(Statement("target", ((0, 0),), "", "", (amount,)))
    assert amounts_of(row["quantities"])[0][0]["value"] == "1E+3"
