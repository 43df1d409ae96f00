"""What recording keeps, skips and holds back, on both databases."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select, text

from storage.errors import BrokenInvariant, LedgerError
from storage.ledger import Ledger
from storage.models import Commit, Sighting, VersionRow
from storage.queries import changes, commitments, counting, counts, documents, quarantine, story
from storage.queries.counting import Counts
from storage.readings import stale_texts, text_of
from storage.runs import finish_run, start_run
from storage.verify import verify
from storage.write import record


@pytest.fixture
def put(ledger: Ledger, world):
    def _put(*arrivals, parser="p1"):
        run = start_run(ledger, kind="run", parser_version=parser)
        outcome = record(ledger, run, arrivals, world.derive)
        finish_run(ledger, run, status="completed")
        return outcome

    return _put


def kinds(log) -> list[tuple[str, str | None, str | None]]:
    return [(e["change"], e["edition_from"], e["edition_to"]) for e in log.entries]


def test_a_promise_and_its_successor_become_new_and_changed(ledger, world, put) -> None:
    put(world.arrival("a.txt", world.text("道路 3"), year="2018"))
    outcome = put(world.arrival("b.txt", world.text("道路 5"), year="2019"))
    assert [d.status for d in outcome.documents] == ["new"]
    assert outcome.changes == {"changed": 1}
    entries = changes(ledger).entries
    assert kinds(changes(ledger)) == [("new", None, "2018"), ("changed", "2018", "2019")]
    assert entries[1]["fields"] == {"value": {"old": 3, "new": 5, "direction": "raised"}}
    assert [e["quote"] for e in entries[1]["evidence"]] == ["道路 3", "道路 5"]
    assert [e["document"] for e in entries[1]["evidence"]] == ["a.txt", "b.txt"]
    assert entries[1]["commitment"]["title"] == "道路"


def test_recording_the_same_again_appends_only_that_it_was_seen(ledger, world, put) -> None:
    arrival = world.arrival("a.txt", world.text("道路 3"))
    head = put(arrival).head
    again = put(arrival)
    assert [d.status for d in again.documents] == ["unchanged"]
    assert again.commit is None
    assert again.head == head
    with ledger.reading() as connection:
        assert connection.execute(select(func.count()).select_from(Commit)).scalar() == 1
        assert connection.execute(select(func.count()).select_from(Sighting)).scalar() == 2


def test_other_furniture_round_the_same_body_is_no_new_version(ledger, world, put) -> None:
    put(world.arrival("a.html", world.text("道路 3", furniture="visits: 1"), day=1))
    outcome = put(world.arrival("a.html", world.text("道路 3", furniture="visits: 2"), day=2))
    assert outcome.documents[0].status == "unchanged"
    with ledger.reading() as connection:
        assert connection.execute(select(func.count()).select_from(VersionRow)).scalar() == 1
    (document,) = documents(ledger)
    assert (document["first_seen"], document["last_seen"]) == ("2026-01-02T00:00:00Z", "2026-01-03T00:00:00Z")


def test_an_edited_page_is_a_new_version_that_replaces_the_old(ledger, world, put) -> None:
    put(world.arrival("a.html", world.text("道路 3"), day=1))
    outcome = put(world.arrival("a.html", world.text("道路 4"), day=2))
    assert outcome.documents[0].status == "edited"
    assert outcome.withdrawn == {"new": 1}
    assert [e["evidence"][-1]["quote"] for e in changes(ledger).entries] == ["道路 4"]


def test_a_page_that_went_back_to_its_old_words_shows_them_now(ledger, world, put) -> None:
    for day, line in enumerate(("道路 3", "道路 4", "道路 3")):
        put(world.arrival("a.html", world.text(line), day=day))
    assert [e["evidence"][-1]["quote"] for e in changes(ledger).entries] == ["道路 3"]


def test_a_late_document_replaces_a_conclusion_without_editing_it(ledger, world, put) -> None:
    put(world.arrival("a.txt", world.text("道路 3"), year="2018"))
    put(world.arrival("c.txt", world.text("道路 9"), year="2020"))
    before = ledger.clock()
    put(world.arrival("b.txt", world.text("道路 5"), year="2019"))
    assert kinds(changes(ledger)) == [
        ("new", None, "2018"),
        ("changed", "2018", "2019"),
        ("changed", "2019", "2020"),
    ]
    superseded = [e for e in changes(ledger, include_all=True).entries if e["superseded_by"]]
    assert kinds_of(superseded) == [("changed", "2018", "2020")]
    follower = {e["id"]: e for e in changes(ledger).entries}[superseded[0]["superseded_by"]]
    assert follower["edition_to"] == "2020"
    assert kinds(changes(ledger, known_at=before)) == [("new", None, "2018"), ("changed", "2018", "2020")]


def kinds_of(entries) -> list[tuple[str, str | None, str | None]]:
    return [(e["change"], e["edition_from"], e["edition_to"]) for e in entries]


def test_another_id_of_the_same_thread_is_an_alias_and_no_news(ledger, world, put) -> None:
    firsts = {}
    for year in range(2010, 2020):
        outcome = put(world.arrival(f"{year}.txt", world.text(f"道路 {year}"), year=str(year)))
        assert sum(outcome.changes.values()) == 1
        firsts[str(year)] = outcome.commit
        (thread,) = commitments(ledger)
        firsts.setdefault("ids", []).append(thread["id"])
    entries = changes(ledger).entries
    assert len(entries) == len(changes(ledger, include_all=True).entries) == 10
    assert len(set(firsts["ids"])) > 1, "the history must have brought a smaller key"
    assert len({e["recorded_at"] for e in entries}) == 10
    assert all(story(ledger, name)["id"] == thread["id"] for name in firsts["ids"])
    assert len(story(ledger, thread["id"])["changes"]) == 10


def test_what_is_refused_is_held_with_its_reason_until_it_can_be_read(ledger, world, put) -> None:
    outcome = put(world.arrival("a.txt", world.text("拒")), world.refused("b.txt"))
    assert [(d.status, d.code) for d in outcome.documents] == [
        ("refused", "no_statement"),
        ("refused", "unreadable"),
    ]
    assert {(q["document"], q["code"]) for q in quarantine(ledger)} == {
        ("a.txt", "no_statement"),
        ("b.txt", "unreadable"),
    }
    assert put(world.arrival("a.txt", world.text("拒"))).commit is None
    put(world.arrival("b.txt", world.text("道路 3"), day=1))
    assert [q["document"] for q in quarantine(ledger)] == ["a.txt"]
    assert {q["status"] for q in quarantine(ledger, closed=True)} == {"held", "released"}


def test_a_better_parser_supersedes_with_its_own_cause(ledger, world, put) -> None:
    arrival = world.arrival("a.txt", world.text("道路 3", "桥 2"))
    put(arrival)
    (stale,) = stale_texts(ledger, "p2")
    assert (stale.content, stale.locator, stale.observed_at) == (
        arrival.content,
        "a.txt",
        arrival.observed_at,
    )
    fewer = arrival.outcome.__class__(
        **{
            **{f: getattr(arrival.outcome, f) for f in arrival.outcome.__dataclass_fields__},
            "statements": arrival.outcome.statements[:1],
        }
    )
    reread = arrival.__class__(
        "invented", "a.txt", arrival.content, arrival.observed_at, fewer, arrival.declared
    )
    outcome = put(reread, parser="p2")
    assert outcome.documents[0].status == "reread"
    assert outcome.withdrawn == {"new": 1}
    assert list(stale_texts(ledger, "p2")) == []
    assert counts(ledger).statements == {"target": 1}


def test_a_parser_that_changes_nothing_stores_no_statement_twice(ledger, world, put) -> None:
    arrival = world.arrival("a.txt", world.text("道路 3"))
    put(arrival)
    outcome = put(arrival, parser="p2")
    assert outcome.changes == {}
    assert counts(ledger).statements == {"target": 1}
    assert documents(ledger)[0]["parser_version"] == "p2"


def test_a_wrong_quote_stops_everything_and_leaves_the_ledger_as_it_was(ledger, world, put) -> None:
    put(world.arrival("a.txt", world.text("道路 3"), year="2018"))

    def lying(versions):
        (derived,) = world.derive(versions)
        first = derived.changes[0]
        wrong = first.evidence[0].__class__("new", first.evidence[0].sha256, ((0, 1),), "别的话")
        values = {f: getattr(first, f) for f in first.__dataclass_fields__}
        return [derived.__class__((), (), (first.__class__(**{**values, "evidence": (wrong,)}),))]

    run = start_run(ledger, kind="run", parser_version="p1")
    with pytest.raises(BrokenInvariant):
        record(ledger, run, [world.arrival("b.txt", world.text("道路 4"), year="2019")], lying)
    assert len(documents(ledger)) == 1
    assert all(check.wrong is None for check in verify(ledger))


def test_a_time_without_zone_is_refused(ledger, world, put) -> None:
    arrival = world.arrival("a.txt", world.text("道路 3"))
    naive = arrival.__class__("invented", "a.txt", arrival.content, datetime(2026, 1, 1), arrival.outcome)
    with pytest.raises(BrokenInvariant, match="time zone"):
        put(naive)


def test_recorded_at_increases_even_when_the_clock_steps_back(ledger, world, put, clock) -> None:
    put(world.arrival("a.txt", world.text("道路 3")))
    clock.now -= timedelta(days=400)
    put(world.arrival("b.txt", world.text("桥 3")))
    with ledger.reading() as connection:
        times = connection.execute(select(Commit.recorded_at).order_by(Commit.seq)).scalars().all()
    assert times[0] < times[1]


def test_dates_count_as_their_last_possible_day(ledger, world, put) -> None:
    put(
        world.arrival("a.txt", world.text("道路 3"), year="2018"),
        world.arrival("b.txt", world.text("桥 3"), year="2019"),
    )
    day = datetime(2018, 12, 30).date()
    assert changes(ledger, as_of=day).entries == []
    assert len(changes(ledger, as_of=day + timedelta(days=1)).entries) == 1
    assert len(changes(ledger, since=day + timedelta(days=2)).entries) == 1
    assert len(changes(ledger, until=day + timedelta(days=2)).entries) == 1


def test_names_shown_are_the_shortest_that_tell_documents_apart(ledger, world, put) -> None:
    put(
        world.arrival("/home/somebody/x/a.txt", world.text("道路 3"), source="files"),
        world.arrival("/home/somebody/y/a.txt", world.text("道路 4"), source="files"),
        world.arrival("b.txt", world.text("桥 4")),
        world.arrival("https://example.org/c/a.txt", world.text("桥 5"), source="web"),
    )
    assert {d["document"] for d in documents(ledger)} == {
        "x/a.txt",
        "y/a.txt",
        "b.txt",
        "https://example.org/c/a.txt",
    }


def test_stored_text_is_the_text_that_was_read(ledger, world, put) -> None:
    content = world.text("道路 3")
    sha256 = put(world.arrival("a.txt", content)).documents[0].sha256
    assert text_of(ledger, sha256) == content


def test_nothing_can_be_changed_or_deleted(ledger, world, put) -> None:
    put(world.arrival("a.txt", world.text("道路 3")))
    for statement in ("UPDATE changes SET change = 'dropped'", "DELETE FROM changes", "DELETE FROM blobs"):
        with pytest.raises(LedgerError, match="append-only"), ledger.writing() as connection:
            connection.exec_driver_sql(statement)


def test_what_a_stricter_parser_refuses_no_longer_stands(ledger, world, put) -> None:
    arrival = world.arrival("a.txt", world.text("道路 3"))
    put(arrival)
    refusal = world.refused("a.txt").outcome
    again = arrival.__class__(
        "invented", "a.txt", arrival.content, arrival.observed_at, refusal, arrival.declared
    )
    outcome = put(again, parser="p2")
    assert outcome.withdrawn == {"new": 1}
    assert documents(ledger) == []
    assert [q["document"] for q in quarantine(ledger)] == ["a.txt"]


def figures_checked(ledger: Ledger):
    """What the check of the figures kept beside the ledger says."""
    return next(check for check in verify(ledger) if check.name.startswith("figures kept"))


def test_what_is_held_is_counted_as_it_comes(ledger, world, put, monkeypatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("the whole ledger was counted")

    with monkeypatch.context() as patched:
        patched.setattr(counting, "counted", never)
        put(world.arrival("a.txt", world.text("道路 3", "公园 1"), year="2018", day=1))
        put(world.arrival("b.txt", world.text("道路 5"), year="2019"), world.refused("c.txt"))
        assert counts(ledger) == Counts(2, {"target": 3}, 2, {"changed": 1, "new": 2}, 1)
        put(world.arrival("a.txt", world.text("道路 6"), year="2018", day=2))
        put(world.arrival("c.txt", world.text("道路 3"), district="云泽区", day=2))
        assert counts(ledger) == Counts(3, {"target": 3}, 2, {"changed": 1, "new": 2}, 0)
        # Old words again: no new row but that they were seen, and other statements stand.
        put(world.arrival("a.txt", world.text("道路 3", "公园 1"), year="2018", day=3))
        assert counts(ledger) == Counts(3, {"target": 4}, 3, {"changed": 1, "new": 3}, 0)
    assert figures_checked(ledger).looked_at == 5
    assert figures_checked(ledger).wrong is None


def test_figures_that_somebody_wrote_over_are_found(ledger, world, put) -> None:
    put(world.arrival("a.txt", world.text("道路 3"), year="2018"))
    with ledger.writing() as connection:
        rows = connection.execute(
            text("SELECT content FROM remembered WHERE part = 'log 示例省云州市云溪区'")
        )
        assert [bytes(content) for content in rows.scalars()] == [b'{"new": 1}']
        change = text("UPDATE remembered SET content = :no WHERE part = 'log 示例省云州市云溪区'")
        connection.execute(change, {"no": b'{"new": 2}'})
    assert "entries of 示例省云州市云溪区 kept are" in (figures_checked(ledger).wrong or "")


def test_a_ledger_without_figures_is_counted_with_the_next_write(ledger, world, put) -> None:
    put(world.arrival("a.txt", world.text("道路 3"), year="2018"))
    with ledger.writing() as connection:
        connection.execute(text("DELETE FROM remembered"))
    assert figures_checked(ledger).note == "none are kept yet: the next run counts once"
    assert counts(ledger).changes == {"new": 1}
    put(world.arrival("b.txt", world.text("道路 5"), year="2019"))
    assert (figures_checked(ledger).looked_at, figures_checked(ledger).wrong) == (4, None)
    assert counts(ledger).changes == {"changed": 1, "new": 1}
