"""The parts of a mail around its items: corrections, due dates, counts, legend, what it rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from digests.choose import Special, wanted
from digests.issue import Correction, Fact, Issue
from digests.items import change_label
from digests.links import Links
from digests.mail import Count, DueGroup, DueLine, Line, TakenBack
from digests.subscriptions import Subscription
from digests.telling import headline, one_line, tell
from storage.mails.looked_at import LookedAt
from storage.mails.texts import Text
from tracking.model import ACCUSATIONS
from tracking.words.areas import area_word
from tracking.words.catalogue import translator
from tracking.words.labels import Label, Lang, label

MOST_DUE = 8
RECENT = timedelta(days=400)
"""How long what was due is told of: until a year's report has had its time."""


def taken_back_words(one: Correction, issue: Issue, subscription: Subscription, links: Links) -> TakenBack:
    """A correction: what was said, why it does not hold, what holds instead."""
    lang = subscription.lang
    _ = translator(lang)
    causes = {
        "document": _("A text that came later changes what follows."),
        "parser": _("Our reading of the text was wrong."),
        "ruling": _("A person compared it with the text and decided otherwise."),
    }
    told = tell(one.told, issue, lang, links)
    place = str(one.told["district"])
    now = tell(one.now, issue, lang, links) if one.now is not None else None
    return TakenBack(
        before=_("On {date} we wrote about {place}:").format(date=_day(one.on, subscription), place=place),
        told=headline(told, lang),
        cause=causes[one.cause],
        now=_("Now: {entry}").format(entry=headline(now, lang))
        if now
        else _("The entry does not hold any more."),
        link=(now or told).link,
    )


def taken_back_line(one: Correction, issue: Issue, subscription: Subscription, links: Links) -> str:
    """A correction in one line."""
    told = taken_back_words(one, issue, subscription, links)
    return f"{told.told} · {told.cause} {told.now}"


def more_line(count: int, subscription: Subscription, links: Links) -> Line | None:
    """How many entries are left out, and where they are; None where none are."""
    if count <= 0:
        return None
    _ = translator(subscription.lang)
    place = subscription.places[0] if len(subscription.places) == 1 else ""
    link = links.changes({"district": place})
    words = _("{count} more are not shown here.").format(count=count)
    if not link:
        words += " " + _("All of them: {command}").format(
            command="duixian changes" + (f" --district {place}" if place else "")
        )
    return Line(words, link)


def due_groups(
    subscription: Subscription, rows: Sequence[Mapping[str, Any]], links: Links, on: datetime
) -> tuple[DueGroup, ...]:
    """What is due soon, awaits a report or is overdue, of what a subscription asks for. rows: as
    `audit.standing.due` gives them, each with its `area`."""
    lang = subscription.lang
    _ = translator(lang)
    any_kind = _of_any_kind(subscription)
    oldest = (on.astimezone(ZoneInfo(subscription.zone)) - RECENT).date().isoformat()
    rows = [row for row in rows if row["due"] >= oldest and wanted(row, row["area"], any_kind)]
    groups = []
    for state in ("due_soon", "awaiting_report", "overdue"):
        own = [row for row in rows if row["state"] == state]
        if not own:
            continue
        if state != "due_soon":
            own.sort(key=lambda row: row["due"], reverse=True)
        lines = tuple(
            DueLine(
                row["due"],
                one_line(f"{row['district']} {row['commitment']['title']}"),
                links.commitment(str(row["commitment"]["id"])),
            )
            for row in own[:MOST_DUE]
        )
        left = len(own) - len(lines)
        groups.append(
            DueGroup(
                label("standing", state, lang).word,
                lines,
                _("{count} more: {command}").format(count=left, command=f"duixian due --state {state}")
                if left > 0
                else "",
            )
        )
    return tuple(groups)


def _of_any_kind(subscription: Subscription) -> Subscription:
    """The same wishes without kinds of change, which a due date has none of."""
    return subscription.model_copy(update={"kinds": ()})


def notes(seen: LookedAt | None, archive: Sequence[Text], lang: Lang) -> tuple[str, ...]:
    """What else there is to say: archive added, sources looked at."""
    _ = translator(lang)
    notes = [archive_line(archive, lang)] if archive else []
    if seen is not None:
        told = _("Sources looked at: {count}").format(count=seen.sources)
        if seen.failed:
            told += _("; failed: {names}").format(names="、".join(map(one_line, seen.failed)))
        notes.append(told)
    return tuple(notes)


def archive_line(texts: Sequence[Text], lang: Lang) -> str:
    """Archive added: N texts, with the years that they speak for."""
    _ = translator(lang)
    years = sorted({text.said.year for text in texts if text.said is not None})
    span = "" if not years else str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
    if not span:
        return _("Archive added: {count} texts").format(count=len(texts))
    return _("Archive added: {count} texts, {years}").format(count=len(texts), years=span)


def counts(facts: Sequence[Fact], lang: Lang) -> tuple[Count, ...]:
    """How many entries each area has, most first."""
    counted = Counter(fact.area for fact in facts)
    most = max(counted.values(), default=1)
    return tuple(
        Count(area_word(area, lang), number, max(2, round(100 * number / most)))
        for area, number in sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    )


def comparison(special: Special, lang: Lang, links: Links) -> Line | None:
    """The way to the comparison with the edition before."""
    _ = translator(lang)
    text = special.text
    earlier = sorted(
        {
            str(fact.entry["edition_from"])
            for fact in special.facts
            if fact.entry["edition_from"] and str(fact.entry["edition_from"]) < str(text.year)
        }
    )
    if not text.year or not earlier:
        return None
    against = earlier[-1]
    words = _("The plan of {year} beside that of {against}").format(year=text.year, against=against)
    link = links.comparison(text.district, text.year, against)
    if not link:
        words += f": duixian plan {text.district} {text.year} --against {against}"
    return Line(words, link)


def legend(facts: Sequence[Fact], lang: Lang) -> tuple[Label, ...]:
    """The words that occur, each once."""
    entries = [fact.entry for fact in facts]
    found = [change_label(entry, lang) for entry in entries]
    found += [
        label("grade", grade, lang)
        for grade in ("stated", "inferred", "apparent")
        if any(e["change"] in ACCUSATIONS and e.get("grade") == grade for e in entries)
        or (grade != "stated" and any(e.get("grade") == grade for e in entries))
    ]
    if any(e["change"] in ACCUSATIONS and not e.get("reviewed") for e in entries):
        found.append(label("review", "pending", lang))
    directions = [
        str(f["direction"])
        for e in entries
        if e["change"] != "conflict"
        for f in (e.get("fields") or {}).values()
        if f.get("direction")
    ]
    found += [label("direction", one, lang) for one in dict.fromkeys(directions)]
    return tuple(dict.fromkeys(found))


def footer(issue: Issue, subscription: Subscription) -> tuple[str, ...]:
    """What a mail rests on, why it came, and the head of the chain: every reader is a witness."""
    _ = translator(subscription.lang)
    often = {
        "daily": _("daily"),
        "weekly": _("weekly"),
        "monthly": _("monthly"),
        "at once": _("at once"),
    }[subscription.often]
    who = (
        _("For editors: what nobody has reviewed yet is marked.")
        if subscription.role == "editor"
        else _("Only what a person has reviewed says that a promise was not met or not listed again.")
    )
    about = "、".join(subscription.places) or _("all places")
    return (
        _("Compiled by Duixian from public texts, each entry with its sentence."),
        who,
        _("You get this {often} about {places}.").format(often=often, places=about),
        _("Ledger up to entry {seq}, recorded {time}, chain head {head}").format(
            seq=issue.upto, time=local(issue.at, subscription), head=issue.head
        ),
    )


def local(moment: datetime, subscription: Subscription) -> str:
    """A time on the subscriber's clock."""
    return moment.astimezone(ZoneInfo(subscription.zone)).strftime("%Y-%m-%d %H:%M")


def _day(moment: datetime, subscription: Subscription) -> str:
    return moment.astimezone(ZoneInfo(subscription.zone)).strftime("%Y-%m-%d")
