"""All named systems of a document: find the names, read their parts, merge the mentions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsers.frameworks.decode import Decoded, decode
from parsers.frameworks.define import decode_definition
from parsers.frameworks.glossary import Glossary, headword_forms, read_glossary
from parsers.frameworks.lists import clause_end, clause_start, list_after, list_before
from parsers.frameworks.mention import FrameworkMention
from parsers.frameworks.names import SUFFIX, Form, campaign_cue, form_of, stock
from parsers.frameworks.sheet import Sheet, sheet
from parsers.statement import Framework
from parsers.text import Paragraph

_QUOTED = re.compile(
    r"“(?=[^“”\n]{0,12}[一二两三四五六七八九十百千万双\d+东西南北中]|[^“”\n]{1,11}年”)([^“”\n]{2,48})”"
)
_HEADCOUNT = re.compile(
    r"(?P<core>(?:[两三四五六七八九]|十[一二三四五六七八九]?)(?:大|位一体)|(?:[三四五六七八九十]|\d{1,2})项重[点大])"
)
_LISTED = re.compile(r"[、”等]")
_MENTIONS_READ = 4
"""How many mentions of one name are searched for its parts."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the sheet: [start, end) with quotes and type word; core_end ends the quoted words."""

    start: int
    core_end: int
    end: int
    form: Form
    rule: str


def find_frameworks(paragraphs: Sequence[Paragraph]) -> list[FrameworkMention]:
    """Named systems in reading order, each once, at the mention that says most about it."""
    page = sheet(paragraphs)
    glossary = read_glossary(paragraphs)
    groups: dict[str, list[Name]] = {}
    for name in sorted(_names(page, glossary), key=lambda n: (n.start, -n.end)):
        groups.setdefault(name.form.key, []).append(name)
    found = [_settle(page, glossary, names) for names in groups.values()]
    return _apart(page, sorted((f for f in found if f), key=lambda f: f[0].start))


def _names(page: Sheet, glossary: Glossary) -> Iterator[Name]:
    text = page.text
    taken: set[int] = set()
    for found in _QUOTED.finditer(text):
        form = form_of(found[1])
        if form is None:
            continue
        name = _quoted(text, found, form, glossary)
        if name is not None:
            taken.add(name.start)
            yield name
    yield from _headcounts(text)
    yield from _defined(text, glossary, taken)


def _quoted(text: str, found: re.Match[str], form: Form, glossary: Glossary) -> Name | None:
    start, close = found.span()
    defined = found[1] in glossary.by_core
    if not defined and stock(form):
        return None
    suffix = SUFFIX.match(text, close)
    end = suffix.end() if suffix else close
    if form.kind == "year":
        if not campaign_cue(text[max(0, start - 8) : start], text[close : close + 4]):
            return None
    elif form.weak and not defined and suffix is None and not _listed(text, form, start, close):
        return None
    return Name(start, close, end, form, "glossary-name" if defined else f"{form.kind}-name")


def _listed(text: str, form: Form, start: int, end: int) -> bool:
    count = form.labels[0][1] if len(form.labels) == 1 else None
    return list_before(text, start, count) is not None or list_after(text, end, count) is not None


def _headcounts(text: str) -> Iterator[Name]:
    """Unquoted headcounts whose list stands right before: A、B、C三大片区."""
    for found in _HEADCOUNT.finditer(text):
        start = found.start()
        if start == 0 or text[start - 1] == "“":
            continue
        noun = SUFFIX.match(text, found.end())
        if noun is None:
            continue
        form = form_of(text[start : noun.end()])
        if form is None or len(form.labels) != 1:
            continue
        listing = list_before(text, start, form.labels[0][1])
        if listing is None or listing.open_ended or text[noun.end() : noun.end() + 2] == "为“":
            continue
        yield Name(start, noun.end(), noun.end(), form, "listed-headcount")


def _defined(text: str, glossary: Glossary, taken: set[int]) -> Iterator[Name]:
    """Names that the text's own glossary defines, where they stand unquoted or in other quotes."""
    for entry in glossary.headwords:
        for core, form in headword_forms(entry):
            at = text.find(core)
            if at < 0:
                continue
            quoted = at > 0 and text[at - 1] == "“" and text[at + len(core) : at + len(core) + 1] == "”"
            start, end = (at - 1, at + len(core) + 1) if quoted else (at, at + len(core))
            if start not in taken:
                yield Name(start, end, end, form, "glossary-name")


def _settle(
    page: Sheet, glossary: Glossary, names: list[Name]
) -> tuple[Name, Decoded | None, int | None] | None:
    """The mention that carries a system: the one with most parts, else the first in running text."""
    best: tuple[Name, Decoded] | None = None
    for name in names[:_MENTIONS_READ]:
        parts = decode(page.text, name.form, name.start, name.end)
        if parts is None and name.end != name.core_end:
            parts = decode(page.text, name.form, name.start, name.core_end)
        if parts is not None and parts.filled and (best is None or parts.filled > best[1].filled):
            best = (name, parts)
    if best is not None:
        return best[0], best[1], None
    first = next((n for n in names if page.role(n.start) == "body"), names[0])
    entry = glossary.by_core.get(first.form.core)
    if entry is not None:
        return first, decode_definition(glossary.text, first.form, entry.start, entry.end), entry.paragraph
    return first, None, None


def _apart(page: Sheet, found: list[tuple[Name, Decoded | None, int | None]]) -> list[FrameworkMention]:
    """Mentions with their clauses; two names in one clause share it out at the end of the earlier name."""
    out = []
    previous_end = 0
    for index, (name, parts, glossary_paragraph) in enumerate(found):
        low = clause_start(page.text, name.start)
        if parts and glossary_paragraph is None:
            low = min([low, *(s for s, e in parts.spans if e <= name.start and name.start - s < 120)])
        low = max(low, previous_end) if previous_end <= name.start else low
        high = max(clause_end(page.text, name.end), name.end)
        if index + 1 < len(found) and found[index + 1][0].start < high:
            high = max(name.end, name.core_end)
        previous_end = name.core_end
        out.append(_mention(page, name, parts, glossary_paragraph, low, high))
    return out


def _mention(
    page: Sheet, name: Name, parts: Decoded | None, glossary_paragraph: int | None, low: int, high: int
) -> FrameworkMention:
    text = page.raw
    while low < name.start and text[low] in " \t\u3000▲►■●*#":
        low += 1
    while high > name.end and text[high - 1] in " \t\u3000*#":
        high -= 1
    paragraph, start, end = page.place(low, high)
    _, name_start, name_end = page.place(name.start, name.end)
    label = page.text[name.start : name.end].replace("“", "").replace("”", "")
    labels = tuple(word for word, _ in name.form.labels)
    framework = Framework(
        name=label,
        formula=name.form.formula,
        components=parts.components if parts else (),
        unlisted=parts.unlisted if parts else labels,
    )
    if parts is None:
        spans: tuple[tuple[int, int, int], ...] = ()
    elif glossary_paragraph is None:
        spans = tuple(page.place(s, e) for s, e in parts.spans)
    else:
        spans = tuple((glossary_paragraph, s, e) for s, e in parts.spans)
    rule = name.rule + (f"+{parts.rule}" if parts else "")
    return FrameworkMention(paragraph, start, end, name_start, name_end, framework, spans, rule)
