"""Which entries and texts of a source are taken, and why the others are not."""

from __future__ import annotations

import re

from parsers.sources.spec import Fetched


def left_out(spec: Fetched, title: str, address: str) -> str | None:
    """Why an entry is left out, None if it is taken."""
    for ignore in spec.ignore:
        pattern, where = (ignore.title, title) if ignore.title else (ignore.address, address)
        if pattern and re.search(pattern, where):
            return ignore.why
    only = spec.only
    if only.title and not re.search(only.title, title):
        return f"its title has nothing of {only.title}"
    if only.address and not re.search(only.address, address):
        return f"its address has nothing of {only.address}"
    return None


def of_our_subject(spec: Fetched, text: str) -> bool:
    """Whether a fetched text is about what the source is read for."""
    return spec.only.text is None or re.search(spec.only.text, text) is not None
