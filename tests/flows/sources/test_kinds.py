"""Each kind of source, as sites have it: GBK lists with paging, e-papers, feeds, sitemaps, JSON, folders."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest

from flows.fetching.turns import CHINA
from flows.observing import unseen_of
from flows.source_archives import ingest_archive, span_from
from flows.version import parser_version
from storage.queries import documents
from storage.queries.watching import watched
from storage.runs import BACKFILL, start_run

TITLES = (
    "澄湖区部署2026年民生实事",
    "澄湖区公布2026年重点项目",
    "澄湖区推进东湾智造园建设",
    "澄湖区打通断头路",
)
WORDS = (
    "2026年，全区将新建口袋公园20处，改造老旧小区18个，为群众办好十件实事。",
    "2026年，全区计划实施重点项目126个，年度完成投资不低于310亿元，确保按时序推进。",
    "到2026年底，东湾智造园三期竣工投用，引进亿元以上项目30个，新增就业岗位2000个。",
    "2026年，打通断头路6条，新增停车泊位1500个，优化公交线路8条，方便群众出行。",
)
PATHS = tuple(f"/news/t2026022{n}_{n}.html" for n in range(4))
DAYS = tuple(f"2026-02-2{9 - n - 1}" for n in range(4))


@pytest.fixture
def texts(world: Any, make: Any) -> list[tuple[str, str, str]]:
    """Four texts, in GBK as old sites are, the newest first."""
    for path, title, day, words in zip(PATHS, TITLES, DAYS, WORDS, strict=True):
        world.site.put(path, make.article(title, day, words, charset="gb2312"), "gbk")
    return list(zip(PATHS, TITLES, DAYS, strict=True))


def taken(world: Any) -> dict[str, tuple[str, str | None, str]]:
    """Title to place, day and encoding of what the ledger holds."""
    return {d["title"]: (d["district"], d["published_on"], d["encoding"]) for d in documents(world.ledger)}


ALL = {title: ("云川市澄湖区", day, "gb18030") for title, day in zip(TITLES, DAYS, strict=True)}


@pytest.mark.parametrize("declared", ["gb2312", "utf-8"])
def test_a_list_in_gbk_with_paging_by_link(world: Any, make: Any, texts: Any, declared: str) -> None:
    """Also one that claims to be UTF-8: its bytes tell, or the source's file does."""
    first = make.listing(
        *texts[:2], charset=declared, more='<a class="next" href="/news/index_1.html">下一页</a>'
    )
    world.site.put("/news/", first, "gbk")
    world.site.put("/news/index_1.html", make.listing(*texts[2:], charset=declared), "gbk")
    source = world.source(kind="paged_list", pages={"next": "a.next"}, encoding="gb18030")
    look = world.look(source)
    assert (look.listed, dict(look.texts), look.faults) == (2, {"new": 4}, [])
    assert taken(world) == ALL
    before = len(world.site.log)
    world.time.go_to(1)
    world.look(source)
    assert "/news/index_1.html" not in world.site.paths(before), "page one names nothing new"


def test_a_list_with_paging_by_number_stops_where_it_ends(world: Any, make: Any, texts: Any) -> None:
    world.site.put("/news/", make.listing(*texts[:2]))
    world.site.put("/news/index_2.html", make.listing(*texts[2:]))
    pages = {"address": f"{world.site.url}/news/index_{{page}}.html", "upto": 9}
    look = world.look(world.source(kind="paged_list", pages=pages))
    assert look.seen and taken(world) == ALL
    assert look.faults == [], "that the list ends is no fault"


def test_an_rss_feed(world: Any, texts: Any) -> None:
    items = "".join(
        f"<item><title>{t}</title><link>{world.site.url}{p}?utm_source=rss</link>"
        f"<pubDate>{int(d[8:])} Feb 2026 16:30:00 GMT</pubDate></item>"
        for p, t, d in texts
    )
    world.site.put("/rss.xml", f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>')
    for path, *_ in texts:
        world.site.pages[f"{path}?utm_source=rss"] = world.site.pages[path]
    article = {"body": ".TRS_Editor"}
    look = world.look(
        world.source(kind="feed", address=f"{world.site.url}/rss.xml", entries=None, article=article)
    )
    assert dict(look.texts) == {"new": 4}
    assert {d["document"].rpartition("/")[2] for d in documents(world.ledger)} == {p[6:] for p in PATHS}
    # Half past four in the afternoon in Greenwich is the next day in China.
    assert taken(world)[TITLES[1]][1] == "2026-02-28"


def test_an_atom_feed_with_relative_addresses(world: Any, texts: Any) -> None:
    items = "".join(
        f'<entry><title>{t}</title><link href="{p}"/><published>{d}T08:00:00+08:00</published></entry>'
        for p, t, d in texts
    )
    world.site.put("/atom.xml", f'<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title>{items}</feed>')
    world.look(world.source(kind="feed", address=f"{world.site.url}/atom.xml", entries=None))
    assert taken(world) == ALL


def test_a_sitemap_below_an_index_and_what_it_says_was_changed(world: Any, make: Any, texts: Any) -> None:
    def urls(changed: str) -> str:
        inside = "".join(
            f"<url><loc>{world.site.url}{p}</loc><lastmod>{changed if p == PATHS[0] else d}</lastmod></url>"
            for p, _, d in texts
        )
        return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inside}</urlset>'

    index = f"<sitemapindex><sitemap><loc>{world.site.url}/news.xml</loc></sitemap></sitemapindex>"
    world.site.put("/sitemap.xml", index)
    world.site.put("/news.xml", urls(DAYS[0]))
    source = world.source(
        kind="sitemap", address=f"{world.site.url}/sitemap.xml", entries=None, only={"address": "/news/"}
    )
    world.look(source)
    assert taken(world) == ALL
    world.time.go_to(60)  # long after texts are read again by themselves
    before = len(world.site.log)
    edited = WORDS[0].replace("20处", "12处")
    world.site.put(PATHS[0], make.article(TITLES[0], DAYS[0], edited, charset="gb2312"), "gbk")
    world.site.put("/news.xml", urls("2026-04-30"))
    look = world.look(source)
    assert dict(look.texts) == {"changed": 1}
    assert world.site.paths(before) == ["/sitemap.xml", "/news.xml", PATHS[0]]


def test_a_list_that_an_endpoint_answers_as_json(world: Any, texts: Any) -> None:
    def page(rows: Any) -> str:
        found = [{"id": p[6:-5], "name": t, "date": f"{d} 08:00"} for p, t, d in rows]
        return json.dumps({"code": 0, "data": {"rows": found}}, ensure_ascii=False)

    world.site.put("/api/list?page=1", page(texts[:2]))
    world.site.put("/api/list?page=2", page(texts[2:]))
    world.site.put("/api/list?page=3", page([]))
    look = world.look(
        world.source(
            kind="json",
            address=f"{world.site.url}/api/list?page={{page}}",
            entries="data.rows",
            link=f"{world.site.url}/news/{{id}}.html",
            title="name",
            date="date",
            upto=5,
        )
    )
    assert look.seen and taken(world) == ALL


@pytest.mark.parametrize("answer", ["<html>维护中</html>", '{"code": 500}', '{"data": {"rows": [{"x": 1}]}}'])
def test_an_endpoint_that_answers_otherwise_is_a_fault(world: Any, answer: str) -> None:
    world.site.put("/api/list", answer)
    source = world.source(kind="json", address=f"{world.site.url}/api/list", entries="data.rows", link="url")
    look = world.look(source)
    assert not look.seen and [state for _, state, _ in look.faults] == ["unread"]


@pytest.mark.parametrize("kind", ["feed", "sitemap"])
@pytest.mark.parametrize(
    "answer", ["", "<html><p>暂停服务</p></html>", "<rss", "<!DOCTYPE x [<!ENTITY a 'b'>]>"]
)
def test_a_feed_or_sitemap_that_is_none_is_a_fault(world: Any, kind: str, answer: str) -> None:
    world.site.put("/list.xml", answer)
    look = world.look(world.source(kind=kind, address=f"{world.site.url}/list.xml", entries=None))
    assert not look.seen and [state for _, state, _ in look.faults] == ["unread"]


EPAPER_PAGE = """<html><meta charset="gb2312"><title>云川晨报 {day} {name}</title><body>
<div class="pages"><a href="node_1.htm">A01 要闻</a> <a href="node_2.htm">A02 澄湖</a></div>
<ul class="titles">{items}</ul></body></html>"""
COLUMNS = """<html><meta charset="gb2312"><title>{title}</title><body><h1>{title}</h1><div id="ozoom">
<p>　　2026年，澄湖区将新建口袋公园20</p><p>处，改造老旧小区18个，新增停车泊位1500</p>
<p>个，为群众办好十件实事，让一湖清水托</p><p>起一座新城。</p></div></body></html>"""


def test_an_e_paper_by_day_with_texts_broken_into_columns(world: Any) -> None:
    """The issue of the day before yesterday has not been put up, Sundays have none."""
    for day, items in (
        ("02", '<li><a href="content_7.htm">澄湖区办好民生实事</a></li>'),
        ("01", '<li><a href="content_9.htm">东江区召开会议部署工作</a></li>'),
    ):
        root = f"/html/2026-03/{day}"
        front = EPAPER_PAGE.format(day=f"2026-03-{day}", name="A01", items=items if day == "02" else "")
        world.site.put(f"{root}/node_1.htm", front, "gbk")
        world.site.put(f"{root}/node_2.htm", EPAPER_PAGE.format(day=day, name="A02", items=items), "gbk")
        world.site.put(f"{root}/content_7.htm", COLUMNS.format(title="澄湖区办好民生实事"), "gbk")
        other = COLUMNS.format(title="东江区召开会议部署工作").replace("澄湖区", "东江区")
        world.site.put(f"{root}/content_9.htm", other, "gbk")
    source = world.source(
        "yunchuan-morning",
        kind="epaper",
        address=None,
        issue=f"{world.site.url}/html/{{yyyy}}-{{mm}}/{{dd}}/node_1.htm",
        pages=".pages a",
        entries={"entry": ".titles li"},
        expect={"least": 0},
        only={"text": "澄湖区"},
        article={"body": "#ozoom"},
        rights="press",
        reread="4d",
    )
    look = world.look(source)
    assert look.seen and dict(look.texts) == {"new": 1, "left": 1}
    [found] = documents(world.ledger)
    assert (found["published_on"], found["rights"]) == ("2026-03-02", "press")
    assert found["statements"] >= 2, "sentences that columns tore apart are whole again"


@pytest.fixture
def paper(world: Any) -> Any:
    """A newspaper with an issue a day from 20 February on, none on Sundays, and the source that reads it."""
    for day in (20, 21, *range(23, 29)):
        root = f"/html/2026-02/{day}"
        items = '<li><a href="content_1.htm">澄湖区办好民生实事</a></li>'
        world.site.put(f"{root}/node_1.htm", EPAPER_PAGE.format(day=day, name="A01", items=items), "gbk")
        world.site.put(f"{root}/node_2.htm", EPAPER_PAGE.format(day=day, name="A02", items=""), "gbk")
        text = COLUMNS.format(title=f"澄湖区办好民生实事之{day}").replace("公园20", f"公园{day}")
        world.site.put(f"{root}/content_1.htm", text, "gbk")
    return world.source(
        "yunchuan-morning",
        kind="epaper",
        address=None,
        issue=f"{world.site.url}/html/{{yyyy}}-{{mm}}/{{dd}}/node_1.htm",
        pages=".pages a",
        entries={"entry": ".titles li"},
        expect={"least": 0},
        article={"body": "#ozoom"},
        reread="2d",
    )


def archive(world: Any, source: Any, since: str, until: str, **more: Any) -> list[Any]:
    run = start_run(world.ledger, kind=BACKFILL, parser_version=parser_version())
    span = span_from(since, until, world.time(), [source])
    with world.web() as web:
        return list(ingest_archive(world.ledger, source, span, web=web, run=run, **more))


def test_an_e_papers_archive_is_taken_in_week_by_week_and_may_be_broken_off(world: Any, paper: Any) -> None:
    """The newest first; what was had is not asked for again, what failed is."""

    def fails(*_: Any) -> Any:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        archive(world, paper, "2026-02-22", "2026-02", store=fails)
    assert documents(world.ledger) == []
    dead = "/html/2026-02/21/content_1.htm"
    page = world.site.pages.pop(dead)
    world.site.put(dead, "", status=403)
    first, second = archive(world, paper, "2026-02-20", "2026-02")
    assert (first.listed, dict(first.texts), first.faults) == (6, {"new": 6}, [])
    assert dict(second.texts) == {"new": 1, "blocked": 1}
    world.site.pages[dead] = page
    before = len(world.site.log)
    again, older = archive(world, paper, "2026-02-10", "2026-02")
    assert (dict(again.texts), older.reached) == ({"new": 1}, False), "there is nothing so old"
    assert not [path for path in world.site.paths(before) if "/02/23" in path or "/02/28" in path]
    assert len(documents(world.ledger)) == 8

    # What was printed long ago tells nothing of how the source does today, but these days were observed.
    log = watched(world.ledger, [paper.id])[paper.id]
    assert log.looks == []
    first_day, last_day = datetime(2026, 2, 20, tzinfo=CHINA), datetime(2026, 2, 28, tzinfo=CHINA)
    unseen = partial(unseen_of, paper.id, paper.spec, log, last=last_day, now=world.time.now)
    assert list(unseen(first=first_day)) == []
    assert [one.since for one in unseen(first=first_day - timedelta(days=9))] == [None]


def test_a_part_of_a_list_is_read_back_to_its_first_day(world: Any, make: Any, texts: Any) -> None:
    """Page after page, also where all that one names is known; texts of other days are left."""
    pages = {"address": f"{world.site.url}/news/index_{{page}}.html", "upto": 9}
    older = [(f"/news/o{n}.html", f"澄湖区旧闻之{n}回顾往年", f"2025-11-0{n}") for n in (2, 1)]
    for path, title, day in older:
        world.site.put(path, make.article(title, day, WORDS[0].replace("20处", f"3{day[-1]}处")))
    world.site.put("/news/", make.listing(*texts[:2]))
    world.site.put("/news/index_2.html", make.listing(*texts[2:]))
    world.site.put("/news/index_3.html", make.listing(*older))
    world.site.put("/news/index_4.html", make.listing(("/news/o0.html", "澄湖区更早的新闻", "2024-01-01")))
    source = world.source(kind="paged_list", pages=pages)
    world.look(source, most=2)
    before = len(world.site.log)
    [look] = archive(world, source, "2025-11-01", "2025-11-01")
    assert dict(look.texts) == {"new": 1}
    assert world.site.paths(before)[-2:] == ["/news/index_4.html", "/news/o1.html"]


def test_a_folder_with_side_files_and_one_that_is_not_there(world: Any, tmp_path: Any, make: Any) -> None:
    folder = tmp_path / "drop"
    folder.mkdir()
    (folder / "a.txt").write_text(WORDS[0], encoding="utf-8")
    (folder / "a.txt.meta.yml").write_text("district: 云川市澄湖区\nlevel: district\npublished: 2026-02\n")
    facts = dict.fromkeys(("address", "entries", "article", "private"))
    source = world.source("drop", kind="folder", path=str(folder), **facts)
    look = world.look(source)
    assert look.seen and dict(look.texts) == {"new": 1}
    assert dict(world.look(source).texts) == {"unchanged": 1}
    gone = world.look(world.source("drop", kind="folder", path=str(folder / "x"), **facts))
    assert not gone.seen and gone.faults


def test_a_later_page_that_was_not_had_is_asked_for_again(world: Any, make: Any, texts: Any) -> None:
    """Though the first page has not changed since: else what the later one names would never be seen."""
    world.site.put(
        "/news/", make.listing(*texts[:2], more='<a class="next" href="/news/index_1.html">下一页</a>')
    )
    world.site.put("/news/index_1.html", "", status=503)
    source = world.source(kind="paged_list", pages={"next": "a.next"})
    assert dict(world.look(source).texts) == {"new": 2}
    world.site.put("/news/index_1.html", make.listing(*texts[2:]))
    world.time.go_to(1)
    assert dict(world.look(source).texts) == {"new": 2, "unchanged": 2}
    assert taken(world) == ALL
