"""Texts that were read, put aside until all of a place's are there; in memory while they are few."""

from __future__ import annotations

import gc
import os
import pickle
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import SpooledTemporaryFile, gettempdir
from types import TracebackType
from typing import IO, Self

from parsers.reading import Reading
from storage.write import Arrival

IN_MEMORY = 4 * 2**20
"""Bytes; what goes beyond lies in a temporary file, so that memory does not grow with the texts."""


@dataclass(frozen=True, slots=True)
class ReadText:
    """An arrival on its way from the process that read it. place: code, "" for one that was refused."""

    place: str
    packed: bytes


def pack(arrival: Arrival) -> ReadText:
    """An arrival as bytes, with the code of its place."""
    place = arrival.outcome.place.code if isinstance(arrival.outcome, Reading) else ""
    return ReadText(place, pickle.dumps(arrival, pickle.HIGHEST_PROTOCOL))


@dataclass(frozen=True, slots=True)
class Filed:
    """Packed arrivals in a file of another process, read one after the other: handed over as they are they
    would lie in the memory of both."""

    path: str
    where: tuple[tuple[int, int], ...]

    def __iter__(self) -> Iterator[bytes]:
        with Path(self.path).open("rb") as file:
            for start, length in self.where:
                file.seek(start)
                yield file.read(length)


def shown(file: IO[bytes]) -> str | None:
    """Where other processes of this user find an open file that has no name; None where the system shows none
    (only Linux does). A file without a name is gone with its process, however that ends."""
    if not Path("/proc/self/fd").is_dir():
        return None
    return f"/proc/{os.getpid()}/fd/{file.fileno()}"


class Spool:
    """Arrivals by place. Use it as a context manager: its file goes with it."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed by __exit__
        self._end = 0
        self._places: dict[str, list[tuple[int, int, int]]] = {}

    def add(self, number: int, text: ReadText) -> None:
        """Put a text aside under its number."""
        try:
            self._file.write(text.packed)
        except OSError as error:
            raise OSError(error.errno, error.strerror, gettempdir()) from error  # say which disk is full
        self._places.setdefault(text.place, []).append((number, self._end, len(text.packed)))
        self._end += len(text.packed)

    def batches(self, size: int) -> Iterator[tuple[list[int], list[Arrival]]]:
        """Numbers and arrivals, all of a place together; small places share a batch of about `size` texts."""
        waiting: list[tuple[int, int, int]] = []
        for place in sorted(self._places):
            texts = self._places[place]
            if waiting and len(waiting) + len(texts) > size:
                yield self._load(waiting)
                waiting = []
            waiting += texts
        if waiting:
            yield self._load(waiting)

    def places(self) -> Iterator[tuple[str, Iterable[bytes]]]:
        """Code and packed arrivals of each place, in the order of `batches`, for other processes."""
        path = shown(self._file)
        self._file.flush()
        for place in sorted(self._places):
            where = tuple((start, length) for _, start, length in self._places[place])
            if place:
                yield place, [self._packed(*one) for one in where] if path is None else Filed(path, where)

    def _packed(self, start: int, length: int) -> bytes:
        self._file.seek(start)
        return self._file.read(length)

    def _load(self, where: Sequence[tuple[int, int, int]]) -> tuple[list[int], list[Arrival]]:
        arrivals = []
        with no_collection():
            for _, start, length in where:
                arrivals.append(pickle.loads(self._packed(start, length)))
        return [number for number, _, _ in where], arrivals

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()


@contextmanager
def no_collection() -> Iterator[None]:
    """Without garbage collection: many small objects come to life at once, and none dies."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
