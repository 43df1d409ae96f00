"""Declared places that no list has."""

from __future__ import annotations

import pytest

from parsers.places import resolve_place
from parsers.reading import Declared
from parsers.refusal import Refused
from parsers.unlisted import unlisted


def test_a_declared_place_with_its_level_is_taken_as_it_is() -> None:
    place, clue = resolve_place([], None, Declared(district="青禾市云溪区", level="district"))
    assert (place.name, place.level) == ("青禾市云溪区", "district")
    assert clue.why.startswith("declared")


def test_without_a_level_it_is_asked_back() -> None:
    with pytest.raises(Refused) as refused:
        resolve_place([], None, Declared(district="青禾市云溪区"))
    assert refused.value.code == "unknown_place"


def test_a_listed_place_keeps_its_code() -> None:
    place, _ = resolve_place([], None, Declared(district="济南市市中区", level="district"))
    assert place.code == "370103"


def test_districts_of_one_city_share_the_first_four_characters_of_their_codes() -> None:
    one, other = unlisted("青禾市云溪区", "district"), unlisted("青禾市石桥县", "district")
    city = unlisted("青禾市", "city")
    assert one and other and city
    assert one.code[:4] == other.code[:4] == city.code[:4]
    assert one.code != other.code
    assert city.code.endswith("00")


@pytest.mark.parametrize(
    ("name", "level"),
    [("某个地方", "district"), ("abc区", "district"), ("青禾市", "street"), ("青禾国", "nation")],
)
def test_what_does_not_read_like_a_place_of_that_level_is_none(name: str, level: str) -> None:
    assert unlisted(name, level) is None  # type: ignore[arg-type]
