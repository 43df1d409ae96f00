"""A fortnight of daily looks at a site that lives: what the ledger holds, what is asked, how politely."""

from __future__ import annotations

import contextlib
from datetime import timedelta
from itertools import pairwise
from typing import Any

from flows.fetching.turns import JITTER
from flows.looking import ingest_source
from parsers.sources.health import health
from storage.queries import changes, documents
from storage.queries.watching import watched
from storage.verify import verify
from tracking.derive import derive

REPORT = ("/news/report.html", "2026年澄湖区政府工作报告解读", "2026-02-20")
DEEDS = ("/news/deeds.html", "澄湖区部署2026年民生实事", "2026-02-26")
TRADE = ("/news/trade.html", "澄湖区发布一季度重点安排", "2026-03-01")
PARKS = ("/news/parks.html", "澄湖区口袋公园建设提速", "2026-03-04")
OLD = ("/news/old.html", "澄湖区十年回望", "2016-02-01")

TEXTS = {
    REPORT[0]: "2026年，全区地区生产总值增长6%左右，一般公共预算收入达到96亿元，城镇登记失业率控制在3%以内。",
    DEEDS[0]: "2026年，全区将新建口袋公园20处，改造老旧小区18个，为群众办好十件实事。",
    TRADE[0]: "2026年，全区计划引进亿元以上项目30个，完成外贸进出口总额126亿元，稳住外贸基本盘。",
    PARKS[0]: "今年以来，澄湖区口袋公园建设提速。2026年，全区将新增停车泊位1500个，打通断头路6条。",
    OLD[0]: "2015年，全区完成地区生产总值320亿元，比上年增长8.1%，新增城镇就业9600人。",
}
EDITED = TEXTS[DEEDS[0]].replace("20处", "12处")


class Site:
    """What the district's site shows on each day."""

    def __init__(self, world: Any, make: Any) -> None:
        self.world, self.make = world, make

    def show(self, *texts: tuple[str, str, str], layout: str = "TRS_Editor", **edits: str) -> None:
        """The list of these texts, each with its words (edits: by the name of the page)."""
        for path, title, day in texts:
            words = edits.get(path.rpartition("/")[2].removesuffix(".html"), TEXTS[path])
            self.world.site.put(path, self.make.article(title, day, words, layout=layout))
        self.world.site.put("/news/", self.make.listing(*texts))


def test_a_fortnight(world: Any, make: Any) -> None:
    site, pages = Site(world, make), world.site.pages
    source = world.source(reread="10d")
    seen: dict[int, tuple[dict[str, int], int, int]] = {}

    def look(day: int) -> Any:
        world.time.go_to(day)
        start = len(world.site.log)
        found = world.look(source)
        asked = world.site.log[start:]
        good = [one for one in asked if one.path != "/robots.txt"]
        seen[day] = (dict(found.texts), len(good), sum(one.conditional for one in good))
        for before, after in pairwise(good):
            assert after.at - before.at >= timedelta(seconds=3), "no faster than its file says"
        assert [one.path for one in asked].count("/robots.txt") == 1
        assert found.requests == len(asked)
        return found

    # Monday: four texts, one of them ten years old.
    site.show(DEEDS, TRADE, REPORT, OLD)
    first = look(0)
    assert first.changes["new"] == len(changes(world.ledger).entries) > 0
    expected = [entry["id"] for entry in changes(world.ledger).entries]

    # Nothing happens: only questions whether something did, and none about the old one.
    look(1)
    # A new text.
    site.show(PARKS, DEEDS, TRADE, REPORT, OLD)
    added = look(2).changes["new"]
    # The site is down; then a firewall answers instead; then all is well again.
    kept = dict(pages)
    for path in [*pages]:
        if path != "/robots.txt":
            world.site.put(path, "", status=503)
    look(3)
    for path in [*pages]:
        if path != "/robots.txt":
            world.site.put(path, "<title>访问验证</title>您的访问过于频繁，请完成安全验证后继续访问")
    look(4)
    pages.update(kept)
    look(5)
    assert [e["id"] for e in changes(world.ledger).entries if e["id"] in expected] == expected
    # A text is edited: the parks are fewer now.
    site.show(PARKS, DEEDS, TRADE, REPORT, OLD, deeds=EDITED)
    edit = look(6)
    # The page around a text changes, its words do not.
    pages[TRADE[0]].body = pages[TRADE[0]].body.replace(
        "网站标识码".encode(), "您是第20260309位访客".encode()
    )
    look(7)
    # A text is taken off the site.
    site.show(PARKS, DEEDS, REPORT, OLD, deeds=EDITED)
    del pages[TRADE[0]]
    look(8)
    # Nobody looks for three days; then all is as it was.
    look(12)
    look(13)

    assert seen == {
        0: ({"new": 4}, 5, 0),
        1: ({"unchanged": 2}, 3, 3),
        2: ({"new": 1, "unchanged": 2}, 4, 3),
        3: ({"down": 3}, 12, 12),  # each is asked three times
        4: ({"blocked": 3}, 4, 4),
        5: ({"unchanged": 3}, 4, 4),
        6: ({"unchanged": 2, "changed": 1}, 4, 4),
        7: ({"unchanged": 2}, 3, 3),  # what was put up on 26 February is old now
        8: ({"unchanged": 1, "gone": 1}, 3, 3),
        12: ({"unchanged": 1}, 2, 2),
        13: ({}, 1, 1),
    }

    # The ledger: nothing was withdrawn but by the edit, and that says what it changed.
    assert dict(edit.changes) == {"changed": 1} and not edit.withdrawn
    entries = changes(world.ledger).entries
    assert len(entries) == first.changes["new"] + added + 1
    [changed] = [e for e in entries if e["change"] == "changed"]
    assert changed["fields"] == {"value": {"old": 20, "new": 12, "direction": "lowered", "unit": "处"}}
    assert {e["change"] for e in entries} == {"new", "changed"}, "no absence is told of a site's faults"
    held = {d["document"].rpartition("/")[2]: d["versions"] for d in documents(world.ledger)}
    assert held == {"report.html": 1, "deeds.html": 2, "trade.html": 1, "parks.html": 1, "old.html": 1}

    # The watch: when nobody looked is known, and so is what is wrong now.
    log = watched(world.ledger, [source.id])[source.id]
    assert [look.seen for look in log.looks] == [True, True, True, False, False, *[True] * 6]
    found = health(source.spec, log.looks, world.time.now)
    assert [(gap.since.day, gap.until and gap.until.day, gap.looks) for gap in found.gaps] == [
        (4, 7, 2),
        (10, 14, 0),
    ]
    assert [alarm.kind for alarm in found.alarms] == ["silent"]
    assert [(f["address"].rpartition("/")[2], f["state"]) for f in log.faults] == [("trade.html", "gone")]
    assert [check.wrong for check in verify(world.ledger, derive=derive) if check.wrong] == []
    assert JITTER > 0


def test_a_new_layout_is_a_fault_until_the_selectors_are_mended(world: Any, make: Any) -> None:
    site = Site(world, make)
    site.show(DEEDS, TRADE, REPORT)
    old = world.source()
    world.look(old)
    before = changes(world.ledger).entries
    held = [(d["document"], d["sha256"]) for d in documents(world.ledger)]

    # The site is made anew: texts stand elsewhere on their pages, and on the list.
    site.show(DEEDS, TRADE, REPORT, layout="article-content")
    world.site.put("/news/", make.listing(DEEDS, TRADE, REPORT, css="xinwen"))
    world.time.go_to(1)
    look = world.look(old)
    assert not look.seen and dict(look.texts) == {"unread": 3} and not look.changes and not look.withdrawn
    assert {f["code"] for f in watched(world.ledger)[old.id].faults} == {"no_entries", "selectors"}

    # Mended by its keeper, the new ones beside the old. One text was edited meanwhile.
    entries = {"entry": "ul.news li, ul.xinwen li", "date": "span"}
    article = {"body": ".TRS_Editor, .article-content", "date": ".info"}
    new = world.source(entries=entries, article=article)
    site.show(DEEDS, TRADE, REPORT, layout="article-content", deeds=EDITED)
    world.site.put("/news/", make.listing(DEEDS, TRADE, REPORT, css="xinwen"))
    world.time.go_to(2)
    look = world.look(new)
    assert look.seen and not look.faults and dict(look.texts) == {"unchanged": 2, "changed": 1}
    assert dict(look.changes) == {"changed": 1} and not look.withdrawn
    entries = changes(world.ledger).entries
    assert [e["id"] for e in entries if e["change"] != "changed"] == [e["id"] for e in before]
    after = [(d["document"], d["sha256"]) for d in documents(world.ledger)]
    assert len(set(after) - set(held)) == 1, "only the edited text has another version"
    assert watched(world.ledger)[new.id].faults == []


def test_two_sources_on_one_host_keep_the_longer_pause_of_both(world: Any, make: Any) -> None:
    site = Site(world, make)
    site.show(DEEDS, TRADE, REPORT)
    starts = []
    with world.web() as web:
        for name, pause in (("hasty", 1), ("patient", 9), ("again", 1)):
            source = world.source(name, rate={"pause": pause})
            starts.append(len(world.site.log))
            ingest_source(world.ledger, source, world.time, web=web)
    gaps = [after.at - before.at for before, after in pairwise(world.site.log[starts[1] :])]
    assert len(gaps) == 7 and min(gaps) >= timedelta(seconds=9)


def test_two_looks_in_one_minute_are_one(world: Any, make: Any) -> None:
    site = Site(world, make)
    site.show(DEEDS, TRADE, REPORT)
    world.look()
    before = changes(world.ledger).entries
    again = world.look()
    assert dict(again.texts) == {"unchanged": 3} and not again.changes and not again.withdrawn
    assert changes(world.ledger).entries == before


def test_a_look_that_was_cut_off_is_taken_up_by_the_next(world: Any, make: Any) -> None:
    """The list was read, then the machine went: what it named is not lost behind “not modified”."""
    site = Site(world, make)
    site.show(DEEDS, TRADE, REPORT)

    def fails(*_: Any) -> Any:
        raise KeyboardInterrupt

    with contextlib.suppress(KeyboardInterrupt):
        world.look(store=fails)
    assert (
        documents(world.ledger) == [] and watched(world.ledger, ["chenghu-news"])["chenghu-news"].looks == []
    )
    world.time.go_to(1)
    assert dict(world.look().texts) == {"new": 3}
    assert len(documents(world.ledger)) == 3


def test_what_does_not_fit_into_one_look_waits_for_the_next(world: Any, make: Any) -> None:
    site = Site(world, make)
    site.show(DEEDS, TRADE, REPORT)
    look = world.look(most=2)
    assert dict(look.texts) == {"new": 2} and look.waiting == 1
    world.time.go_to(1)
    look = world.look()
    assert dict(look.texts) == {"new": 1, "unchanged": 2} and look.waiting == 0


def test_a_newer_parser_reads_again_what_is_only_known_by_its_hash(world: Any, make: Any) -> None:
    """“Not modified” is no answer then: the bytes are asked for."""
    from storage.runs import start_run

    site = Site(world, make)
    site.show(DEEDS)
    world.look(run=start_run(world.ledger, kind="ingest", parser_version="older"))
    world.time.go_to(1)
    before = len(world.site.log)
    look = world.look()
    assert not look.faults and not look.withdrawn
    assert [a.status for a in world.site.log[before:] if a.path == DEEDS[0]] == [304, 200]
