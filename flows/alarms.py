"""Telling the operator that something is wrong: by any address that Apprise knows (mail, chat, webhook)."""

from __future__ import annotations

import sys

from flows.settings import settings


def alarm(title: str, body: str) -> bool:
    """Send an alarm to DUIXIAN_ALARM; whether it went out. It never raises: what failed is worse news.

    Without an address, and when sending fails, it stands on stderr.
    """
    addresses = settings().alarm
    sent = False
    if addresses:
        try:
            from apprise import Apprise

            wire = Apprise()
            # An address may hold a password, so a wrong one is not printed.
            for address in addresses.split():
                if not wire.add(address):
                    print("duixian: DUIXIAN_ALARM holds an address that is not understood", file=sys.stderr)
            sent = bool(len(wire)) and bool(wire.notify(title=title, body=body))
        except Exception as error:
            print(f"duixian: the alarm was not sent ({type(error).__name__})", file=sys.stderr)
    if not sent:
        print(f"{title}\n{body}", file=sys.stderr)
    return sent
