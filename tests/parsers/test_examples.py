"""The demo texts show what their README says, and are clearly fictional."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from parsers.extraction import extract
from parsers.layout import repair
from parsers.text import Body

MARK = "地名人名均为虚构"


def read(path: Path) -> Body:
    return repair(extract(path.read_bytes(), path.name))


def texts(examples: Path) -> list[Path]:
    return sorted(
        p for p in examples.iterdir() if p.suffix in {".txt", ".md", ".html"} and p.stem != "README"
    )


def test_every_text_says_that_it_is_an_example(examples: Path) -> None:
    for path in texts(examples):
        assert MARK in extract(path.read_bytes(), path.name).source.text, path.name


def test_every_side_file_declares_the_fictional_district(examples: Path) -> None:
    assert len(texts(examples)) >= 9
    for path in texts(examples):
        declared = yaml.safe_load((examples / f"{path.name}.meta.yml").read_text(encoding="utf-8"))
        assert (declared["district"], declared["level"]) == ("云川市澄湖区", "district")
        assert "published" not in declared


def test_the_reprint_has_the_same_body_under_another_source_line(examples: Path) -> None:
    first, second = read(examples / "2019-01-plenum.txt"), read(examples / "2019-02-reprint.txt")
    assert first.source.text != second.source.text
    assert first.title == second.title

    def running(body: Body) -> list[str]:
        return [p.text for p in body.paragraphs if p.role in ("title", "heading", "body")]

    assert running(first) == running(second)


def test_the_web_page_declares_a_narrower_charset_than_its_bytes_have(examples: Path) -> None:
    content = (examples / "2021-03-deeds.html").read_bytes()
    assert b"charset=gb2312" in content
    with pytest.raises(UnicodeDecodeError):
        content.decode("utf-8")
    body = read(examples / "2021-03-deeds.html")
    said = "\n".join(p.text for p in body.paragraphs if p.role == "body")
    assert "10类100件民生实事" in said
    assert "网站首页" not in said and "版权所有" not in said


def test_the_broken_page_is_repaired(examples: Path) -> None:
    body = read(examples / "2021-06-feature.txt")
    said = "\n".join(p.text for p in body.paragraphs if p.role == "body")
    for whole in ("位于湖东岸的东湾智造园", "以数字产业反哺传统制造", "过去杂乱的北岸的老厂房"):
        assert whole in said
    assert [p.text[-3:] for p in body.paragraphs if p.open_end] == ["湖畔寄"]
    assert sum(len(p.joins) for p in body.paragraphs) == 3
    assert [p.text for p in body.paragraphs if p.role == "pull_quote"] == ["“企业盼什么，我们就先干什么。”"]


def test_only_the_feature_gives_the_years_name_a_year(examples: Path) -> None:
    dialogue = (examples / "dialogue.txt").read_text(encoding="utf-8")
    feature = (examples / "2021-06-feature.txt").read_text(encoding="utf-8")
    assert "项目落地年" in dialogue and "项目落地年" in feature
    assert "20" not in dialogue and "2021年" in feature


def test_the_late_document_is_read_last(examples: Path) -> None:
    assert texts(examples)[-1].name == "zz-archive-2018-07-midyear.txt"
