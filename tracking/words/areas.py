"""What a promise is about, in a dozen areas: mails are put in order, lists narrowed by them (areas.yml)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from tracking.words.labels import Lang


@cache
def _table() -> dict[str, dict[str, Any]]:
    loaded: dict[str, dict[str, Any]] = yaml.safe_load(
        files("tracking.words").joinpath("areas.yml").read_text(encoding="utf-8")
    )
    return loaded


AREAS: tuple[str, ...] = tuple(_table())
"""Names of the areas, as subscriptions give them."""
OTHER = AREAS[-1]


def area_word(name: str, lang: Lang) -> str:
    """What an area is called.

    >>> area_word("education", "zh")
    '教育'
    """
    return str(_table()[name][lang])


def area_of(entry: Mapping[str, Any]) -> str:
    """The area of an entry of the change log: by the words of its title, else by those of its sentences."""
    commitment = entry["commitment"]
    title = f"{commitment['title']} {commitment['subject']}"
    return _by_words(title) or _by_words(" ".join(str(e["quote"]) for e in entry["evidence"])) or OTHER


def _by_words(text: str) -> str | None:
    hits = {
        name: sum(len(word) for word in facts["words"] if word in text) for name, facts in _table().items()
    }
    best = max(hits, key=lambda name: hits[name])
    return best if hits[best] else None
