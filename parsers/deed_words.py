"""The words of deeds: verbs by kind, and what their objects end in (data/deeds.yml)."""

from __future__ import annotations

from importlib import resources

import yaml

from parsers.units import LOADER


def _load() -> dict[str, list[str]]:
    raw = yaml.load((resources.files("parsers") / "data" / "deeds.yml").read_text("utf-8"), Loader=LOADER)
    return {name: words.split() for name, words in raw.items()}


WORDS = _load()
"""Word lists of data/deeds.yml by name."""
