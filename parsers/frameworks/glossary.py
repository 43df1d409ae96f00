"""名词解释 sections behind reports: headwords and what they are said to hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from parsers.frameworks.names import Form, defined_form, form_of
from parsers.frameworks.sheet import sheet
from parsers.lazily import lazily
from parsers.text import Paragraph

_ENTRY = lazily(
    r"(?:^|\n)[ \t\u3000*#>-]{0,8}"
    r"(?:[\[［【（(〔]?\d{1,3}[\]］】）)〕.．、:：]+|[①-⑳㉑-㉟]|[（(]?[一二三四五六七八九十]{1,3}[）)、])?"
    r"[ \t\u3000*]{0,4}"
    r"(?P<word>[^\n：:。；]{2,44}?)[*]{0,2}"
    r"(?:[：:]|——|(?<=”)[是即]?指|，?是指)[ \t*]{0,4}(?P<body>[^\n]*)"
)
_MOST_ENTRIES = 500
"""Each entry is looked up in the whole text; the longest real glossary has about a hundred."""
_QUOTED = lazily(r"“([^“”\n]{1,48})”")
_SOME_OF = lazily(r"等[一二三四五六七八九十\d]")
"""癌症等8类大病 counts things by one of them; it is the name of no system."""
_COUNTED = lazily(r"[一二两三四五六七八九十百千万双\d]")


@dataclass(frozen=True, slots=True)
class Definition:
    """A headword with its definition: body [start, end) of the glossary's text."""

    headword: str
    start: int
    end: int
    paragraph: int
    base: int
    """Offset of the paragraph's first character in the glossary's text."""


@dataclass(frozen=True, slots=True)
class Glossary:
    """text: all glossary paragraphs joined; by_core: names to their definition, by the words in quotes."""

    text: str
    by_core: dict[str, Definition]
    headwords: tuple[Definition, ...]


_NONE = Glossary("", {}, ())


def read_glossary(paragraphs: Sequence[Paragraph]) -> Glossary:
    """Definitions of a document's glossary paragraphs, the first of a name kept."""
    if all(paragraph.role != "glossary" for paragraph in paragraphs):
        return _NONE
    joined = sheet(paragraphs, frozenset({"glossary"}))
    by_core: dict[str, Definition] = {}
    headwords = []
    for found in islice(_ENTRY.finditer(joined.text), _MOST_ENTRIES):
        word = found["word"].strip(" 　*")
        if not _COUNTED.search(word):
            continue
        part = joined.locate(found.start("word"))
        entry = Definition(
            word, found.start("body"), found.end("body"), joined.indices[part], joined.starts[part]
        )
        headwords.append(entry)
        for core in [*_QUOTED.findall(word), word.replace("“", "").replace("”", "")]:
            by_core.setdefault(core, entry)
    return Glossary(joined.text, by_core, tuple(headwords))


def headword_forms(entry: Definition) -> list[tuple[str, Form]]:
    """Names in a headword with their forms: quoted words, else the headword itself."""
    quoted = [core for core in _QUOTED.findall(entry.headword) if _COUNTED.search(core)]
    forms = [(core, defined_form(core)) for core in quoted]
    if not forms and not _SOME_OF.search(entry.headword):
        forms = [(entry.headword, form_of(entry.headword))]
    return [(core, form) for core, form in forms if form is not None]
