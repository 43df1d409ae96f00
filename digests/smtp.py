"""Handing mails to an SMTP server, and understanding what it answers."""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Literal, Self

Security = Literal["starttls", "tls", "none"]
TIMEOUT = 60.0
"""Seconds that one answer may take."""


class NotReady(Exception):  # noqa: N818 - told to the operator
    """The server cannot be used at all: away, not trusted, or it refuses the login or the sender."""


class PutOff(Exception):  # noqa: N818
    """Not now: the server or the line says so. about_recipient: the answer was about this address."""

    def __init__(self, detail: str, *, about_recipient: bool = False) -> None:
        super().__init__(detail)
        self.about_recipient = about_recipient


class Refused(Exception):  # noqa: N818
    """Never: this address, or this mail."""


class Unanswered(Exception):  # noqa: N818
    """All of the mail was handed over and no answer came: nobody knows."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where mails are handed in. ca: a file of certificates to trust instead of the system's."""

    host: str
    port: int
    security: Security = "starttls"
    login: str = ""
    password: str = ""
    ca: str | None = None
    timeout: float = TIMEOUT

    def __repr__(self) -> str:
        return f"{self.host}:{self.port}"


class Line:
    """A connection to a server, opened when first needed and again after it broke."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def send(self, sender: str, recipient: str, message: bytes, handing_over: Callable[[], None]) -> str:
        """Hand a message over; the server's answer. handing_over is called when the server is ready for the
        words and before the first of them leaves; if it raises, nothing was handed over.

        Raises NotReady, PutOff, Refused or Unanswered.
        """
        smtp = self._open()
        try:
            self._ready(smtp, sender, recipient)
            try:
                handing_over()
            except BaseException:
                self._drop()  # the server waits for words: only hanging up takes that back
                raise
            try:
                smtp.send(_stuffed(message))
            except (OSError, smtplib.SMTPServerDisconnected) as error:
                # The end mark is in the last bytes, and not all left: no server takes that for a mail.
                raise PutOff(f"the line broke: {error}") from error
            try:
                code, answer = smtp.getreply()
            except (OSError, smtplib.SMTPException) as error:
                raise Unanswered(str(error)) from error
        except (PutOff, Unanswered):
            self._drop()
            raise
        said = _said(code, answer)
        if code == 250:
            return said
        self._drop()
        if code >= 500:
            raise Refused(said)
        raise PutOff(said)

    def _ready(self, smtp: smtplib.SMTP, sender: str, recipient: str) -> None:
        """Sender and recipient told, and the server waiting for the words."""
        try:
            code, answer = smtp.mail(sender)
            if code != 250:
                self._drop()
                raise (NotReady if code >= 500 else PutOff)(f"sender {sender}: {_said(code, answer)}")
            code, answer = smtp.rcpt(recipient)
            if code not in (250, 251):
                smtp.rset()
                if code >= 500:
                    raise Refused(_said(code, answer))
                raise PutOff(_said(code, answer), about_recipient=code != 421)
            code, answer = smtp.docmd("DATA")
            if code != 354:
                self._drop()
                raise (Refused if code >= 500 else PutOff)(_said(code, answer))
        except (OSError, smtplib.SMTPException) as error:
            raise PutOff(f"the line broke: {error}") from error

    def _open(self) -> smtplib.SMTP:
        if self._smtp is not None:
            try:
                if self._smtp.noop()[0] == 250:
                    return self._smtp
            except (OSError, smtplib.SMTPException):
                pass
            self._drop()
        self._smtp = _connected(self.server)
        return self._smtp

    def close(self) -> None:
        """Say goodbye, if there is somebody to say it to."""
        if self._smtp is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._smtp.quit()
            self._drop()

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None


def _connected(server: Server) -> smtplib.SMTP:
    """A connection that is encrypted and logged in as the server's settings say."""
    context = ssl.create_default_context(cafile=server.ca)
    try:
        if server.security == "tls":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=server.timeout, context=context
            )
        else:
            smtp = smtplib.SMTP(server.host, server.port, timeout=server.timeout)
        try:
            smtp.ehlo_or_helo_if_needed()
            if server.security == "starttls":
                smtp.starttls(context=context)
                smtp.ehlo()
            if server.login:
                smtp.login(server.login, server.password)
        except BaseException:
            smtp.close()
            raise
        return smtp
    except ssl.SSLError as error:
        raise NotReady(f"{server!r} is not trusted: {error.reason or error}") from error
    except smtplib.SMTPAuthenticationError as error:
        raise NotReady(f"{server!r} refuses the login: {_said(error.smtp_code, error.smtp_error)}") from error
    except smtplib.SMTPNotSupportedError as error:
        raise NotReady(f"{server!r} cannot do it: {error}") from error
    except (OSError, smtplib.SMTPException) as error:
        raise NotReady(f"{server!r} cannot be reached: {error}") from error


def _stuffed(message: bytes) -> bytes:
    """The message as DATA wants it: CRLF, a second dot where a line begins with one, the end mark."""
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", message)
    lines = re.sub(rb"(?m)^\.", b"..", lines)
    return lines + (b"" if lines.endswith(b"\r\n") else b"\r\n") + b".\r\n"


def _said(code: int, answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return " ".join(f"{code} {text}".split())[:300]
