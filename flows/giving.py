"""What a person hands in: a file, an address or a pipe, with who gives it and what they claim of it."""

from __future__ import annotations

import csv
import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from flows import core
from flows.fetching.addresses import canonical
from flows.fetching.answers import NotHad
from flows.inputs import Input, printable
from flows.readers import arrival_of
from flows.sidefile import KEYS, fault_of, merged
from flows.version import parser_version
from parsers.read import read
from parsers.reading import Declared, Reading
from parsers.refusal import Refused
from storage.runs import finish_run, start_run
from storage.write import Arrival

if TYPE_CHECKING:
    from flows.fetching.web import Web
    from storage.arrivals import DocumentOutcome
    from storage.ledger import Ledger
    from storage.write import RunOutcome

HAND = "hand"
"""The source of texts that come from an address or a pipe and belong to no configured one."""
COLUMNS = ("file", *(key for key in KEYS), "by", "at")


class NoManifest(Exception):  # noqa: N818 - a sentence for the person who wrote it
    """A manifest that cannot be used; the sentence names line and column."""


@dataclass(frozen=True, slots=True)
class Gift:
    """One text handed in. what: a path, an address or - for standard input.

    declared: what its giver claims, its address (url) among it. given_at: when they saved it, None for now.
    """

    what: str
    given_by: str
    declared: Declared = field(default_factory=Declared)
    given_at: datetime | None = None
    source: str | None = None

    @property
    def is_address(self) -> bool:
        """Whether the text has to be fetched."""
        return self.what.startswith(("http://", "https://"))


@dataclass
class Given:
    """What became of a gift."""

    gift: Gift
    outcome: DocumentOutcome


def hand_in(
    ledger: Ledger, gifts: list[Gift], *, web: Web | None = None, stdin: bytes = b""
) -> tuple[list[Given], RunOutcome | None]:
    """Take texts in. Each is stored, or held in quarantine with a reason; none is lost."""
    run = start_run(ledger, kind="add", parser_version=parser_version())
    try:
        arrivals = [_arrival(gift, ledger.clock(), web, stdin) for gift in gifts]
        stored = core.store(ledger, run, arrivals) if arrivals else None
    except BaseException:
        finish_run(ledger, run, status="failed")
        raise
    documents = stored.documents if stored is not None else []
    finish_run(ledger, run, status="completed", counts={"documents": len(documents)})
    return [Given(gift, outcome) for gift, outcome in zip(gifts, documents, strict=True)], stored


def manifest(path: Path, given_by: str, source: str | None) -> list[Gift]:
    """The texts that a CSV names: file (beside it) or url, what is claimed of them, by whom, when saved."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            names = [name.strip() for name in rows.fieldnames or ()]
            if unknown := [name for name in names if name not in COLUMNS]:
                raise NoManifest(f"{path.name}: unknown column {unknown[0]}; known are {', '.join(COLUMNS)}")
            if not {"file", "url"} & set(names):
                raise NoManifest(f"{path.name}: a column file or url is needed")
            return [
                _gift(path, number, dict(zip(names, row.values(), strict=False)), given_by, source)
                for number, row in enumerate(rows, 2)
            ]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise NoManifest(f"{path} cannot be read ({error}): save it as CSV in UTF-8") from error


def _gift(path: Path, number: int, row: Mapping[str, str | None], given_by: str, source: str | None) -> Gift:
    told = {key: (value or "").strip() for key, value in row.items()}
    where = f"{path.name}, line {number}"
    file, url = told.get("file"), told.get("url")
    if not file and not url:
        raise NoManifest(f"{where}: neither file nor url is given")
    claims = {f.name: told[f.name] for f in fields(Declared) if told.get(f.name)}
    for key, value in claims.items():
        if fault := fault_of(key, value):
            raise NoManifest(f"{where}: {fault}")
    at = None
    if told.get("at"):
        try:
            at = datetime.fromisoformat(told["at"])
        except ValueError as error:
            raise NoManifest(f"{where}: at must be a time like 2026-11-20T18:30+08:00") from error
        at = at.astimezone()
    what = str(path.parent / file) if file else str(url)
    return Gift(what, told.get("by") or given_by, Declared(**claims), at, source)  # type: ignore[arg-type]


def _arrival(gift: Gift, now: datetime, web: Web | None, stdin: bytes) -> Arrival:
    """A gift as it arrives: read, or refused with the reason."""
    # A time that somebody claims may lie back, never ahead: what is not yet cannot have been seen.
    observed_at = min(gift.given_at or now, now)
    content, declared, outcome = _read(gift, web, stdin)
    source, locator = identity(gift, declared, content)
    return Arrival(source, locator, content, observed_at, outcome, declared, given_by=gift.given_by)


def _read(gift: Gift, web: Web | None, stdin: bytes) -> tuple[bytes | None, Declared, Reading | Refused]:
    if gift.what != "-" and not gift.is_address:
        arrived = arrival_of(Input(Path(gift.what), gift.what, "file", "", gift.declared))
        return arrived.content, arrived.declared, arrived.outcome
    content: bytes | None = None
    declared = merged(gift.declared, Declared(url=gift.what)) if gift.is_address else gift.declared
    try:
        content = _fetched(gift.what, web) if gift.is_address else stdin
        return content, declared, read(content, declared.url or "-", declared)
    except Refused as refused:
        return content, declared, refused
    except Exception as error:  # a defect of ours must neither lose this text nor stop the others
        detail = f"the reader failed ({type(error).__name__}: {error}); please report it"
        return content, declared, Refused("broken", detail)


def _fetched(url: str, web: Web | None) -> bytes:
    if web is None:
        raise Refused("not_fetched", "addresses are not fetched here: save the page and hand in the file")
    try:
        return web.get(url).content
    except NotHad as not_had:
        raise Refused("not_fetched", not_had.detail) from not_had


def identity(gift: Gift, declared: Declared, content: bytes | None) -> tuple[str, str]:
    """Source and locator of a gift: its address, if it has one; else its file; else its bytes."""
    url = declared.url
    if url and url.startswith(("http://", "https://")):
        try:
            return gift.source or HAND, canonical(url)
        except ValueError:
            pass
    if gift.what == "-":
        return gift.source or HAND, f"stdin/{hashlib.sha256(content or b'').hexdigest()[:16]}"
    if gift.source:
        return gift.source, printable(Path(gift.what).name)
    return "file", printable(os.path.abspath(gift.what))  # noqa: PTH100 - resolve() would follow links
