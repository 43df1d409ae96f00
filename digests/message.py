"""A fixed mail as the bytes that travel: headers, alternatives, files. The same mail gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape
from urllib.parse import quote

from digests.links import UNSUBSCRIBE
from storage.mails.delivery import Mail
from storage.mails.outbox import Attachment, Content


@dataclass(frozen=True, slots=True)
class Sender:
    """Whom mails come from. unsubscribe_page: public address below which tokens are taken ("" without a
    site); unsubscribe_mail: an address that takes them by mail."""

    address: str
    name: str = "Duixian 兑现"
    reply_to: str = ""
    unsubscribe_page: str = ""
    unsubscribe_mail: str = ""

    @property
    def domain(self) -> str:
        """What Message-IDs end in."""
        return self.address.rpartition("@")[2]

    def leave(self, token: str) -> tuple[str, str]:
        """Where a subscriber leaves: page and mailto, "" for what there is not."""
        page = f"{self.unsubscribe_page}/{quote(token)}" if self.unsubscribe_page else ""
        mail = f"mailto:{self.unsubscribe_mail}?subject={quote('unsubscribe ' + token)}"
        return page, mail if self.unsubscribe_mail else ""


def message(mail: Mail, content: Content, sender: Sender, token: str, to_name: str = "") -> bytes:
    """The bytes of a mail, with CRLF line ends. token: the subscriber's own, for leaving."""
    page, mailto = sender.leave(token)
    leave = page or mailto
    made = EmailMessage(policy=SMTP)
    made["From"] = Address(sender.name, addr_spec=sender.address)
    made["To"] = Address(to_name, addr_spec=mail.recipient)
    made["Subject"] = content.subject
    made["Date"] = format_datetime(mail.made_at)
    made["Message-ID"] = mail.message_id
    if sender.reply_to:
        made["Reply-To"] = sender.reply_to
    made["Auto-Submitted"] = "auto-generated"
    made["List-Id"] = f"<digest.{sender.domain}>"
    if ways := ", ".join(f"<{way}>" for way in (page, mailto) if way):
        made["List-Unsubscribe"] = ways
    if page.startswith("https://"):
        # One click is promised only where it works: RFC 8058 wants HTTPS.
        made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    made.set_content(content.text.replace(UNSUBSCRIBE, leave), cte="base64")
    if content.html is not None:
        html = content.html.replace(UNSUBSCRIBE, escape(leave, quote=True))
        made.add_alternative(html, subtype="html", cte="base64")
        part = made.get_payload()[1]  # type: ignore[index]
        for one in _inline(content.attachments):
            main, _, sub = one.media.partition("/")
            part.add_related(  # type: ignore[union-attr]
                one.content, main, sub, cid=f"<{one.cid}>", filename=one.name, disposition="inline"
            )
    for one in content.attachments:
        if one.cid is None:
            main, _, sub = one.media.partition("/")
            made.add_attachment(one.content, main, sub, filename=one.name)
    _settle_boundaries(made, mail.key)
    return made.as_bytes()


def _inline(files: Iterable[Attachment]) -> list[Attachment]:
    return [one for one in files if one.cid is not None]


def _settle_boundaries(made: EmailMessage, key: str) -> None:
    """Boundaries from the mail's key instead of chance: a mail sent again is the same to the last byte."""
    for number, part in enumerate(p for p in made.walk() if p.is_multipart()):
        part.set_boundary(f"=_{key[:48]}_{number}")
