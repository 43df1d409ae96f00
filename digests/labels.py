"""Words for readers, in Chinese and English."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from digests.phrases import Lang


@dataclass(frozen=True, slots=True)
class Label:
    """A word of the change log, what it means and what it does not mean."""

    word: str
    means: str
    means_not: str


@lru_cache(maxsize=1)
def _strings() -> dict[str, dict[Lang, str]]:
    content: Any = yaml.safe_load(Path(__file__).with_name("strings.yml").read_text(encoding="utf-8"))
    return content  # type: ignore[no-any-return]


def string(key: str, lang: Lang, **values: object) -> str:
    """A phrase of the digest itself."""
    found = _strings()[key][lang]
    return found.format(**values) if values else found


def change_label(kind: str, lang: Lang) -> Label:
    """What a kind of change is called."""
    return Label(kind, "", "")
