"""What strangers may see of words: clauses of press texts in short, names of private people masked.

One rule for every way out that is public: the site, its files and feeds, and public exports.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, select

from parsers.people import private_names
from storage.models import ReadingRow, VersionRow
from storage.selecting import chunks

Record = dict[str, Any]
LONGEST_CLAUSE = 150
"""Characters of a text that is no official one which are shown at a time."""
_NO_WORDS = frozenset(
    {"id", "sha256", "key", "entry_hash", "run", "document", "district", "level", "recorded_at", "said_on",
     "published_on", "address", "change", "grade", "edition_from", "edition_to", "kind", "rule", "cause"}
)  # fmt: skip


def masked(value: Any) -> Any:
    """The same with names of private people masked: 谭晓明 → 谭某某. Lengths and offsets stay.

    A name that one string tells to be a person's is masked in the others too: a subject has lost the comma by
    which its sentence tells it.
    """
    names = {name for text in _texts(value) for name in _named(text) if len(name) > SHORT}
    return _masked(value, "", sorted(names))


SHORT = 2
"""So short a name may be a part of other words (高新, 高新区): it is masked only where it is told."""


def _texts(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, str):
        if key not in _NO_WORDS and not value.isascii():
            yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, key)


def _masked(value: Any, key: str, names: Sequence[str]) -> Any:
    if isinstance(value, str):
        if key in _NO_WORDS or value.isascii():
            return value
        for name in names:
            value = value.replace(name, _hidden(name))
        return mask(value)
    if isinstance(value, dict):
        return {name: _masked(inner, name, names) for name, inner in value.items()}
    if isinstance(value, list):
        return [_masked(inner, key, names) for inner in value]
    return value


@lru_cache(4096)
def _named(text: str) -> tuple[str, ...]:
    return tuple(text[start:end] for start, end in private_names(text))


@lru_cache(4096)
def mask(text: str) -> str:
    """A text with names of private people masked, as long as before.

    >>> mask("居民谭晓明说，区委书记顾明澜来过")
    '居民谭某某说，区委书记顾明澜来过'
    """
    for start, end in private_names(text):
        text = text[:start] + _hidden(text[start:end]) + text[end:]
    return text


def _hidden(name: str) -> str:
    kept = 2 if len(name) == 4 else 1
    return name[:kept] + "某" * (len(name) - kept)


def shortened(words: str, rights: str) -> str:
    """Words of an official text whole, of others at most LONGEST_CLAUSE characters of them."""
    if rights == "official" or len(words) <= LONGEST_CLAUSE:
        return words
    return words[: LONGEST_CLAUSE - 1] + "…"


def clauses_shown(record: Mapping[str, Any], rights: str) -> Record:
    """A statement, or words that something rests on, as strangers may see it."""
    shown: Record = masked(record)
    return {**shown, **{k: shortened(shown[k], rights) for k in ("quote", "text") if shown.get(k)}}


def entry_shown(entry: Mapping[str, Any], rights: dict[str, str]) -> Record:
    """An entry of the log as strangers may see it, without who reviewed it. rights: of texts, by hash; a text
    that is not among them is taken for one of unknown rights."""
    shown: Record = masked(entry)
    if shown["reviewed"]:
        shown["reviewed"] = {**shown["reviewed"], "by": None}
    evidence = [clauses_shown(e, rights.get(e["sha256"], "unknown")) for e in entry["evidence"]]
    return {**shown, "evidence": evidence}


def rights_of(connection: Connection, hashes: Iterable[str]) -> dict[str, str]:
    """Whose words texts are, as last read, by hash."""
    found: dict[str, str] = {}
    for some in chunks(sorted(set(hashes))):
        query = (
            select(VersionRow.sha256, ReadingRow.rights)
            .join(ReadingRow, ReadingRow.version_seq == VersionRow.seq)
            .where(VersionRow.sha256.in_(some), ReadingRow.refused.is_(None))
            .order_by(ReadingRow.seq)
        )
        found.update((sha256, rights) for sha256, rights in connection.execute(query))
    return found


def cited(entries: Iterable[Mapping[str, Any]]) -> set[str]:
    """Hashes of the texts that entries rest on."""
    return {piece["sha256"] for entry in entries for piece in entry["evidence"]}
