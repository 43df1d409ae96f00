"""Words that may mean the same in a place: the review queue proposes them, only a person makes them one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from shlex import quote
from typing import Any

from storage.ledger import Ledger
from storage.queries import changes
from storage.ruling_rows import rulings_held
from tracking.keys import ID_LENGTH, digest
from tracking.mentions import Mention
from tracking.rulings import in_force
from tracking.terms import normal

HARM = 0.25
"""Below every question that a promise hangs on: a renamed part is told as one gone and one come."""
SHORTEST, LONGEST = 2, 16
"""Characters of a name: what is longer lists several things, or tells what became of one."""


def renamed_parts(ledger: Ledger, district: str | None) -> Iterator[dict[str, Any]]:
    """A queue item for each pair of parts of a system that may be one under another name (see
    `tracking.renames`) and on which nobody has ruled."""
    entries = changes(ledger, district=district, kinds=["changed"]).entries
    pairs = [
        (entry, old, new)
        for entry in entries
        for old, new in (entry["fields"].get("components") or {}).get("renamed") or ()
    ]
    decided = _decided(ledger) if pairs else set()
    seen = set()
    for entry, old, new in pairs:
        texts = {piece["sha256"] for piece in entry["evidence"]}
        words = frozenset((normal(old), normal(new)))
        place = (entry["district"], entry["level"], words)
        if place in seen or any((sha, words) in decided for sha in texts):
            continue
        seen.add(place)
        yield _item(entry, old, new)


def _decided(ledger: Ledger) -> set[tuple[str, frozenset[str]]]:
    """The pairs of words that people ruled on, with each text that they cited."""
    with ledger.reading() as connection:
        held = in_force(rulings_held(connection))
    return {
        (cited.sha256, frozenset(normal(str(ruling.body.get(name))) for name in ("word", "means")))
        for ruling in held
        if ruling.kind == "alias"
        for cited in ruling.evidence
    }


def _item(entry: dict[str, Any], old: str, new: str) -> dict[str, Any]:
    targets = [_words(piece) for piece in entry["evidence"]]
    body = {"word": new, "means": old}
    return {
        "id": digest("rename", entry["id"], old, new)[:ID_LENGTH],
        "kind": "rename",
        "harm": HARM,
        "district": entry["district"],
        "level": entry["level"],
        "edition_to": entry["edition_to"],
        "title": f"{old} → {new}",
        "why": entry["commitment"]["title"],
        "evidence": entry["evidence"],
        "targets": targets,
        "alias": body,
        "decide": alias_commands(targets, body),
    }


def _words(piece: dict[str, Any]) -> str:
    return f"{piece['sha256'][:16]}:" + ",".join(f"{a}-{b}" for a, b in piece["spans"])


def alias_commands(targets: Iterable[str], body: dict[str, str]) -> list[str]:
    """The commands that make two words one, or say that they are two."""
    words = " ".join(f"--set {_quoted(f'{name}={body[name]}')}" for name in ("word", "means"))
    start = f"duixian rulings add alias {' '.join(targets)} {words}"
    return [f"{start} --reason …", f"{start} --no --reason …"]


def _quoted(word: str) -> str:
    """As a shell needs it; words of letters are left bare, for people read these lines."""
    return word if word.replace("=", "").isalnum() else quote(word)


def alias_of(earlier: Mention, later: Mention) -> dict[str, str] | None:
    """What an alias would say if two statements are one promise only because their words mean the same."""
    called = [_called(mention) for mention in (later, earlier)]
    lengths = sorted(map(len, called))
    if called[0] == called[1] or lengths[0] < SHORTEST or lengths[1] > LONGEST or any(map(_numbered, called)):
        return None
    return dict(zip(("word", "means"), called, strict=True))


def _called(mention: Mention) -> str:
    if mention.framework is not None:
        return mention.terms.name
    subject = normal(mention.slot or mention.statement.subject)
    return mention.terms.head if mention.terms.head in subject else subject


def _numbered(words: str) -> bool:
    return any(letter.isdigit() for letter in words)
