"""A digest as HTML and as plain text of equal content."""

from __future__ import annotations

from pathlib import Path

import css_inline

from digests.forms import environment
from digests.items import Digest

HTML, TEXT = "digest-preview.html", "digest-preview.txt"


def render_html(digest: Digest) -> str:
    """One self-contained page: styles inlined for mail clients, nothing loaded from anywhere."""
    page = environment(digest.lang, html=True).get_template("digest.html").render(digest=digest)
    # At-rules cannot be inlined; dark mode lives in one, so the style element stays.
    inliner = css_inline.CSSInliner(keep_style_tags=True, keep_at_rules=True, load_remote_stylesheets=False)
    return inliner.inline(page)


def render_text(digest: Digest) -> str:
    """The same as plain text."""
    return environment(digest.lang, html=False).get_template("digest.txt").render(digest=digest)


def write(digest: Digest, folder: Path) -> Path:
    """Write both forms into a folder; the path of the HTML page."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / TEXT).write_text(render_text(digest), encoding="utf-8")
    (folder / HTML).write_text(render_html(digest), encoding="utf-8")
    return folder / HTML
