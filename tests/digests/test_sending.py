"""Sending to a real server: once, to the right one, through everything that servers do."""

from __future__ import annotations

from datetime import timedelta

import pytest

from digests.links import Links
from flows.mailing.making import put_in_outbox
from flows.mailing.sending import Sent, send_due
from storage.mails.delivery import mails
from storage.mails.subscribers import note_state, standings

FIRST = "2018年，我们将新建口袋公园22处，改造老旧小区18个，整治河道3条。"
SECOND = "2019年，我们将新建口袋公园12处，改造老旧小区18个左右，新建学校2所。"


@pytest.fixture
def served(desk, subscribe, mail_server):
    """Makes mails for subscribers of these names, and sends; the outcome."""
    subscriptions = []

    def begin(*names: str, **facts: object) -> None:
        subscriptions.extend(subscribe(name, **facts) for name in names)
        desk.clock.set(2018, 1, 10)
        desk.read([desk.text("a.txt", FIRST, "2018-01-08")])
        put_in_outbox(desk.ledger, subscriptions, desk.clock(), Links(), "duixian.example")

    def news() -> int:
        desk.clock.set(2019, 1, 10)
        desk.read([desk.text("b.txt", SECOND, "2019-01-08")])
        return put_in_outbox(desk.ledger, subscriptions, desk.clock(), Links(), "duixian.example")

    def send(**more: object) -> Sent:
        return send_due(desk.ledger, lambda: mail_server.post(**more), subscriptions, lambda *_: None)

    begin.news, begin.send, begin.subscriptions = news, send, subscriptions
    return begin


def states(desk) -> list[str]:
    with desk.ledger.reading() as connection:
        return [mail.state for mail in mails(connection)]


def test_a_mail_reaches_each_subscriber_once_over_tls_with_login(served, mail_server, desk) -> None:
    served("a", "b")
    assert served.news() == 2
    assert served.send().counts == {"sent": 2}
    taken = mail_server.taken()
    assert sorted(mail["To"] for mail in taken) == ["a@reader.example", "b@reader.example"]
    assert all("口袋公园" in mail["Subject"] and "22处 → 12处" in mail["Subject"] for mail in taken)
    assert len({mail["Message-ID"] for mail in taken}) == 2
    assert served.send().counts == {} and len(mail_server.taken()) == 2


@pytest.mark.parametrize("mail_server", ["tls"], indirect=True)
def test_a_server_that_speaks_tls_from_the_first_byte_is_reached_on_its_own_port(served, mail_server) -> None:
    served("a")
    served.news()
    strange = served.send(ca=None)
    assert strange.counts == {"waiting": 1} and "not trusted" in strange.reports[0]
    wrong = served.send(password="wrong")
    assert wrong.counts == {"waiting": 1} and "refuses the login" in wrong.reports[0]
    assert served.send(security="none", login="", timeout=0.5).counts == {"waiting": 1}
    assert mail_server.taken() == []
    assert served.send().counts == {"sent": 1}
    assert [mail["To"] for mail in mail_server.taken()] == ["a@reader.example"]


def test_running_again_makes_and_sends_nothing(served, mail_server, desk) -> None:
    served("a")
    served.news()
    served.send()
    again = put_in_outbox(desk.ledger, served.subscriptions, desk.clock(), Links(), "duixian.example")
    assert again == 0
    assert served.send().counts == {}
    assert len(mail_server.taken()) == 1


def test_what_was_there_before_a_subscription_is_no_news_for_it(served, mail_server) -> None:
    served("a")
    assert served.send().counts == {}  # the first text was read before the subscription began


def test_a_server_that_is_down_loses_nothing(served, mail_server, desk) -> None:
    served("a")
    served.news()
    mail_server.stop()
    down = served.send()
    assert down.counts == {"waiting": 1} and "cannot be reached" in down.reports[0]
    assert states(desk) == ["waiting"]


def test_a_wrong_password_is_said_and_loses_nothing(served, mail_server, desk) -> None:
    served("a")
    served.news()
    wrong = served.send(password="wrong")
    assert wrong.counts == {"waiting": 1} and "refuses the login" in wrong.reports[0]
    assert served.send().counts == {"sent": 1}


def test_a_server_that_nobody_vouches_for_gets_nothing(served, mail_server, desk) -> None:
    served("a")
    served.news()
    strange = served.send(ca=None)
    assert strange.counts == {"waiting": 1} and "not trusted" in strange.reports[0]
    assert mail_server.taken() == []


def test_one_refused_address_pauses_its_subscriber_and_no_other(served, mail_server, desk) -> None:
    served("a", "refused", "z")
    served.news()
    sent = served.send()
    assert sent.counts == {"sent": 2, "refused": 1}
    assert "no such mailbox" in sent.reports[0]
    with desk.ledger.reading() as connection:
        standing = standings(connection)["refused"]
    assert standing.state == "paused" and "550" in standing.reason


def test_refused_words_pause_too(served, mail_server, desk) -> None:
    served("full")
    served.news()
    assert served.send().counts == {"refused": 1}
    assert states(desk) == ["refused"]


def test_not_now_is_tried_again_when_its_time_has_come(served, mail_server, desk) -> None:
    served("later")
    served.news()
    assert served.send().counts == {"put off": 1}
    assert served.send().counts == {}  # too early
    (mail_server.folder / "open").touch()
    desk.clock.now += timedelta(minutes=2)
    assert served.send().counts == {"sent": 1}
    assert len(mail_server.taken()) == 1


def test_an_address_that_says_not_now_for_days_is_given_up_and_reported(served, mail_server, desk) -> None:
    served("later")
    served.news()
    served.send()
    desk.clock.now += timedelta(days=6)
    given_up = served.send()
    assert given_up.counts == {"refused": 1} and "given up" in given_up.reports[0]


def test_a_server_that_hangs_up_after_the_words_leaves_doubt_and_gets_one_repetition(
    served, mail_server, desk
) -> None:
    served("deaf")
    served.news()
    assert served.send().counts == {"in doubt": 1}
    assert served.send().counts == {"in doubt": 1}
    assert served.send().counts == {}
    taken = mail_server.taken()
    assert len(taken) == 2
    assert len({mail["Message-ID"] for mail in taken}) == 1
    assert taken[0].as_bytes() == taken[1].as_bytes()
    assert states(desk) == ["in doubt"]


def test_a_slow_server_is_waited_for(served, mail_server) -> None:
    served("slow", "a")
    served.news()
    assert served.send().counts == {"sent": 2}


def test_an_answer_that_takes_too_long_is_doubt_not_loss(served, mail_server, desk) -> None:
    served("slow")
    served.news()
    assert served.send(timeout=0.3).counts == {"in doubt": 1}
    assert served.send().counts == {"sent": 1}


def test_who_left_gets_nothing_not_even_what_waited(served, mail_server, desk) -> None:
    served("a", "b")
    served.news()
    note_state(desk.ledger, "a", "unsubscribed")
    assert served.send().counts == {"sent": 1, "cancelled": 1}
    assert [mail["To"] for mail in mail_server.taken()] == ["b@reader.example"]
