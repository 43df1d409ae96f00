"""Concluding ahead: what follows from the texts of the next places is worked out in the reading processes
while this one stores.

It is the same pure function over the same texts. What was worked out is used only where the ledger then
asks for exactly these versions; where it holds more of a place, or a person ruled on it, it is concluded
there and then.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Iterable, Sequence
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from flows.spool import no_collection, shown
from flows.version import parser_version
from flows.when_needed import derive
from parsers.reading import Reading
from storage.conclusions import Conclusions
from storage.reading_rows import declared_text
from storage.remembered import token
from storage.write import Arrival
from tracking.model import Derived, Version
from tracking.rulings import Ruling

IN_FLIGHT = 8
"""Places worked out ahead: enough that two processes have work while a large place is stored. Their answers
lie in files, so that they take no memory."""

Asked = tuple[tuple[str, str, str | None, str], ...]
"""What was concluded from: versions by hash, document, what each replaces, and what was declared. A reading
is a pure function of these (and of the parser, which is one within a run)."""


Answer = Future[tuple[Asked, bytes] | None]


class Ahead:
    """`derive`, with answers that were worked out ahead in other processes.

    places: code and packed arrivals of places, in the order in which they will be stored.
    """

    def __init__(self, pool: Executor | None, places: Iterable[tuple[str, Iterable[bytes]]]) -> None:
        self._pool = pool
        self._places = iter(places)
        self._waiting: dict[str, tuple[Answer, IO[bytes]]] = {}
        self._fill()

    def __call__(
        self, versions: Sequence[Version], rulings: Sequence[Ruling] = ()
    ) -> Sequence[Derived] | Conclusions:
        """What follows from the texts of a place."""
        known = self.known(versions)
        return derive(versions, rulings) if known is None or rulings else known

    def known(self, versions: Sequence[Version]) -> Conclusions | None:
        """The answer if it was worked out. Places are asked for in order: those before it will not be."""
        code = versions[0].reading.place.code if versions else ""
        if code not in self._waiting:
            return None
        while (first := next(iter(self._waiting))) != code:
            future, file = self._waiting.pop(first)
            if future.cancel():
                file.close()
        future, file = self._waiting.pop(code)
        with file:
            try:
                done = future.result()
            except BrokenProcessPool:  # somebody ended a process, or memory did: slower, but it gets done
                self._pool = None
                return None
            finally:
                self._fill()
            if done is None or done[0] != _asked(versions):
                return None
            with no_collection():
                found: Conclusions = pickle.loads(done[1]) if done[1] else pickle.load(file)
            return found

    def _fill(self) -> None:
        while self._pool is not None and len(self._waiting) < IN_FLIGHT:
            place = next(self._places, None)
            if place is None:
                return
            file = TemporaryFile()  # noqa: SIM115 - closed when the answer is read, or nobody wants it
            try:
                self._waiting[place[0]] = self._pool.submit(conclude_ahead, place[1], shown(file)), file
            except BrokenProcessPool:
                self._pool = None


def conclude_ahead(texts: Iterable[bytes], path: str | None = None) -> tuple[Asked, bytes] | None:
    """What follows from packed arrivals of one place if they are all that is known of it, packed again: into
    the file at `path`, else beside. None where that depends on more than themselves (one document twice,
    equal bytes at two places), and where a disk is full: then it is concluded where it is stored.
    """
    try:
        return _concluded(texts, path)
    except OSError:
        return None


def _concluded(texts: Iterable[bytes], path: str | None) -> tuple[Asked, bytes] | None:
    with no_collection():
        arrivals: list[Arrival] = [pickle.loads(text) for text in texts]
    read = [(a, a.outcome) for a in arrivals if isinstance(a.outcome, Reading)]
    versions = [
        Version(hashlib.sha256(arrival.content or b"").hexdigest(), arrival.document_id, reading)
        for arrival, reading in read
    ]
    versions.sort(key=lambda version: version.sha256)
    del arrivals, read
    alone = {v.sha256 for v in versions}, {v.document for v in versions}
    if not versions or any(len(names) < len(versions) for names in alone):
        return None
    from storage.place_memory import concluded  # loads tracking, which the process that stores may not need

    tokens = {v.sha256: token(v.document, v.reading.declared, parser_version()) for v in versions}
    found = concluded(versions, (), tokens)
    if path is None:
        return _asked(versions), pickle.dumps(found, pickle.HIGHEST_PROTOCOL)
    with Path(path).open("wb") as file:
        pickle.dump(found, file, pickle.HIGHEST_PROTOCOL)
    return _asked(versions), b""


def _asked(versions: Sequence[Version]) -> Asked:
    return tuple((v.sha256, v.document, v.supersedes, declared_text(v.reading.declared)) for v in versions)
