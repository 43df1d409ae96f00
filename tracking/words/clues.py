"""Clues in the reader's language: readings store them in English, with the words of the text in them."""

from __future__ import annotations

import re
from functools import cache

from tracking.words.catalogue import translator
from tracking.words.labels import Lang
from tracking.words.marking import marked as _

_FORMS = (
    _("inferred from the text: {clue}"),
    _("{clue}; a report given in December is for the next year"),
    _("calls this year “{name}”, as does {text}, which is of {year}"),
    _("a plan for {year} that calls it 明年"),
    _("printed: {words}"),
    _("the title says {words}"),
    _("the title names {words}"),
    _("reports on {year}"),
    _("{clue} ({date})"),
    # What was noticed about texts (`tracking.shelf`, `tracking.derive`).
    _("filed under {year}, but looks back on {other}"),
    _("filed under {place}, but given on behalf of {other}"),
    _("given in {date}, before the year whose plan it is"),
    _("the same text is also filed under {places}"),
    _("nearly the same text is also filed under {places}"),
    _("{length} characters, where reports of this place have {usual}"),
    _("whole: {words}; {length} characters"),
    _("treats {areas}, as a person ruled"),
    _("{count} promises have no year, or one already past when told"),
    _("set aside {text}: {clue}"),
    _("no whole text is known for {years}"),
    _("{text} repeats {other}, but for {count} statements"),
    _("{text} repeats {other}, but for one statement"),
    # What became of a place (`tracking.succession`).
    _("merged into {place} after {year}: what it promised is not followed there"),
    _("called {name} until {year}"),
)
_PLAIN = (
    _("declared"),
    _("printed on the page"),
    _("the statement names its own year"),
    _("the year just past"),
    _("a review of the year"),
    _("tasks for the year"),
    _("the work ahead"),
    _("the year is made something"),
    _("the year is decisive"),
    _("a campaign for the year"),
    _("an account of the year so far"),
    _("the year was"),
    _("plans for the year"),
    _("the year saw"),
    _("an event of the year"),
    _("an event of the year, and the text says 今年"),
    _("the plan's first or last year"),
    _("not the full text of a report, as far as can be seen"),
)
"""What a clue says before the words of the text, if it gives any (`parsers.dating`, `parsers.year_votes`)."""


def told(why: str, lang: Lang) -> str:
    """A clue, or a remark about a text, in a language; one of an unknown form comes back as it is.

    >>> told("plans for the year: 2018年，我们将", "zh")
    '该年的打算：2018年，我们将'
    """
    if lang == "en":
        return why
    say = translator(lang)
    if why in _PLAIN:
        return say(why)
    head, colon, words = why.partition(": ")
    if colon and head in _PLAIN and "(" not in head:
        return f"{say(head)}：{words}"
    for form in _FORMS:
        if (match := _pattern(form).fullmatch(why)) and match.groupdict().get("clue") != why:
            parts = {k: told(v, lang) if k == "clue" else v for k, v in match.groupdict().items()}
            return say(form).format(**parts)
    return why


@cache
def _pattern(form: str) -> re.Pattern[str]:
    """The regular expression of a form: its fields match any words, a date only what looks like one."""
    parts = re.split(r"\{(\w+)\}", form)
    fields = dict.fromkeys(("year", "count", "length", "usual"), r"[\d.]+") | {"date": r"[\d.-]+"}
    return re.compile(
        "".join(
            re.escape(part) if at % 2 == 0 else f"(?P<{part}>{fields.get(part, '.+')})"
            for at, part in enumerate(parts)
        ),
        re.DOTALL,
    )
