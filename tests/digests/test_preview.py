"""The digest preview: order, equal content of both forms, nothing remote, nothing unescaped."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import pytest

from digests.items import build
from digests.preview import render_html, render_text, write
from tracking.words.labels import Lang


def entry(change: str, title: str, quote: str, **more: Any) -> dict[str, Any]:
    """An entry of the change log about an invented district."""
    return {
        "id": f"{change}-{title}",
        "change": change,
        "grade": None,
        "reviewed": None,
        "district": "青禾市云溪区",
        "commitment": {"id": "c", "title": title, "kind": "target", "subject": title, "life": "one-off"},
        "edition_from": "2030",
        "edition_to": "2031",
        "fields": {},
        "evidence": [{"side": "new", "document": "b.txt", "sha256": "bb", "quote": quote}],
        **more,
    }


ENTRIES = [
    entry("new", "新建口袋公园", "今年新建口袋公园12处", edition_from=None),
    entry(
        "changed",
        "改造老旧小区",
        "改造老旧小区18个<左右>",
        fields={"value": {"old": 22, "new": 18, "direction": "lowered"}},
    ),
    entry("dropped", "河道整治", "整治河道3条", grade="inferred"),
    entry("restated", "绿化", "继续绿化"),
]
DATED = {"value": "2031-01", "why": "printed on the page", "inferred": False}
DOCUMENTS = [{"sha256": "bb", "title": "云溪区工作报告", "published_on": "2031-01", "dated": DATED}]
LANGS: tuple[Lang, ...] = ("zh", "en")


@pytest.mark.parametrize("lang", LANGS)
def test_both_forms_say_the_same(lang: Lang) -> None:
    digest = build(ENTRIES, DOCUMENTS, lang=lang, demo=True)
    page = re.sub(r"<(style|head)\b.*?</\1>", "", render_html(digest), flags=re.S)
    words = re.findall(r"\w+", html.unescape(re.sub(r"<[^>]+>", " ", page)))
    plain = re.findall(r"\w+", render_text(digest))
    assert words == plain


def test_what_accuses_comes_first_and_is_marked_and_restated_is_no_news() -> None:
    text = render_text(build(ENTRIES, DOCUMENTS, lang="zh", demo=False))
    assert text.index("河道整治") < text.index("改造老旧小区") < text.index("新建口袋公园")
    assert "待核" in text
    assert "继续绿化" not in text


def test_an_entry_shows_old_and_new_its_sentence_source_and_date() -> None:
    text = render_text(build(ENTRIES, DOCUMENTS, lang="en", demo=False))
    assert "22 → 18" in text
    assert "改造老旧小区18个<左右>" in text
    assert "云溪区工作报告 · 2031-01" in text


def test_quotes_are_escaped_in_html() -> None:
    assert "18个&lt;左右&gt;" in render_html(build(ENTRIES, DOCUMENTS, lang="zh", demo=False))


def test_the_page_loads_nothing_and_knows_dark_mode() -> None:
    page = render_html(build(ENTRIES, DOCUMENTS, lang="zh", demo=False))
    assert not re.search(r"https?://|<script|<link|<img|url\(", page)
    assert "prefers-color-scheme: dark" in page


@pytest.mark.parametrize("demo", [True, False])
def test_a_demo_says_so_and_only_a_demo(demo: bool) -> None:
    digest = build(ENTRIES, DOCUMENTS, lang="en", demo=demo)
    assert ("invented" in render_html(digest)) is demo
    assert ("invented" in render_text(digest)) is demo


def test_no_news_is_said(tmp_path: Path) -> None:
    page = write(build([], [], lang="en", demo=False), tmp_path)
    assert "Nothing has changed." in page.read_text(encoding="utf-8")
    assert "Nothing has changed." in (tmp_path / "digest-preview.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("lang", "date", "clue"),
    [
        ("en", "2031 (inferred)", "plans for the year: 2031年，我们将"),
        ("zh", "2031（推断）", "该年的打算：2031年，我们将"),
    ],
)
def test_an_inferred_date_is_marked_and_its_clue_is_told_once(lang: Lang, date: str, clue: str) -> None:
    why = "inferred from the text: plans for the year: 2031年，我们将"
    dated = {"value": "2031", "why": why, "inferred": True}
    text = render_text(build(ENTRIES, [{**DOCUMENTS[0], "dated": dated}], lang=lang, demo=False))
    assert f"云溪区工作报告 · {date}" in text
    assert text.count(clue) == 1


def test_a_text_that_nothing_dates_says_so() -> None:
    text = render_text(build(ENTRIES, [{**DOCUMENTS[0], "dated": None}], lang="en", demo=False))
    assert "云溪区工作报告 · date unknown" in text


def test_the_texts_of_a_conflict_have_no_order() -> None:
    parts = {"old": ["甲", "乙"], "new": ["甲", "丙"], "added": ["丙"], "removed": ["乙"], "kept": ["甲"]}
    sides = [
        {"side": side, "document": f"{side}.txt", "sha256": side, "quote": side} for side in ("old", "new")
    ]
    one = entry("conflict", "四梁八柱", "", fields={"components": parts}, evidence=sides)
    text = render_text(build([one], [], lang="en", demo=False))
    assert "one text · old.txt" in text and "another text · new.txt" in text
    assert "only in one text: 乙; only in the other: 丙" in text
    assert not [
        word for word in ("earlier", "later", "not listed any more") if word in text.split("What the")[0]
    ]
