"""What people are shown of where a text stands: its URL, or the shortest end of its path that is its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Integer, bindparam, literal, select, union_all

from storage.among import among
from storage.asking import Ask, Prepared, Rows, ask, rows_of
from storage.models import Document
from storage.reading_facts import Facts, facts_of
from storage.remembering import once
from storage.selecting import CHUNK, chunks

FEW = 5
"""Texts up to which each is asked for by itself, rather than all that share its name."""


AT_ONCE = 200
"""Texts of the wanted names, all together, up to which they are fetched in one question."""
_ANY_NUMBER = 2**31


class _Address(NamedTuple):
    seq: int
    source: str
    locator: str
    name: str


_D = Document.__table__
_BY_SEQ = Prepared(select(_D.c.seq, _D.c.source, _D.c.locator, _D.c.name).where(among(_D.c.seq, "seqs")))
_OF_NAMES = Prepared(
    select(_D.c.name, _D.c.seq, _D.c.locator)
    .where(among(_D.c.name, "names"), _D.c.commit_seq <= bindparam("upto"))
    .limit(bindparam("most"))
)
_RIVALS = select(_D.c.locator).where(
    _D.c.name == bindparam("name"), _D.c.seq != bindparam("seq"), _D.c.commit_seq <= bindparam("upto")
)
_NEAR_RIVALS = Prepared(_RIVALS.where(_D.c.locator.like(bindparam("pattern"), escape="!")))


@cache
def _rivals_of(number: int) -> Prepared:
    """For each of so many texts those of its name whose paths end like its own, and any one of its name."""
    parts = []
    for at in range(number):
        of_name = select(literal(at, Integer).label("of"), _D.c.locator).where(
            _D.c.name == bindparam(f"name{at}"),
            _D.c.seq != bindparam(f"seq{at}"),
            _D.c.commit_seq <= bindparam("upto"),
        )
        one = of_name.limit(1).subquery()
        parts += [of_name.where(_D.c.locator.like(bindparam(f"pattern{at}"), escape="!")), select(*one.c)]
    return Prepared(union_all(*parts))


def shown_names(connection: Connection, document_seqs: Iterable[int], upto: int) -> dict[int, str]:
    """Names of documents by number. An absolute path is never shown further up than it takes to tell."""
    wanted: dict[int, _Address] = {}
    for some in chunks(sorted(set(document_seqs))):
        for row in ask(connection, Ask(rows_of, _BY_SEQ, {"seqs": some})):
            wanted[row.seq] = _Address(*row)
    return ask(connection, _ask_shown(connection, wanted, upto))


def _ask_shown(connection: Connection, wanted: Mapping[int, _Address], upto: int) -> Ask[dict[int, str]]:
    """Names of documents by number, to be asked together with other questions where they are few."""
    known = {seq: one.locator for seq, one in wanted.items() if "://" in one.locator}
    paths = [one for seq, one in sorted(wanted.items()) if seq not in known]
    if len(paths) > FEW:
        return Ask(lambda _: {**known, **_many(connection, paths, upto)})
    few = _ask_few(connection, paths, upto)
    return Ask(lambda rows: {**known, **few.told(rows)}, few.prepared, few.values)


def _ask_few(connection: Connection, paths: Sequence[_Address], upto: int) -> Ask[dict[int, str]]:
    """The shortest ends of a few paths that no other path has."""

    def told(rows: Rows) -> dict[int, str]:
        rivals: dict[int, list[str]] = {}
        for row in rows:
            rivals.setdefault(row.of, []).append(row.locator)
        return {one.seq: _tail(connection, one, rivals.get(at, ()), upto) for at, one in enumerate(paths)}

    values: dict[str, Any] = {"upto": upto}
    for at, one in enumerate(paths):
        pattern = _pattern(_parts(one.locator)[-2:])
        values |= {f"name{at}": one.name, f"seq{at}": one.seq, f"pattern{at}": pattern}
    return Ask(told, _rivals_of(len(paths)), values) if paths else Ask(told)


def _many(connection: Connection, paths: Sequence[_Address], upto: int) -> dict[int, str]:
    found: dict[int, str] = {}
    by_name: dict[str, list[_Address]] = {}
    for one in paths:
        by_name.setdefault(one.name, []).append(one)
    if len(by_name) <= CHUNK and (rivals := _of_names(connection, by_name, upto, AT_ONCE)) is not None:
        for name, own in by_name.items():
            there = rivals.get(name, [])
            seqs = {seq for seq, _ in there}
            later = [(one.seq, _parts(one.locator)) for one in own if one.seq not in seqs]
            found |= _tails(own, [*there, *later])
        return found
    many = {name: own for name, own in by_name.items() if len(own) > FEW}
    for some in chunks([one for one in paths if one.name not in many], FEW):
        told: dict[int, str] = ask(connection, _ask_few(connection, some, upto))
        found |= told
    for names in chunks(sorted(many)):
        rivals = _of_names(connection, names, upto, _ANY_NUMBER) or {}
        for name in names:
            found |= _tails(many[name], rivals.get(name, []))
    return found


def _of_names(
    connection: Connection, names: Iterable[str], upto: int, most: int
) -> dict[str, list[tuple[int, list[str]]]] | None:
    """Number and path of all texts by name; None where they are more than `most`."""
    asked = {"names": sorted(names), "upto": upto, "most": most + 1}
    rows = ask(connection, Ask(rows_of, _OF_NAMES, asked)) if asked["names"] else []
    if len(rows) > most:
        return None
    found: dict[str, list[tuple[int, list[str]]]] = {}
    for name, seq, locator in rows:
        found.setdefault(name, []).append((seq, _parts(locator)))
    return found


def _parts(locator: str) -> list[str]:
    return [part for part in locator.replace("\\", "/").split("/") if part]


def _whole(one: _Address) -> str:
    """With its source: another has the same path, or this one at the end of a longer."""
    return f"{one.source}:{'/'.join(_parts(one.locator))}"


def _tail(connection: Connection, one: _Address, rivals: Iterable[str], upto: int) -> str:
    """The shortest end of one path that no other path has. rivals: all that end in the same two parts, and at
    least one where there is any of the same name."""
    own = _parts(one.locator)
    others = [_parts(locator) for locator in rivals]
    if not others:
        return own[-1]
    for length in range(2, len(own) + 1):
        tail = own[-length:]
        if length > 2:
            values = {"name": one.name, "seq": one.seq, "upto": upto, "pattern": _pattern(tail)}
            near = ask(connection, Ask(rows_of, _NEAR_RIVALS, values))
            others = [_parts(row.locator) for row in near]
        if not any(parts[-length:] == tail for parts in others):
            return "/".join(tail)
    return _whole(one)


def _pattern(tail: Sequence[str]) -> str:
    """What paths that end so are like, whatever separates the parts. They are not the only ones."""
    return "%" + "%".join(map(_literal, tail))


def _literal(part: str) -> str:
    return part.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def _tails(own: Iterable[_Address], rivals: Iterable[tuple[int, list[str]]]) -> dict[int, str]:
    """The same for many paths of one name: those that share an end are told apart one part further up."""
    wanted = {one.seq: one for one in own}
    found: dict[int, str] = {}
    groups = [list(rivals)]
    length = 1
    while groups:
        longer: list[list[tuple[int, list[str]]]] = []
        for group in groups:
            ends: dict[tuple[str, ...], list[tuple[int, list[str]]]] = {}
            for seq, parts in group:
                ends.setdefault(tuple(parts[-length:]), []).append((seq, parts))
            for end, same in ends.items():
                if len(same) == 1 and same[0][0] in wanted and len(same[0][1]) >= length:
                    found[same[0][0]] = "/".join(end)
                elif len(same) > 1 and any(len(parts) > length for _, parts in same):
                    longer.append(same)
        groups, length = longer, length + 1
    return {seq: found.get(seq) or _whole(one) for seq, one in wanted.items()}


def names_of_versions(connection: Connection, hashes: Iterable[str], upto: int) -> dict[str, str]:
    """Shown names by version hash; where equal bytes stand at several places, the first in order."""
    wanted = set(hashes)
    return ask(connection, ask_names(connection, facts_of(connection, wanted), wanted, upto))


def ask_names(connection: Connection, facts: Facts, hashes: Iterable[str], upto: int) -> Ask[dict[str, str]]:
    """The same, to be asked together with other questions; what is told then is remembered. facts: of these
    versions, and others."""
    known: dict[str, str] = once(connection, ("names of versions", upto), dict)
    hashes = set(hashes)
    found: dict[str, set[int]] = {}
    wanted: dict[int, _Address] = {}
    for sha256 in hashes - known.keys():
        for row in facts.get(sha256, ()):
            if row.stood_since <= upto:
                wanted[row.document_seq] = _Address(row.document_seq, row.source, row.locator, row.name)
                found.setdefault(sha256, set()).add(row.document_seq)
    shown = _ask_shown(connection, wanted, upto)

    def told(rows: Rows) -> dict[str, str]:
        names = shown.told(rows)
        known.update({sha256: min(names[seq] for seq in seqs) for sha256, seqs in found.items()})
        return {sha256: known[sha256] for sha256 in hashes & known.keys()}

    return Ask(told, shown.prepared, shown.values)
