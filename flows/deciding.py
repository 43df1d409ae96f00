"""Recording people's decisions: read again what they touch if need be, then conclude anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from audit.ruling_forms import check_form
from audit.targets import NoTarget, check_evidence, target, words_for
from flows.rereading import catch_up
from flows.version import parser_version
from flows.when_needed import derive
from storage.rulings import places_ruled_on, record_rulings, rulings_held
from storage.runs import finish_run, start_run
from tracking.rulings import Cited, Ruling, RulingKind, in_force

if TYPE_CHECKING:
    from storage.ledger import Ledger
    from storage.write import RunOutcome


@dataclass(frozen=True, slots=True)
class Wish:
    """A ruling as a person words it. targets: see `audit.targets`. replaces: a ruling it stands in for."""

    kind: RulingKind
    targets: Sequence[str]
    author: str
    reason: str
    body: dict[str, Any] = field(default_factory=dict)
    replaces: str | None = None


def ruling_for(ledger: Ledger, wish: Wish) -> Ruling:
    """The ruling that a wish means, checked; raises NoTarget."""
    found = [target(ledger, name) for name in wish.targets]
    body = dict(wish.body)
    if wish.kind == "review":
        for one in found:
            if one.what != "entry":
                raise NoTarget("a review needs the id of an entry of the log: `duixian review` lists them")
            body |= one.entry
    whole = wish.kind in ("covers", "complete")
    evidence = tuple(Cited(cited.sha256) if whole else cited for one in found for cited in one.evidence)
    if wish.kind == "alias":
        body = words_for(ledger, evidence) | body
    replaces = None if wish.replaces is None else ruling_named(ledger, wish.replaces).id
    ruling = Ruling(
        wish.kind, tuple(dict.fromkeys(evidence)), wish.author, wish.reason, ledger.clock(), body, replaces
    )
    check_form(ruling)
    check_evidence(ledger, [ruling])
    return ruling


def ruling_named(ledger: Ledger, beginning: str) -> Ruling:
    """The ruling in force whose id begins so; raises NoTarget."""
    with ledger.reading() as connection:
        held = in_force(rulings_held(connection))
    found = [ruling for ruling in held if beginning and ruling.id.startswith(beginning)]
    if len(found) != 1:
        many = "several rulings in force have" if found else "no ruling in force has"
        raise NoTarget(f"{many} an id that begins with {beginning}: `duixian rulings list` shows them")
    return found[0]


def revocation(ledger: Ledger, beginning: str, author: str, reason: str) -> Ruling:
    """The ruling that takes another one back."""
    gone = ruling_named(ledger, beginning)
    if gone.kind == "withhold" and gone.body.get("erase"):
        raise NoTarget("what was erased cannot be shown again")
    ruling = Ruling("revoke", (), author, reason, ledger.clock(), revokes=gone.id)
    check_form(ruling)
    return ruling


def decide(ledger: Ledger, rulings: Sequence[Ruling]) -> RunOutcome:
    """Record rulings with all that follows; an older reading of the places is renewed first."""
    run = start_run(ledger, kind="ruling", parser_version=parser_version())
    try:
        with ledger.reading() as connection:
            gone = {ruling.revokes for ruling in rulings}
            taken_back = [ruling for ruling in rulings_held(connection) if ruling.id in gone]
            places = places_ruled_on(connection, [*rulings, *taken_back])
        catch_up(ledger, run, places)
        outcome = record_rulings(ledger, run, rulings, derive)
    except BaseException:
        finish_run(ledger, run, status="failed")
        raise
    finish_run(ledger, run, status="completed", counts={"rulings": len(rulings)})
    return outcome
