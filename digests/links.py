"""Where a mail's links lead: pages of the site, if there is one, and the addresses of texts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

UNSUBSCRIBE = "https://unsubscribe.invalid/"
"""Stands in contents for the subscriber's own link, which is put in when the mail is sent: contents are
shared between subscribers, and nobody's link may reach another."""
_WEB = re.compile(r"https?://[!-~]{1,2000}\Z")


@dataclass(frozen=True, slots=True)
class Links:
    """site: the public address of the site without a slash at its end; "" where there is none."""

    site: str = ""

    def commitment(self, commitment_id: str) -> str:
        """The page of a commitment's story."""
        return self._page(f"commitments/{quote(commitment_id)}")

    def text(self, sha256: str, spans: Sequence[Sequence[int]], name: str) -> str:
        """The text at a sentence: on the site, else where it was published."""
        if self.site:
            return self._page(f"texts/{quote(sha256[:16])}") + (f"#s{spans[0][0]}" if spans else "")
        return name if _WEB.match(name) else ""

    def decide(self, entry_id: str) -> str:
        """Where an editor decides on an accusation."""
        return self._page(f"review/{quote(entry_id)}")

    def changes(self, asked: Mapping[str, Any]) -> str:
        """The change log, narrowed."""
        return self._page("changes?" + urlencode({k: v for k, v in asked.items() if v}))

    def comparison(self, district: str, period: str, against: str) -> str:
        """Two editions beside each other."""
        return self._page(f"plans/{quote(district)}/{quote(period)}?" + urlencode({"against": against}))

    def _page(self, path: str) -> str:
        return f"{self.site}/{path}" if self.site else ""
