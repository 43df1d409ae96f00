"""Refusals in the reader's language: they are stored in English, with what a person can do about them."""

from __future__ import annotations

from parsers.refusal import REASONS
from tracking.words.catalogue import translator
from tracking.words.labels import Lang


def refusal(sentence: str, lang: Lang) -> str:
    """A refusal's sentence in a language; its detail (a size, a name) stays as it is.

    >>> refusal("the file holds no text", "zh")
    '文件中没有文字'
    """
    reasons = [reason for reason in REASONS.values() if sentence.startswith(reason)]
    if lang == "en" or not reasons:
        return sentence
    reason = max(reasons, key=len)
    detail = sentence[len(reason) :].removeprefix(": ")
    told = translator(lang)(reason)
    return translator(lang)("{field}: {change}").format(field=told, change=detail) if detail else told
