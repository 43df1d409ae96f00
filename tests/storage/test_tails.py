"""What a text is called: the shortest end of its path that is its own, asked one by one or all at once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from storage.queries.tails import _Address, _literal, _tails, _whole

PATHS = st.lists(
    st.lists(st.sampled_from("ab%"), max_size=3).map(lambda p: [*p, "x.txt"]), min_size=1, max_size=8
)


def naive(own: int, paths: list[list[str]]) -> str | None:
    """The definition, spelled out."""
    for length in range(1, len(paths[own]) + 1):
        tail = paths[own][-length:]
        if not any(other[-length:] == tail for at, other in enumerate(paths) if at != own):
            return "/".join(tail)
    return None


@given(PATHS)
def test_many_at_once_are_told_apart_as_one_by_one(paths) -> None:
    told = [_Address(at, f"s{at}", "/".join(parts), "x.txt") for at, parts in enumerate(paths)]
    found = _tails(told, enumerate(paths))
    assert found == {one.seq: naive(one.seq, paths) or _whole(one) for one in told}


def test_signs_of_a_pattern_in_a_name_mean_themselves() -> None:
    assert _literal("50%_a!") == "50!%!_a!!"
