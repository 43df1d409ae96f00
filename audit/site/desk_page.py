"""Signing in, and the review desk: one thing at a time, decided with one key, undone with another."""

from __future__ import annotations

import time
from threading import Lock
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, HTTPException, Path, Query, Request, Response
from fastapi.responses import RedirectResponse

from audit import review
from audit.site.filters import District
from audit.site.options import Decision
from audit.site.place import Site
from audit.site.security import Pace
from audit.site.signing import COOKIE, HOURS, SAME_SITE, WITH_TOKEN, at_least, session
from audit.site.viewing import PlainViewing, View
from audit.targets import NoTarget
from storage.readings import texts_of
from storage.rulings import rulings
from storage.withholding import LABEL, Withheld, withheld
from tracking.words.marking import marked as _
from tracking.words.sentences import sentence

pages = APIRouter(include_in_schema=False)
AROUND = 80
"""Characters shown before and behind a near passage."""
_deciding = Lock()
Choice = Literal["confirm", "reject", "same", "not_same", "alias", "no_alias", "revoke", "accept", "decline"]
Editor = Annotated[View, at_least("editor")]
Publisher = Annotated[View, at_least("publisher")]


ROLE_NAMES = {
    "reader": _("reader"),
    "editor": _("editor"),
    "publisher": _("publisher"),
    "operator": _("ledger operator"),
}
RULED = {
    "review": _("an accusation was reviewed"),
    "same": _("one commitment"),
    "not_same": _("two commitments"),
    "merge": _("put together"),
    "split": _("parted"),
    "alias": _("words that mean the same"),
    "wrong_statement": _("wrongly read"),
    "right_value": _("an amount set right"),
    "complete": _("whether an edition is complete"),
    "covers": _("an area that a text treats"),
    "withhold": _("withheld"),
    "reply": _("a reply accepted"),
    "revoke": _("a ruling taken back"),
    "confirmed": _("it holds"),
    "rejected": _("it does not hold"),
}
"""Kinds of rulings and verdicts, in words."""
CHOICES: dict[str, tuple[tuple[str, str, str], ...]] = {
    "accusation": (("confirm", "1", _("It holds")), ("reject", "2", _("It does not hold"))),
    "unsure_link": (
        ("same", "1", _("One commitment")),
        ("not_same", "2", _("Two commitments")),
        ("alias", "3", _("One, and always one here: two words for it")),
    ),
    "rename": (("alias", "1", _("The same under another name")), ("no_alias", "2", _("Two different parts"))),
    "lost_ruling": (("revoke", "1", _("Take the ruling back")),),
    "message": (("accept", "1", _("Accept")), ("decline", "2", _("Decline"))),
}
"""What can be decided of each kind of thing: name, key, words."""


@pages.get("/sign-in")
def sign_in_form(view: PlainViewing) -> Response:
    """The form."""
    return view.page("sign_in.html", failed=False)


@pages.post("/sign-in", dependencies=[SAME_SITE])
def sign_in(
    request: Request,
    view: PlainViewing,
    name: Annotated[str, Form(max_length=80)],
    password: Annotated[str, Form(max_length=200)],
) -> Response:
    """Show who one is."""
    site = view.site
    pace: Pace = request.app.state.attempts
    address = request.client.host if request.client else ""
    if not pace.allows(address, time.monotonic()):
        raise HTTPException(429, view._("Too many attempts: wait a minute."))
    role = site.services.accounts.check(name, password) if site.services.accounts else None
    if role is None or not site.options.secret:
        return view.page("sign_in.html", 401, failed=True)
    answer = RedirectResponse("/review" if role != "reader" else "/", 303)
    secure = site.options.public or request.url.scheme == "https"
    answer.set_cookie(
        COOKIE, session(site, name), max_age=HOURS * 3600, httponly=True, samesite="strict", secure=secure
    )
    return answer


@pages.post("/sign-out", dependencies=[WITH_TOKEN])
def sign_out() -> Response:
    """Leave."""
    answer = RedirectResponse("/", 303)
    answer.delete_cookie(COOKIE)
    return answer


@pages.get("/review")
def desk(
    view: Editor,
    district: District = None,
    skip: Annotated[int, Query(ge=0, le=100_000)] = 0,
    done: Annotated[str | None, Query(max_length=64, pattern=r"^[0-9a-f]+$")] = None,
) -> Response:
    """The thing that matters most of those that wait, with everything that deciding it needs."""
    waiting, all_found = _waiting(view, view.district(district), at=skip)
    skip = min(skip, max(len(waiting) - 1, 0))
    item = waiting[skip] if waiting else None
    return view.page(
        "desk.html",
        item=item,
        number=len(waiting),
        all_found=all_found,
        skip=skip,
        done=done,
        district=view.district(district),
        choices=_choices(item) if item else (),
        nearest=_nearest(view, item) if item else [],
        role_names={name: view._(word) for name, word in ROLE_NAMES.items()},
    )


@pages.get("/review/{entry}")
def one_entry(view: Editor, entry: Annotated[str, Path(pattern=r"^[0-9a-f]{8,64}$")]) -> Response:
    """The desk with this entry before one, where it still waits."""
    at = next((n for n, one in enumerate(_waiting(view, None, at=0)[0]) if one["id"] == entry), 0)
    return RedirectResponse(view.link("/review", skip=at or None), 303)


@pages.post("/review", dependencies=[WITH_TOKEN])
def decide(
    view: Editor,
    item: Annotated[str, Form(max_length=64)],
    choice: Annotated[Choice, Form()],
    reason: Annotated[str, Form(max_length=2000)] = "",
    district: Annotated[str, Form(max_length=60)] = "",
    skip: Annotated[int, Form(ge=0, le=100_000)] = 0,
) -> Response:
    """Decide it: everything goes through rulings."""
    place = view.district(district or None)
    waiting = (one for at in (0, None) for one in _waiting(view, place, at=at)[0])
    found = next((one for one in waiting if one["id"] == item), None)
    if found is None:
        raise HTTPException(409, view._("Somebody has decided this already."))
    if choice not in {name for name, _, _ in _choices(found)}:
        raise HTTPException(400, view._("This cannot be decided so."))
    decision = _decision(found, choice, reason.strip() or view._("compared on the review desk"))
    ruling = ""
    if found["kind"] == "message":
        ruling = _answer(view, found, choice, decision)
    elif decision is not None:
        ruling = _ruled(view, decision)
        view.site.decided[ruling] = item
    return RedirectResponse(view.link("/review", district=place, skip=skip or None, done=ruling or None), 303)


@pages.post("/review/undo", dependencies=[WITH_TOKEN])
def undo(view: Editor, ruling: Annotated[str, Form(max_length=64, pattern=r"^[0-9a-f]+$")]) -> Response:
    """Take back what one has decided oneself."""
    assert view.user is not None
    own = [r for r in rulings(view.site.ledger) if r["id"] == ruling and r["author"] == view.user["name"]]
    if not own:
        raise HTTPException(403, view._("Only who decided can undo it here."))
    _ruled(view, Decision("revoke", (), view._("undone on the review desk"), undoes=ruling))
    view.site.decided.pop(ruling, None)
    return RedirectResponse("/review", 303)


@pages.get("/rulings")
def trail(view: Editor) -> Response:
    """Who decided what, and when."""
    found = rulings(view.site.ledger, known_at=view.clocks.known_at)
    words = {name: view._(word) for name, word in RULED.items()}
    return view.page("rulings.html", rulings=found[::-1][:500], words_of=lambda name: words.get(name, name))


def _waiting(view: View, district: str | None, *, at: int | None = None) -> tuple[list[dict[str, Any]], bool]:
    """What waits, and whether unsure links are among it: while they are looked for, the items before them are
    there already. at: number of the item that is wanted; None waits for all."""
    ledger, site = view.site.ledger, view.site
    told = site.remembered(("queue", district), lambda: review.told(ledger, district=district))
    inbox = site.services.inbox
    messages = inbox.open() if inbox is not None else []
    # To find these takes seconds, or minutes: after a decision they are found anew while the next is
    # looked at.
    links = site.lately(
        ("links", district),
        lambda: review.unsure_links(ledger, told, district=district),
        wait=at is None or at >= len(messages) + len(review.foremost(told)),
    )
    with ledger.reading() as connection:
        hidden = withheld(connection)
    queue = review.by_harm([*told, *(one for one in links or () if _still(site, one, hidden))])
    return [*(_message(m) for m in messages), *queue], links is not None


def _still(site: Site, link: dict[str, Any], hidden: Withheld) -> bool:
    """Whether an unsure link may be asked about though the ledger has grown since it was found."""
    return link["id"] not in site.decided.values() and not any(
        hidden.hides(e["sha256"], e["spans"]) and e["quote"] != LABEL for e in link["evidence"]
    )


def _choices(item: dict[str, Any]) -> tuple[tuple[str, str, str], ...]:
    """What can be decided of an item: words are proposed for one only where two statements differ by them."""
    every = CHOICES[item["kind"]]
    return every if item.get("alias") else tuple(one for one in every if one[0] != "alias")


def _nearest(view: View, item: dict[str, Any]) -> list[dict[str, Any]]:
    """The passages of the later text that came nearest, with what stands around them."""
    near = [
        n for n in ((item.get("entry") or {}).get("searched") or {}).get("nearest", ()) if n.get("sha256")
    ]
    with view.site.ledger.reading() as connection:
        hidden = withheld(connection)
        sources = texts_of(connection, {n["sha256"] for n in near})
    told = []
    for one in near:
        source, start, end = sources.get(one["sha256"], ""), one["start"], one["end"]
        if not source or hidden.hides(one["sha256"], [(max(0, start - AROUND), end + AROUND)]):
            continue
        around = {"before": source[max(0, start - AROUND) : start], "after": source[end : end + AROUND]}
        told.append({**one, **around, "words": source[start:end]})
    return told


def _message(message: dict[str, str]) -> dict[str, Any]:
    return {
        "id": message["id"],
        "kind": "message",
        "harm": 9.0,
        "district": None,
        "title": message["entry"],
        "why": "",
        "evidence": [],
        "targets": [message["entry"]],
        "message": message,
    }


def _decision(item: dict[str, Any], choice: str, reason: str) -> Decision | None:
    targets = item["targets"]
    if choice in ("confirm", "reject"):
        return Decision("review", targets, reason, {"verdict": f"{choice}ed"})
    if choice in ("same", "not_same"):
        return Decision(choice, targets, reason)
    if choice in ("alias", "no_alias"):
        return Decision("alias", targets, reason, {**item["alias"], "holds": choice == "alias"})
    if choice == "revoke":
        return Decision("revoke", (), reason, undoes=targets[0])
    if choice == "accept" and item["message"]["kind"] == "reply":
        body = {"text": item["message"]["text"], "from": item["message"]["from"]}
        return Decision("reply", targets, reason, body)
    return None


def _answer(view: View, item: dict[str, Any], choice: str, decision: Decision | None) -> str:
    """Deal with a message; an accepted reply becomes a ruling, which only a publisher may make."""
    assert view.user is not None and view.site.services.inbox is not None
    if decision is not None and view.user["role"] not in ("publisher", "operator"):
        raise HTTPException(403, view._("Your role does not allow this."))
    ruling = _ruled(view, decision) if decision is not None else ""
    view.site.services.inbox.close(item["id"], view.user["name"], choice)
    return ruling


def _ruled(view: View, decision: Decision) -> str:
    if view.site.services.decide is None:
        raise HTTPException(403, view._("Nothing can be decided here."))
    assert view.user is not None
    try:
        with _deciding:
            return view.site.services.decide(view.site.ledger, decision, view.user["name"])
    except NoTarget as fault:
        raise HTTPException(409, sentence(str(fault), view.lang)) from fault
