"""Growth targets of real reports agree with the published tables, explicit absence included."""

from __future__ import annotations

from pathlib import Path

from benchmarks.growth_targets import national, provinces, yearly_targets


def test_the_nations_targets_year_by_year(shared: Path) -> None:
    assert national(shared / "corpus") == 0


def test_the_provinces_targets(shared: Path) -> None:
    assert provinces(shared / "corpus") == 0


def test_a_target_said_not_to_be_set_is_read_as_absent(shared: Path) -> None:
    (target,) = yearly_targets(shared / "corpus/reports/nation/全国/2020.md")
    assert target.absent
    assert not target.quantities
