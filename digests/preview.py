"""A digest as HTML and as plain text of equal content."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import css_inline
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from digests.items import Digest
from tracking.words.catalogue import translations
from tracking.words.labels import Lang

HTML, TEXT = "digest-preview.html", "digest-preview.txt"


def render_html(digest: Digest) -> str:
    """One self-contained page: styles inlined for mail clients, nothing loaded from anywhere."""
    page = _environment(digest.lang, html=True).get_template("digest.html").render(digest=digest)
    # At-rules cannot be inlined; dark mode lives in one, so the style element stays.
    inliner = css_inline.CSSInliner(keep_style_tags=True, keep_at_rules=True, load_remote_stylesheets=False)
    return inliner.inline(page)


def render_text(digest: Digest) -> str:
    """The same as plain text."""
    return _environment(digest.lang, html=False).get_template("digest.txt").render(digest=digest)


def write(digest: Digest, folder: Path) -> Path:
    """Write both forms into a folder; the path of the HTML page."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / TEXT).write_text(render_text(digest), encoding="utf-8")
    (folder / HTML).write_text(render_html(digest), encoding="utf-8")
    return folder / HTML


@cache
def _environment(lang: Lang, *, html: bool) -> Environment:
    made = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        extensions=["jinja2.ext.i18n"],
        autoescape=html,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    )
    made.install_gettext_translations(translations(lang), newstyle=True)  # type: ignore[attr-defined]
    return made
