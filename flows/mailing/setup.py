"""What sending needs to know, from the settings; what is missing is said in one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from digests.links import Links
from digests.message import Sender
from digests.smtp import Server
from digests.subscriptions import Subscription, load
from flows.home import data_folder
from flows.settings import Settings, settings


class NotSetUp(Exception):  # noqa: N818 - told to the operator
    """A setting is missing; the sentence says which and how to set it."""


@dataclass(frozen=True, slots=True)
class Post:
    """A server to hand mails to, whom they come from, and what signs the links for leaving."""

    server: Server
    sender: Sender
    secret: str
    repeat_in_doubt: bool = True


def subscriptions_file() -> Path:
    """The operator's file."""
    chosen = settings().subscribers
    return Path(chosen) if chosen else data_folder() / "subscribers.yml"


def subscriptions() -> list[Subscription]:
    """The subscriptions of the operator's file. Raises digests.subscriptions.Unreadable."""
    return load(subscriptions_file())


def links() -> Links:
    """Links to the site, if there is one."""
    return Links(settings().site.rstrip("/"))


def domain() -> str:
    """What Message-IDs end in."""
    return (settings().mail_from or "").rpartition("@")[2] or "duixian.invalid"


def post() -> Post:
    """Raises NotSetUp."""
    told = settings()
    if not told.mail_server or not told.mail_from:
        raise NotSetUp(
            "no mail server is set: set mail_server and mail_from in settings.toml (docs/digests.md), or "
            "look at the mails with `duixian digest preview`"
        )
    if not told.mail_secret.get_secret_value():
        raise NotSetUp(
            "nothing signs the links for unsubscribing: set DUIXIAN_MAIL_SECRET to any 32 random characters "
            "and keep it"
        )
    host, _, port = told.mail_server.partition(":")
    usual = {"tls": 465, "starttls": 587, "none": 25}[told.mail_security]
    if port and not port.isdigit():
        raise NotSetUp(f"mail_server is {told.mail_server}: write host or host:port")
    if told.mail_security == "none" and told.mail_login:
        raise NotSetUp("mail_login with mail_security = none would send the password readable: use starttls")
    site = told.site.rstrip("/")
    return Post(
        Server(
            host,
            int(port) if port else usual,
            told.mail_security,
            told.mail_login,
            _password(told),
            told.mail_ca,
        ),
        Sender(
            told.mail_from,
            told.mail_name,
            told.mail_reply_to,
            f"{site}/unsubscribe" if site else "",
            told.mail_leave,
        ),
        told.mail_secret.get_secret_value(),
        told.mail_in_doubt == "again",
    )


def _password(told: Settings) -> str:
    if told.mail_password_block is None:
        return told.mail_password.get_secret_value()
    from prefect.blocks.system import Secret

    load: Any = Secret.load
    try:
        # Said outright: Prefect answers with a coroutine wherever an event loop happens to run.
        return str(load(told.mail_password_block, _sync=True).get())
    except ValueError as error:
        raise NotSetUp(
            f"there is no Prefect block {told.mail_password_block} of type Secret: make it, or set "
            "DUIXIAN_MAIL_PASSWORD"
        ) from error
