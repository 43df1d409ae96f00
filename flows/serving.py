"""Putting the site together from the rooms it may not import, and running it."""

from __future__ import annotations

import gc
import socket
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from audit.site.options import Decision, Options, Services, Wording
from digests.amounts import amount
from digests.phrases import entry_differences, part_lines
from flows.accounts import UserFile, secret
from flows.inbox import InboxFile
from flows.settings import language, settings

if TYPE_CHECKING:
    from datetime import date

    import uvicorn
    from fastapi import FastAPI

    from storage.ledger import Ledger
    from tracking.words.labels import Lang

LOOPBACK = "127.0.0.1"


def decided(ledger: Ledger, decision: Decision, author: str) -> str:
    """Record a decision of the review desk with all that follows; the ruling's id."""
    from flows.deciding import Wish, decide, revocation, ruling_for

    if decision.kind == "revoke":
        ruling = revocation(ledger, decision.undoes or "", author, decision.reason)
    else:
        wish = Wish(decision.kind, decision.targets, author, decision.reason, dict(decision.body))  # type: ignore[arg-type]
        ruling = ruling_for(ledger, wish)
    decide(ledger, [ruling])
    return ruling.id


def health(ledger: Ledger) -> list[dict[str, Any]]:
    """How the configured sources do."""
    from flows.watching import watch

    return [{**one.record(), "alarming": one.alarming} for one in watch(ledger, datetime.now(UTC))[0]]


class Looked:
    """When nobody saw the sources of a place, in sentences. Files and looks are read once a minute."""

    def __init__(self) -> None:
        self._held: tuple[float, Any] = (float("-inf"), None)

    def __call__(
        self,
        ledger: Ledger,
        place: str | None,
        begin: date | None,
        end: date | None,
        known_at: datetime | None,
        lang: Lang,
    ) -> list[str]:
        """As `audit.site.options.Unobserved`."""
        from flows.observing import log_of_looks, unobserved
        from flows.source_words import unobserved_words
        from tracking.words.catalogue import translator

        now = known_at or datetime.now(UTC)
        if known_at is not None:
            log = log_of_looks(ledger, now)
        else:
            if time.monotonic() - self._held[0] > 60:
                self._held = (time.monotonic(), log_of_looks(ledger, now))
            log = self._held[1]
        return [unobserved_words(one, translator(lang)) for one in unobserved(log, place, begin, end, now)]


def services() -> Services:
    """What the site is handed."""
    return Services(
        Wording(entry_differences, part_lines, amount),
        decide=decided,
        accounts=UserFile(),
        inbox=InboxFile(),
        health=health,
        unobserved=Looked(),
    )


def routers(ledger: Ledger, *, public: bool = False) -> list[Any]:
    """What other rooms answer here: feeds, and leaving a mailing list where mails are sent."""
    from digests import feed_page, leaving_page
    from flows.mailing.setup import links

    found = [feed_page.router(ledger, links(), language(), public=public)]
    if signs := settings().mail_secret.get_secret_value():
        found.append(leaving_page.router(ledger, signs, language()))
    return found


def application(ledger: Ledger, options: Options | None = None) -> FastAPI:
    """The site of a ledger, in the operator's language."""
    from audit.site.app import create_app

    options = options or Options(language=language(), secret=secret())
    return create_app(ledger, replace(services(), routers=routers(ledger, public=options.public)), options)


def run(
    ledger: Ledger, port: int, tell: Callable[[str], None], *, host: str = LOOPBACK, options: Options
) -> None:
    """Serve until interrupted. tell: hears the address when the port is taken."""
    import uvicorn

    listening = listen(port, host)
    tell(options.address or address_of(listening))
    uvicorn.Server(_config(ledger, options)).run(sockets=[listening])


async def beside(ledger: Ledger, listening: socket.socket) -> None:
    """Serve in the running loop of a process that does something else too."""
    import uvicorn

    await uvicorn.Server(_config(ledger)).serve(sockets=[listening])


def listen(port: int, host: str = LOOPBACK) -> socket.socket:
    """A socket, on loopback unless another address is named; port 0 takes a free one."""
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((host, port))
    return listening


def address_of(listening: socket.socket) -> str:
    """What a person opens."""
    host, port = listening.getsockname()[:2]
    return f"http://{host}:{port}/"


def settle() -> None:
    """Tell the collector of garbage that what is loaded stays: else it looks through all of it every few
    hundred requests, and one of them waits a tenth of a second. A page is made of a hundred thousand objects
    that go with it, so it looks less often than for programs that keep what they make."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def _config(ledger: Ledger, options: Options | None = None) -> uvicorn.Config:
    import uvicorn

    app = application(ledger, options)
    app.state.once_loaded.append(settle)
    return uvicorn.Config(
        app,
        log_level="warning",
        server_header=False,
        date_header=True,
        access_log=False,
    )
