"""What the reader makes of a rule's example: the rules that took part, and the result in one line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from parsers.dating import date_document
from parsers.layout import repair
from parsers.periods import Anchor, find_times, resolve
from parsers.places import resolve_place
from parsers.read import read_body
from parsers.reading import Clue, Declared
from parsers.refusal import Refused
from parsers.rules.model import Rule
from parsers.rules.names import (
    names_in_clue,
    names_in_join,
    names_in_place_clue,
    names_of,
    names_of_amount,
)
from parsers.statement import Quantity, Statement
from parsers.text import Body, Paragraph, Role, SourceText, plain

PLACE = "云川市澄湖区"
PUBLISHED = "2021-03-15"
"""What the documents around the examples declare."""
_ROLES: dict[str, Role] = {"#": "heading", "*": "glossary", "|": "table"}


@dataclass(frozen=True, slots=True)
class Seen:
    """One result: the names of the rules that made it, and how it reads."""

    rules: frozenset[str]
    line: str


def observe(rule: Rule, text: str) -> list[Seen]:
    """All that is read of `text` where the rule's family looks."""
    paragraphs = _paragraphs(text)
    if rule.family == "time":
        return list(_times(paragraphs, rule))
    if rule.family == "dating":
        return list(_dates(paragraphs, rule))
    if rule.family == "place":
        return list(_places(paragraphs, rule))
    if rule.family == "join":
        return list(_joins(text))
    body = Body(SourceText(text, "utf-8", "utf-8", "text"), paragraphs)
    declared = Declared(PLACE, "district", PUBLISHED, type=rule.type)
    try:
        statements = read_body(body, declared).statements
    except Refused:
        return []
    return [Seen(rules_of(s), line_of(s)) for s in statements]


def rules_of(statement: Statement) -> frozenset[str]:
    """Names of the rules that made a statement and its amounts."""
    amounts = (name for q in statement.quantities for name in names_of_amount(q.rule))
    return frozenset([*names_of(statement.rule), *amounts])


def line_of(statement: Statement) -> str:
    """A statement in one line: kind, subject, amounts, period, who is in charge; or a system's parts."""
    if statement.framework is not None:
        system = statement.framework
        parts = " ".join(f"{c.label}({'、'.join(c.items)})" for c in system.components if c.items)
        return f"framework: {system.name}" + (f", {parts}" if parts else ", no parts listed")
    amounts = "".join(f", {_amount(q)}" for q in statement.quantities) or (
        ", none set" if statement.absent else ""
    )
    who = f", {statement.responsible}" if statement.responsible else ""
    return f"{statement.kind}: {statement.subject}{amounts}, {statement.period or 'no period'}{who}"


def _amount(q: Quantity) -> str:
    if q.high is not None:
        return f"between {q.value.normalize():f} and {q.high.normalize():f} {q.unit}"
    return f"{q.op} {q.value.normalize():f} {q.unit}"


def _paragraphs(text: str) -> tuple[Paragraph, ...]:
    found, at = [], 0
    for line in text.split("\n"):
        role = _ROLES.get(line[0], "body")
        skip = {"body": 0, "table": 1}.get(role, 2)
        words = line[skip:].replace("|", "\t") if role == "table" else line[skip:]
        found.append(plain(words, at + skip, role))
        at += len(line) + 1
    return tuple(found)


def _times(paragraphs: Iterable[Paragraph], rule: Rule) -> Iterable[Seen]:
    anchor = Anchor.of(PUBLISHED, PUBLISHED[:4], rule.type)
    for paragraph in paragraphs:
        for mention in find_times(paragraph.text):
            line = f"{mention.words}: {resolve(mention, anchor)}, {mention.role}, {mention.direction}"
            yield Seen(frozenset([f"time.{mention.form}"]), line)


def _dates(paragraphs: tuple[Paragraph, ...], rule: Rule) -> Iterable[Seen]:
    title = paragraphs[0].text if paragraphs[0].role == "heading" else None
    published, year, _ = date_document(paragraphs, title, Declared(type=rule.type), None)
    for word, clue in (("published", published), ("plan", year)):
        if clue is not None:
            yield Seen(_clue_names(clue), f"{word} {clue.value} ({clue.why})")


def _places(paragraphs: tuple[Paragraph, ...], rule: Rule) -> Iterable[Seen]:
    title = paragraphs[0].text if paragraphs[0].role == "heading" else None
    try:
        place, clue = resolve_place(paragraphs, title, Declared(type=rule.type))
    except Refused as refusal:
        yield Seen(frozenset(), str(refusal))
    else:
        yield Seen(frozenset(names_in_place_clue(clue.why)), f"{place.name} ({clue.why})")


def _joins(text: str) -> Iterable[Seen]:
    page = text.replace("\n", "\n\n")
    paragraphs, at = [], 0
    for line in page.split("\n"):
        if line:
            paragraphs.append(plain(line, at))
        at += len(line) + 1
    for paragraph in repair(Body(SourceText(page, "utf-8", "utf-8", "text"), tuple(paragraphs))).paragraphs:
        words = paragraph.text
        for join in paragraph.joins:
            surely = "joined" if join.sure else "joined, not certain"
            line = f"…{words[join.at - 5 : join.at]}|{words[join.at : join.at + 5]}…: {surely} ({join.why})"
            yield Seen(frozenset(names_in_join(join.why)), line)
        if paragraph.open_end:
            yield Seen(frozenset(["join.open end"]), f"…{words[-5:]}|: left open")


def _clue_names(clue: Clue) -> frozenset[str]:
    return frozenset(names_in_clue(clue.why))
