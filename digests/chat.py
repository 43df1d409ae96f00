"""Messages to chats and webhooks through Apprise: 企业微信, 钉钉, 飞书, Slack and a hundred others."""

from __future__ import annotations

import os

from digests.smtp import PutOff
from storage.mails.delivery import Mail
from storage.mails.outbox import Content

LONGEST = 3_500
"""Characters of a message: the narrowest of the chats in use take 4,000."""


def post_to_chat(mail: Mail, content: Content) -> None:
    """Send a message to the chat whose address stands in the environment variable `mail.recipient`.

    Raises PutOff, with no word of the address, which is a secret.
    """
    address = os.environ.get(mail.recipient, "")
    if not address:
        raise PutOff(f"the environment variable {mail.recipient} is not set")
    import apprise

    chat = apprise.Apprise()
    if not chat.add(address):
        raise PutOff(f"{mail.recipient} holds no address that Apprise knows")
    if not chat.notify(
        title=content.subject, body=shortened(content.text), body_format=apprise.NotifyFormat.TEXT
    ):
        raise PutOff(f"{mail.recipient}: the chat did not take the message")


def shortened(text: str) -> str:
    """A text that a chat takes, cut at a line, with a mark where it was cut."""
    if len(text) <= LONGEST:
        return text
    return text[: text.rindex("\n", 0, LONGEST)] + "\n……"
