"""The corpus read once: versions by place, for what is measured on all of them."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from parsers.read import read
from parsers.reading import Declared
from parsers.refusal import Refused
from tracking.derive import derive
from tracking.model import Derived, Version

PROCESSES = 2


def place_folders(corpus: Path) -> list[Path]:
    """The folders of reports, one a place: reports/LEVEL/PLACE."""
    return sorted(p for p in (corpus / "reports").glob("*/*") if p.is_dir())


def versions_of(folder: Path) -> list[Version]:
    """The reports of one place, as far as they can be read."""
    found = []
    for path in sorted(folder.glob("*.md")):
        content = path.read_bytes()
        try:
            reading = read(content, path.name, Declared(district=folder.name, type="report"))
        except Refused:
            continue
        found.append(Version(hashlib.sha256(content).hexdigest(), f"{folder.name}/{path.name}", reading))
    return found


def concluded(folder: Path) -> tuple[list[Version], list[Derived]]:
    """A place's versions with what is concluded from them."""
    versions = versions_of(folder)
    return versions, derive(versions)


def all_concluded(corpus: Path) -> list[tuple[list[Version], list[Derived]]]:
    """Every place, two processes at a time, in the order of folders."""
    with ProcessPoolExecutor(PROCESSES) as pool:
        return list(pool.map(concluded, place_folders(corpus), chunksize=4))


def by_length(corpus: Path) -> dict[int, list[Path]]:
    """Place folders by their number of reports."""
    found: dict[int, list[Path]] = defaultdict(list)
    for folder in place_folders(corpus):
        found[len(list(folder.glob("*.md")))].append(folder)
    return dict(found)
