"""Part of an archive is told by the years of its files."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.archives import within, year_of
from flows.inputs import from_paths
from parsers.reading import Declared


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("澄湖区2019年政府工作报告.txt", 2019),
        ("2018-2020.txt", None),
        ("1234567.txt", None),
        ("报告.txt", None),
    ],
)
def test_a_single_year_in_the_name_counts(tmp_path: Path, name: str, year: int | None) -> None:
    (tmp_path / name).write_text("x", encoding="utf-8")
    [text] = from_paths([tmp_path / name], Declared())
    assert year_of(text) == year


def test_a_declared_date_goes_before_the_name(tmp_path: Path) -> None:
    (tmp_path / "2019.txt").write_text("x", encoding="utf-8")
    (tmp_path / "2019.txt.meta.yml").write_text("published: 2020-01-08\n", encoding="utf-8")
    assert [year_of(text) for text in from_paths([tmp_path], Declared())] == [2020]


def test_what_tells_no_year_is_taken_and_other_years_are_left_out(tmp_path: Path) -> None:
    for name in ("2017.txt", "2019.txt", "2021.txt", "报告.txt"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    inputs = from_paths([tmp_path], Declared())
    assert [text.path.stem for text in within(inputs, 2018, 2020)] == ["2019", "报告"]
    assert [text.path.stem for text in within(inputs, None, None)] == ["2017", "2019", "2021", "报告"]
