"""The addresses of feeds: a router to mount wherever a site answers, beside `digests.leaving_page`."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from digests.atom import MEDIA, feed
from digests.links import Links
from storage.ledger import Ledger
from storage.mails.rows import Role
from tracking.words.labels import Lang


def router(
    ledger: Ledger, links: Links, lang: Lang = "zh", role: Role = "reader", *, public: bool = False
) -> APIRouter:
    """`/feeds/all.atom`, `/feeds/places/FULL NAME.atom`, `/feeds/commitments/ID.atom`. public: strangers read
    them, as on a public site."""
    made = APIRouter(prefix="/feeds", include_in_schema=False)

    def answer(request: Request, district: str | None = None, commitment: str | None = None) -> Response:
        content = feed(
            ledger,
            lang=lang,
            links=links,
            address=str(request.url),
            district=district,
            commitment=commitment,
            role=role,
            public=public,
        )
        return Response(content, media_type=MEDIA)

    @made.get("/all.atom")
    def of_all(request: Request) -> Response:
        return answer(request)

    @made.get("/places/{district}.atom")
    def of_place(request: Request, district: str) -> Response:
        return answer(request, district=district)

    @made.get("/commitments/{commitment}.atom")
    def of_commitment(request: Request, commitment: str) -> Response:
        return answer(request, commitment=commitment)

    return made
