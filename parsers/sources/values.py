"""The values of a source's file that are checked one by one: spans, patterns, selectors, encodings."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field

_UNITS = {"h": 1 / 24, "d": 1, "w": 7, "m": 30.5, "y": 365.25}


def days(span: str) -> float:
    """A span as days: 6h, 1d, 2w, 3m, 1y.

    >>> days("2w")
    14
    """
    return int(span[:-1]) * _UNITS[span[-1]]


def _span(text: str) -> str:
    if not re.match(_SPAN, text):
        raise ValueError(f"{text!r} is no span: write a number and h, d, w, m or y, as 7d")
    return text


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"{text!r} is no regular expression ({error})") from error
    return text


def _selector(text: str) -> str:
    import soupsieve

    try:
        soupsieve.compile(text)
    except soupsieve.SelectorSyntaxError as error:
        raise ValueError(f"{text!r} is no CSS selector") from error
    return text


def _finished(text: str) -> str:
    if "TODO" in text:
        raise ValueError("still says TODO: write what people know the source by")
    return text


def _encoding(text: str) -> str:
    import webencodings  # type: ignore[import-untyped]

    if webencodings.lookup(text) is None:
        raise ValueError(f"{text!r} is no encoding of the web (gb18030, utf-8, big5 …)")
    return text


_SPAN = r"^[1-9]\d{0,3}[hdwmy]$"
Span = Annotated[
    str,
    AfterValidator(_span),
    Field(description="A number and h, d, w, m or y: 7d", json_schema_extra={"pattern": _SPAN}),
]
Regex = Annotated[str, AfterValidator(_pattern)]
Css = Annotated[str, AfterValidator(_selector)]
Encoding = Annotated[str, AfterValidator(_encoding)]
Title = Annotated[str, Field(min_length=2), AfterValidator(_finished)]
Address = Annotated[str, Field(pattern=r"^https?://[^\s/]+", description="Begins with http:// or https://")]
