"""Pictures of series: of the weightiest, with words beside them, and only where they can be lettered."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from struct import unpack

import pytest

from digests import compose
from digests.compose import MOST_BYTES
from digests.links import Links
from digests.message import Sender, message
from digests.pictures import MOST_PICTURES, chinese_font, picture
from flows.mailing.making import begin, make
from flows.previews import write_mails
from storage.mails.delivery import Mail
from storage.mails.outbox import Content
from storage.mails.series import Point
from tracking.words.labels import Lang

PARKS = [
    Point("2018", "promise", 22.0, "=", "处"),
    Point("2018", "result", 24.0, "=", "处"),
    Point("2019", "promise", 12.0, "~", "处"),
]
AT = datetime(2030, 1, 2, tzinfo=UTC)
WORKS = ("口袋公园", "停车场", "幼儿园", "图书馆", "养老驿站")


@pytest.fixture
def lettered() -> None:
    """A machine with a font that has Chinese glyphs."""
    if chinese_font() is None:
        pytest.skip("no font with Chinese glyphs on this machine (apt install fonts-noto-cjk)")


@pytest.fixture
def unlettered(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine that knows of no font: nothing that lists fonts is found."""
    monkeypatch.setenv("PATH", "/nowhere")
    chinese_font.cache_clear()
    yield
    chinese_font.cache_clear()


@pytest.fixture
def composed(desk, subscribe):
    """Mails of two years of promises whose amounts all went down, for subscriptions."""

    def made(*wishes: dict[str, object]) -> list[Content]:
        readers = [subscribe(f"s{number}", **wish) for number, wish in enumerate(wishes)]
        desk.clock.set(2018, 1, 10)
        desk.read([desk.text("a.txt", "2018年，我们将" + _built(20) + "。", "2018-01-08")])
        begin(desk.ledger, [one.id for one in readers])
        desk.clock.set(2019, 1, 10)
        desk.read([desk.text("b.txt", "2019年，我们将" + _built(8) + "。", "2019-01-08")])
        found = make(desk.ledger, readers, desk.clock(), Links("https://duixian.example"), at_once=True)
        return [mail.content for one in found for mail in one.mails]

    return made


def _built(first: int) -> str:
    return "，".join(f"新建{work}{first + number}处" for number, work in enumerate(WORKS))


def shown(content: Content) -> list[tuple[str, str]]:
    """Where each picture of a page comes from, and its words."""
    found = re.findall(r'<img[^>]*?src="([^"]*)"[^>]*?alt="([^"]*)"', content.html or "")
    return [(source, html.unescape(words)) for source, words in found]


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("zh", "图：新建口袋公园；2018 提出 22处; 2018 回报 24处; 2019 提出 12处左右"),
        ("en", "Chart of 新建口袋公园: 2018 promised 22; 2018 reported 24; 2019 promised about 12"),
    ],
)
def test_a_series_is_a_small_png_and_the_same_in_words(lettered, lang: Lang, words: str) -> None:
    made = picture("chart-1", "新建口袋公园", PARKS, lang)
    assert made is not None
    file, told = made
    assert told == words
    assert file.content.startswith(b"\x89PNG\r\n\x1a\n") and len(file.content) < 12_000
    width, height = unpack(">II", file.content[16:24])
    assert width > 2 * height > 300


def test_the_picture_tells_different_series_apart_and_draws_the_same_one_the_same(lettered) -> None:
    from digests import pictures

    first = picture("a", "x", PARKS, "zh")
    pictures._png.cache_clear()
    assert picture("a", "x", PARKS, "zh") == first
    reported_more = [*PARKS[:1], Point("2018", "result", 11.0, "=", "处"), *PARKS[2:]]
    assert first is not None
    for other in (reported_more, PARKS[::2]):
        drawn = picture("a", "x", other, "zh")
        assert drawn is not None and drawn[0].content != first[0].content


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_three_weightiest_items_have_one_and_the_page_shows_what_travels(
    lettered, composed, lang
) -> None:
    [content] = composed({"lang": lang})
    pictures = shown(content)
    assert len(pictures) == MOST_PICTURES < len(WORKS)
    assert [source for source, _ in pictures] == [f"cid:{file.cid}" for file in content.attachments]
    lowered = re.findall(r"^\[\S+\] (\S+)$", content.text, re.M)[:MOST_PICTURES]
    assert [title in words for title, (_, words) in zip(lowered, pictures, strict=True)] == [True] * 3
    assert all("2018" in words and "2019" in words for _, words in pictures)


def test_without_a_font_there_are_bars_and_no_pictures(unlettered, composed) -> None:
    [content] = composed({})
    assert shown(content) == [] and content.attachments == ()
    assert 'class="bar"' in (content.html or "")


def test_who_wants_text_gets_no_pictures(composed) -> None:
    for content in composed({"format": "text"}, {"mail": None, "chat": "TEAM_CHAT"}):
        assert content.attachments == () and "▇" in content.text


@pytest.mark.parametrize("room", [MOST_BYTES, 28_000])
def test_a_mail_stays_small_and_no_words_give_way_to_pictures(
    request, lettered, composed, desk, subscribe, monkeypatch, room: int
) -> None:
    monkeypatch.setattr(compose, "MOST_BYTES", room)
    [content] = composed({})
    drawn = len(shown(content))
    assert drawn == len(content.attachments)
    assert drawn == MOST_PICTURES if room == MOST_BYTES else 0 < drawn < MOST_PICTURES
    fixed = Mail(1, "ab" * 32, "a", "mail", "a@b.example", "digest", 0, 1, "", "<a@b.example>", AT, ())
    assert len(message(fixed, content, Sender("d@x.example"), "t" * 60)) < 100_000

    request.getfixturevalue("unlettered")
    again = make(desk.ledger, [subscribe("s0")], desk.clock(), Links("https://duixian.example"), at_once=True)
    [without] = [mail.content for one in again for mail in one.mails]
    assert without.text == content.text and without.attachments == ()


def test_the_preview_of_a_mail_holds_its_pictures(lettered, composed, subscribe, desk, tmp_path) -> None:
    reader = subscribe("s0")
    composed({})
    [page] = write_mails(desk.ledger, reader, tmp_path)
    words = page.read_text(encoding="utf-8")
    assert words.count('src="data:image/png;base64,') == MOST_PICTURES and "cid:" not in words
