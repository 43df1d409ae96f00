"""What the search for named systems hands back."""

from __future__ import annotations

from dataclasses import dataclass

from parsers.statement import Framework


@dataclass(frozen=True, slots=True)
class FrameworkMention:
    """A named system where the text names it.

    paragraph: index into the paragraphs handed in; start, end: the naming clause in that paragraph's text;
    name_start, name_end: the name itself, quotes and type word included.
    part_spans: (paragraph, start, end) of the lists that the parts were read from.
    rule: the name rule and the rule that read the parts, joined by “+”.
    """

    paragraph: int
    start: int
    end: int
    name_start: int
    name_end: int
    framework: Framework
    part_spans: tuple[tuple[int, int, int], ...]
    rule: str
