"""What a rule's entry in the registry says."""

from __future__ import annotations

from dataclasses import dataclass

from parsers.reading import DocumentType


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of reading, with a text that it reads and one that it must leave alone.

    name: as statements carry it (`parsers.rules.names_of` takes such a string apart). says, zh: what it does.
    example, counter: paragraphs divided by line ends; “# ” marks a heading, “* ” an entry of the glossary,
    “|” a table row, whose cells it divides.
    expected: part of what the example is read as. type: kind of the document that both texts stand in.
    """

    name: str
    says: str
    zh: str
    example: str
    expected: str
    counter: str
    type: DocumentType = "news"

    @property
    def family(self) -> str:
        """The part of the name before the first point."""
        return self.name.partition(".")[0]
