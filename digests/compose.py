"""A subscriber's mails of one window: the digest, and one for each full report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from digests.areas import area_of, area_word
from digests.choose import Choice, Special, wanted
from digests.forms import item_html, item_text, mail_html, mail_text
from digests.issue import Correction, Fact, Issue
from digests.items import change_label
from digests.links import UNSUBSCRIBE, Links
from digests.mail import Area, Count, DueGroup, DueLine, Line, Mail, Place, Rendered, TakenBack
from digests.subscriptions import Subscription
from digests.telling import headline, one_line, tell
from storage.mails.looked_at import LookedAt
from storage.mails.outbox import Attachment, Content, Kind, What
from storage.mails.texts import Text
from tracking.model import ACCUSATIONS
from tracking.words.catalogue import translator
from tracking.words.labels import Label, Lang, label

MOST_ITEMS = 30
SPECIAL_ITEMS = 10
MOST_CORRECTIONS = 30
MOST_DUE = 8
ROOM = 52_000
"""Bytes of all items in both forms: the whole mail stays under 100 kB as it travels (base64 adds a third)."""
LONGEST_SUBJECT = 110
AHEAD = {"daily": 7, "weekly": 7, "monthly": 31, "at once": 7}
"""How many days ahead due dates are told."""
RECENT = timedelta(days=400)
"""How long what was due is told of: until a year's report has had its time."""

Due = Callable[[Subscription, datetime, timedelta], Sequence[Mapping[str, Any]]]
"""Rows as `audit.standing.due` gives them, for a subscription's places on a day."""
Workbook = Callable[[str, str, Lang], Attachment | None]
"""The XLSX of a place (full name) for a role in a language."""


@dataclass(frozen=True, slots=True)
class Composed:
    """A mail ready for the outbox. told: rows of the log with what it does to them."""

    kind: Kind
    content: Content
    told: tuple[tuple[int, What], ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """What composing needs from elsewhere."""

    links: Links
    due: Due
    workbook: Workbook
    looked_at: Callable[[datetime, datetime], LookedAt | None]


def compose(
    issue: Issue, choice: Choice, subscription: Subscription, desk: Desk, on: datetime
) -> list[Composed]:
    """The mails of a window for one subscriber; none where there is nothing to tell. on: when it is due."""
    made = [_special(issue, one, subscription, desk) for one in choice.specials]
    if choice.news or choice.corrections or choice.archive or (subscription.empty and not made):
        made.append(_digest(issue, choice, subscription, desk, on))
    return made


def _digest(issue: Issue, choice: Choice, subscription: Subscription, desk: Desk, on: datetime) -> Composed:
    lang = subscription.lang
    _ = translator(lang)
    shown, total = _shown(issue, choice.news, lang, desk.links, MOST_ITEMS), len(choice.news)
    corrections = choice.corrections[:MOST_CORRECTIONS]
    texts = {e["sha256"] for f in choice.news for e in f.entry["evidence"]}
    summary = _("{entries} changes, from {texts} texts; recorded up to {time}").format(
        entries=total, texts=len(texts), time=_local(on, subscription)
    )
    mail = Mail(
        lang=lang,
        demo=issue.demo,
        subject=_subject(choice, shown, lang),
        heading=_heading(choice, shown, lang),
        summary=summary,
        corrections=tuple(_taken_back(one, issue, subscription, desk.links) for one in corrections),
        nothing="" if total or corrections or choice.archive else _("Nothing has changed."),
        places=_places(shown, lang),
        more=_more(total - len(shown), subscription, desk.links),
        due=_due(subscription, desk, on),
        notes=_notes(desk.looked_at(issue.began, on), choice.archive, lang),
        legend=_legend([fact for fact, _item in shown], lang),
        footer=_footer(issue, subscription),
        unsubscribe=UNSUBSCRIBE,
    )
    told: list[tuple[int, What]] = [(fact.seq, "news") for fact in choice.news]
    for one in choice.corrections:
        told.append((one.seq, "taken back"))
        if one.now_seq is not None:
            told.append((one.now_seq, "news"))
    return _composed("digest", mail, subscription, told, issue, ())


def _special(issue: Issue, special: Special, subscription: Subscription, desk: Desk) -> Composed:
    lang = subscription.lang
    _ = translator(lang)
    text = special.text
    title = one_line(text.title or text.district)
    shown = _shown(issue, special.facts, lang, desk.links, SPECIAL_ITEMS)
    first = headline(shown[0][1].told) if shown else ""
    heading = _("Special edition: {title}").format(title=title)
    more = len(special.facts) - len(shown)
    files = desk.workbook(text.district, issue.role, lang)
    notes = [_("The attached workbook holds all of the place's promises and changes.")] if files else []
    mail = Mail(
        lang=lang,
        demo=issue.demo,
        subject=_cut(f"{_('Duixian')}｜{heading} · {first}"),
        heading=heading,
        summary=_("{entries} changes; the {shown} weightiest are below").format(
            entries=len(special.facts), shown=len(shown)
        ),
        counts=_counts(special.facts, lang),
        comparison=_comparison(special, lang, desk.links),
        places=_places(shown, lang),
        more=_more(more, subscription, desk.links),
        notes=tuple(notes),
        legend=_legend([fact for fact, _item in shown], lang),
        footer=_footer(issue, subscription),
        unsubscribe=UNSUBSCRIBE,
    )
    told: list[tuple[int, What]] = [(fact.seq, "news") for fact in special.facts]
    return _composed("special", mail, subscription, told, issue, (files,) if files else ())


def _composed(
    kind: Kind,
    mail: Mail,
    subscription: Subscription,
    told: Iterable[tuple[int, What]],
    issue: Issue,
    files: tuple[Attachment, ...],
) -> Composed:
    told = tuple(told)
    cites = {e["sha256"] for f in issue.facts if (f.seq, "news") in set(told) for e in f.entry["evidence"]}
    for one in issue.corrections.get(subscription.id, ()):
        cites |= {e["sha256"] for e in one.told["evidence"]}
    html = mail_html(mail) if subscription.format == "both" and subscription.channel == "mail" else None
    content = Content(mail.subject, mail_text(mail), html, files, tuple(sorted(cites)))
    return Composed(kind, content, told)


def _shown(
    issue: Issue, facts: Sequence[Fact], lang: Lang, links: Links, most: int
) -> list[tuple[Fact, Rendered]]:
    """The weightiest items that there is room for."""
    found: list[tuple[Fact, Rendered]] = []
    room = ROOM
    for fact in facts[:most]:
        item = _rendered(issue, fact, lang, links)
        room -= item.size
        if room < 0 and found:
            break
        found.append((fact, item))
    return found


def _rendered(issue: Issue, fact: Fact, lang: Lang, links: Links) -> Rendered:
    """An item in both forms, made once for all who get it."""
    key = (fact.seq, lang, links)
    if key not in issue.marks:
        told = tell(fact.entry, issue, lang, links)
        issue.marks[key] = Rendered(told, item_html(told, lang), item_text(told, lang))
    kept: Rendered = issue.marks[key]
    return kept


def _places(shown: Sequence[tuple[Fact, Rendered]], lang: Lang) -> tuple[Place, ...]:
    """Items by place and area; places and areas in the order of their weightiest item."""
    order: dict[str, dict[str, list[Rendered]]] = {}
    for fact, item in shown:
        order.setdefault(str(fact.entry["district"]), {}).setdefault(fact.area, []).append(item)
    return tuple(
        Place(name, tuple(Area(area_word(area, lang), tuple(items)) for area, items in areas.items()))
        for name, areas in order.items()
    )


def _heading(choice: Choice, shown: Sequence[tuple[Fact, Rendered]], lang: Lang) -> str:
    _ = translator(lang)
    if shown:
        fact, item = shown[0]
        return (
            f"{fact.entry['district']}：{headline(item.told)}"
            if lang == "zh"
            else (f"{fact.entry['district']}: {headline(item.told)}")
        )
    if choice.corrections:
        return _("Corrections to earlier mails: {count}").format(count=len(choice.corrections))
    if choice.archive:
        return _archive(choice.archive, lang)
    return _("Nothing has changed.")


def _subject(choice: Choice, shown: Sequence[tuple[Fact, Rendered]], lang: Lang) -> str:
    """The most important thing; what was wrong before comes before what is new."""
    _ = translator(lang)
    rest = len(choice.news) - 1
    heading = _heading(choice, shown, lang)
    more = _(" (and {count} more)").format(count=rest) if rest > 0 else ""
    wrong = ""
    if shown and choice.corrections:
        wrong = _("with corrections: {count}; ").format(count=len(choice.corrections))
    return _cut(f"{_('Duixian')}｜{wrong}{heading}", more)


def _cut(subject: str, tail: str = "") -> str:
    subject = one_line(subject)
    room = LONGEST_SUBJECT - len(tail)
    return (subject if len(subject) <= room else subject[: room - 1] + "…") + tail


def _taken_back(one: Correction, issue: Issue, subscription: Subscription, links: Links) -> TakenBack:
    lang = subscription.lang
    _ = translator(lang)
    causes = {
        "document": _("A text that came later says otherwise."),
        "parser": _("Our reading of the text was wrong."),
        "ruling": _("A person compared it with the text and decided otherwise."),
    }
    told = tell(one.told, issue, lang, links)
    place = str(one.told["district"])
    now = tell(one.now, issue, lang, links) if one.now is not None else None
    return TakenBack(
        before=_("On {date} we wrote about {place}:").format(date=_day(one.on, subscription), place=place),
        told=headline(told),
        cause=causes[one.cause],
        now=_("Now: {entry}").format(entry=headline(now)) if now else _("The entry does not hold any more."),
        link=(now or told).link,
    )


def _more(count: int, subscription: Subscription, links: Links) -> Line | None:
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


def _due(subscription: Subscription, desk: Desk, on: datetime) -> tuple[DueGroup, ...]:
    lang = subscription.lang
    _ = translator(lang)
    oldest = (on.astimezone(ZoneInfo(subscription.zone)) - RECENT).date().isoformat()
    rows = [
        row
        for row in desk.due(subscription, on, timedelta(days=AHEAD[subscription.often]))
        if row["due"] >= oldest and wanted({**row, "change": ""}, area_of(row), replace_kinds(subscription))
    ]
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
                desk.links.commitment(str(row["commitment"]["id"])),
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


def replace_kinds(subscription: Subscription) -> Subscription:
    """The same wishes without kinds of change, which a due date has none of."""
    return subscription.model_copy(update={"kinds": ()})


def _notes(seen: LookedAt | None, archive: Sequence[Text], lang: Lang) -> tuple[str, ...]:
    _ = translator(lang)
    notes = [_archive(archive, lang)] if archive else []
    if seen is not None:
        told = _("Sources looked at: {count}").format(count=seen.sources)
        if seen.failed:
            told += _("; failed: {names}").format(names="、".join(map(one_line, seen.failed)))
        notes.append(told)
    return tuple(notes)


def _archive(texts: Sequence[Text], lang: Lang) -> str:
    """Archive added: N texts, with the years that they speak for."""
    _ = translator(lang)
    years = sorted({text.said.year for text in texts if text.said is not None})
    span = "" if not years else str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
    if not span:
        return _("Archive added: {count} texts").format(count=len(texts))
    return _("Archive added: {count} texts, {years}").format(count=len(texts), years=span)


def _counts(facts: Sequence[Fact], lang: Lang) -> tuple[Count, ...]:
    counted = Counter(fact.area for fact in facts)
    most = max(counted.values(), default=1)
    return tuple(
        Count(area_word(area, lang), number, max(2, round(100 * number / most)))
        for area, number in sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    )


def _comparison(special: Special, lang: Lang, links: Links) -> Line | None:
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


def _legend(facts: Sequence[Fact], lang: Lang) -> tuple[Label, ...]:
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


def _footer(issue: Issue, subscription: Subscription) -> tuple[str, ...]:
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
            seq=issue.upto, time=_local(issue.at, subscription), head=issue.head
        ),
    )


def _local(moment: datetime, subscription: Subscription) -> str:
    return moment.astimezone(ZoneInfo(subscription.zone)).strftime("%Y-%m-%d %H:%M")


def _day(moment: datetime, subscription: Subscription) -> str:
    return moment.astimezone(ZoneInfo(subscription.zone)).strftime("%Y-%m-%d")
