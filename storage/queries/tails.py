"""What people are shown of where a text stands: its URL, or the shortest end of its path that is its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select

from storage.models import Document, VersionRow
from storage.remembering import once
from storage.selecting import CHUNK, among, chunks

FEW = 5
"""Texts of one name up to which each is asked for by itself, rather than all that share its name."""


AT_ONCE = 200
"""Texts of the wanted names, all together, up to which they are fetched in one question."""
_ANY_NUMBER = 2**31


class _Address(NamedTuple):
    seq: int
    source: str
    locator: str
    name: str


_ADDRESS = (Document.seq, Document.source, Document.locator, Document.name)
_BY_SEQ = select(*_ADDRESS).where(Document.seq.in_(among("seqs")))
_BY_HASH = (
    select(VersionRow.sha256, *_ADDRESS)
    .join(Document, Document.seq == VersionRow.document_seq)
    .where(VersionRow.sha256.in_(among("hashes")), VersionRow.commit_seq <= bindparam("upto"))
)
_OF_NAMES = (
    select(Document.name, Document.seq, Document.locator)
    .where(Document.name.in_(among("names")), Document.commit_seq <= bindparam("upto"))
    .limit(bindparam("most"))
)
_RIVALS = select(Document.locator).where(
    Document.name == bindparam("name"),
    Document.seq != bindparam("seq"),
    Document.commit_seq <= bindparam("upto"),
)
_ANY_RIVAL = _RIVALS.limit(1)
_NEAR_RIVALS = _RIVALS.where(Document.locator.like(bindparam("pattern"), escape="!"))


def shown_names(connection: Connection, document_seqs: Iterable[int], upto: int) -> dict[int, str]:
    """Names of documents by number. An absolute path is never shown further up than it takes to tell."""
    wanted: dict[int, _Address] = {}
    for some in chunks(sorted(set(document_seqs))):
        for row in connection.execute(_BY_SEQ, {"seqs": some}):
            wanted[row.seq] = _Address(*row)
    return _shown(connection, wanted, upto)


def _shown(connection: Connection, wanted: Mapping[int, _Address], upto: int) -> dict[int, str]:
    found = {seq: one.locator for seq, one in wanted.items() if "://" in one.locator}
    by_name: dict[str, list[_Address]] = {}
    for seq, one in wanted.items():
        if seq not in found:
            by_name.setdefault(one.name, []).append(one)
    if len(by_name) <= CHUNK and (rivals := _of_names(connection, by_name, upto, AT_ONCE)) is not None:
        for name, own in by_name.items():
            there = rivals.get(name, [])
            seqs = {seq for seq, _ in there}
            later = [(one.seq, _parts(one.locator)) for one in own if one.seq not in seqs]
            found |= _tails(own, [*there, *later])
        return found
    many = {name: own for name, own in by_name.items() if len(own) > FEW}
    for name, own in by_name.items():
        if name not in many:
            found |= {one.seq: _tail(connection, one, upto) for one in own}
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
    rows = connection.execute(_OF_NAMES, asked).all() if asked["names"] else []
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


def _tail(connection: Connection, one: _Address, upto: int) -> str:
    """The shortest end of one path that no other path has: the database looks through those of its name."""
    own = _parts(one.locator)
    others = {"name": one.name, "seq": one.seq, "upto": upto}
    if connection.execute(_ANY_RIVAL, others).first() is None:
        return own[-1]
    for length in range(2, len(own) + 1):
        tail = own[-length:]
        # Whatever separates the parts; what else the pattern matches is sorted out here.
        pattern = "%" + "%".join(map(_literal, tail))
        near = connection.execute(_NEAR_RIVALS, {**others, "pattern": pattern}).scalars()
        if not any(_parts(locator)[-length:] == tail for locator in near):
            return "/".join(tail)
    return _whole(one)


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
    known: dict[str, str] = once(connection, ("names of versions", upto), dict)
    hashes = set(hashes)
    found: dict[str, set[int]] = {}
    wanted: dict[int, _Address] = {}
    for some in chunks(sorted(hashes - known.keys())):
        for sha256, *address in connection.execute(_BY_HASH, {"hashes": some, "upto": upto}):
            one = _Address(*address)
            wanted[one.seq] = one
            found.setdefault(sha256, set()).add(one.seq)
    names = _shown(connection, wanted, upto)
    known.update({sha256: min(names[seq] for seq in seqs) for sha256, seqs in found.items()})
    return {sha256: known[sha256] for sha256 in hashes & known.keys()}
