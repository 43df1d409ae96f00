"""All named systems of a document: find the names, read their parts, merge the mentions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parsers.frameworks.decode import Decoded, decode
from parsers.frameworks.define import decode_definition
from parsers.frameworks.glossary import Glossary, read_glossary
from parsers.frameworks.lists import clause_end, clause_start
from parsers.frameworks.mention import FrameworkMention
from parsers.frameworks.names import form_of
from parsers.frameworks.search import Name, search
from parsers.frameworks.sheet import Sheet, sheet
from parsers.statement import Framework
from parsers.text import Paragraph

_MENTIONS_READ = 3
"""How many mentions of one name are searched for its parts."""
_EDGE = " \t\u3000▲►■●◆*#_|"


@dataclass(slots=True)
class _Settled:
    """A name at the mention that carries it. glossary: the defining paragraph and its offset there."""

    name: Name
    parts: Decoded | None = None
    glossary: tuple[int, int] | None = None


def find_frameworks(paragraphs: Sequence[Paragraph]) -> list[FrameworkMention]:
    """Named systems in reading order, each once, at the mention that says most about it."""
    page = sheet(paragraphs)
    glossary = read_glossary(paragraphs)
    groups: dict[str, list[Name]] = {}
    for name in search(page, glossary):
        groups.setdefault(name.form.key, []).append(name)
    found = [_settle(page, glossary, names) for names in groups.values()]
    found += _members(page, found, groups)
    return _apart(page, _outermost(sorted(found, key=lambda f: (f.name.start, -f.name.end))))


def _settle(page: Sheet, glossary: Glossary, names: list[Name]) -> _Settled:
    """The mention that carries a system: the one with most parts, else the first in running text."""
    best = _Settled(next((n for n in names if page.role(n.start) == "body"), names[0]))
    most = 0
    for name in names[:_MENTIONS_READ]:
        parts = decode(page.text, name.form, name.start, name.core_end, name.end)
        if parts is not None and parts.filled > most:
            best, most = _Settled(name, parts), parts.filled
    entry = glossary.by_core.get(best.name.form.core)
    if entry is not None:
        parts = decode_definition(glossary.text, best.name.form, entry.start, entry.end)
        if parts is not None and parts.filled > most:
            return _Settled(best.name, parts, (entry.paragraph, entry.base))
    return best


def _members(page: Sheet, found: Sequence[_Settled], groups: dict[str, list[Name]]) -> list[_Settled]:
    """Headcounts that fill a formula's digits: systems of their own (四大强区, 六项重点工作)."""
    out = []
    for settled in found:
        for head in settled.parts.heads if settled.parts and settled.glossary is None else ():
            form = form_of(head.words)
            if form is None or form.key in groups or head.listing is None:
                continue
            groups[form.key] = []
            name = Name(head.start, head.end, head.end, form, "formula-part")
            parts = decode(page.text, form, head.start, head.end, head.end)
            out.append(_Settled(name, parts))
    return out


def _outermost(found: list[_Settled]) -> list[_Settled]:
    """Without names that are only an item in another system's list, and names inside names."""
    lists = sorted(
        (s, e) for f in found if f.parts and f.glossary is None for s, e in f.parts.spans if e - s < 400
    )
    out: list[_Settled] = []
    at, reach, began = 0, -1, -1
    for settled in found:
        name = settled.name
        while at < len(lists) and lists[at][0] <= name.start:
            if lists[at][1] > reach:
                began, reach = lists[at]
            at += 1
        item = name.core_end <= reach and reach - began > name.core_end - name.start
        own = settled.parts is not None and settled.parts.filled > 0 and name.form.kind != "phrases"
        if (not item or own) and not (out and name.end <= out[-1].name.end):
            out.append(settled)
    return out


def _apart(page: Sheet, found: list[_Settled]) -> list[FrameworkMention]:
    """Mentions with their clauses; two names in one clause share it out at the end of the earlier name."""
    out = []
    earlier = 0
    for index, settled in enumerate(found):
        name, parts = settled.name, settled.parts
        low = clause_start(page.text, name.start)
        if parts and settled.glossary is None:
            before = [s for s, e in parts.spans if e <= name.start and name.start - s < 160]
            low = min([low, *before])
        low = max(low, earlier) if earlier <= name.start else low
        high = max(clause_end(page.text, name.end), name.end)
        if index + 1 < len(found) and found[index + 1].name.start < high:
            high = name.end
        earlier = name.end
        out.append(_mention(page, settled, low, high))
    return out


def _mention(page: Sheet, settled: _Settled, low: int, high: int) -> FrameworkMention:
    name, parts = settled.name, settled.parts
    while low < name.start and page.raw[low] in _EDGE:
        low += 1
    while high > name.end and page.raw[high - 1] in _EDGE:
        high -= 1
    part = page.locate(name.start)
    paragraph, base = page.indices[part], page.starts[part]
    low = max(low, base)
    framework = Framework(
        name=page.text[name.start : name.end].replace("“", "").replace("”", ""),
        formula=name.form.formula,
        components=parts.components if parts else (),
        unlisted=parts.unlisted if parts else tuple(label for label, _ in name.form.labels),
    )
    spans: tuple[tuple[int, int, int], ...] = ()
    if parts and settled.glossary is None:
        spans = tuple(page.place(s, e) for s, e in parts.spans)
    elif parts and settled.glossary is not None:
        where, begins = settled.glossary
        spans = tuple((where, s - begins, e - begins) for s, e in parts.spans)
    rule = name.rule + (f"+{parts.rule}" if parts else "")
    return FrameworkMention(
        paragraph, low - base, high - base, name.start - base, name.end - base, framework, spans, rule
    )
