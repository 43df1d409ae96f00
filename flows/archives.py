"""Part of an archive: texts of some years, told before they are read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from flows.inputs import Input
from parsers.refusal import Refused

_YEAR = re.compile(r"(?<!\d)(19[5-9]\d|20\d\d)(?!\d)")


def within(inputs: Iterable[Input], since: int | None, until: int | None) -> Iterator[Input]:
    """The texts whose year lies within; one that tells no year before it is read is taken."""
    for text in inputs:
        year = year_of(text)
        if year is None or ((since is None or year >= since) and (until is None or year <= until)):
            yield text


def year_of(text: Input) -> int | None:
    """The year of the declared date, else the only one in the file's name; None where that is not one."""
    try:
        published = text.declared().published
    except Refused:  # told when the text is read
        published = None
    years = set(_YEAR.findall(published or "")) or set(_YEAR.findall(text.path.stem))
    return int(years.pop()) if len(years) == 1 else None
