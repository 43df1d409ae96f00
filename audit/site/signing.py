"""Who asks: a signed cookie that names them, and the token that their forms carry."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Depends, Form, HTTPException, Request
from itsdangerous import BadData, URLSafeTimedSerializer

from audit.site.options import ROLES, Role
from audit.site.place import Site
from audit.site.viewing import View, plain_view

COOKIE = "session"
HOURS = 10


def signer(site: Site) -> URLSafeTimedSerializer:
    """Signs sessions."""
    return URLSafeTimedSerializer(site.options.secret, salt="session")


def session(site: Site, name: str) -> str:
    """A new session of somebody who has shown who they are."""
    return signer(site).dumps({"name": name, "token": secrets.token_urlsafe(24)})


def user_of(site: Site, request: Request) -> Mapping[str, str] | None:
    """Name, role and token of who asks. The role is looked up each time: who was shut out is out at once."""
    cookie = request.cookies.get(COOKIE)
    if not cookie or not site.options.secret or site.services.accounts is None:
        return None
    try:
        told = signer(site).loads(cookie, max_age=HOURS * 3600)
        name, token = str(told["name"]), str(told["token"])
    except (BadData, KeyError, TypeError):
        return None
    role = site.services.accounts.role(name)
    return None if role is None else {"name": name, "role": role, "token": token}


def at_least(role: Role) -> Any:
    """A dependency: the request of somebody who may do what this role may."""

    def allowed(request: Request) -> View:
        view = plain_view(request)
        if view.user is None:
            raise HTTPException(401, view._("Sign in first."))
        if ROLES.index(view.user["role"]) < ROLES.index(role):
            raise HTTPException(403, view._("Your role does not allow this."))
        return view

    return Depends(allowed)


def same_site(request: Request) -> None:
    """Refuse a form that another site sends."""
    origin = request.headers.get("origin")
    told = request.headers.get("sec-fetch-site", "same-origin")
    elsewhere = origin is not None and origin.partition("://")[2] != request.headers.get("host")
    if elsewhere or told not in ("same-origin", "none"):
        raise HTTPException(403, plain_view(request)._("this form was sent by another site"))


def with_token(request: Request, token: Annotated[str, Form(max_length=100)] = "") -> None:
    """Refuse a form of a signed-in person that does not carry their session's token."""
    same_site(request)
    user = getattr(request.state, "user", None)
    if user is None or not hmac.compare_digest(user["token"], token):
        raise HTTPException(403, plain_view(request)._("this form is out of date: open the page again"))


SAME_SITE, WITH_TOKEN = Depends(same_site), Depends(with_token)
