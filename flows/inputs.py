"""Which texts a run reads: files and folders named by a person, or the configured drop folder."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from flows.sidefile import declared_for, is_side_file
from parsers.reading import Declared
from parsers.refusal import Refused

SIZE_LIMIT = 32 * 1024 * 1024
"""Bytes. The longest real report is below 1 MB; more than this is a mistake, not a document."""


@dataclass(frozen=True, slots=True)
class Input:
    """One text to read.

    given: the path as a person wrote it (or below the folder they named). source and address: a text's
    identity in the ledger; "file" with the absolute path, or a source's name with the path below its root.
    """

    path: Path
    given: str
    source: str
    address: str
    options: Declared = field(default_factory=Declared)

    def declared(self) -> Declared:
        """What side file and options say; raises Refused("side_file")."""
        return declared_for(self.path, self.options)

    def size(self) -> int:
        """How many bytes the text has, 0 where nobody can say."""
        try:
            return self.path.stat().st_size
        except OSError:
            return 0

    def content(self) -> bytes:
        """The bytes; raises Refused("unreadable" or "too_large")."""
        try:
            if not self.path.exists():
                raise Refused("unreadable", "there is no such file")
            if self.path.is_dir():
                next(self.path.iterdir(), None)  # only a closed folder gets here; this says why it is closed
            if not self.path.is_file():
                raise Refused("unreadable", "it is no plain file")
            size = self.path.stat().st_size
            if size > SIZE_LIMIT:
                limit = SIZE_LIMIT // 2**20
                raise Refused("too_large", f"{size / 2**20:.0f} MB, the limit is {limit} MB: split it")
            return self.path.read_bytes()
        except OSError as error:
            raise Refused("unreadable", error.strerror or str(error)) from error


def from_paths(paths: Iterable[Path], options: Declared = Declared()) -> list[Input]:  # noqa: B008 - frozen
    """Inputs for files and folders, each text once, in the order given, folders sorted by name.

    A path that does not exist becomes an input too: reading it fails with a reason and is recorded.
    """
    found: dict[str, Input] = {}
    for path in paths:
        for file in _files(path):
            address = printable(os.path.abspath(file))  # noqa: PTH100 - resolve() would follow links
            found.setdefault(address, Input(file, printable(file), "file", address, options))
    return list(found.values())


def from_source(name: str, root: Path) -> list[Input]:
    """Inputs of a drop folder that is configured as a source; addressed below its root."""
    below = ((file, printable(file.relative_to(root).as_posix())) for file in _files(root))
    return [Input(file, f"{name}/{address}", name, address) for file, address in below]


def printable(path: str | Path) -> str:
    """A path as text; bytes of a file name that are no UTF-8 are spelled out (no database takes them)."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _files(path: Path) -> Iterator[Path]:
    """The texts at a path: itself, or every text below a folder (no side files, READMEs, hidden files)."""
    if not path.is_dir():
        if not is_side_file(path):
            yield path
        return
    closed: list[Path] = []
    for folder, subfolders, names in os.walk(path, onerror=lambda e: closed.append(Path(e.filename))):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        yield from (Path(folder, name) for name in sorted(names) if _is_text_name(name))
    yield from closed


def _is_text_name(name: str) -> bool:
    about_the_folder = name.upper().startswith("README") or name == "manifest.yml"
    return not (name.startswith(".") or about_the_folder or is_side_file(Path(name)))
