"""The address that unsubscribes: a router to mount wherever a site answers.

GET only asks (scanners follow every link of a mail); POST does it, from the page's button or by one click of
the mail program, which sends `List-Unsubscribe=One-Click` and wants no page.
"""

from __future__ import annotations

from html import escape

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from digests.leaving import leave, subscriber_of
from storage.ledger import Ledger
from tracking.words.catalogue import translator
from tracking.words.labels import Lang

PATH = "/unsubscribe"
STYLE = """main { font: 18px/1.6 sans-serif; max-width: 32em; margin: 15vh auto; padding: 0 16px; }
button { font: inherit; padding: .4em 1em; }
"""
"""In a file of its own: a site that lets no style stand in a page shows the page all the same."""


def router(ledger: Ledger, secret: str, lang: Lang = "zh") -> APIRouter:
    """Routes below `/unsubscribe`. secret: the one that mails are made with (DUIXIAN_MAIL_SECRET)."""
    made = APIRouter(prefix=PATH, include_in_schema=False)
    _ = translator(lang)

    def page(words: str, status: int = 200, button: str = "") -> HTMLResponse:
        form = f'<form method="post"><button>{escape(button)}</button></form>' if button else ""
        return HTMLResponse(
            f'<!doctype html><html lang="{"zh-CN" if lang == "zh" else "en"}"><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            '<meta name="robots" content="noindex"><meta name="color-scheme" content="light dark">'
            f"<title>{escape(_('Unsubscribe'))}</title>"
            f'<link rel="stylesheet" href="{PATH}/page.css">'
            f"<main><h1>{escape(_('Unsubscribe'))}</h1><p>{escape(words)}</p>{form}</main></html>",
            status_code=status,
            headers={"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"},
        )

    invalid = _("This link is not valid. Write to whoever sends you the mails.")

    @made.get("/page.css")
    def style() -> Response:
        return Response(STYLE, media_type="text/css", headers={"Cache-Control": "max-age=86400"})

    @made.get("/{token}")
    def ask(token: str) -> HTMLResponse:
        if subscriber_of(secret, token) is None:
            return page(invalid, 404)
        return page(_("You will get no more mails."), button=_("Unsubscribe"))

    @made.post("/{token}")
    def do(token: str) -> HTMLResponse:
        if leave(ledger, secret, token) is None:
            return page(invalid, 404)
        return page(_("Done: you get no more mails."))

    return made
