"""Whose words a claim is, where a document mixes voices: a leader quoted, the reporter, a third party."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from parsers.authorship import Author
from parsers.speakers import Utterance, speakers
from parsers.text import Paragraph


class Voices:
    """The author of each stretch of a document."""

    def __init__(self, paragraphs: Sequence[Paragraph], author: Author, mixed: bool) -> None:
        """`mixed`: an article; a report or plan speaks with one voice throughout, its `author`'s."""
        self.author = author
        self._stretches: dict[int, list[Utterance]] = defaultdict(list)
        if mixed:
            for utterance in speakers(paragraphs):
                self._stretches[utterance.paragraph].append(utterance)

    def at(self, paragraph: int, start: int) -> Author:
        """Who says what stands at character `start` of a paragraph.

        A third party's sentence is never the government's; a reporter's question neither. What the text
        tells in its own words keeps the document's issuer, as a reporter's rendering of it.
        """
        if not self._stretches:
            return self.author
        stretch = next((u for u in self._stretches.get(paragraph, ()) if u.start <= start < u.end), None)
        if stretch is None:
            return self.author
        if stretch.role == "leader":
            return Author(self.author.issuer, "leader", stretch.speaker)
        if stretch.role == "third_party":
            return Author("third_party", "third_party", stretch.speaker)
        if stretch.role == "reporter":
            return Author("unknown", "reporter", stretch.speaker)
        return replace(self.author, authority="reporter", speaker=None)
