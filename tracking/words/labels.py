"""Labels from labels.yml: for each kind, grade, direction and life the word, its meaning and its limits."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml

Lang = Literal["zh", "en"]
FORBIDDEN = ("放弃", "失信", "已核实")
"""Words that accuse or claim more than texts can show; no output may use them of a place."""


@dataclass(frozen=True, slots=True)
class Label:
    """A word people see, what it means and what it does not mean."""

    word: str
    means: str
    means_not: str


@cache
def _table() -> dict[tuple[str, str, str], Label]:
    loaded = yaml.safe_load(files("tracking.words").joinpath("labels.yml").read_text(encoding="utf-8"))
    return {
        (group, name, lang): Label(facts["word"], facts["means"], facts["not"])
        for group, names in loaded.items()
        for name, langs in names.items()
        for lang, facts in langs.items()
    }


def label(group: str, name: str, lang: Lang, grade: str | None = None) -> Label:
    """The label of a name in a group: change, grade, review, direction, kind or life.

    grade: of a change; a `dropped` that a text states has its own word. KeyError for an unknown name.

    >>> label("change", "dropped", "zh").word, label("change", "dropped", "zh", grade="stated").word
    ('后续未再列入', '明确取消')
    """
    if group == "change" and grade == "stated" and ("change_stated", name, lang) in _table():
        return _table()["change_stated", name, lang]
    return _table()[group, name, lang]


def outcome(name: str | None, lang: Lang) -> Label:
    """The label of what became of a promise in a scorecard; None: nothing was found either way.

    >>> outcome("told_of", "zh").word, outcome("missed", "en").word, outcome(None, "zh").word
    ('仅文字提及', 'not met', '未观察到')
    """
    own = name or "unknown"
    return label("outcome" if own in names("outcome") else "change", own, lang)


def names(group: str) -> list[str]:
    """All names of a group, in the order of the file."""
    return list(dict.fromkeys(name for g, name, _ in _table() if g == group))
