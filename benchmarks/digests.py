"""What mails cost: subscribers with different wishes, each served from one window of changes.

    python -m benchmarks.digests [SUBSCRIBERS] [CHANGES]

One place a tenth of the subscribers, ten places; the change log is made by the real reader and tracker from
invented texts. Processor time of one core, without sending; memory of the last half against the first.
"""

from __future__ import annotations

import gc
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from digests.links import Links
from digests.subscriptions import Subscription
from flows.core import store
from flows.inputs import from_paths
from flows.mailing.making import put_in_outbox
from flows.readers import read_texts
from flows.spool import Spool
from parsers.reading import Declared
from storage.ledger import Ledger, open_ledger
from storage.runs import start_run
from tracking.words.areas import AREAS

PLACES = [f"云川市澄{name}区" for name in "湖河江海山林原溪泉石"]
WORKS = ["口袋公园", "学校", "停车场", "幼儿园", "图书馆", "泵站", "桥梁", "驿站", "医院", "菜市场"]


class Clock:
    """A clock that is set."""

    now = datetime(2029, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        """The time, a millisecond later at each look."""
        self.now += timedelta(milliseconds=1)
        return self.now


def main(subscribers: int = 200, changes: int = 500) -> None:
    """Print the cost of a round of mails."""
    clock = Clock()
    with tempfile.TemporaryDirectory(prefix="duixian-bench-") as name:
        folder = Path(name)
        with open_ledger(folder / "ledger.db", create=True, clock=clock) as ledger:
            people = [_subscription(number) for number in range(subscribers)]
            each = max(1, changes // len(PLACES))
            clock.now = datetime(2029, 1, 10, tzinfo=UTC)
            _read(ledger, folder, "2029", each)
            put_in_outbox(ledger, people, clock(), Links("https://duixian.example"), "duixian.example")
            clock.now = datetime(2030, 1, 10, tzinfo=UTC)
            _read(ledger, folder, "2030", each)
            gc.collect()
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            began = time.process_time()
            half = people[: subscribers // 2]
            made = put_in_outbox(ledger, half, clock(), Links("https://duixian.example"), "duixian.example")
            middle = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            made += put_in_outbox(
                ledger,
                people[subscribers // 2 :],
                clock(),
                Links("https://duixian.example"),
                "duixian.example",
            )
            spent = time.process_time() - began
            after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            found = ledger_changes(ledger)
    print(
        f"digests: {subscribers} subscribers, {found} changes in the window, {made} mails in "
        f"{spent:.2f} s of one core: {1000 * spent / max(1, subscribers):.1f} ms a subscriber; memory "
        f"+{(middle - before) // 1024} MB in the first half, +{(after - middle) // 1024} MB in the second"
    )


def ledger_changes(ledger: Ledger) -> int:
    """How many entries of 2030 there are."""
    from storage.queries import changes

    return sum(entry["edition_to"] == "2030" for entry in changes(ledger).entries)


def _subscription(number: int) -> Subscription:
    """Subscribers with wishes of their own: places, areas, languages, roles."""
    wishes = {
        "id": f"s{number}",
        "mail": f"s{number}@reader.example",
        "often": "at once",
        "role": "editor" if number % 5 == 0 else "reader",
        "lang": "en" if number % 4 == 0 else "zh",
        "places": [PLACES[number % len(PLACES)]] if number % 3 else [],
        "areas": [AREAS[number % len(AREAS)], AREAS[3], AREAS[0]] if number % 7 == 0 else [],
    }
    return Subscription.model_validate(wishes)


def _read(ledger: Ledger, folder: Path, year: str, each: int) -> None:
    paths = []
    for at, place in enumerate(PLACES):
        words = "".join(
            f"{year}年，我们将在第{n}片区新建第{n}号{WORKS[n % len(WORKS)]}{n + 3 + (year == '2030')}处。"
            for n in range(each)
        )
        path = folder / f"{year}-{at}.txt"
        path.write_text(words, encoding="utf-8")
        side = f"district: {place}\nlevel: district\npublished: '{year}-01-05'\n"
        path.with_name(path.name + ".meta.yml").write_text(side, encoding="utf-8")
        paths.append(path)
    run = start_run(ledger, kind="run", parser_version="bench")
    with Spool() as spool:
        for number, text in enumerate(read_texts(list(from_paths(paths, Declared())), None)):
            spool.add(number, text)
        for _numbers, arrivals in spool.batches(50):
            store(ledger, run, arrivals)


def run(arguments: Sequence[str]) -> None:
    """From the command line."""
    main(*(int(one) for one in arguments[:2]))


if __name__ == "__main__":
    run([one for one in sys.argv[1:] if one.isdigit()])
