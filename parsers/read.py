"""Bytes to a reading: the one path that every document takes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from parsers.assembly import PROGRAMMES, Setting, assemble
from parsers.authorship import authors
from parsers.clauses import clauses
from parsers.dating import date_document
from parsers.extraction import extract
from parsers.kinds_of_text import completeness, document_type, rights
from parsers.layout import repair
from parsers.periods import Anchor
from parsers.places import resolve_place
from parsers.reading import UNPLACED, Clue, Declared, DocumentType, Reading
from parsers.refusal import Refused
from parsers.script import simplified
from parsers.sections import goals_ahead, plan_tenses, section_tenses
from parsers.selectors import Selectors
from parsers.statement import Level
from parsers.tense import Tense, smooth, weigh
from parsers.text import BODY_ROLES, Body, Paragraph

_KNOWN = 8.0
"""What a heading adds to the words under it, on the scale of `parsers.tense.lean`."""
_DONE_LIST = re.compile("(?:完成|办理|落实|进展|实施)情况|办结|通报|总结")
_BLANK = re.compile(r"\s+")


def read(
    content: bytes,
    name: str,
    declared: Declared | None = None,
    *,
    content_type: str | None = None,
    selectors: Selectors | None = None,
    placed: bool = True,
) -> Reading:
    """Everything that one document says.

    content: as fetched; name: path or address (its ending helps to tell the format). selectors: how the page
    is cut; else as declared.
    placed: refuse a text whose place stays open; without it such a text is read as UNPLACED (a declared place
    that is not known is refused all the same).
    Raises parsers.refusal.Refused and nothing else for input that cannot be read.
    """
    declared = declared or Declared()
    chosen = selectors or declared.selectors
    body = body_of(content, name, content_type=content_type, selectors=chosen)
    return read_body(body, declared, placed=placed)


def body_of(
    content: bytes, name: str, *, content_type: str | None = None, selectors: Selectors | None = None
) -> Body:
    """The text of a document in reading order; arguments and refusals as in `read`."""
    body = extract(content, name, content_type=content_type, selectors=selectors)
    body = repair(body) if body.source.media in ("text", "markdown") else body
    return simplified(body)


def read_body(body: Body, declared: Declared, *, placed: bool = True) -> Reading:
    """As `read`, from an extracted body on."""
    title = declared.title or body.title or _title(body.paragraphs)
    kind = document_type(title, body.paragraphs, declared)
    try:
        place, place_clue = resolve_place(body.paragraphs, title, declared)
    except Refused:
        if placed or declared.district:
            raise
        place, place_clue = UNPLACED, Clue("", "the text does not say whose it is")
    level: Level = declared.level or place.level
    published, plan_year, slogans = date_document(body.paragraphs, title, declared, body.published)
    year = int(plan_year.value[:4]) if plan_year is not None else None
    tenses = _tenses(body.paragraphs, kind, year, title)
    author = authors(body.paragraphs, kind, title)
    span = plan_year.value if plan_year is not None and ".." in plan_year.value else None
    anchor = Anchor.of(published.value if published else None, str(year) if year else None, kind)
    statements = assemble(body, Setting(kind, place, level, anchor, author, span), tenses)
    if not statements:
        raise Refused("no_statement")
    return Reading(
        source=body.source,
        body_sha256=body_hash(body.paragraphs),
        title=title,
        published=published,
        plan_year=plan_year,
        type=kind,
        rights=rights(kind, declared),
        place=place,
        place_clue=place_clue,
        level=level,
        issuer=author.issuer,
        authority=author.authority,
        speaker=author.speaker,
        statements=tuple(statements),
        slogans=tuple(slogans),
        complete=completeness(kind, body.paragraphs, tenses),
        declared=declared,
        notes=body.notes,
    )


def body_hash(paragraphs: Sequence[Paragraph]) -> str:
    """SHA-256 of the running text without blanks: equal for reprints and re-fetches with new furniture."""
    text = "".join(p.text for p in paragraphs if p.role in BODY_ROLES)
    return hashlib.sha256(_BLANK.sub("", text).encode()).hexdigest()


def _title(paragraphs: Sequence[Paragraph]) -> str | None:
    return next((p.text.strip() for p in paragraphs if p.role == "title"), None)


def _tenses(
    paragraphs: Sequence[Paragraph], kind: DocumentType, year: int | None, title: str | None
) -> list[Tense | None]:
    """Per paragraph: by the headings of a report, by the words of anything else.

    A list of works looks ahead unless it calls itself one of what was done; a plan by its own divisions.
    """
    if kind == "list" and not _DONE_LIST.search(title or ""):
        return ["forward"] * len(paragraphs)
    if kind == "plan":
        return plan_tenses(paragraphs)
    headed = section_tenses(paragraphs, year) if kind in PROGRAMMES else []
    if "past" in headed and "forward" in headed:
        return goals_ahead(paragraphs, headed)
    known = {"past": _KNOWN, "forward": -_KNOWN, None: 0.0}
    scores = [
        sum(weigh(p.text[c.start : c.end]) for c in clauses(p.text)) if p.role in BODY_ROLES else 0.0
        for p in paragraphs
    ]
    for position, tense in enumerate(headed):
        scores[position] += known[tense]
    judged: list[Tense | None] = list(smooth(scores, 10.0 if kind in PROGRAMMES else 5.0))
    return goals_ahead(paragraphs, judged) if kind in PROGRAMMES else judged
