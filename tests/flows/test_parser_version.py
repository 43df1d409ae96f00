"""The parser's version changes with what is concluded, not with how it is called or explained."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows import version
from flows.home import PACKAGE_ROOT


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for room in version.ROOMS:
        shutil.copytree(PACKAGE_ROOT / room, tmp_path / room)
    monkeypatch.setattr(version, "PACKAGE_ROOT", tmp_path)
    version.parser_version.cache_clear()
    yield tmp_path
    version.parser_version.cache_clear()


def changed(root: Path, file: str) -> bool:
    before = version.parser_version()
    with (root / file).open("a", encoding="utf-8") as opened:
        opened.write("\n# altered\n")
    version.parser_version.cache_clear()
    return version.parser_version() != before


@pytest.mark.parametrize("file", ["parsers/claims.py", "parsers/data/deeds.yml", "tracking/links.py"])
def test_a_rule_or_word_list_makes_another_version(copy: Path, file: str) -> None:
    assert changed(copy, file)


@pytest.mark.parametrize("file", ["parsers/rules/claims.py", "tracking/words/labels.yml"])
def test_an_explanation_makes_none(copy: Path, file: str) -> None:
    assert not changed(copy, file)
