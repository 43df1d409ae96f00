"""robots.txt: what a site asks visitors like us not to fetch, and how slowly it wants to be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from protego import Protego

from flows.fetching.addresses import origin
from flows.fetching.answers import Answer, NotHad

KEPT = timedelta(hours=24)
SLOWEST = 60.0
"""Seconds between two requests that a robots.txt may ask for; sites that ask for more mean “do not come”."""
SIZE = 512 * 1024
"""Bytes of it that count (RFC 9309)."""


@dataclass
class Rules:
    """One site's rules, None where it has none."""

    parsed: Protego | None
    read_at: datetime

    def allow(self, url: str, agent: str) -> bool:
        """Whether an address may be fetched."""
        return self.parsed is None or self.parsed.can_fetch(url, agent)

    def pause(self, agent: str) -> float:
        """Seconds that the site wants between two requests."""
        if self.parsed is None:
            return 0.0
        rate = self.parsed.request_rate(agent)
        asked = self.parsed.crawl_delay(agent) or 0.0
        paced = rate.seconds / rate.requests if rate is not None and rate.requests else 0.0
        return min(SLOWEST, max(float(asked), paced))


class Robots:
    """The rules of the sites that were met, read once a day."""

    def __init__(self, get: Callable[[str], Answer], clock: Callable[[], datetime]) -> None:
        self._get, self._clock = get, clock
        self._rules: dict[str, Rules] = {}

    def rules(self, url: str) -> Rules:
        """The rules of an address's site; NotHad where it does not tell (RFC 9309: stay away)."""
        site = origin(url)
        now = self._clock()
        known = self._rules.get(site)
        if known is None or now - known.read_at > KEPT:
            known = self._rules[site] = Rules(self._read(site), now)
        return known

    def _read(self, site: str) -> Protego | None:
        try:
            answer = self._get(f"{site}/robots.txt")
        except NotHad as not_had:
            if not_had.status is not None and 400 <= not_had.status < 500 and not_had.status != 429:
                return None
            if not_had.code == "forbidden_address":
                raise  # the whole site is not asked, which is not about its rules
            not_had.detail = f"robots.txt could not be read, so nothing is fetched: {not_had.detail}"
            raise
        text = answer.content[:SIZE].decode("utf-8", "replace")
        # Many sites answer every address with a page: markup holds no rules.
        return None if text.lstrip()[:1] == "<" else Protego.parse(text)
