"""What is wrong and what to do, in the reader's language: sentences stay English where they are made, and are
replaced where they are shown.

In the catalogue such a sentence has {0}, {1} … where it names something.
"""

from __future__ import annotations

import re
from functools import cache

from tracking.words.catalogue import translations
from tracking.words.labels import Lang

_FEWEST = 5
"""Letters of its own that a sentence needs to be known by them: `{0}: {1}` would be everything."""
_PLACE = re.compile(r"\{(\d)\}")


def sentence(text: str, lang: Lang) -> str:
    """A sentence in a language; one that is not known comes back unchanged, and so does what it names.

    >>> sentence("there is no ledger at /x/y.db: `duixian run` makes one.", "zh")
    '/x/y.db 处没有账本：运行 `duixian run` 建一个。'
    """
    if lang == "en" or not text:
        return text
    bare, stop = (text[:-1], "。") if text.endswith(".") and not text.endswith("..") else (text, "")
    if (known := translations(lang).gettext(bare)) != bare:
        return known + stop
    for pattern, numbers, words in _patterns(lang):
        if found := pattern.fullmatch(bare):
            named = {n: sentence(part, lang) for n, part in zip(numbers, found.groups(), strict=True)}
            parts = _PLACE.split(words)
            parts[1::2] = [named[number] for number in parts[1::2]]
            return "".join(parts) + stop
    return text


@cache
def _patterns(lang: Lang) -> list[tuple[re.Pattern[str], list[str], str]]:
    """Sentences with places, those with most letters of their own first: pattern, places, translation."""
    catalogue: dict[object, str] = getattr(translations(lang), "_catalog", {})
    found = []
    for text, words in catalogue.items():
        if not isinstance(text, str) or not _PLACE.search(text):
            continue
        pieces = _PLACE.split(text)
        own = sum(len(piece.strip(" :;,.`")) for piece in pieces[::2])
        if own >= _FEWEST:
            pattern = "(.+?)".join(re.escape(piece) for piece in pieces[::2])
            found.append((own, re.compile(pattern, re.S), pieces[1::2], words))
    return [(p, n, w) for _, p, n, w in sorted(found, key=lambda one: -one[0])]
