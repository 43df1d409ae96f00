"""When a document was published and which year's plan it is, with the clues."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.reading import Clue, Declared
from parsers.text import Paragraph

_DATE = re.compile(r"((?:19|20)\d\d)年(?:(\d{1,2})月(?:(\d{1,2})日)?)?")


def date_document(
    paragraphs: Sequence[Paragraph], title: str | None, declared: Declared, printed: str | None
) -> tuple[Clue | None, Clue | None, tuple[tuple[str, int | None], ...]]:
    """(published, plan year, campaign years named); unknown stays None."""
    said = declared.published or printed
    published = Clue(said, "declared" if declared.published else "printed on the page") if said else None
    years = [int(y) for p in paragraphs[:12] for y in re.findall(r"((?:19|20)\d\d)年", p.text)]
    if said:
        year = int(said[:4]) + (1 if declared.type in ("report", "plan") and said[5:7] == "12" else 0)
    elif years:
        year = max(set(years), key=lambda y: (years.count(y), y))
    else:
        return published, None, ()
    return published, Clue(str(year), "the year that the text names most"), ()
