"""Place and year of the development texts, each from its own words."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

import pytest

from parsers.periods import find_times
from parsers.read import read
from tracking.dating import date_across
from tracking.model import Version

YEARS = {"001": "2020", "002": "2021", "003": "2018", "004": "2019"}


@pytest.fixture(scope="module")
def versions(shared: Path) -> dict[str, Version]:
    found = {}
    for path in sorted((shared / "seeds").glob("*.txt")):
        content = path.read_bytes()
        reading = read(content, path.name)
        found[path.name[:3]] = Version(hashlib.sha256(content).hexdigest(), path.name, reading)
    return found


@pytest.mark.shared
def test_all_are_about_one_district(versions: dict[str, Version]) -> None:
    for version in versions.values():
        assert (version.reading.place.code, version.reading.place.name) == ("370103", "济南市市中区")
        assert version.reading.place_clue.why


@pytest.mark.shared
def test_each_is_dated_by_itself_or_by_another(versions: dict[str, Version]) -> None:
    own = {k: v.reading.plan_year.value for k, v in versions.items() if v.reading.plan_year}
    assert own == YEARS
    across = date_across(list(versions.values()))
    assert {k: across[v.sha256][1].value for k, v in versions.items() if v.sha256 in across} == {
        "000": "2021"
    }


@pytest.mark.parametrize(
    "unit", ["1", "2019年", "一", "“", "十五", "2019-", "（", "今", "至", "年", "1月", "三四五"]
)
def test_finding_times_stays_linear_on_hostile_text(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    start = time.process_time()
    find_times(text)
    assert time.process_time() - start < 1.0
