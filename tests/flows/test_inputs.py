"""Which files a run reads, and what is declared of them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from flows.inputs import SIZE_LIMIT, from_paths, from_source
from flows.sidefile import read_side_file
from parsers.reading import Declared
from parsers.refusal import Refused


def test_a_folder_gives_its_texts_in_order_without_what_describes_it(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("b.txt", "a.html", "a.html.meta.yml", "README.md", "manifest.yml", ".hidden", "sub/c.txt"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert [Path(i.given).relative_to(tmp_path).as_posix() for i in from_paths([tmp_path], Declared())] == [
        "a.html",
        "b.txt",
        "sub/c.txt",
    ]


def test_a_text_named_twice_is_read_once(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("x", encoding="utf-8")
    assert len(from_paths([text, tmp_path, tmp_path / "." / "a.txt"], Declared())) == 1


def test_a_side_file_is_never_a_document(tmp_path: Path) -> None:
    side = tmp_path / "a.txt.meta.yml"
    side.write_text("level: city\n", encoding="utf-8")
    assert from_paths([side], Declared()) == []


def test_texts_of_a_source_are_addressed_below_its_root(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "c.txt").write_text("x", encoding="utf-8")
    (only,) = from_source("seeds", tmp_path)
    assert (only.source, only.address) == ("seeds", "sub/c.txt")


def test_a_missing_path_stays_an_input_and_says_so_when_read(tmp_path: Path) -> None:
    (missing,) = from_paths([tmp_path / "nowhere.txt"], Declared())
    with pytest.raises(Refused) as refused:
        missing.content()
    assert refused.value.code == "unreadable"


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(SIZE_LIMIT + 1)
    with pytest.raises(Refused) as refused:
        from_paths([huge], Declared())[0].content()
    assert refused.value.code == "too_large"


@pytest.mark.skipif(os.name == "nt", reason="file names are text there")
def test_a_file_name_that_is_no_text_is_spelled_out(tmp_path: Path) -> None:
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xc4\xe3.txt"))
    odd.write_text("x", encoding="utf-8")
    (only,) = from_paths([tmp_path], Declared())
    assert only.given.endswith(r"\xc4\xe3.txt")
    assert only.content() == b"x"


def test_a_side_file_wins_over_options_and_options_fill_its_gaps(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    (tmp_path / "a.txt.meta.yml").write_text("level: city\npublished: 2019-03-04\n", encoding="utf-8")
    (only,) = from_paths([tmp_path / "a.txt"], Declared(level="district", district="青禾市云溪区"))
    assert only.declared() == Declared(level="city", published="2019-03-04", district="青禾市云溪区")


@pytest.mark.parametrize(
    ("line", "published"), [("2019", "2019"), ("2019-03", "2019-03"), ("'2019-03-04'", "2019-03-04")]
)
def test_dates_keep_their_precision(tmp_path: Path, line: str, published: str) -> None:
    side = tmp_path / "a.meta.yml"
    side.write_text(f"published: {line}\n", encoding="utf-8")
    assert read_side_file(side).published == published


@pytest.mark.parametrize(
    "content",
    [
        "levle: city",
        "level: village",
        "published: 4. March",
        "- a list",
        "a: b: c",
        "title: [a, b]",
        "published: 2019-13",
    ],
)
def test_a_side_file_that_cannot_be_understood_is_refused_by_name(tmp_path: Path, content: str) -> None:
    side = tmp_path / "a.meta.yml"
    side.write_text(content + "\n", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        read_side_file(side)
    assert refused.value.code == "side_file"
    assert "a.meta.yml" in str(refused.value)
