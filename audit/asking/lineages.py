"""The lineage of a project or a named system: every sentence on it over the years, in all commitments.

A project is planned, begun and built in different promises; a system changes its number and its parts from
year to year. Both are asked for by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from audit.asking import commitments
from audit.asking.changes import Audience
from audit.asking.clocks import Clocks
from audit.asking.digits import Items, moved, paired
from audit.asking.points import role_of
from storage.ledger import Ledger
from storage.models import CommitmentRow
from storage.queries.facts import standing
from storage.queries.named import Naming, namings
from storage.queries.search import search_statements
from storage.selecting import horizon
from tracking.frameworks import core
from tracking.naming import printed_names
from tracking.terms import normal

MOST = 40
"""Commitments that one lineage looks at."""
_PAGES, _PAGE = 5, 100
_KEPT = (
    "key", "edition", "role", "kind", "stage", "modality", "period", "published_on", "text", "quote",
    "subject", "document", "document_title", "sha256", "start", "end", "spans", "confidence",
)  # fmt: skip
_HEAD = ("id", "title", "kind", "life", "editions")
Record = dict[str, Any]
Sort = Literal["editions", "name"]


def names(ledger: Ledger, district: str, clocks: Clocks, sort: Sort = "editions") -> list[Record]:
    """What the promises of a place name: `name`, `kind` (project or system), `editions`, how many
    `statements`, and the ids of the `commitments`; in an order (`order_of`)."""
    with ledger.reading() as connection:
        told = namings(connection, district, horizon(connection, clocks.known_at))
    found: dict[tuple[str, str], Record] = {}
    for one in told:
        if one.period is not None and not clocks.holds(None, one.period):
            continue
        for kind, key, name in _named(one):
            record = found.setdefault(
                (kind, key), {"name": name, "kind": kind, "editions": [], "statements": 0, "commitments": []}
            )
            record["statements"] += 1
            for told_in, value in (("editions", one.period), ("commitments", one.commitment)):
                if value is not None and value not in record[told_in]:
                    record[told_in].append(value)
    for record in found.values():
        record["editions"].sort()
        record["commitments"].sort()
    return sorted(found.values(), key=lambda one: order_of(one, sort))


def order_of(one: Record, sort: Sort = "editions") -> tuple[str | int, ...]:
    """What the list is sorted by: of most editions first, or by name."""
    named = one["name"], one["kind"], one["commitments"][0]
    return named if sort == "name" else (-len(one["editions"]), -one["statements"], *named)


def _named(one: Naming) -> Iterable[tuple[str, str, str]]:
    """Kind, key and name of what a statement names. A system is known by its thread: its number changes."""
    if one.system is not None:
        yield "system", one.commitment, one.title
    for name in printed_names(one.project or ""):
        yield "project", normal(name), name


def lineage(
    ledger: Ledger, district: str, name: str, clocks: Clocks, audience: Audience = "operator"
) -> Record | None:
    """The lineage of what is called so: `kind`, `commitments`, `steps` (its sentences, earliest edition
    first; of systems with formula and digits, each with what came and went) and `changes` (entries of the log
    that hold). None where no sentence of the place names it."""
    ids = _systems(ledger, district, name, clocks)
    kind = "system" if ids else "project"
    loose: list[Record] = []
    if not ids:
        ids, loose = _projects(ledger, district, name, clocks)
    stories = [s for i in ids[:MOST] if (s := commitments.story(ledger, i, clocks, audience)) is not None]
    if kind == "system":
        stories = _wholes(stories)
    steps = [
        _step(s, story)
        for story in stories
        for s in story["statements"]
        if not s.get("withheld") and (kind == "system" or _speaks_of(s, story, name))
    ]
    steps += [_step({"edition": None, "role": "result", **s}, None) for s in loose]
    if not steps:
        return None
    if stories and all(story["kind"] == "framework" for story in stories):
        kind = "system"  # another government's, which a text of this place names
    steps = list({(s["key"], (s["commitment"] or {}).get("id")): s for s in steps}.values())
    steps.sort(
        key=lambda s: (
            *(s["edition"] or (s["period"] or s["published_on"] or "9999")[:4], s["published_on"] or "9999"),
            *(s["sha256"], s["start"], s["key"]),
        )
    )
    entries = {e["id"]: e for story in stories for e in story["changes"] if not e["superseded_by"]}
    cited = {(s["sha256"], s["start"]) for s in steps}
    return {
        "district": district,
        "name": name,
        "kind": kind,
        "commitments": [
            {key: s[key] for key in ("id", "title", "kind", "life", "editions")} for s in stories
        ],
        "steps": compared(steps),
        "changes": [
            e
            for e in entries.values()
            if kind == "system" or any((x["sha256"], x["start"]) in cited for x in e["evidence"])
        ],
    }


def _wholes(stories: Iterable[Record]) -> list[Record]:
    """Stories with the sentences that no longer one has: a system's parts are threads of their own, on the
    same sentences as the whole."""
    seen: set[str] = set()
    found = []
    for story in sorted(
        stories, key=lambda s: (-len(s["statements"]), "·" in s["title"], s["title"], s["id"])
    ):
        said = [s for s in story["statements"] if s["key"] not in seen]
        if said:
            seen |= {s["key"] for s in said}
            found.append({**story, "statements": said})
    return found


def _systems(ledger: Ledger, district: str, name: str, clocks: Clocks) -> list[str]:
    """Ids of the systems called so, now or in an earlier edition: by their name without head nouns, or by
    their formula."""
    with ledger.reading() as connection:
        told = namings(connection, district, horizon(connection, clocks.known_at))
    wanted, bare = normal(name), core(name)
    return sorted(
        {
            one.commitment
            for one in told
            if one.system is not None
            and (
                core(one.title) == bare
                or core(one.system["name"]) == bare
                or normal(one.system["formula"] or "") == wanted
            )
        }
    )


def _projects(ledger: Ledger, district: str, name: str, clocks: Clocks) -> tuple[list[str], list[Record]]:
    """Ids of the commitments of which a sentence or the title has the name; and sentences of none of them."""
    found: dict[str, None] = {}
    loose: list[Record] = []
    after = None
    for _ in range(_PAGES):
        hits = search_statements(
            ledger, name, district=district, known_at=clocks.known_at, after=after, limit=_PAGE
        )
        for said in hits.entries:
            if said["commitment"]:
                found[said["commitment"]["id"]] = None
            elif clocks.holds(said["published_on"], said["period"]):
                loose.append(said)
        after = hits.next
        if after is None:
            break
    t = CommitmentRow.__table__
    with ledger.reading() as connection:
        query = standing(CommitmentRow, horizon(connection, clocks.known_at)).where(
            t.c.district == district, t.c.title.contains(name, autoescape=True)
        )
        titled = connection.execute(query.with_only_columns(t.c.id).order_by(t.c.id).limit(MOST)).scalars()
        found |= dict.fromkeys(titled)
    return sorted(found), loose


def _speaks_of(s: Mapping[str, Any], story: Mapping[str, Any], name: str) -> bool:
    wanted = normal(name)
    return any(wanted in normal(text or "") for text in (s["text"], s["project"], story["title"]))


def _step(s: Mapping[str, Any], story: Mapping[str, Any] | None) -> Record:
    system = s["framework"] or {}
    of = None if story is None else {key: story[key] for key in ("id", "title", "kind")}
    digits = [{"label": c["label"], "items": list(c["items"])} for c in system.get("components", ())]
    told = {key: s.get(key) for key in _KEPT} | {"role": role_of(s), "commitment": of}
    return {**told, "formula": system.get("formula"), "digits": digits}


def compared(steps: Sequence[Record]) -> list[Record]:
    """Steps whose digits also say what came and went since the last earlier step that lists the same."""
    last: dict[tuple[str | None, str], list[Items]] = {}
    told = []
    for step in steps:
        of = (step["commitment"] or {}).get("id")
        digits = []
        for label in dict.fromkeys(d["label"] for d in step["digits"]):
            listed = [d["items"] for d in step["digits"] if d["label"] == label and d["items"]]
            unlisted = []
            for old, new in paired(last.get((of, label), []), listed):
                if new is not None:
                    came, went = moved(old, new)
                    digits.append({"label": label, "items": list(new), "came": came, "went": went})
                elif old is not None:
                    unlisted.append(old)
            last[of, label] = [*listed, *unlisted]
            if not listed:
                digits.append({"label": label, "items": [], "came": [], "went": []})
        told.append({**step, "digits": digits})
    return told
