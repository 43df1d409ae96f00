"""A look at a source: what is listed is fetched, stored and compared; what is known is only asked about."""

from __future__ import annotations

from typing import Any

from storage.queries import documents


def put_news(site: Any, make: Any) -> None:
    """Two texts and the list that names them."""
    entries = []
    for number, (title, day, words) in enumerate(
        [
            ("澄湖区部署2026年民生实事", "2026-02-26", "2026年，全区将新建口袋公园20处，改造老旧小区18个。"),
            ("澄湖区去年外贸成绩出炉", "2026-02-27", "2025年，全区完成外贸进出口总额126亿元，增长8.2%。"),
        ],
        1,
    ):
        path = f"/news/t{number}.html"
        site.put(path, make.article(title, day, words))
        entries.append((path, title, day))
    site.put("/news/", make.listing(*entries))


def test_texts_of_a_list_are_taken_in_with_place_and_date(world: Any, make: Any) -> None:
    put_news(world.site, make)
    look = world.look()
    assert (look.seen, look.listed, dict(look.texts), look.faults) == (True, 2, {"new": 2}, [])
    found = documents(world.ledger)
    assert [(d["district"], d["source"]) for d in found] == [("云川市澄湖区", "chenghu-news")] * 2


def test_a_second_look_only_asks_whether_something_changed(world: Any, make: Any) -> None:
    put_news(world.site, make)
    world.look()
    before = len(world.site.log)
    world.time.go_to(1)
    look = world.look()
    assert dict(look.texts) == {"unchanged": 2} and not look.changes
    again = [asked for asked in world.site.log[before:] if asked.path != "/robots.txt"]
    assert [(asked.conditional, asked.status) for asked in again] == [(True, 304)] * 3
