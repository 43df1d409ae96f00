"""Putting the site together from the rooms it may not import, and running it."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import TYPE_CHECKING

from audit.site.options import Options, Services, Wording
from digests.amounts import amount
from digests.phrases import entry_differences, part_lines
from flows.settings import language

if TYPE_CHECKING:
    import uvicorn
    from fastapi import FastAPI

    from storage.ledger import Ledger

LOOPBACK = "127.0.0.1"


def services() -> Services:
    """What the site is handed."""
    return Services(Wording(entry_differences, part_lines, amount))


def application(ledger: Ledger, options: Options | None = None) -> FastAPI:
    """The site of a ledger, in the operator's language."""
    from audit.site.app import create_app

    return create_app(ledger, services(), options or Options(language=language()))


def run(ledger: Ledger, port: int, tell: Callable[[str], None]) -> None:
    """Serve until interrupted. tell: hears the address when the port is taken."""
    import uvicorn

    listening = listen(port)
    tell(address_of(listening))
    uvicorn.Server(_config(ledger)).run(sockets=[listening])


async def beside(ledger: Ledger, listening: socket.socket) -> None:
    """Serve in the running loop of a process that does something else too."""
    import uvicorn

    await uvicorn.Server(_config(ledger)).serve(sockets=[listening])


def listen(port: int) -> socket.socket:
    """A socket on loopback; 0 takes a free port."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((LOOPBACK, port))
    return listening


def address_of(listening: socket.socket) -> str:
    """What a person opens."""
    return f"http://{LOOPBACK}:{listening.getsockname()[1]}/"


def _config(ledger: Ledger) -> uvicorn.Config:
    import uvicorn

    return uvicorn.Config(
        application(ledger), log_level="warning", server_header=False, date_header=True, access_log=False
    )
