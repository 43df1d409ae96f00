"""Making and sending, killed at random moments: once for each subscriber, or in the documented doubt."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter

import pytest

from digests.links import Links
from flows.mailing.making import put_in_outbox
from flows.mailing.sending import send_due
from storage.ledger import open_ledger
from storage.mails.delivery import mails
from storage.runs import start_run

FULL = os.environ.get("DUIXIAN_SOAK") == "1"
KILLS = 100 if FULL else 10


@pytest.mark.soak
@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_a_killed_sender_doubles_nothing_but_what_is_in_doubt_and_loses_nothing(
    database, new_desk, subscribe, mail_server, tell, seed
) -> None:
    subscriptions = [subscribe(name) for name in ("a", "b", "c")]
    post = mail_server.post()

    def work() -> None:
        with open_ledger(database) as ledger:
            put_in_outbox(ledger, subscriptions, ledger.clock(), Links(), "duixian.example")
            send_due(ledger, lambda: post, subscriptions, lambda *_: None)

    def started() -> int:
        child = os.fork()
        if child == 0:
            status = 1
            try:
                work()
                status = 0
            finally:
                os._exit(status)
        return child

    desk = new_desk(database, real_clock=True)
    put_in_outbox(desk.ledger, subscriptions, desk.ledger.clock(), Links(), "duixian.example")
    today = desk.ledger.clock()
    chance = random.Random(seed)
    whole, killed, rounds = 0.3, 0, 0
    while killed < KILLS:
        rounds += 1
        words = f"{today.year}年，我们将新建口袋公园{10 + rounds}处，新建学校{20 + rounds}所。"
        desk.read([desk.text(f"{rounds}.txt", words, today.date().isoformat())])
        desk.ledger.engine.dispose()
        for _ in range(3):
            child = started()
            time.sleep(chance.uniform(0, whole))
            os.kill(child, signal.SIGKILL)
            killed += os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
        at = time.monotonic()
        for _ in range(3):  # the last try settles what the one before left in doubt
            work()
        whole = 0.5 * whole + 0.5 * (time.monotonic() - at) / 2
    with desk.ledger.reading() as connection:
        fixed = mails(connection)
    taken = Counter(str(mail["Message-ID"]) for mail in mail_server.taken())
    doubtful = {mail.message_id for mail in fixed if any(step.step == "in doubt" for step in mail.steps)}
    assert start_run(desk.ledger, kind="run", parser_version="after")  # the ledger still takes writes
    assert {mail.state for mail in fixed} <= {"sent", "in doubt"}
    assert Counter(mail.subscriber for mail in fixed).keys() == {"a", "b", "c"}
    per_window = Counter((mail.subscriber, mail.upto) for mail in fixed)
    assert set(per_window.values()) == {1}
    assert set(taken) == {mail.message_id for mail in fixed}  # none lost, none that was not fixed
    twice = {name for name, times in taken.items() if times > 1}
    assert twice <= doubtful and max(taken.values()) <= 2
    tell(
        f"{killed} kills while sending, {len(fixed)} mails fixed, {len(doubtful)} in doubt, "
        f"{len(twice)} of these sent twice"
    )
