"""Text as an index sees it. No dictionary: every two neighbouring characters are a token, so that words of
two characters are found and nothing depends on where somebody cuts a sentence into words.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from hashlib import sha256
from operator import add

_HAN = "\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUNS = re.compile(f"([{_HAN}]+)|([^\\W_{_HAN}]+)")
_TORN = re.compile(f"(?<=[{_HAN}])\\s+(?=[{_HAN}])")
_INSIDE = re.compile(r"</?(?:a|b|em|i|font|span|strong|sub|sup|u)\b[^<>]*>", re.I)
_MARKUP = re.compile("<[^<>]*>")
_SCRIPT = re.compile("<(/?)(?:script|style)\\b", re.I)
_LONGEST = 40


def visible(text: str, media: str) -> str:
    """What of a source text people read: of markup what stands between the tags."""
    if media != "html":
        return text
    kept, at, hidden = [], 0, False
    for tag in _SCRIPT.finditer(text):
        if not hidden:
            kept.append(text[at : tag.start()])
        hidden, at = not tag[1], tag.start()
    if not hidden:
        kept.append(text[at:])
    return _MARKUP.sub(" ", _INSIDE.sub("", " ".join(kept)))


def folded(text: str) -> str:
    """The text as it is compared: full-width forms plain, small letters, no blanks inside Chinese.

    >>> folded("ＧＤＰ 突破\\n千亿")
    'gdp 突破千亿'
    """
    return _TORN.sub("", unicodedata.normalize("NFKC", text).casefold())


def tokens(text: str) -> list[str]:
    """Tokens of a folded text: pairs of characters, the last of each run alone; other words whole.

    >>> tokens(folded("新建公园8个"))
    ['新建', '建公', '公园', '园', '8', '个']
    """
    found: list[str] = []
    for han, word in _RUNS.findall(text):
        if word:
            found.append(word[:_LONGEST])
        else:
            found += map(add, han, han[1:])
            found.append(han[-1])
    return found


@lru_cache(maxsize=1000)
def mark(place: str) -> str:
    """The token that stands for a place. It begins with a letter that no text of ours is written in; should
    one be, what is found by it is looked at in the text like everything else."""
    return "\ua66e" + sha256(place.encode()).hexdigest()[:10]


def words_of(words: str) -> list[str]:
    """The words of a question, as they are compared. A blank parts them, even between Chinese characters,
    where it is nothing in a text."""
    return list(map(folded, words.split()))


def wanted(words: str) -> tuple[list[str], list[str]] | None:
    """What a text must hold to have these words: tokens, and beginnings of tokens. None: nothing to look for.

    >>> wanted("公园 湖")
    (['公园'], ['湖'])
    """
    whole: list[str] = []
    beginnings: list[str] = []
    for han, word in _RUNS.findall(" ".join(words_of(words))):
        if word:
            # What stands at the end of the words asked for may go on in the text.
            beginnings.append(word[:_LONGEST])
        elif len(han) == 1:
            beginnings.append(han)
        else:
            whole += [han[at : at + 2] for at in range(len(han) - 1)]
    if not whole and not beginnings:
        return None
    return list(dict.fromkeys(whole)), list(dict.fromkeys(beginnings))


def holds(text: str, words: str) -> bool:
    """Whether a text has every one of the words, as they are written."""
    there = folded(text)
    return all(part in there for part in words_of(words))
