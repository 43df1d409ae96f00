"""What each subscriber is told: once, from their own time on, what was reviewed, and what was wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import pytest

from digests.links import Links
from digests.message import Sender
from digests.smtp import Server
from digests.subscriptions import Subscription
from flows.deciding import Wish, decide, ruling_for
from flows.mailing.making import put_in_outbox
from flows.mailing.sending import send_due
from flows.mailing.setup import Post
from storage.mails.delivery import mails
from storage.mails.outbox import Content, contents
from storage.mails.subscribers import note_state
from storage.queries import changes, documents
from storage.runs import start_run
from storage.verify import verify
from storage.watching import log_look
from storage.write import record
from tracking.derive import derive
from tracking.rulings import Ruling

PROMISE = "2018年，我们将新增城镇就业1.2万人以上，新建口袋公园22处。"
RESULT = (
    "过去一年，全区完成新增城镇就业1万人。2018年，全区新增城镇就业1万人。"
    "2019年，我们将新增城镇就业1.3万人以上，新建口袋公园12处。"
)


@pytest.fixture
def told(desk) -> Callable[[Sequence[Subscription]], dict[str, list[Content]]]:
    """Makes the mails that are due; what each subscriber gets, by id."""

    def make(subscriptions: Sequence[Subscription]) -> dict[str, list[Content]]:
        with desk.ledger.reading() as connection:
            before = {mail.seq for mail in mails(connection)}
        put_in_outbox(desk.ledger, subscriptions, desk.clock(), Links(), "duixian.example")
        found: dict[str, list[Content]] = {}
        with desk.ledger.reading() as connection:
            for mail in mails(connection):
                if mail.seq not in before:
                    content = contents(connection, [mail.content_sha256])[mail.content_sha256]
                    assert content is not None
                    found.setdefault(mail.subscriber, []).append(content)
        return found

    return make


@pytest.fixture
def history(desk, told, subscribe):
    """A reader and an editor who were there before a promise of 2018 was, and got it."""
    both = [subscribe("reader", lang="en"), subscribe("editor", role="editor", lang="zh")]
    told(both)
    desk.clock.set(2018, 1, 10)
    desk.read([desk.text("a.txt", PROMISE, "2018-01-08")])
    assert set(told(both)) == {"reader", "editor"}
    return both


def missed(desk) -> str:
    [entry] = [e for e in changes(desk.ledger).entries if e["change"] == "missed"]
    return str(entry["id"])


def rule(desk, kind: str, target: str, **body: object) -> Ruling:
    ruling = ruling_for(desk.ledger, Wish(kind, [target], "Li", "read both", dict(body)))  # type: ignore[arg-type]
    decide(desk.ledger, [ruling])
    return ruling


def test_accusations_reach_readers_only_after_review_and_editors_before(desk, told, history) -> None:
    desk.clock.set(2019, 1, 10)
    desk.read([desk.text("b.txt", RESULT, "2019-01-08")])
    mails = told(history)
    [reader], [editor] = mails["reader"], mails["editor"]
    assert "新建口袋公园" in reader.text and "not met" not in reader.text.split("What the")[0]
    assert "[待核]" in editor.text and f"duixian rulings add review {missed(desk)}" in editor.text

    rule(desk, "review", missed(desk), verdict="confirmed")
    mails = told(history)
    [reader] = mails["reader"]
    assert "editor" not in mails  # was told before: a confirmation is no news
    assert "[not met] 城镇新增就业" in reader.text
    assert told(history) == {}


def test_a_review_that_is_taken_back_is_taken_back_from_readers(desk, told, history) -> None:
    desk.clock.set(2019, 1, 10)
    desk.read([desk.text("b.txt", RESULT, "2019-01-08")])
    review = rule(desk, "review", missed(desk), verdict="confirmed")
    told(history)
    revoked = Ruling("revoke", (), "Li", "the appendix was found", desk.clock(), {}, review.id)
    decide(desk.ledger, [revoked])
    mails = told(history)
    assert "decided otherwise" in mails["reader"][0].text
    assert "does not hold any more" in mails["reader"][0].text
    assert "editor" not in mails  # still sees it, to be reviewed again


def test_a_rejected_accusation_is_taken_back_from_editors_and_was_never_told_to_readers(
    desk, told, history
) -> None:
    desk.clock.set(2019, 1, 10)
    desk.read([desk.text("b.txt", RESULT, "2019-01-08")])
    told(history)
    rule(desk, "review", missed(desk), verdict="rejected")
    mails = told(history)
    assert "更正" in mails["editor"][0].text and "改作他判" in mails["editor"][0].text
    assert "未达到" in mails["editor"][0].text  # what was said
    assert "reader" not in mails or "not met" not in mails["reader"][0].text.split("What the")[0]


def test_a_late_text_corrects_what_was_told_and_only_for_those_who_got_it(
    desk, told, history, subscribe
) -> None:
    late = subscribe("late")
    assert told([*history, late]) == {}
    desk.clock.set(2018, 1, 20)
    desk.read([desk.text("earlier.txt", "2018年，我们将新建口袋公园20处。", "2018-01-05")])
    mails = told([*history, late])
    for name, words in (
        ("reader", "A text that came later changes what follows."),
        ("editor", "后来收到的文本改变了结论"),
    ):
        [mail] = mails[name]
        assert words in mail.text
        assert mail.text.count("20") >= 1 and "22" in mail.text
    assert all("更正" not in mail.text for mail in mails.get("late", []))
    assert told([*history, late]) == {}


def test_a_correction_is_not_repeated_and_a_later_one_of_its_outcome_is_made(desk, told, history) -> None:
    desk.clock.set(2018, 1, 20)
    desk.read([desk.text("earlier.txt", "2018年，我们将新建口袋公园20处。", "2018-01-05")])
    told(history)
    desk.clock.set(2018, 1, 25)
    desk.read([desk.text("first.txt", "2018年，我们将新建口袋公园22处。", "2018-01-03")])
    again = told(history)
    assert all(mail.text.count("更正") <= 2 for mail in again.get("editor", []))
    assert told(history) == {}


def test_a_parser_upgrade_mails_nothing_but_what_it_proves_wrong(desk, told, history, subscribe) -> None:
    stranger = subscribe("stranger")
    told([*history, stranger])

    def better(*given: object):
        """A tracker that sees no promise of parks, and something that nobody saw before."""
        from dataclasses import replace

        found = []
        for one in derive(*given):
            threads = {c.id: c for c in one.commitments}
            kept = [c for c in one.changes if "公园" not in threads[c.commitment].title]
            new = [replace(c, id="f" * len(c.id), edition_to="2017", about=c.about) for c in kept]
            found.append(replace(one, changes=tuple(kept + new)))
        return found

    desk.clock.set(2018, 6, 1)
    run = start_run(desk.ledger, kind="reparse", parser_version="p2")
    outcome = record(desk.ledger, run, (), better, rederive="*")
    assert sum(outcome.changes.values()) == 1 and sum(outcome.withdrawn.values()) == 1
    mails = told([*history, stranger])
    assert set(mails) == {"reader", "editor"}
    assert "Our reading of the text was wrong." in mails["reader"][0].text
    assert "新建口袋公园" in mails["reader"][0].text and "就业" not in mails["reader"][0].text
    assert mails["reader"][0].subject == "Duixian｜Corrections to earlier mails: 1"


def test_what_was_said_long_ago_is_one_line(desk, told, subscribe) -> None:
    reader = subscribe("reader")
    told([reader])
    desk.clock.set(2026, 6, 1)
    desk.read([desk.text("a.txt", PROMISE, "2012-01-08"), desk.text("b.txt", RESULT, "2019-01-08")])
    [mail] = told([reader])["reader"]
    assert mail.subject == "兑现｜历史文本入库：2 份，2012–2019 年"
    assert "口袋公园" not in mail.text and "就业" not in mail.text


def test_a_whole_backfill_is_one_line_however_young_its_texts(desk, told, subscribe, examples) -> None:
    readers = [subscribe("reader"), subscribe("editor", role="editor", archive_days=99999)]
    told(readers)
    desk.clock.set(2020, 1, 20)
    desk.read([desk.text("a.txt", PROMISE, "2020-01-18"), examples / "2020-01-report.md"], kind="backfill")
    for [mail] in told(readers).values():  # no special edition either
        assert mail.subject == "兑现｜历史文本入库：2 份，2020 年"
        assert "口袋公园" not in mail.text and "\n[" not in mail.text
    desk.clock.set(2020, 2, 1)
    desk.read([desk.text("c.txt", "2020年，我们将整治河道3条。", "2020-01-30")])
    mails = told(readers)
    assert all("整治河道" in mails[one.id][0].text for one in readers)


def test_an_accusation_of_a_backfill_is_no_news_when_it_is_reviewed(desk, told, history) -> None:
    desk.clock.set(2019, 1, 10)
    desk.read([desk.text("b.txt", RESULT, "2019-01-08")], kind="backfill")
    told(history)
    rule(desk, "review", missed(desk), verdict="confirmed")
    assert told(history) == {}


def test_what_a_backfill_proves_wrong_is_taken_back(desk, told, history) -> None:
    desk.clock.set(2018, 1, 20)
    desk.read([desk.text("earlier.txt", "2018年，我们将新建口袋公园20处。", "2018-01-05")], kind="backfill")
    [mail] = told(history)["reader"]
    assert "A text that came later changes what follows." in mail.text and "Archive added: 1" in mail.text


def test_each_may_say_what_long_ago_is(desk, told, subscribe) -> None:
    patient = subscribe("patient", archive_days=9000)
    told([patient])
    desk.clock.set(2026, 6, 1)
    desk.read([desk.text("a.txt", PROMISE, "2012-01-08")])
    [mail] = told([patient])["patient"]
    assert "口袋公园" in mail.text


def test_who_comes_back_is_told_no_news_of_the_meantime_but_what_was_wrong(desk, told, history) -> None:
    note_state(desk.ledger, "reader", "paused")
    desk.clock.set(2018, 1, 20)
    desk.read([desk.text("earlier.txt", "2018年，我们将新建口袋公园20处，新建学校9所。", "2018-01-05")])
    assert "reader" not in told(history)
    note_state(desk.ledger, "reader", "resumed")
    desk.clock.set(2018, 2, 1)
    desk.read([desk.text("c.txt", "2018年，我们将整治河道3条。", "2018-01-30")])
    [mail] = told(history)["reader"]
    assert "Corrections" in mail.text and "整治河道" in mail.text
    assert "学校" not in mail.text


def test_what_is_erased_leaves_no_words_in_the_outbox_and_is_told_anew_without_them(
    desk, told, history, subscribe
) -> None:
    desk.clock.set(2018, 2, 1)
    desk.read([desk.text("c.txt", "2018年，我们将整治河道3条，新建学校2所。", "2018-01-30")])
    assert "整治河道" in told(history)["reader"][0].text
    with desk.ledger.reading() as connection:
        waiting = mails(connection)
    text = next(d for d in documents(desk.ledger) if d["document"] == "c.txt")
    rule(desk, "withhold", text["sha256"], erase=True)
    with desk.ledger.reading() as connection:
        kept = contents(connection, [mail.content_sha256 for mail in waiting])
        assert [kept[mail.content_sha256] is None for mail in waiting] == [False, False, True, True]
    assert [check.wrong for check in verify(desk.ledger) if check.wrong] == []
    sent = send_due(
        desk.ledger, lambda: Post(Server("localhost", 1), Sender("d@x.example"), "s"), history, print
    )
    assert sent.counts["cancelled"] == 2
    again = told(history)["reader"][0].text
    assert "河道" not in again and "[withheld]" in again


@pytest.mark.parametrize(
    ("wish", "seen"),
    [
        ({"places": ["云川市澄湖区"]}, True),
        ({"places": ["云川市澄河区"]}, False),
        ({"areas": ["environment"]}, True),
        ({"areas": ["education"]}, False),
        ({"kinds": ["new"]}, True),
        ({"kinds": ["dropped"]}, False),
        ({"indicators": ["公园"]}, True),
        ({"projects": ["隧道"]}, False),
        ({"systems": ["四梁八柱"]}, False),
    ],
)
def test_each_gets_what_they_asked_for(desk, told, subscribe, wish, seen) -> None:
    reader = subscribe("reader", **wish)
    told([reader])
    desk.clock.set(2018, 1, 10)
    desk.read([desk.text("a.txt", "2018年，我们将新建口袋公园22处。", "2018-01-08")])
    assert bool(told([reader])) is seen


@pytest.mark.parametrize("often", ["daily", "weekly", "monthly"])
def test_a_digest_waits_for_its_day_and_then_tells_all_of_it(desk, told, subscribe, often) -> None:
    reader = subscribe("reader", often=often, zone="Asia/Shanghai", hour=7)
    desk.clock.set(2018, 1, 2, 1)
    told([reader])
    desk.read([desk.text("a.txt", "2018年，我们将新建口袋公园22处。", "2018-01-02")])
    assert told([reader]) == {}
    day = {"daily": (2018, 1, 2), "weekly": (2018, 1, 7), "monthly": (2018, 1, 31)}[often]
    desk.clock.now = datetime(*day, 22, 59, tzinfo=UTC)
    assert told([reader]) == {}
    desk.clock.now = datetime(*day, 23, 0, 1, tzinfo=UTC)
    [mail] = told([reader])["reader"]
    assert "口袋公园" in mail.text
    assert told([reader]) == {}


def test_nothing_is_said_of_nothing_unless_asked_for(desk, told, subscribe) -> None:
    both = [subscribe("quiet", often="daily"), subscribe("keen", often="daily", empty=True)]
    desk.clock.set(2018, 1, 2, 1)
    told(both)
    desk.clock.set(2018, 1, 3, 1)
    mails = told(both)
    assert set(mails) == {"keen"} and "没有新的变动" in mails["keen"][0].text
    assert told(both) == {}
    desk.clock.set(2018, 1, 4, 1)
    assert set(told(both)) == {"keen"}


def test_a_mail_says_how_many_sources_were_looked_at_and_which_failed(desk, told, subscribe) -> None:
    readers = [subscribe("zh"), subscribe("en", lang="en")]
    told(readers)
    desk.clock.set(2018, 1, 10)
    run = start_run(desk.ledger, kind="ingest", parser_version="p1")
    looks = [("bureau", True), ("daily", False), ("daily", False), ("gazette", False), ("gazette", True)]
    for source, seen in looks:
        log_look(desk.ledger, run, source, "s", desk.clock(), desk.clock(), seen=seen, counts={})
    desk.read([desk.text("a.txt", PROMISE, "2018-01-08")])
    mails = told(readers)
    # What one look could not see and another of the same source did, did not fail.
    for name, words in (
        ("zh", "本期查看的来源：3 个；未能读取：daily"),
        ("en", "Sources looked at: 3; failed: daily"),
    ):
        [mail] = mails[name]
        assert words in mail.text.splitlines() and words in (mail.html or "")

    desk.clock.set(2018, 1, 20)
    log_look(desk.ledger, run, "daily", "s", desk.clock(), desk.clock(), seen=True, counts={})
    desk.read([desk.text("b.txt", "2018年，我们将整治河道3条。", "2018-01-18")])
    assert "Sources looked at: 1" in told(readers)["en"][0].text.splitlines()  # those of before were told

    desk.clock.set(2018, 1, 30)
    desk.read([desk.text("c.txt", "2018年，我们将新建学校2所。", "2018-01-28")])
    assert "Sources looked at" not in told(readers)["en"][0].text


def test_a_whole_report_makes_one_special_edition(desk, told, subscribe, examples) -> None:
    reader = subscribe("reader", often="at once")
    told([reader])
    desk.clock.set(2019, 1, 20)
    desk.read([examples / "2019-01-plenum.txt"])
    told([reader])
    desk.clock.set(2020, 1, 20)
    desk.read([examples / "2020-01-report.md"])
    mails = told([reader])["reader"]
    special = mails[0]
    assert special.subject.startswith("兑现｜专刊：2020年澄湖区政府工作报告")
    assert special.text.count("\n[") == 10
    assert "分领域" in special.text and "plan 云川市澄湖区 2020 --against 2019" in special.text
    [book] = [file for file in special.attachments if file.cid is None]
    assert book.name == "云川市澄湖区.xlsx" and book.content.startswith(b"PK")
    assert all("专刊" not in mail.subject for mail in mails[1:])
