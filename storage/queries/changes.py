"""The change log as it is asked for."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from storage.among import among
from storage.asking import Ask, Prepared, ask, rows_of, together
from storage.ledger import Ledger
from storage.models import ChangeRow
from storage.queries.facts import ask_commits, ask_threads, moment, seqs_of_run, standing
from storage.queries.naming import ask_names_then, other_names
from storage.queries.quotes import TEXTS, Words, ask_bytes, quotes
from storage.queries.replies import beside, replies
from storage.queries.superseding import Superseded, superseding
from storage.queries.tails import ask_names
from storage.queries.veil import Veil
from storage.reading_facts import ask_facts, facts_of, readings_by_version
from storage.remembering import remembers
from storage.selecting import last_commit
from storage.statement_rows import spans_of
from storage.withholding import LABEL, ask_kinds_ruled

_T = ChangeRow.__table__


@dataclass(frozen=True)
class ChangeLog:
    """Entries by the date they were said on, in the shape of `duixian changes --json`.

    undated: how many more there are whose date is unknown, which a question about dates leaves out.
    """

    entries: list[dict[str, Any]]
    undated: int = 0


def changes(
    ledger: Ledger,
    *,
    district: str | None = None,
    level: str | None = None,
    kinds: Collection[str] = (),
    since: date | None = None,
    until: date | None = None,
    as_of: date | None = None,
    known_at: datetime | None = None,
    include_all: bool = False,
    run: str | None = None,
    commitment: str | None = None,
) -> ChangeLog:
    """Entries that hold (or held at `known_at`). An imprecise date counts as its last possible day.

    district: full name. kinds: none means all but restated; include_all adds restated and superseded entries.
    run: only what this run was the first to say. commitment: id of one thread.
    """
    with ledger.reading() as connection:
        by_key = commitment is not None and not kinds
        upto, _ = together(connection, last_commit(known_at), ask_kinds_ruled(connection), by_key=by_key)
        named = {"district": district, "level": level, "commitment": commitment, "run": run}
        told: dict[str, Any] = {name: value for name, value in named.items() if value is not None}
        if kinds:
            told["kinds"] = sorted(kinds)
        query = _asking_for(frozenset(told), include_all)
        rows = (
            ask(connection, Ask(rows_of, query, {**told, "upto": upto}))
            if by_key
            else connection.execute(query.statement, {**told, "upto": upto}).all()
        )
        undated = 0
        if since or until or as_of:
            undated = sum(row.said_last is None for row in rows)
            rows = [row for row in rows if row.said_last and _between(row.said_last, since, until, as_of)]
        gone = superseding(connection, rows, upto) if include_all else {}
        if include_all:
            refiled = _refiled(rows)
            rows = [row for row in rows if row.seq in gone or row.seq not in refiled]
        entries = render(connection, rows, upto, gone)
    entries.sort(key=lambda e: (e["said_on"] or "9999", e["district"], e["id"], e["recorded_at"]))
    return ChangeLog(entries, undated)


@cache
def _asking_for(told: frozenset[str], include_all: bool) -> Prepared:
    """The statement for a question that names these; built once for each kind of question."""
    upto = bindparam("upto", type_=_T.c.commit_seq.type)
    said = select(*_T.c).where(_T.c.op == "assert", _T.c.commit_seq <= upto)
    query = said if include_all else standing(ChangeRow, upto)
    for name in sorted(told & {"district", "level", "commitment"}):
        query = query.where(_T.c[name] == bindparam(name))
    if "kinds" in told:
        query = query.where(_T.c.change.in_(bindparam("kinds", expanding=True)))
    elif not include_all:
        query = query.where(_T.c.change != "restated")
    if "run" in told:
        query = query.where(_T.c.first_seq.in_(seqs_of_run(bindparam("run"))))
    return Prepared(query)


def _between(last: str, since: date | None, until: date | None, as_of: date | None) -> bool:
    return (
        (since is None or last >= since.isoformat())
        and (until is None or last <= until.isoformat())
        and (as_of is None or last <= as_of.isoformat())
    )


def _refiled(rows: Sequence[Row[Any]]) -> set[int]:
    """Rows that a later one repeats under another commitment id."""
    last: dict[int, int] = {}
    for row in rows:
        last[row.first_seq] = max(row.seq, last.get(row.first_seq, 0))
    return {row.seq for row in rows if last[row.first_seq] != row.seq}


def render(
    connection: Connection,
    rows: Sequence[Any],
    upto: int,
    gone: dict[int, Superseded] | None = None,
    *,
    also: Collection[str] = (),
) -> list[dict[str, Any]]:
    """Rows of `changes` as JSON entries. gone: what superseded them. also: versions to ask for as well."""
    bodies = [json.loads(row.body) for row in rows]
    origins = _origins(connection, rows)
    quoted = {e["sha256"] for body in bodies for e in body["evidence"]}
    cited = quoted | {
        near["sha256"]
        for body in bodies
        for near in (body.get("searched") or {}).get("nearest", ())
        if "sha256" in near
    }
    cited |= set(also)
    _, when, thread, then, _ = together(
        connection,
        ask_facts(connection, cited if remembers(connection) else ()),
        ask_commits(origin[0] for origin in origins.values()),
        ask_threads((row.commitment for row in rows), upto),
        ask_names_then(row.about for row in rows),
        ask_kinds_ruled(connection),
    )
    texts = readings_by_version(connection, quoted) if len(quoted) <= TEXTS else {}
    names, blobs = together(
        connection, ask_names(connection, facts_of(connection, cited), cited, upto), ask_bytes(texts)
    )
    pieces = [
        [Words(e["sha256"], spans_of(e["spans"]), row.commit_seq) for e in body["evidence"]]
        for row, body in zip(rows, bodies, strict=True)
    ]
    words = quotes(connection, chain.from_iterable(pieces), blobs if texts else None)
    veil = Veil(connection)
    renamed = other_names(connection, veil, thread.values(), upto)
    answered = replies(connection, upto)
    entries = []
    for row, body, places in zip(rows, bodies, pieces, strict=True):
        commit_seq, entry_hash = origins[row.seq]
        cut = [words[place] for place in places]
        of = thread[row.scope, row.commitment]
        entries.append(
            {
                "id": row.id,
                "change": row.change,
                "grade": row.grade,
                "reviewed": body.get("reviewed"),
                "district": row.district,
                "place_code": row.place_code or None,
                "level": row.level,
                "commitment": {
                    "id": row.commitment,
                    "title": renamed.get(of.seq, of.title),
                    "kind": of.kind,
                    "subject": renamed.get(of.seq, of.subject),
                    "life": of.life,
                },
                "edition_from": row.edition_from,
                "edition_to": row.edition_to,
                "fields": body["fields"],
                "evidence": [
                    _evidence(e["side"], place, quote, names)
                    for e, place, quote in zip(body["evidence"], places, cut, strict=True)
                ],
                "searched": _searched(body.get("searched"), names),
                "said_on": row.said_on,
                "recorded_at": moment(when[commit_seq].recorded_at),
                "run": when[commit_seq].run,
                "cause": row.cause,
                "superseded_by": (gone or {}).get(row.seq),
                "entry_hash": entry_hash,
                "about": row.about,
                **_called(then.get(row.about), of.title, cut),
                "why": body.get("why", ""),
                **beside(answered, body["evidence"]),
            }
        )
    return entries if veil.lifted else [veil.change(entry, entry["commitment"]) for entry in entries]


def _called(then: str | None, title: str, quoted: Sequence[str]) -> dict[str, str]:
    """What the text that the entry is about called the thing, where its thread has another name since."""
    of_digit = title.rpartition("·")[0]  # a digit's thread is named after its system
    if not then or then in (title, of_digit) or LABEL in quoted or any(title in quote for quote in quoted):
        return {}
    return {"called": then}


_ORIGINS = Prepared(select(_T.c.seq, _T.c.commit_seq, _T.c.entry_hash).where(among(_T.c.seq, "seqs")))


def _origins(connection: Connection, rows: Sequence[Row[Any]]) -> dict[int, tuple[int, str]]:
    """Commit and hash of the row that first said what each row says."""
    firsts = {row.seq: (row.commit_seq, row.entry_hash) for row in rows if row.first_seq == row.seq}
    missing = sorted({row.first_seq for row in rows} - firsts.keys())
    if missing:
        for seq, commit_seq, entry_hash in ask(connection, Ask(rows_of, _ORIGINS, {"seqs": missing})):
            firsts[seq] = (commit_seq, entry_hash)
    return {row.seq: firsts[row.first_seq] for row in rows}


def _evidence(side: str, place: Words, quote: str, names: dict[str, str]) -> dict[str, Any]:
    spans = place.spans
    return {
        "side": side,
        "document": names[place.sha256],
        "sha256": place.sha256,
        "start": min([start for start, _ in spans]),
        "end": max([end for _, end in spans]),
        "spans": [list(span) for span in spans],
        "quote": quote,
        **({"withheld": True} if quote is LABEL else {}),
    }


def _searched(searched: dict[str, Any] | None, names: dict[str, str]) -> dict[str, Any] | None:
    if searched is None:
        return None
    nearest = [
        {"document": names.get(near.get("sha256", "")), **near} for near in searched.get("nearest", ())
    ]
    return {**searched, "nearest": nearest}
