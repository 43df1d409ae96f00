"""Which sources are configured: the files that come with the program, and the operator's own."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from flows.home import PACKAGE_ROOT, data_folder, seeds_folder
from flows.inputs import from_source
from parsers.sources.loading import Source, SourceFault, load

SHIPPED = PACKAGE_ROOT / "parsers" / "sources"

DROP = "seeds"
"""The drop folder of a clone; runs read it by themselves."""


@dataclass
class Configured:
    """Sources by name, and the sentences on files that cannot be used (the others are, all the same)."""

    sources: dict[str, Source] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def active(self) -> list[Source]:
        """Those that runs take by themselves: somebody compared them with the live site."""
        return [source for source in self.sources.values() if source.spec.verified is not None]


def folders() -> list[Path]:
    """Where source files lie; a later one's file takes the place of an earlier one's of the same name.

    DUIXIAN_SOURCES names folders of the operator's (separated as in PATH), else sources/ in the data folder.
    """
    told = os.environ.get("DUIXIAN_SOURCES")
    own = [Path(part) for part in told.split(os.pathsep) if part] if told else [data_folder() / "sources"]
    return [SHIPPED, *own]


def configured() -> Configured:
    """All configured sources."""
    found = Configured()
    for folder in folders():
        for path in sorted(folder.glob("*.yml")):
            if path == SHIPPED / f"{DROP}.yml" and not _texts_dropped():
                continue
            try:
                source = read(path)
            except SourceFault as fault:
                found.faults.append(str(fault))
                found.sources.pop(path.stem, None)
            else:
                found.sources[source.id] = source
    return found


def _texts_dropped() -> bool:
    """Whether this is a clone whose drop folder holds texts."""
    seeds = seeds_folder()
    return seeds is not None and bool(from_source(DROP, seeds))


def read(path: Path) -> Source:
    """The source in a file; SourceFault where it cannot be used."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceFault(f"{path} cannot be read ({error})") from error
    return _loaded(text, path.name)


@cache
def _loaded(text: str, name: str) -> Source:
    return load(text, name)


def named(name: str) -> Source:
    """A source by its name or by the path of its file; SourceFault says which there are."""
    if name.endswith(".yml"):
        return read(Path(name))
    found = configured()
    if name in found.sources:
        return found.sources[name]
    fault = next((f for f in found.faults if f.startswith(f"{name}.yml")), None)
    known = ", ".join(sorted(found.sources)) or "none"
    raise SourceFault(fault or f"no source is called {name}; there are: {known}")
