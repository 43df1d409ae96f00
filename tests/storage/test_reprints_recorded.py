"""Edited pages and reprints in a real ledger: a silently changed number is news, a second address is none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from parsers.read import read
from parsers.reading import Declared
from storage.ledger import open_ledger
from storage.queries import changes, commitments, counts, documents
from storage.queries.notes import place_notes
from storage.runs import start_run
from storage.verify import verify
from storage.write import Arrival, record
from tracking.derive import derive

AT = datetime(2026, 5, 1, tzinfo=UTC)
LINES = (
    "澄湖区2019年工作要点",
    "2019年，城镇新增就业{jobs}人。",
    "2019年，新建停车泊位300个。",
    "2019年，打通望湖路北段。",
)


def page(jobs, visits):
    body = "".join(f"<p>{line.format(jobs=jobs)}</p>" for line in LINES)
    counter = f"<script>visits = {visits}</script>"
    return f"<html><head><title>要点</title>{counter}</head><body>{body}</body></html>"


def put(ledger, name, content, day):
    declared = Declared("云川市澄湖区", "district", "2019", type="plan")
    outcome = read(content.encode(), name, declared)
    at = AT + timedelta(days=day)
    run = start_run(ledger, kind="run", parser_version="p1")
    return record(
        ledger, run, [Arrival("invented", name, content.encode(), at, outcome, declared)], derive
    ).documents[0]


def entries(ledger):
    return sorted((e["change"], e["commitment"]["title"]) for e in changes(ledger, include_all=True).entries)


def test_a_text_at_two_addresses_makes_no_second_statement_and_no_news(ledger) -> None:
    put(ledger, "a.html", page(900, 1), 0)
    before, promised = entries(ledger), commitments(ledger)
    copy = (
        "来源：澄湖发布\n\n" + "\n\n".join(line.format(jobs=900) for line in LINES) + "\n\n责任编辑：某某\n"
    )
    assert put(ledger, "b.txt", copy, 1).status == "new"
    assert entries(ledger) == before
    assert [c["statements"] for c in commitments(ledger)] == [c["statements"] for c in promised]
    told = {d["document"]: d["reprint_of"] for d in documents(ledger)}
    assert sorted(told.values(), key=str) in ([None, "a.html"], [None, "b.txt"][::-1], ["b.txt", None])
    assert counts(ledger).documents == 2
    assert [c.wrong for c in verify(ledger, derive=derive, parser_version="p1") if c.wrong] == []


def test_a_page_that_silently_changes_its_number_is_news_though_a_reprint_still_shows_the_old(ledger) -> None:
    put(ledger, "a.html", page(900, 1), 0)
    put(ledger, "b.html", page(900, 7), 1)
    assert put(ledger, "a.html", page(900, 2), 2).status == "unchanged"
    assert put(ledger, "a.html", page(700, 3), 3).status == "edited"
    [edit] = changes(ledger, kinds=["changed"]).entries
    assert (edit["edition_from"], edit["edition_to"]) == ("2019", "2019")
    assert edit["fields"]["value"] == {
        **edit["fields"]["value"],
        "old": 900,
        "new": 700,
        "direction": "lowered",
    }
    assert [p["quote"][-4:] for p in edit["evidence"]] == ["900人", "700人"]
    assert changes(ledger, kinds=["conflict"]).entries == []


MORE = tuple(f"2019年，建成第{n}号口袋公园。" for n in range(1, 6))


def whole(jobs=900, lines=MORE):
    return "\n\n".join((*(line.format(jobs=jobs) for line in LINES), *lines, ""))


def test_copies_that_differ_from_a_text_tell_only_what_they_say_otherwise_in_any_order(database) -> None:
    """Typed anew, a sentence short, with another figure: on either database, whichever comes first."""
    texts = {
        "a.txt": whole(),
        "b.txt": whole().replace("，", ","),
        "c.txt": whole(lines=MORE[:-1]),
        "d.txt": whole(jobs=950),
    }
    told = []
    for number, order in enumerate((list(texts), list(texts)[::-1])):
        with open_ledger(f"{database}{number}" if "://" not in database else database, create=True) as ledger:
            for day, name in enumerate(order):
                put(ledger, name, texts[name], day)
            now = sorted((e["change"], e["commitment"]["title"]) for e in changes(ledger).entries)
            told.append((now, [c["statements"] for c in commitments(ledger)]))
            assert [c.wrong for c in verify(ledger, derive=derive, parser_version="p1") if c.wrong] == []
            copies = {d["document"]: d["reprint_of"] for d in documents(ledger)}
            assert sum(copy is not None for copy in copies.values()) == 2
            assert any("but for one statement" in n for p in place_notes(ledger) for n in p["notes"])
        if "://" in database:
            break  # one database; the same history backwards is what SQLite is asked
    assert told[0] == told[-1]
    assert sum(told[0][1]) == len(LINES) - 1 + len(MORE) + 1
