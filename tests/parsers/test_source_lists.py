"""Lists are read by pure code that no page can break: whatever comes is entries, or a fault that says how."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.sources.blocks import Entries
from parsers.sources.drafting import draft
from parsers.sources.entries import Entry, Unreadable, feed, html_list, json_list, sitemap
from parsers.sources.loading import load
from parsers.sources.spec import JsonList
from parsers.sources.taking import left_out

PIECES = st.sampled_from(
    [
        *("<li>", "</li>", "<a href='/x.html'>", "<a href=", "</a>", "2026-02-30", "题目", "<ul class=news>"),
        *("<!--", "&#xffffffff;", "\x00", "<rss>", "<item>", "<link>http://x</link>", "<urlset>", "]]>", "{"),
        *(
            '"a":',
            "[1,",
            "<base href='http://[']>",
            "\ufeff",
            "<!DOCTYPE x [<!ENTITY a '&a;'>]>&a;",
            "<url><loc>",
        ),
    ]
)
ENTRIES = Entries(entry="li", date="span")
ENDPOINT = load(
    yaml.safe_dump(
        {"name": "ab", "kind": "json", "address": "http://x/", "entries": "a.0.b", "link": "{c}/{d.e}"}
    ),
    "a.yml",
).spec


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join), st.sampled_from(["utf-8", "gbk", "utf-16"]))
def test_no_page_breaks_a_reader(page: str, encoding: str) -> None:
    content = page.encode(encoding, "replace")
    assert isinstance(ENDPOINT, JsonList)
    readers: list[Any] = [
        lambda: html_list(content, ENTRIES, served_as=None, more="a"),
        lambda: json_list(content, ENDPOINT),
        lambda: feed(content),
        lambda: sitemap(content),
    ]
    for reader in readers:
        with contextlib.suppress(Unreadable):
            for entry in reader().entries:
                assert entry.href and entry.title == " ".join(entry.title.split())


@settings(max_examples=60, deadline=None)
@given(st.recursive(st.none() | st.integers() | st.text(max_size=5),
                    lambda inner: st.lists(inner, max_size=3)
                    | st.dictionaries(st.sampled_from("abcde"), inner, max_size=3)))  # fmt: skip
def test_no_answer_breaks_the_reader_of_json(answer: Any) -> None:
    import json

    assert isinstance(ENDPOINT, JsonList)
    with contextlib.suppress(Unreadable):
        json_list(json.dumps(answer).encode(), ENDPOINT)


def test_an_entry_is_its_link_its_title_and_the_day_printed_beside_it() -> None:
    page = """<ul><li><a href="a.html" title="全文题目">全文…</a><span>[2026-03-01]</span></li>
    <li><a href="javascript:;">点不开</a></li><li>没有链接</li>
    <li><b>3月2日</b><a href="b.html">第二条 题目</a></li><li><a href="a.html">又一次</a></li></ul>"""
    found = html_list(page.encode(), Entries(entry="li"), served_as=None)
    assert found.entries == (Entry("a.html", "全文题目", "2026-03-01"), Entry("b.html", "第二条 题目", None))


def test_a_day_without_a_year_is_no_date() -> None:
    """The year of the fetch is never put in its place."""
    page = "<li><a href=a.html>题目题目</a><span>03-02</span></li>"
    [entry] = html_list(page.encode(), ENTRIES, served_as=None).entries
    assert entry.dated is None


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (1772380800000, "2026-03-02"),
        (1772380800, "2026-03-02"),
        ("2026-03-02 08:00", "2026-03-02"),
        ("x", None),
    ],
)
def test_days_of_json_lists_are_those_of_china(value: Any, day: str | None) -> None:
    """Midnight in China is the afternoon before in Greenwich."""
    import json

    facts = {"name": "ab", "kind": "json", "address": "http://x/", "entries": "r", "link": "u", "date": "d"}
    spec = load(yaml.safe_dump(facts), "a.yml").spec
    assert isinstance(spec, JsonList)
    [entry] = json_list(json.dumps({"r": [{"u": "/a", "d": value}]}).encode(), spec).entries
    assert entry.dated == day


def test_a_feed_with_an_impossible_character_is_a_fault() -> None:
    with pytest.raises(Unreadable, match="damaged"):
        feed(b"<rss><item>&#xffffffff;")


def test_entities_of_a_sitemap_are_not_expanded() -> None:
    bomb = '<!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><urlset><url><loc>http://x/&b;</loc></url></urlset>'
    with contextlib.suppress(Unreadable):
        assert all("aaaa" not in entry.href for entry in sitemap(bomb.encode()).entries)


def test_what_is_ignored_is_told_why() -> None:
    facts = {
        "name": "ab", "kind": "list", "address": "http://x/", "entries": {"entry": "li"},
        "ignore": [{"title": "招聘", "why": "personnel"}, {"address": r"\.mp4$", "why": "a film"}],
        "only": {"title": "工作"},
    }  # fmt: skip
    spec = load(yaml.safe_dump(facts), "a.yml").on_the_web
    assert spec is not None
    assert left_out(spec, "招聘工作人员", "http://x/a") == "personnel"
    assert left_out(spec, "工作掠影", "http://x/a.mp4") == "a film"
    assert left_out(spec, "天气", "http://x/a") == "its title has nothing of 工作"
    assert left_out(spec, "政府工作报告", "http://x/a") is None


@pytest.mark.parametrize(
    ("page", "kind"),
    [(b"{}", "json"), (b"<?xml version='1.0'?><rss>", "feed"), (b"<urlset>", "sitemap"), (b"<p>x", "list")],
)
def test_a_draft_tells_the_kind(page: bytes, kind: str) -> None:
    assert draft(page, None).kind == kind


def test_a_draft_finds_the_list_among_menus_and_how_it_goes_on() -> None:
    menu = "".join(f"<li><a href='/{n}/'>栏目{n}</a></li>" for n in range(12))
    rows = "".join(
        f"<tr><td><a href='/t{n}.html'>澄湖区公布第{n}批重点项目建设清单</a></td><td>2026-02-1{n}</td></tr>"
        for n in range(5)
    )
    page = f"<ul class=nav>{menu}</ul><table class=list>{rows}</table><a href='i_2.html'>下一页</a>"
    found = draft(page.encode(), None)
    assert (found.kind, found.entry, found.count, found.date) == ("paged_list", "table.list tr", 5, "td")
    assert found.next == 'a:-soup-contains("下一页")'
