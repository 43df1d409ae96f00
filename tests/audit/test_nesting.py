"""Any stretches become nested elements, with the text unchanged."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from audit.nesting import Closed, Opened, Point, Stretch, Token, Words, nested

LENGTH = 30
offsets = st.integers(0, LENGTH)
stretches = st.lists(
    st.builds(lambda a, b, rank: (min(a, b), max(a, b), rank), offsets, offsets, st.integers(0, 2)),
    max_size=8,
).map(lambda found: [Stretch(a, b, f"s{i}", rank) for i, (a, b, rank) in enumerate(found)])


def shape(tokens: list[Token]) -> str:
    """Elements as brackets around their key, text as its offsets."""
    out = []
    for token in tokens:
        match token:
            case Opened(stretch, first):
                out.append(f"<{stretch.key}{'' if first else '…'} ")
            case Closed():
                out.append(">")
            case Words(start, end):
                out.append(f"{start}-{end}")
            case Point(_, key):
                out.append(f"^{key}")
    return "".join(out)


def test_the_longer_of_two_that_begin_together_is_outside() -> None:
    inner, outer = Stretch(2, 4, "a"), Stretch(2, 8, "b")
    assert shape(list(nested(10, [inner, outer]))) == "0-2<b <a 2-4>4-8>8-10"


def test_a_stretch_that_crosses_another_is_taken_up_again() -> None:
    assert shape(list(nested(9, [Stretch(0, 5, "a"), Stretch(3, 8, "b")]))) == "<a 0-3<b 3-5>><b… 5-8>8-9"


def test_equal_stretches_nest_by_rank() -> None:
    found = nested(4, [Stretch(0, 4, "a", 1), Stretch(0, 4, "b", 0)])
    assert shape(list(found)) == "<b <a 0-4>>"


def test_a_sign_stands_between_what_ends_and_what_begins() -> None:
    found = nested(4, [Stretch(0, 2, "a"), Stretch(2, 4, "b")], [Point(2, "!")])
    assert shape(list(found)) == "<a 0-2>^!<b 2-4>"


@given(stretches, st.lists(offsets, max_size=4), st.lists(offsets, max_size=4))
def test_elements_nest_and_the_text_is_unchanged(
    marked: list[Stretch], signs: list[int], cuts: list[int]
) -> None:
    stack: list[Stretch] = []
    covered: dict[str, list[int]] = {}
    text: list[int] = []
    begun: list[str] = []
    points = [Point(at, str(i)) for i, at in enumerate(signs)]
    seen: list[Point] = []
    for token in nested(LENGTH, marked, points, cuts):
        match token:
            case Opened(stretch, first):
                assert all(stretch.key != other.key for other in stack)
                stack.append(stretch)
                if first:
                    begun.append(stretch.key)
            case Closed(stretch):
                assert stack.pop() == stretch
            case Words(start, end):
                text.extend(range(start, end))
                for stretch in stack:
                    covered.setdefault(stretch.key, []).extend(range(start, end))
                assert not [cut for cut in cuts if start < cut < end]
            case Point():
                assert token.at == len(text)
                seen.append(token)
    assert not stack
    assert text == list(range(LENGTH))
    assert covered == {s.key: list(range(s.start, s.end)) for s in marked if s.start < s.end}
    assert sorted(begun) == sorted(covered)
    assert sorted(p.key for p in seen) == sorted(p.key for p in points)
