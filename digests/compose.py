"""A subscriber's mails of one window: the digest, and one for each full report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from digests import mail_parts as parts
from digests.choose import Choice, Special
from digests.forms import item_html, item_text, mail_html, mail_text
from digests.issue import Fact, Issue
from digests.links import UNSUBSCRIBE, Links
from digests.mail import Area, Mail, Place, Rendered
from digests.pictures import MOST_PICTURES, picture
from digests.subscriptions import Subscription
from digests.telling import headline, one_line, tell
from storage.mails.looked_at import LookedAt
from storage.mails.outbox import Attachment, Content, Kind, What
from tracking.words.areas import area_word
from tracking.words.catalogue import translator
from tracking.words.labels import Lang

MOST_ITEMS = 30
SPECIAL_ITEMS = 10
MOST_CORRECTIONS = 30
"""Corrections told in full; further ones take a line each."""
MOST_BYTES = 70_000
"""Of both forms and the pictures together: as it travels (base64 adds a third) a mail stays below 100 kB."""
LONGEST_SUBJECT = 110
AHEAD = {"daily": 7, "weekly": 7, "monthly": 31, "at once": 7}
"""How many days ahead due dates are told."""

Due = Callable[[Subscription, datetime, timedelta], Sequence[Mapping[str, Any]]]
"""Rows as `audit.standing.due` gives them, each with its `area`, for a subscription on a day."""
Workbook = Callable[[str, str, Lang], Attachment | None]
"""The XLSX of a place (full name) for a role in a language."""
Shown = list[tuple[Fact, Rendered]]


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
    lang, links = subscription.lang, desk.links
    _ = translator(lang)
    total = len(choice.news)
    texts = {e["sha256"] for f in choice.news for e in f.entry["evidence"]}
    summary = _("{entries} changes, from {texts} texts; recorded up to {time}").format(
        entries=total, texts=len(texts), time=parts.local(on, subscription)
    )
    full, brief = choice.corrections[:MOST_CORRECTIONS], choice.corrections[MOST_CORRECTIONS:]
    around = {
        "corrections": tuple(parts.taken_back_words(one, issue, subscription, links) for one in full),
        "brief": tuple(parts.taken_back_line(one, issue, subscription, links) for one in brief),
        "due": parts.due_groups(
            subscription, desk.due(subscription, on, timedelta(days=AHEAD[subscription.often])), links, on
        ),
        "notes": parts.notes(desk.looked_at(issue.began, on), choice.archive, lang),
        "footer": parts.footer(issue, subscription),
        "nothing": "" if total or full or choice.archive else _("Nothing has changed."),
    }

    def mail(shown: Shown) -> Mail:
        return Mail(
            lang=lang,
            demo=issue.demo,
            subject=_subject(choice, shown, lang),
            heading=_heading(choice, shown, lang),
            summary=summary,
            places=_places(shown, lang),
            more=parts.more_line(total - len(shown), subscription, links),
            legend=parts.legend([fact for fact, _item in shown], lang),
            unsubscribe=UNSUBSCRIBE,
            **around,  # type: ignore[arg-type]
        )

    told: list[tuple[int, What]] = []
    for one in choice.corrections:
        told.append((one.seq, "taken back"))
        if one.now_seq is not None:
            told.append((one.now_seq, "news"))
    cites = {e["sha256"] for one in choice.corrections for e in one.told["evidence"]}
    return _fitted(
        "digest", mail, _shown(issue, choice.news, subscription, links, MOST_ITEMS), subscription, told, cites
    )


def _special(issue: Issue, special: Special, subscription: Subscription, desk: Desk) -> Composed:
    lang, links = subscription.lang, desk.links
    _ = translator(lang)
    text = special.text
    heading = _("Special edition: {title}").format(title=one_line(text.title or text.district))
    book = desk.workbook(text.district, issue.role, lang)
    attached = (_("The attached workbook holds all of the place's promises and changes."),) if book else ()

    def mail(shown: Shown) -> Mail:
        first = headline(shown[0][1].told, lang) if shown else ""
        return Mail(
            lang=lang,
            demo=issue.demo,
            subject=_cut(f"{_('Duixian')}｜{heading} · {first}"),
            heading=heading,
            summary=_("{entries} changes; the {shown} weightiest are below").format(
                entries=len(special.facts), shown=len(shown)
            ),
            counts=parts.counts(special.facts, lang),
            comparison=parts.comparison(special, lang, links),
            places=_places(shown, lang),
            more=parts.more_line(len(special.facts) - len(shown), subscription, links),
            notes=attached,
            legend=parts.legend([fact for fact, _item in shown], lang),
            footer=parts.footer(issue, subscription),
            unsubscribe=UNSUBSCRIBE,
        )

    shown = _shown(issue, special.facts, subscription, links, SPECIAL_ITEMS)
    return _fitted("special", mail, shown, subscription, [], set(), (book,) if book else ())


def _fitted(
    kind: Kind,
    mail: Callable[[Shown], Mail],
    shown: Shown,
    subscription: Subscription,
    told: Iterable[tuple[int, What]],
    cites: set[str],
    files: tuple[Attachment, ...] = (),
) -> Composed:
    """The mail with as many items as there is room for. Only what it shows counts as told."""
    while True:
        made = mail(shown)
        html, text = None if _plain(subscription) else mail_html(made), mail_text(made)
        pictures = tuple(item.picture for _fact, item in shown if item.picture)
        over = len(text.encode()) + len((html or "").encode()) - MOST_BYTES
        over += sum(len(one.content) for one in pictures)
        if over <= 0 or not shown:
            break
        for number, (fact, item) in reversed(list(enumerate(shown))):
            if over > 0 and item.bare and item.picture:  # words go before pictures
                over -= len(item.picture.content) + item.size - item.bare.size
                shown = [*shown[:number], (fact, item.bare), *shown[number + 1 :]]
        while over > 0 and shown:
            over -= shown[-1][1].size
            shown = shown[:-1]
    cites = cites | {e["sha256"] for fact, _item in shown for e in fact.entry["evidence"]}
    news: list[tuple[int, What]] = [(fact.seq, "news") for fact, _item in shown]
    cites |= {sha256 for file in files for sha256 in file.cites}
    return Composed(
        kind, Content(made.subject, text, html, (*pictures, *files), tuple(sorted(cites))), (*told, *news)
    )


def _plain(subscription: Subscription) -> bool:
    return subscription.format == "text" or subscription.channel == "chat"


def _shown(issue: Issue, facts: Sequence[Fact], subscription: Subscription, links: Links, most: int) -> Shown:
    """The weightiest items in both forms, the first of them with pictures: one a commitment."""
    drawn: set[str] = set()
    shown: Shown = []
    for fact in facts[:most]:
        commitment = str(fact.entry["commitment"]["id"])
        draw = not _plain(subscription) and commitment not in drawn and len(drawn) < MOST_PICTURES
        item = _rendered(issue, fact, subscription.lang, links, draw=draw)
        if item.picture:
            drawn.add(commitment)
        shown.append((fact, item))
    return shown


def _rendered(issue: Issue, fact: Fact, lang: Lang, links: Links, *, draw: bool) -> Rendered:
    """An item in both forms, made once for all who get it. draw: with a picture, if there is a series."""
    points = issue.series.get(str(fact.entry["commitment"]["id"]), ()) if draw else ()
    key = (fact.seq, lang, links, bool(points))
    if key not in issue.marks:
        told = tell(fact.entry, issue, lang, links)
        made = Rendered(told, item_html(told, lang), item_text(told, lang))
        if drawn := picture(f"chart-{fact.seq}", told.title, points, lang):
            file, alt = drawn
            made = Rendered(told, item_html(told, lang, file, alt), made.text, file, made)
        issue.marks[key] = made
    kept: Rendered = issue.marks[key]
    return kept


def _places(shown: Shown, lang: Lang) -> tuple[Place, ...]:
    """Items by place and area; places and areas in the order of their weightiest item."""
    order: dict[str, dict[str, list[Rendered]]] = {}
    for fact, item in shown:
        order.setdefault(str(fact.entry["district"]), {}).setdefault(fact.area, []).append(item)
    return tuple(
        Place(name, tuple(Area(area_word(area, lang), tuple(items)) for area, items in areas.items()))
        for name, areas in order.items()
    )


def _heading(choice: Choice, shown: Shown, lang: Lang) -> str:
    _ = translator(lang)
    if shown:
        fact, item = shown[0]
        return f"{fact.entry['district']} · {headline(item.told, lang)}"
    if choice.corrections:
        return _("Corrections to earlier mails: {count}").format(count=len(choice.corrections))
    if choice.archive:
        return parts.archive_line(choice.archive, lang)
    return _("Nothing has changed.")


def _subject(choice: Choice, shown: Shown, lang: Lang) -> str:
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
