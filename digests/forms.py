"""Mails as HTML with inline styles and as plain text of equal content."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import css_inline
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from tracking.words.catalogue import translations
from tracking.words.labels import Lang

_TEMPLATES = Path(__file__).with_name("templates")


@cache
def environment(lang: Lang, *, html: bool) -> Environment:
    """Templates of a language."""
    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        extensions=["jinja2.ext.i18n"],
        autoescape=html,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    )
    made.install_gettext_translations(translations(lang), newstyle=True)  # type: ignore[attr-defined]
    return made


def item_html(item: Any, lang: Lang, picture: Any = None, alt: str = "") -> Markup:
    """One item with its styles inline; it is put into many mails as it is. alt: the picture in words."""
    template = environment(lang, html=True).get_template("item.html")
    fragment = template.render(item=item, picture=picture, alt=alt)
    return Markup(_inliner().inline_fragment(fragment, _css("mail.css")).strip())


def item_text(item: Any, lang: Lang) -> str:
    """One item as plain text."""
    return environment(lang, html=False).get_template("item.txt").render(item=item).rstrip("\n")


def mail_html(mail: Any) -> str:
    """A whole mail. Items are put in after the frame was inlined: they are long, and have been already."""
    held: list[str] = []

    def put(html: str) -> Markup:
        held.append(html)
        # Quoted words are escaped, so no text can hold such a comment.
        return Markup(f"<!--item {len(held) - 1}-->")

    template = environment(mail.lang, html=True).get_template("mail.html")
    page = template.render(mail=mail, put=put, styles=Markup(_css("dark.css")))
    # At-rules cannot be inlined; dark mode lives in one, so the style element stays.
    page = _whole().inline(page)
    for number, html in enumerate(held):
        page = page.replace(f"<!--item {number}-->", html, 1)
    return page


def mail_text(mail: Any) -> str:
    """A whole mail as plain text, in lines that end in a line feed."""
    return environment(mail.lang, html=False).get_template("mail.txt").render(mail=mail)


@cache
def _css(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")


@cache
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(load_remote_stylesheets=False)


@cache
def _whole() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(
        keep_style_tags=True, keep_at_rules=True, load_remote_stylesheets=False, extra_css=_css("mail.css")
    )
