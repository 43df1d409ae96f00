"""What waits for a person, most harmful first, each with everything that deciding it needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from audit.renames import alias_commands, alias_of, renamed_parts
from audit.targets import versions_cited
from storage.ledger import Ledger
from storage.place_texts import place_versions, rulings_on
from storage.queries import changes, find_places
from storage.queries.tails import names_of_versions
from storage.ruling_rows import rulings_held
from storage.selecting import horizon
from storage.withholding import LABEL, withheld
from storage.write import places_of_texts
from tracking.doubts import Doubt, Words, doubts, most_harmful
from tracking.keys import ID_LENGTH, digest
from tracking.mentions import Mention
from tracking.model import ACCUSATIONS
from tracking.rulings import in_force, lost

HARM = {"missed": 5, "dropped": 4, "unreported": 3}
"""How much an accusation does if it is wrong; next come rulings that got lost, then unsure links, of which
those that touch an accusation come first."""
LOST, TOUCHES, UNSURE = 2.0, 1.0, 0.0

Progress = Callable[[int, int], None]
"""Told how many places are done, of how many."""


def queue(ledger: Ledger, *, district: str | None = None, every: bool = False) -> list[dict[str, Any]]:
    """Items: id, kind (accusation, lost_ruling, unsure_link, rename), harm, district, level, title, why,
    evidence, decide (commands that settle it) and, for accusations, the whole entry. district: full name.

    Of unsure links only the most harmful of each text are asked about; every: all of them.
    """
    waiting = told(ledger, district=district)
    return by_harm([*waiting, *unsure_links(ledger, waiting, district=district, every=every)])


def foremost(waiting: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of what `told` says the items that no unsure link goes before: they need not wait for these."""
    return by_harm(item for item in waiting if item["kind"] == "accusation")


def by_harm(items: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Items, those first that may do most harm."""
    return sorted(items, key=lambda item: (-item["harm"], item["district"] or "", item["id"]))


def told(ledger: Ledger, *, district: str | None = None) -> list[dict[str, Any]]:
    """The items that the log and the rulings tell: accusations, rulings that got lost, renames."""
    log = changes(ledger, district=district, kinds=sorted(ACCUSATIONS)).entries
    accusations = (entry for entry in log if entry["reviewed"] is None)
    lost = _lost(ledger) if district is None else ()
    return [*map(_accusation, accusations), *lost, *renamed_parts(ledger, district)]


def unsure_links(
    ledger: Ledger,
    waiting: Sequence[Mapping[str, Any]],
    *,
    district: str | None = None,
    every: bool = False,
    progress: Progress | None = None,
) -> list[dict[str, Any]]:
    """The items for which all sentences of a place are compared anew: seconds, where it has many.

    waiting: what `told` says; accusations and renames take the room of a text first.
    """
    accusations = [item["entry"] for item in waiting if item["kind"] == "accusation"]
    renames = [item for item in waiting if item["kind"] == "rename"]
    accused = {(e["sha256"], tuple(map(tuple, e["spans"]))) for a in accusations for e in a["evidence"]}
    taken = Counter((one["district"], one["level"], one["edition_to"]) for one in (*accusations, *renames))
    return list(_links(ledger, district, accused, None if every else taken, progress))


def _accusation(entry: dict[str, Any]) -> dict[str, Any]:
    # What rests on weaker ground is more likely wrong, and so does more harm.
    weaker = {"apparent": 0.5, "inferred": 0.25}.get(entry["grade"] or "", 0.0)
    name = entry["id"]
    return {
        "id": name,
        "kind": "accusation",
        "harm": HARM[entry["change"]] + weaker,
        "district": entry["district"],
        "level": entry["level"],
        "title": entry["commitment"]["title"],
        "why": entry["why"],
        "evidence": entry["evidence"],
        "entry": entry,
        "targets": [name],
        "decide": [
            f"duixian rulings add review {name} --confirm --reason …",
            f"duixian rulings add review {name} --reject --reason …",
        ],
    }


def _lost(ledger: Ledger) -> Iterator[dict[str, Any]]:
    with ledger.reading() as connection:
        held = in_force(rulings_held(connection))
        names = names_of_versions(
            connection, {c.sha256 for r in held for c in r.evidence}, horizon(connection, None)
        )
    for ruling in lost(held, versions_cited(ledger, held, standing=True).values()):
        yield {
            "id": ruling.id,
            "kind": "lost_ruling",
            "harm": LOST,
            "district": None,
            "level": None,
            "title": ruling.kind,
            "why": f"ruled by {ruling.author}: {ruling.reason}; what it cites carries nothing any more",
            "evidence": [
                {**cited.record(), "document": names.get(cited.sha256), "quote": None}
                for cited in ruling.evidence
            ],
            "targets": [ruling.id],
            "decide": [
                f"duixian rulings revoke {ruling.id} --reason …",
                f"duixian rulings add {ruling.kind} SHA256:START-END --replaces {ruling.id} --reason …",
            ],
        }


def _links(
    ledger: Ledger,
    district: str | None,
    accused: set[Words],
    taken: Mapping[tuple[str, str, str], int] | None,
    progress: Progress | None,
) -> Iterator[dict[str, Any]]:
    """taken: accusations by place, level and edition; None: every link, however little hangs on it."""
    codes = (
        None if district is None else {p.code for p in find_places(ledger, district) if p.name == district}
    )
    with ledger.reading() as connection:
        upto = horizon(connection, None)
        hidden = withheld(connection)
        wanted = sorted(c for c in places_of_texts(connection) if codes is None or c in codes)
        for done, code in enumerate(wanted):
            if progress is not None:
                progress(done, len(wanted))
            versions = place_versions(connection, code)
            names = names_of_versions(connection, [v.sha256 for v in versions], upto)
            for harm, doubt in _asked(doubts(versions, rulings_on(connection, versions)), accused, taken):
                if district is None or doubt.owner.name == district:
                    item = _link(doubt, names, harm)
                    for piece in item["evidence"]:
                        if hidden.hides(piece["sha256"], piece["spans"]):
                            piece["quote"] = LABEL
                    yield item


def _asked(
    found: Iterable[Doubt], accused: set[Words], taken: Mapping[tuple[str, str, str], int] | None
) -> Iterator[tuple[float, Doubt]]:
    if taken is None:
        return ((doubt.harm(accused), doubt) for doubt in found)
    every = list(found)
    room = {(d.owner, d.later): taken.get((d.owner.name, d.owner.level, str(d.later)), 0) for d in every}
    return most_harmful(every, accused, room)


def _link(doubt: Doubt, names: dict[str, str], harm: float) -> dict[str, Any]:
    sides = (doubt.left, doubt.right)
    words = [f"{m.version.sha256[:16]}:" + ",".join(f"{a}-{b}" for a, b in m.statement.spans) for m in sides]
    named = [w + (f"#{m.slot}" if m.slot else "") for w, m in zip(words, sides, strict=True)]
    alias = alias_of(doubt.left, doubt.right)
    return {
        "id": digest("doubt", sorted(m.id for m in sides))[:ID_LENGTH],
        "kind": "unsure_link",
        "harm": round(harm, 4),
        "district": doubt.owner.name,
        "level": doubt.owner.level,
        "title": f"{_title(doubt.left)} / {_title(doubt.right)}",
        "why": f"{doubt.why} ({doubt.confidence:.2f})",
        "evidence": [_side(side, m, names) for side, m in zip(("old", "new"), sides, strict=True)],
        "targets": named,
        "alias": alias,
        "decide": [
            f"duixian rulings add same {' '.join(named)} --reason …",
            f"duixian rulings add not_same {' '.join(named)} --reason …",
            *(alias_commands(named, alias)[:1] if alias else ()),
        ],
    }


def _title(mention: Mention) -> str:
    return mention.slot or (mention.framework.name if mention.framework else mention.statement.subject)


def _side(side: str, mention: Mention, names: dict[str, str]) -> dict[str, Any]:
    published = mention.version.reading.published
    return {
        "side": side,
        "document": names.get(mention.version.sha256),
        "sha256": mention.version.sha256,
        "start": mention.statement.start,
        "end": mention.statement.end,
        "spans": [list(span) for span in mention.statement.spans],
        "quote": "".join(mention.version.reading.source.text[a:b] for a, b in mention.statement.spans),
        "edition": mention.edition,
        "published_on": published.value if published else None,
        "role": mention.role,
    }
