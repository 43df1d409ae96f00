"""Bytes to a reading: the one path that every document takes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace

from parsers.authorship import Author, authors
from parsers.claims import Claim, ClaimReader, Defaults
from parsers.clauses import clauses
from parsers.dating import date_document
from parsers.extraction import extract
from parsers.frameworks import FrameworkMention, find_frameworks
from parsers.kinds_of_text import completeness, document_type, rights
from parsers.layout import repair
from parsers.periods import Anchor
from parsers.places import ancestor, level_cue, resolve_place
from parsers.reading import UNPLACED, Clue, Declared, DocumentType, Place, Reading
from parsers.refusal import Refused
from parsers.sections import section_tenses
from parsers.selectors import Selectors
from parsers.statement import Level, Quantity, Statement
from parsers.tense import Tense, smooth, weigh
from parsers.text import BODY_ROLES, Body, Paragraph
from parsers.wording import basis, modality, nature, scope, stage, vintage

PROGRAMMES: frozenset[DocumentType] = frozenset({"report", "plan", "list"})
"""Texts that set a year's programme: their promises fall in the plan year unless they say otherwise."""
_KNOWN = 8.0
"""What a heading adds to the words under it, on the scale of `parsers.tense.lean`."""
_DONE_TO_SYSTEM = re.compile("^.{0,8}(?:出台|制定|编制|完成|建成).*(?:规划|方案|计划|任务|条例|项目)$")
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

    content: as fetched; name: path or address (its ending helps to tell the format).
    placed: refuse a text whose place stays open; without it such a text is read as UNPLACED.
    Raises parsers.refusal.Refused and nothing else for input that cannot be read.
    """
    declared = declared or Declared()
    body = extract(content, name, content_type=content_type, selectors=selectors)
    if body.source.media in ("text", "markdown"):
        body = repair(body)
    return read_body(body, declared, placed=placed)


def read_body(body: Body, declared: Declared, *, placed: bool = True) -> Reading:
    """As `read`, from an extracted body on."""
    title = declared.title or body.title or _title(body.paragraphs)
    kind = document_type(title, body.paragraphs, declared)
    try:
        place, place_clue = resolve_place(body.paragraphs, title, declared)
    except Refused:
        if placed:
            raise
        place, place_clue = UNPLACED, Clue("", "the text does not say whose it is")
    level: Level = declared.level or place.level
    published, plan_year, slogans = date_document(body.paragraphs, title, declared, body.published)
    year = int(plan_year.value[:4]) if plan_year is not None else None
    tenses = _tenses(body.paragraphs, kind, year)
    statements = _statements(body, kind, place, level, year, published, tenses)
    if not statements:
        raise Refused("no_statement")
    author = authors(body.paragraphs, kind, title)
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


def _tenses(paragraphs: Sequence[Paragraph], kind: DocumentType, year: int | None) -> list[Tense | None]:
    """Per paragraph: by the headings of a report, by the words of anything else."""
    headed = section_tenses(paragraphs, year) if kind in PROGRAMMES else []
    if "past" in headed and "forward" in headed:
        return headed
    known = {"past": _KNOWN, "forward": -_KNOWN, None: 0.0}
    scores = [
        sum(weigh(p.text[c.start : c.end]) for c in clauses(p.text)) if p.role in BODY_ROLES else 0.0
        for p in paragraphs
    ]
    for position, tense in enumerate(headed):
        scores[position] += known[tense]
    judged: list[Tense | None] = list(smooth(scores, 10.0 if kind in PROGRAMMES else 5.0))
    return judged


def _statements(
    body: Body,
    kind: DocumentType,
    place: Place,
    level: Level,
    year: int | None,
    published: Clue | None,
    tenses: Sequence[Tense | None],
) -> list[Statement]:
    anchor = Anchor.of(published.value if published else None, str(year) if year else None, kind)
    programme = kind in PROGRAMMES
    defaults = Defaults(
        target=str(year) if year else None,
        action=str(year) if year and programme else None,
        result=str(year - 1) if year and programme else None,
    )
    reader = ClaimReader(anchor, defaults, local=level != "nation", news=not programme)
    mentions = find_frameworks(body.paragraphs)
    who = authors(body.paragraphs, kind, None)
    found: list[Statement] = []
    for number, paragraph in enumerate(body.paragraphs):
        if paragraph.role not in BODY_ROLES or len(paragraph.text) < 6:
            continue
        if len(paragraph.text) < 60:
            reader.head(paragraph.text)
        if paragraph.role in ("title", "heading") and len(paragraph.text) < 40:
            continue
        for claim in reader.read(number, paragraph.text, tenses[number]):
            if _only_names(claim, mentions):
                continue
            found.append(_claimed(claim, paragraph, place, level, who))
    found.extend(_named(mention, body.paragraphs, place, level, who) for mention in mentions)
    found.sort(key=lambda s: (s.spans[0], s.kind))
    return found


def _only_names(claim: Claim, mentions: Sequence[FrameworkMention]) -> bool:
    """The claim says no more than the work system it names, which is a statement of its own.

    A plain deed done to a system (出台“4+1”规划) says more; a headcount in its name (六项重点工作) does not.
    """
    for mention in mentions:
        if mention.paragraph != claim.paragraph or mention.start >= claim.end or mention.end <= claim.start:
            continue
        if claim.amounts:
            if all(mention.name_start <= q.start and q.end <= mention.name_end for q in claim.amounts):
                return True
        elif "deed.plain" not in claim.rule or not _DONE_TO_SYSTEM.search(claim.text):
            return True
    return False


def _claimed(claim: Claim, paragraph: Paragraph, place: Place, level: Level, who: Author) -> Statement:
    owner, owner_level = _owner(claim.text, place, level)
    shifted = tuple(_shift(amount, paragraph) for amount in claim.amounts)
    subject = claim.subject
    return Statement(
        kind=claim.kind,
        spans=paragraph.spans(claim.start, claim.end),
        text=claim.text,
        subject=subject.text,
        quantities=shifted,
        absent=claim.absent,
        indicator=subject.indicator,
        deed=subject.deed,
        object=subject.object,
        base=subject.base,
        dimension=subject.dimension,
        period=claim.period,
        stage=stage(claim.text) if subject.indicator is None else None,
        scope=scope(claim.text),
        district=owner.name or None,
        level=owner_level,
        issuer=who.issuer,
        authority=who.authority,
        speaker=who.speaker,
        modality=modality(claim.text) if claim.kind != "result" else None,
        nature=nature(claim.text),
        vintage=vintage(claim.text) if claim.kind == "result" else None,
        basis=basis(claim.text) if claim.kind == "result" else None,
        doubtful=any(claim.start < join.at < claim.end and not join.sure for join in paragraph.joins),
        rule=claim.rule,
    )


def _named(
    mention: FrameworkMention, paragraphs: Sequence[Paragraph], place: Place, level: Level, who: Author
) -> Statement:
    paragraph = paragraphs[mention.paragraph]
    text = paragraph.text[mention.start : mention.end]
    owner, owner_level = _owner(text, place, level)
    return Statement(
        kind="framework",
        spans=paragraph.spans(mention.start, mention.end),
        text=text,
        subject=mention.framework.name,
        object=mention.framework.name,
        district=owner.name or None,
        level=owner_level,
        issuer=who.issuer,
        authority=who.authority,
        speaker=who.speaker,
        framework=mention.framework,
        rule=";".join(f"system.{name}" for name in mention.rule.split("+")),
    )


def _owner(text: str, place: Place, level: Level) -> tuple[Place, Level]:
    """Whose promise or fact it is: the speaker's own unless the words name a higher level (市委“1+454”)."""
    cue = level_cue(text, place)
    if cue is None or cue == level or not place.code:
        return place, level
    return ancestor(place, cue), cue


def _shift(amount: Quantity, paragraph: Paragraph) -> Quantity:
    spans = paragraph.spans(amount.start, amount.end)
    return replace(amount, start=min(s for s, _ in spans), end=max(e for _, e in spans))
