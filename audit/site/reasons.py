"""Why statements were put together, in the reader's language; tracking gives its reasons in English."""

from __future__ import annotations

from tracking.words.catalogue import translator
from tracking.words.labels import Lang


def _(text: str) -> str:
    """Marks a text of the interface for translation."""
    return text


_REASONS = (
    _("same indicator or words"),
    _("same project or words"),
    _("same list of parts"),
    _("same formula"),
    _("same system"),
    _("same words"),
    _("similar words"),
    _("ruled by"),
)


def reason(why: str, lang: Lang) -> str:
    """A reason in a language; what it names stays as it is, and one that is not known comes back unchanged.

    >>> reason("same words: 亿元项目", "zh")
    '用语相同：亿元项目'
    """
    for known in _REASONS:
        if lang == "zh" and why.startswith(known):
            rest = why[len(known) :].strip(": ")
            told = translator(lang)(known)
            return f"{told}：{rest}" if rest else told
    return why
