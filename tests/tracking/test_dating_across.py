"""Texts of one place that give this year the same campaign name share it."""

from __future__ import annotations

import hashlib
import itertools

from parsers.reading import Clue, Place, Reading
from parsers.text import SourceText
from tracking.dating import date_across
from tracking.model import Version

CLOUD = Place("370103", "云中市云中区", "district")
MIST = Place("370402", "雾中市云中区", "district")


def version(
    name: str, slogans: tuple[tuple[str, int | None], ...], year: str | None, place: Place = CLOUD
) -> Version:
    clue = Clue(year, "printed") if year else None
    reading = Reading(
        source=SourceText(f"今年是“{slogans[0][0]}”" if slogans else "", "utf-8", "utf-8", "text"),
        body_sha256=name,
        title=name,
        published=clue,
        plan_year=clue,
        type="news",
        rights="press",
        place=place,
        place_clue=Clue(place.name, "declared"),
        level="district",
        issuer="unknown",
        authority="unknown",
        speaker=None,
        statements=(),
        slogans=slogans,
    )
    return Version(hashlib.sha256(name.encode()).hexdigest(), name, reading)


def years(*versions: Version) -> dict[str, str]:
    found = date_across(versions)
    assert all(date_across(order) == found for order in itertools.permutations(versions))
    return {v.document: found[v.sha256][1].value for v in versions if v.sha256 in found}


def test_a_shared_campaign_dates_the_undated_text_with_its_words() -> None:
    dated, undated = version("a", (("实干年", 2021),), "2021"), version("b", (("实干年", None),), None)
    published, plan_year = date_across([dated, undated])[undated.sha256]
    assert (published.value, plan_year.value) == ("2021", "2021")
    assert plan_year.span is not None
    assert undated.reading.source.text[slice(*plan_year.span)] == "实干年"


def test_a_text_dated_so_dates_the_next() -> None:
    chain = (
        version("a", (("实干年", 2021),), "2021"),
        version("b", (("实干年", None), ("服务年", None)), None),
        version("c", (("服务年", None),), None),
    )
    assert years(*chain) == {"b": "2021", "c": "2021"}


def test_another_place_or_a_campaign_of_two_years_dates_nothing() -> None:
    undated = version("b", (("实干年", None),), None)
    assert years(version("a", (("实干年", 2021),), "2021", MIST), undated) == {}
    two = (version("a", (("实干年", 2021),), "2021"), version("c", (("实干年", 2020),), "2020"))
    assert years(*two, undated) == {}


def test_a_dated_text_keeps_its_date() -> None:
    assert years(version("a", (("实干年", 2021),), "2021"), version("b", (("实干年", 2020),), "2020")) == {}
