"""Mails as they travel: equal forms, nothing remote, small, strict to parse, harmless whatever they quote."""

from __future__ import annotations

import email
import email.policy
import html
import re
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digests.leaving import subscriber_of, token
from digests.links import UNSUBSCRIBE, Links
from digests.message import Sender, message
from digests.subscriptions import Subscription, Unreadable, parse
from digests.telling import one_line
from flows.mailing.making import begin, make
from storage.mails.delivery import Mail
from storage.mails.outbox import Attachment, Content

SITE = "https://duixian.example"
SENDER = Sender(
    "digest@duixian.example",
    unsubscribe_page=f"{SITE}/unsubscribe",
    unsubscribe_mail="leave@duixian.example",
)
STRICT = email.policy.SMTP.clone(raise_on_defect=True)


def fixed(recipient: str = "a@reader.example") -> Mail:
    at = datetime(2030, 1, 2, 3, 4, 5, tzinfo=UTC)
    return Mail(1, "ab" * 32, "a", "mail", recipient, "digest", 0, 1, "", "<ab@duixian.example>", at, ())


def sent(content: Content, mark: str = "tok.en", name: str = "") -> EmailMessage:
    made = email.message_from_bytes(message(fixed(), content, SENDER, mark, name), policy=STRICT)
    assert isinstance(made, EmailMessage)
    return made


@pytest.fixture
def composed(desk, subscribe):
    """The mails of texts for subscriptions, without an outbox."""

    def compose(texts, *wishes, site: str = SITE) -> list[Content]:
        subscriptions = [subscribe(f"s{n}", archive_days=99999, **wish) for n, wish in enumerate(wishes)]
        begin(desk.ledger, [one.id for one in subscriptions])
        desk.clock.set(2021, 6, 1)
        desk.read(texts)
        made = make(desk.ledger, subscriptions, desk.clock(), Links(site))
        return [mail.content for one in made for mail in one.mails]

    return compose


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("role", ["reader", "editor"])
def test_both_forms_say_the_same(composed, examples, lang, role) -> None:
    found = composed([examples], {"lang": lang, "role": role})
    assert len(found) == 2  # the report's special edition, and the rest
    for content in found:
        page = re.sub(r"<(style|head)\b.*?</\1>", "", content.html or "", flags=re.S)
        words = re.findall(r"\w+", html.unescape(re.sub(r"<[^>]+>", " ", page)))
        text = re.sub(rf"^\s*({SITE}|{UNSUBSCRIBE})\S*$", "", content.text, flags=re.M)
        assert words == re.findall(r"\w+", text.replace("▇", ""))


def test_every_link_of_the_page_stands_in_the_text(composed, examples) -> None:
    for content in composed([examples], {}):
        links = set(map(html.unescape, re.findall(r'href="([^"]*)"', content.html or "")))
        assert links and all(link in content.text for link in links)


def test_nothing_is_loaded_from_anywhere_and_nobody_is_tracked(composed, examples) -> None:
    for content in composed([examples], {}):
        page = content.html or ""
        assert not re.search(
            r"<(script|link|iframe|object|form|base|meta http)|url\(|@import|srcset|\bon\w+=", page
        )
        assert not re.search(r'<img[^>]*src="(?!cid:)', page)
        assert set(re.findall(r'href="(https?://[^/"]+)', page)) <= {SITE, UNSUBSCRIBE.rstrip("/")}


def test_a_long_digest_is_cut_with_a_link_and_stays_small(composed, desk) -> None:
    works = ["口袋公园", "道路", "学校", "停车场", "幼儿园", "图书馆", "泵站", "桥梁", "驿站", "医院"]
    words = "".join(
        f"2021年，我们将在第{n}片区新建第{n}号{works[n % 10]}{n + 3}处，把这件事办好办实，让群众满意放心。"
        for n in range(160)
    )
    [content] = composed([desk.text("long.txt", words, "2021-05-20")], {})
    told = int(re.search(r"^(\d+) 条变动", content.text, re.M)[1])  # type: ignore[index]
    shown = content.text.count("\n[新提出]")
    assert told > 100 and 15 <= shown <= 30
    assert f"另有 {told - shown} 条未在此列出。\n{SITE}/changes?" in content.text
    assert len(message(fixed(), content, SENDER, "t" * 60)) < 100_000


def test_a_mail_has_alternatives_files_and_the_headers_that_mail_programs_ask_for(composed, examples) -> None:
    special, rest = composed([examples], {})
    made = sent(special, token("secret", "a"))
    assert made.get_content_type() == "multipart/mixed"
    body, book = made.iter_parts()
    assert body.get_content_type() == "multipart/alternative"
    text, shown = body.iter_parts()
    assert text.get_content_type() == "text/plain"
    assert shown.get_content_type() == ("multipart/related" if "<img" in special.html else "text/html")
    assert book.get_filename() == "云川市澄湖区.xlsx"
    assert sent(rest).get_content_type() == "multipart/alternative"
    assert made["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    page, mailto = re.findall(r"<([^>]+)>", made["List-Unsubscribe"])
    assert page.startswith(f"{SITE}/unsubscribe/") and mailto.startswith(
        "mailto:leave@duixian.example?subject="
    )
    assert subscriber_of("secret", page) == subscriber_of("secret", mailto.replace("%20", " ")) == "a"
    words = [part for part in body.walk() if part.get_content_maintype() == "text"]
    assert len(words) == 2
    for part in words:
        assert page in html.unescape(part.get_content()) and UNSUBSCRIBE not in part.get_content()
    assert len(message(fixed(), rest, SENDER, "t")) < 100_000


def test_a_text_only_subscriber_gets_text_only(composed, examples) -> None:
    for content in composed([examples], {"format": "text"}):
        assert content.html is None


def test_the_head_of_the_chain_stands_in_every_mail(composed, examples, desk) -> None:
    found = composed([examples], {"lang": "en"})
    with desk.ledger.reading() as connection:
        from sqlalchemy import text

        head = connection.execute(text("SELECT hash FROM commits ORDER BY seq DESC LIMIT 1")).scalar_one()
    assert all(f"chain head {head}" in content.text for content in found)


HOSTILE = (
    '<script>alert(1)</script><img src=x onerror=alert(2)> "onmouseover="x {{ 7*7 }} <!--item 0--> \u202e'
)


def test_hostile_texts_stay_words(composed, desk) -> None:
    text = desk.text("x.txt", f"2021年，我们将新建{HOSTILE}口袋公园22处。", "2021-05-20")
    side = text.with_name("x.txt.meta.yml")
    side.write_text(
        side.read_text() + f'title: "{"T<b>x</b>"}\\r\\nBcc: eve@example.org"\n', encoding="utf-8"
    )
    [content] = composed([text], {}, site="")
    assert "口袋公园" in content.text
    assert not re.search(r"<script|<img|<b>|\u202e", content.html or "")
    made = sent(content)
    assert made["Bcc"] is None and "\n" not in made["Subject"]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80), st.text(max_size=300), st.text(max_size=40))
def test_no_words_can_break_out_of_a_mail(subject: str, words: str, name: str) -> None:
    words = words.encode("utf-8", "ignore").decode()
    content = Content(one_line(subject), words + "\n.\n..\r\n", f"<p>{html.escape(words)}</p>\n")
    made = sent(content, name=one_line(name))
    assert [str(a.addr_spec) for a in made["To"].addresses] == ["a@reader.example"]
    wanted = {
        *("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "List-Id", "List-Unsubscribe"),
        *("List-Unsubscribe-Post", "MIME-Version", "Content-Type"),
    }
    assert set(made.keys()) == wanted
    assert " ".join(made["Subject"].split()) == " ".join(one_line(subject).split())
    plain, page = made.iter_parts()
    assert plain.get_content().splitlines() == content.text.splitlines()
    assert page.get_content_type() == "text/html"


@pytest.mark.parametrize(
    "address",
    [
        *(
            "a@b",
            "a b@c.example",
            "a@c.example\nBcc: x@y.example",
            "<a@c.example>",
            "a@c.example,b@c.example",
        ),
        *('"a"@c.example', "a@[127.0.0.1]", "", "@c.example", "a@.example", "澄@c.example", "a..b@c.example"),
        "a" * 65 + "@c.example",
    ],
)
def test_addresses_that_could_mean_something_else_are_refused(address) -> None:
    with pytest.raises(ValueError, match="no mail address"):
        Subscription.model_validate({"id": "a", "mail": address})


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("subscribers: [{id: A, mail: a@b.example}]", "small letters"),
        ('subscribers: [{id: a, mail: a@b.example, name: "x\\ny"}]', "one line"),
        ("subscribers: [{id: a}]", "either mail or chat"),
        ("subscribers: [{id: a, chat: 'slack://secret'}]", "environment variable"),
        ("subscribers: [{id: a, mail: a@b.example, zone: Mars}]", "no time zone"),
        ("subscribers: [{id: a, mail: a@b.example, areas: [x]}]", "none of the areas"),
        ("subscribers: [{id: a, mail: a@b.example, colour: red}]", "colour"),
        ("subscribers: [{id: a, mail: a@b.example}, {id: a, mail: c@b.example}]", "twice"),
        ("subscribers: 3", "must be a list"),
        ("- 1", "must hold one list"),
        ("a: [", "no YAML"),
    ],
)
def test_a_wrong_file_of_subscriptions_says_what_is_wrong(text, fault) -> None:
    with pytest.raises(Unreadable, match=fault):
        parse(text, "subscribers.yml")


def test_pictures_go_along_inside_the_page() -> None:
    picture = Attachment("chart.png", "image/png", b"\x89PNG\r\n", "chart")
    made = sent(Content("x", "x\n", '<img src="cid:chart" alt="x">', (picture,)))
    [_plain, related] = made.iter_parts()
    assert related.get_content_type() == "multipart/related"
    assert [part["Content-ID"] for part in related.iter_parts()][1] == "<chart>"
