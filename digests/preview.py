"""A digest as HTML and as plain text of equal content."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import css_inline
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from digests.items import Digest
from digests.labels import string

HTML, TEXT = "digest-preview.html", "digest-preview.txt"


def render_html(digest: Digest) -> str:
    """One self-contained page: styles inlined for mail clients, nothing loaded from anywhere."""
    page = _environment(html=True).get_template("digest.html").render(digest=digest, words=_words(digest))
    # At-rules cannot be inlined; dark mode lives in one, so the style element stays.
    inliner = css_inline.CSSInliner(keep_style_tags=True, keep_at_rules=True, load_remote_stylesheets=False)
    return inliner.inline(page)


def render_text(digest: Digest) -> str:
    """The same as plain text."""
    return _environment(html=False).get_template("digest.txt").render(digest=digest, words=_words(digest))


def write(digest: Digest, folder: Path) -> Path:
    """Write both forms into a folder; the path of the HTML page."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / TEXT).write_text(render_text(digest), encoding="utf-8")
    (folder / HTML).write_text(render_html(digest), encoding="utf-8")
    return folder / HTML


class _Words:
    """Phrases for templates: words('old')."""

    def __init__(self, digest: Digest) -> None:
        self._lang = digest.lang

    def __call__(self, key: str, **values: object) -> str:
        return string(key, self._lang, **values)


def _words(digest: Digest) -> _Words:
    return _Words(digest)


@lru_cache(maxsize=2)
def _environment(*, html: bool) -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=html,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    )
