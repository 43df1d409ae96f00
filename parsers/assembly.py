"""From claims and named systems to statements with evidence, owner and voice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from parsers.authorship import Author
from parsers.claim import Claim
from parsers.claim_periods import Defaults
from parsers.claims import ClaimReader
from parsers.frameworks import FrameworkMention, find_frameworks
from parsers.part_claims import PartReader
from parsers.periods import Anchor
from parsers.places import ancestor, level_cue
from parsers.plan_parts import plan_years
from parsers.projects import project_of
from parsers.reading import DocumentType, Place
from parsers.statement import Level, Quantity, Statement
from parsers.tables import Part, parts
from parsers.tense import Tense
from parsers.text import BODY_ROLES, Body, Paragraph
from parsers.voices import Voices
from parsers.wording import basis, modality, nature, scope, stage, vintage

PROGRAMMES: frozenset[DocumentType] = frozenset({"report", "plan", "list"})
"""Texts that set a year's programme: their promises fall in the plan year unless they say otherwise."""
_DIGIT_TOLD = re.compile(r"[“\"]\d{1,2}[”\"](?:即|就是|是指|指的是|是|指|代表)")
_DONE_TO_SYSTEM = re.compile("^.{0,8}(?:出台|制定|编制|完成|建成).*(?:规划|方案|计划|任务|条例|项目)$")


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for all statements of a document."""

    kind: DocumentType
    place: Place
    level: Level
    anchor: Anchor
    author: Author
    span: str | None = None
    """YYYY..YYYY of a plan for several years, within which its undated promises fall."""


def assemble(body: Body, setting: Setting, tenses: Sequence[Tense | None]) -> list[Statement]:
    """All statements of a document in the order of their evidence. tenses: one a paragraph."""
    paragraphs, year = body.paragraphs, setting.anchor.plan_year
    programme = setting.kind in PROGRAMMES
    defaults = Defaults(
        target=setting.span or (str(year) if year else None),
        action=setting.span or (str(year) if year and programme else None),
        result=str(year - 1) if year and programme and not setting.span else None,
    )
    reader = ClaimReader(setting.anchor, defaults, local=setting.level != "nation", news=not programme)
    voices = Voices(paragraphs, setting.author, mixed=not programme)
    mentions = find_frameworks(paragraphs)
    by_paragraph: dict[int, list[FrameworkMention]] = {}
    for mention in mentions:
        by_paragraph.setdefault(mention.paragraph, []).append(mention)
    plans = plan_years(paragraphs, setting.anchor) if setting.kind == "report" else None
    divided = parts(paragraphs)
    divided_reader = PartReader(reader) if divided else None
    found: list[Statement] = []
    reviewed: dict[int, str] = {}
    for number, paragraph in enumerate(paragraphs):
        if paragraph.role not in BODY_ROLES or len(paragraph.text) < 6:
            continue
        if len(paragraph.text) < 60:
            reader.dates.head(paragraph.text)
        if plans is not None:
            reader.dates.plan = plans[number]
        if paragraph.role in ("title", "heading") and len(paragraph.text) < 40 and number not in divided:
            continue
        named = by_paragraph.get(number, ())
        if divided_reader is not None and number in divided:
            for part in divided[number]:
                within = [_moved(m, part) for m in named] if part.at is not None else ()
                for claim, responsible in divided_reader.read(number, part, tenses[number]):
                    if not (within and _only_names(claim, within)):
                        who = voices.at(number, claim.start + (part.at or 0))
                        found.append(_proved(_claimed(claim, part.words, setting, who, responsible), part))
            continue
        for claim in reader.read(number, paragraph.text, tenses[number]):
            if not (_explains_digit(claim) or (named and _only_names(claim, named))):
                found.append(_claimed(claim, paragraph, setting, voices.at(number, claim.start)))
        if tenses[number] == "past" and reader.dates.reviewed is not None:
            reviewed[number] = reader.dates.reviewed
    for mention in mentions:
        voice = voices.at(mention.paragraph, mention.start)
        found.append(_named(mention, paragraphs, setting, voice, reviewed.get(mention.paragraph)))
    found.sort(key=lambda s: (s.spans[0], s.kind))
    return found


def _proved(statement: Statement, part: Part) -> Statement:
    """With the cell beside it that says it is done."""
    if part.proof is None:
        return statement
    more = part.proof.spans(0, len(part.proof.text))
    return replace(statement, spans=statement.spans + more, text=statement.text + part.proof.text)


def _moved(mention: FrameworkMention, part: Part) -> FrameworkMention:
    """The mention in characters of a part of its paragraph."""
    at = part.at or 0
    return replace(
        mention,
        start=mention.start - at,
        end=mention.end - at,
        name_start=mention.name_start - at,
        name_end=mention.name_end - at,
    )


def _explains_digit(claim: Claim) -> bool:
    """“2”即守湖、兴业两条主线 tells a part of a formula: it counts the part's own items and nothing else."""
    if not _DIGIT_TOLD.match(claim.text):
        return False
    return claim.subject.dimension in (None, "count")


def _only_names(claim: Claim, mentions: Sequence[FrameworkMention]) -> bool:
    """The claim says no more than the work system it names, which is a statement of its own.

    A plain deed done to a system (出台“4+1”规划) says more; a headcount in its name (六项重点工作) does not.
    """
    for mention in mentions:
        if mention.start >= claim.end or mention.end <= claim.start:
            continue
        if claim.amounts:
            if all(mention.name_start <= q.start and q.end <= mention.name_end for q in claim.amounts):
                return True
        elif "deed.plain" not in claim.rule or not _DONE_TO_SYSTEM.search(claim.text):
            return True
    return False


def _claimed(
    claim: Claim, paragraph: Paragraph, setting: Setting, who: Author, responsible: str = ""
) -> Statement:
    owner, owner_level = _owner(claim.text, setting)
    subject, text, told = claim.subject, claim.text, claim.kind == "result"
    return Statement(
        # In the order of the fields: by their keywords making a statement takes twice as long.
        claim.kind,
        paragraph.spans(claim.start, claim.end),
        text,
        subject.text,
        tuple([_shift(amount, paragraph) for amount in claim.amounts]),
        claim.absent,
        subject.indicator,
        subject.deed,
        subject.object,
        subject.base,
        subject.dimension,
        claim.period,
        stage(text) if subject.indicator is None else None,
        scope(text),
        project_of(text),
        owner.name or None,
        owner_level,
        who.issuer,
        who.authority,
        who.speaker,
        modality=None if told else modality(text),
        nature=nature(text),
        vintage=(vintage(text) or (vintage(claim.introduced) if claim.introduced else None))
        if told
        else None,
        basis=basis(text) if told else None,
        doubtful=bool(paragraph.joins) and _doubtful(claim, paragraph),
        rule=claim.rule,
        responsible=responsible,
    )


def _doubtful(claim: Claim, paragraph: Paragraph) -> bool:
    return any(claim.start < join.at < claim.end and not join.sure for join in paragraph.joins)


def _named(
    mention: FrameworkMention,
    paragraphs: Sequence[Paragraph],
    setting: Setting,
    who: Author,
    reviewed: str | None,
) -> Statement:
    paragraph = paragraphs[mention.paragraph]
    text = paragraph.text[mention.start : mention.end]
    owner, owner_level = _owner(text, setting)
    return Statement(
        kind="framework",
        spans=paragraph.spans(mention.start, mention.end),
        text=text,
        subject=mention.framework.name,
        object=mention.framework.name,
        period=reviewed,
        district=owner.name or None,
        level=owner_level,
        issuer=who.issuer,
        authority=who.authority,
        speaker=who.speaker,
        framework=mention.framework,
        rule=";".join(f"system.{name}" for name in mention.rule.split("+")),
    )


def _owner(text: str, setting: Setting) -> tuple[Place, Level]:
    """Whose promise or fact it is: the speaker's own unless the words name a higher level (市委“1+454”)."""
    cue = level_cue(text, setting.place)
    if cue is None or cue == setting.level or not setting.place.code:
        return setting.place, setting.level
    return ancestor(setting.place, cue), cue


def _shift(amount: Quantity, paragraph: Paragraph) -> Quantity:
    """The amount with its place in the source; spelt out, as `dataclasses.replace` costs three times that."""
    q = amount
    if len(paragraph.pieces) == 1 and (piece := paragraph.pieces[0]).length == piece.source_length:
        by = piece.source - piece.at
        return Quantity(q.start + by, q.end + by, q.op, q.approx, q.value, q.high, q.unit, q.rule)
    spans = paragraph.spans(amount.start, amount.end)
    if len(spans) == 1:
        ((start, end),) = spans
    else:
        start, end = min(s for s, _ in spans), max(e for _, e in spans)
    return Quantity(start, end, q.op, q.approx, q.value, q.high, q.unit, q.rule)
