"""The texts of a place as tracking gets them, outside of a write."""

from __future__ import annotations

from sqlalchemy import Connection

from storage.readings import documents_of_places, versions_of
from storage.ruling_rows import rulings_held
from storage.standing import states_of
from tracking.model import Version
from tracking.rulings import Ruling, in_force


def place_versions(connection: Connection, code: str) -> list[Version]:
    """Every version that stands, or stood, as a text of the place, ordered by hash."""
    states = states_of(connection, seqs=documents_of_places(connection, [code]))
    links = [(s, link) for s in states.values() for link in s.line() if link.place_code == code]
    return versions_of(connection, links, {})


def rulings_on(connection: Connection, versions: list[Version]) -> list[Ruling]:
    """The rulings in force that cite these versions and decide what follows from them."""
    texts = {version.sha256 for version in versions}
    held = [ruling for ruling in in_force(rulings_held(connection)) if ruling.kind != "withhold"]
    return [ruling for ruling in held if any(cited.sha256 in texts for cited in ruling.evidence)]
