"""What a site does wrong is a fault of the source, told apart by kind: never content, and never a removal."""

from __future__ import annotations

import gzip
import time as wall
import zlib
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from flows.fetching.answers import Limits
from parsers.sources.health import health
from storage.queries import changes, documents
from storage.queries.watching import watched

WORDS = "2026年，全区将新建口袋公园20处，改造老旧小区18个，为群众办好十件实事。"
MORE = "2026年，全区将新建幼儿园12所，新增学位3600个，打通断头路6条。"
GOOD = ("/news/good.html", "澄湖区部署2026年民生实事", "2026-02-26")
BAD = ("/news/bad.html", "澄湖区公布2026年重点项目", "2026-02-27")

BLOCK = "<html><title>访问验证</title><body><p>您的访问过于频繁，请完成安全验证后继续访问</p></body></html>"
LOGIN = "<html><title>用户登录</title><form>用户名：<input><br>密码：<input type=password></form></html>"
ERROR = "<html><title>页面不存在</title><body><p>抱歉，您访问的页面不存在或已被删除。</p></body></html>"
OTHER = "<html><title>{t}</title><body><h1>{t}</h1><div class=new><p>{w}</p></div></body></html>"


@pytest.fixture
def site(site: Any, make: Any) -> Any:
    """A list of two texts, of which one is good."""
    site.put("/news/", make.listing(GOOD, BAD))
    site.put(GOOD[0], make.article(*GOOD[1:], WORDS))
    return site


def fault_of(world: Any, **more: Any) -> tuple[str, str]:
    """State and code that the bad text was found in; the good one was taken all the same."""
    look = world.look(**more)
    assert look.seen and look.texts["new"] == 1
    assert [d["title"] for d in documents(world.ledger)] == [GOOD[1]]
    [fault] = watched(world.ledger, ["chenghu-news"])["chenghu-news"].faults
    assert fault["address"].endswith(BAD[0]) and fault["detail"]
    return fault["state"], fault["code"]


@pytest.mark.parametrize(
    ("html", "state", "code"),
    [
        (BLOCK, "blocked", "block_page"),
        (LOGIN, "blocked", "login_page"),
        (ERROR, "gone", "error_page"),
        (OTHER.format(t=BAD[1], w=WORDS), "unread", "selectors"),
    ],
)
def test_a_page_that_is_not_the_text_is_no_content(world: Any, html: str, state: str, code: str) -> None:
    world.site.put(BAD[0], html)
    assert fault_of(world) == (state, code)


@pytest.mark.parametrize(
    ("status", "state"),
    [(404, "gone"), (410, "gone"), (403, "blocked"), (412, "blocked"), (521, "blocked"), (500, "down")],
)
def test_a_status_tells_gone_from_blocked_from_down(world: Any, status: int, state: str) -> None:
    world.site.put(BAD[0], "x", status=status)
    assert fault_of(world) == (state, f"http_{status}")


def test_a_text_that_leads_to_the_front_page_is_gone(world: Any) -> None:
    world.site.put("/", "<html><title>澄湖区人民政府</title></html>")
    world.site.put(BAD[0], "", status=302, headers={"Location": "/"})
    assert fault_of(world) == ("gone", "soft_404")


def test_a_redirect_to_a_text_is_followed_and_counted(world: Any, make: Any) -> None:
    world.site.put(BAD[0], "", status=301, headers={"Location": "/news/moved.html"})
    world.site.put("/news/moved.html", make.article(*BAD[1:], MORE))
    look = world.look()
    assert look.texts["new"] == 2 and look.requests == 1 + 1 + 1 + 2
    assert {d["document"].rsplit("/", 1)[-1] for d in documents(world.ledger)} == {"good.html", "bad.html"}


def test_a_loop_of_redirects_ends(world: Any) -> None:
    world.site.put(BAD[0], "", status=302, headers={"Location": BAD[0]})
    assert fault_of(world) == ("down", "redirects")
    assert world.site.paths().count(BAD[0]) == Limits().redirects + 1


def endless() -> Iterator[bytes]:
    yield b"<html>"
    while True:
        yield b"<p>" + b"a" * 60_000


def dripping() -> Iterator[bytes]:
    yield b"<html>"
    while True:
        wall.sleep(0.1)
        yield b"."


def silent() -> Iterator[bytes]:
    yield b"<html>"
    wall.sleep(2)
    yield b"</html>"


@pytest.mark.parametrize(
    ("parts", "code"), [(endless, "too_large"), (dripping, "endless"), (silent, "timeout")]
)
def test_a_page_that_does_not_end_costs_no_more_than_its_limit(world: Any, parts: Any, code: str) -> None:
    world.site.put(BAD[0], "", parts=parts)
    began = wall.monotonic()
    assert fault_of(world) == ("down", code)
    assert wall.monotonic() - began < 20


def test_a_page_that_unpacks_to_more_than_the_limit_is_not_unpacked(world: Any) -> None:
    bomb = gzip.compress(b"<p>" + b"0" * 200_000_000, 9)
    assert len(bomb) < 250_000
    world.site.put(BAD[0], "", headers={"Content-Encoding": "gzip"})
    world.site.pages[BAD[0]].body = bomb
    assert fault_of(world) == ("down", "too_large")


@pytest.mark.parametrize("packing", ["gzip", "deflate", "raw deflate"])
def test_packed_pages_are_read(world: Any, make: Any, packing: str) -> None:
    page = make.article(*BAD[1:], MORE).encode()
    raw = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = {
        "gzip": gzip.compress(page),
        "deflate": zlib.compress(page),
        "raw deflate": raw.compress(page) + raw.flush(),
    }
    world.site.put(BAD[0], "", headers={"Content-Encoding": packing.rpartition(" ")[2]})
    world.site.pages[BAD[0]].body = packed[packing]
    assert world.look().texts == {"new": 2}


def test_a_packed_page_that_is_cut_off_is_no_content(world: Any, make: Any) -> None:
    page = gzip.compress(make.article(*BAD[1:], WORDS).encode())
    world.site.put(BAD[0], "", headers={"Content-Encoding": "gzip"})
    world.site.pages[BAD[0]].body = page[: len(page) // 2]
    assert fault_of(world) == ("down", "cut_off")


def test_one_notice_at_many_addresses_is_no_text(world: Any, make: Any) -> None:
    bad = [(f"/news/{n}.html", f"澄湖区第{n}批民生实事清单", "2026-02-20") for n in range(4)]
    notice = make.article("澄湖区网站升级公告", "2026-02-28", "2026年3月，本网站将完成升级，新建栏目20个。")
    for path, *_ in bad:
        world.site.put(path, notice)
    world.site.put("/news/", make.listing(GOOD, *bad))
    look = world.look()
    assert dict(look.texts) == {"new": 1, "gone": 4}
    assert [d["title"] for d in documents(world.ledger)] == [GOOD[1]]


@pytest.mark.parametrize(
    ("html", "state", "code"),
    [
        (BLOCK, "blocked", "block_page"),
        (LOGIN, "blocked", "login_page"),
        (ERROR, "gone", "error_page"),
        (
            "<html><title>澄湖要闻</title><ul class=neu><li><a href=/x>新版</a></ul></html>",
            "unread",
            "no_entries",
        ),
        ("", "unread", "no_entries"),
    ],
)
def test_a_list_that_shows_no_entries_is_a_fault_and_removes_nothing(
    world: Any, make: Any, html: str, state: str, code: str
) -> None:
    world.site.put(BAD[0], make.article(*BAD[1:], MORE))
    world.look()
    before = [changes(world.ledger).entries, documents(world.ledger)]
    world.site.put("/news/", html)
    world.time.go_to(1)
    look = world.look()
    assert not look.seen and not look.changes and not look.withdrawn
    assert look.texts == {"unchanged": 2}
    assert [changes(world.ledger).entries, [d["sha256"] for d in documents(world.ledger)]] == [
        before[0],
        [d["sha256"] for d in before[1]],
    ]
    [fault] = watched(world.ledger, ["chenghu-news"])["chenghu-news"].faults
    assert (fault["role"], fault["state"], fault["code"]) == ("list", state, code)


def test_a_text_that_is_gone_later_stays_in_the_ledger(world: Any, make: Any) -> None:
    world.site.put(BAD[0], make.article(*BAD[1:], MORE))
    world.look()
    held = len(changes(world.ledger).entries)
    del world.site.pages[BAD[0]]
    world.site.put("/news/", make.listing(GOOD))
    world.time.go_to(1)
    look = world.look()
    assert look.seen and dict(look.texts) == {"unchanged": 1, "gone": 1} and not look.withdrawn
    assert len(changes(world.ledger).entries) == held and len(documents(world.ledger)) == 2


def test_what_a_site_does_becomes_an_alarm(world: Any, make: Any) -> None:
    """Silence, a list that shrinks, faults again and again, and nobody looking: each by itself."""
    entries = [(f"/news/{n}.html", f"澄湖区第{n}批民生实事清单", "2026-02-20") for n in range(12)]
    for number, (path, title, day) in enumerate(entries):
        world.site.put(path, make.article(title, day, MORE if number else WORDS))
    source = world.source(only={"text": "口袋公园"}, rate={"most": 1})

    def alarms(day: int, shown: Any = None) -> list[str]:
        world.time.go_to(day)
        if shown is not None:
            world.site.put("/news/", shown)
        world.look(source)
        return now()

    def now() -> list[str]:
        looks = watched(world.ledger, [source.id])[source.id].looks
        return [alarm.kind for alarm in health(source.spec, looks, world.time.now).alarms]

    assert alarms(0, make.listing(*entries)) == []
    assert [alarms(day) for day in (2, 4, 5)] == [[], [], []]
    assert alarms(7) == ["silent"]
    assert alarms(8, make.listing(*entries[:5])) == ["few", "silent"]
    assert [alarms(9, "维护中"), alarms(10)] == [["silent"], ["silent"]]
    assert alarms(11) == ["faults", "silent"]
    assert alarms(12, make.listing(*entries)) == ["silent"]
    world.time.go_to(15)
    assert now() == ["unlooked", "silent"]


def test_too_few_entries_are_taken_but_said(world: Any) -> None:
    source = world.source(expect={"least": 5})
    look = world.look(source)
    assert not look.seen and look.texts["new"] == 1
    assert any(state == "unread" and "fewer than 5" in told for _, state, told in look.faults)


def test_too_many_entries_are_not_taken(world: Any) -> None:
    look = world.look(world.source(expect={"most": 1}))
    assert not look.seen and not look.texts


def test_what_is_ignored_by_name_is_never_asked_for(world: Any) -> None:
    look = world.look(world.source(ignore=[{"title": "重点项目", "why": "told elsewhere"}]))
    assert (look.listed, dict(look.texts), look.faults) == (2, {"new": 1}, [])
    assert BAD[0] not in world.site.paths()


def test_a_text_about_another_place_is_left_out(world: Any, make: Any) -> None:
    world.site.put(BAD[0], make.article(*BAD[1:], "2026年，东江区将新建幼儿园12所。"))
    source = world.source(only={"text": "口袋公园"})
    assert dict(world.look(source).texts) == {"new": 1, "left": 1}
    world.time.go_to(1)
    assert dict(world.look(source).texts) == {"unchanged": 1, "left": 1}
    assert len(documents(world.ledger)) == 1


def test_robots_rules_hold(world: Any) -> None:
    world.site.put("/robots.txt", "User-agent: *\nDisallow: /news/bad\nCrawl-delay: 7\n")
    assert fault_of(world) == ("blocked", "robots")
    assert BAD[0] not in world.site.paths()
    asked = [a.at for a in world.site.log if a.path != "/robots.txt"]
    assert all((b - a).total_seconds() >= 7 for a, b in pairwise(asked))


def test_a_site_that_does_not_show_its_rules_is_left_alone(world: Any) -> None:
    world.site.put("/robots.txt", "", status=503)
    look = world.look()
    assert not look.seen and world.site.paths() == []


def test_a_page_that_stands_in_for_robots_holds_no_rules(world: Any) -> None:
    world.site.put("/robots.txt", "<html>User-agent: *\nDisallow: /</html>")
    assert world.look().seen


def test_retry_after_is_waited_for_where_it_is_short(world: Any, make: Any) -> None:
    world.site.put(BAD[0], "", status=429, headers={"Retry-After": "40"})
    assert fault_of(world) == ("blocked", "http_429")
    asked = [a.at for a in world.site.log if a.path == BAD[0]]
    assert len(asked) == 3
    assert all((b - a).total_seconds() >= 40 for a, b in pairwise(asked))


def test_retry_after_that_is_long_ends_the_look(world: Any) -> None:
    world.site.put("/news/", "", status=503, headers={"Retry-After": "7200"})
    look = world.look()
    assert world.site.paths() == ["/news/"] and not look.seen
    assert look.not_before is not None and (look.not_before - world.time.now).total_seconds() > 7000


def test_a_site_that_gives_nothing_is_left_in_peace_after_a_while(world: Any, make: Any) -> None:
    many = [(f"/news/{n}.html", f"澄湖区第{n}批民生实事清单", "2026-02-20") for n in range(20)]
    for path, *_ in many:
        world.site.put(path, "", status=403)
    world.site.put("/news/", make.listing(*many))
    look = world.look()
    assert look.texts == {"blocked": 5} and look.waiting == 15


def test_pages_of_one_host_are_asked_for_in_turn_and_say_who_asks(world: Any) -> None:
    world.look()
    asked = [a.at for a in world.site.log if a.path != "/robots.txt"]
    assert all((b - a).total_seconds() >= 3 for a, b in pairwise(asked))
    assert all(a.agent.startswith("duixian/") for a in world.site.log)
    assert world.site.log[0].path == "/robots.txt" and world.site.paths().count("/robots.txt") == 0


def test_a_text_that_cannot_be_read_is_held_with_its_reason(world: Any, make: Any) -> None:
    world.site.put(BAD[0], make.article(*BAD[1:], "请各位读者注意查收。"))
    look = world.look()
    assert dict(look.texts) == {"new": 2} and len(look.refusals) == 1
    world.time.go_to(1)
    assert dict(world.look().texts) == {"unchanged": 2}


def test_what_the_clerk_of_a_site_cannot_spell_is_no_crash(world: Any, make: Any) -> None:
    hrefs = ("http://[::1", "http://a:b/c", "ftp://x/y", "javascript:void(0)", "http://")
    odd = [(href, "地址写错了的条目", "2026-02-01") for href in hrefs]
    world.site.put("/news/", make.listing(*odd, GOOD))
    assert world.look().texts == {"new": 1}
