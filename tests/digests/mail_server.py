"""A real SMTP server in a process of its own: STARTTLS or TLS, login, and recipients of known behaviour.

    python mail_server.py FOLDER CERTIFICATE KEY starttls|tls

Writes its port to FOLDER/port and every mail that it takes to FOLDER/NUMBER.eml. Local parts of
recipients say what happens: refused… never; later… not before the file FOLDER/open is there; deaf… takes the
mail and hangs up without a word; slow… takes its time; full… refuses the words, not the address.
"""

from __future__ import annotations

import asyncio
import itertools
import ssl
import sys
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

LOGIN, PASSWORD = b"duixian", b"right horse"
folder = Path(sys.argv[1])
numbers = itertools.count(1)


class Handler:
    """What happens to recipients and words."""

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.startswith("refused"):
            return "550 no such mailbox"
        if address.startswith("later") and not (folder / "open").exists():
            return "451 greylisted, try again"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        local = envelope.rcpt_tos[0].partition("@")[0]
        if local.startswith("full"):
            return "554 too much of it"
        if local.startswith("slow"):
            await asyncio.sleep(0.5)
        head = f"X-Envelope-To: {','.join(envelope.rcpt_tos)}\r\n".encode()
        name = folder / f"{next(numbers):06}"
        name.write_bytes(head + (envelope.original_content or b""))
        name.rename(name.with_suffix(".eml"))
        if local.startswith("deaf"):
            server.transport.close()
        return "250 taken"


def login(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    """Right or wrong; “not handled” makes a wrong one a 535 instead of a hang-up."""
    right = (data.login, data.password) == (LOGIN, PASSWORD)
    return AuthResult(success=right, handled=right)


async def serve() -> None:
    """Serve for ever."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(sys.argv[2], sys.argv[3])

    starttls = sys.argv[4] == "starttls"

    def factory() -> SMTP:
        return SMTP(
            Handler(),
            tls_context=context if starttls else None,
            require_starttls=starttls,
            auth_require_tls=starttls,
            auth_required=True,
            authenticator=login,
            hostname="localhost",
        )

    loop = asyncio.get_running_loop()
    server = await loop.create_server(factory, "127.0.0.1", 0, ssl=None if starttls else context)
    port = folder / "port"
    port.with_suffix(".part").write_text(str(server.sockets[0].getsockname()[1]))
    port.with_suffix(".part").rename(port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve())
