"""The mail in a real browser: phone and desktop, light and dark, both languages."""

from __future__ import annotations

import pytest

from digests.links import Links
from flows.mailing.making import begin, make
from flows.previews import with_pictures
from storage.mails.outbox import Content

SIZES = {"phone": (360, 740), "desktop": (1100, 900)}


@pytest.fixture
def contents(desk, subscribe, examples) -> list[Content]:
    """Digest and special edition of the examples, in both languages, with a correction."""
    both = [
        subscribe(lang, lang=lang, role="editor", archive_days=99999, often="weekly") for lang in ("zh", "en")
    ]
    begin(desk.ledger, ["zh", "en"])
    desk.clock.set(2021, 6, 1)
    desk.read([examples])
    made = list(make(desk.ledger, both, desk.clock(), Links("https://duixian.example"), at_once=True))
    return [mail.content for one in made for mail in one.mails]


def test_it_can_be_read_everywhere(browser, contents) -> None:
    from axe_playwright_python.sync_playwright import Axe

    assert len(contents) == 4
    asked: list[str] = []
    for content in contents:
        for name, (width, height) in SIZES.items():
            for scheme in ("light", "dark"):
                context = browser.new_context(
                    viewport={"width": width, "height": height}, color_scheme=scheme, locale="zh-CN"
                )
                page = context.new_page()
                page.on("request", lambda request: asked.append(request.url))
                page.set_content(with_pictures(content))
                where = (name, scheme, content.subject)
                assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), where
                small = page.evaluate(
                    "[...document.querySelectorAll('p, td, dd, blockquote, span')].map("
                    "e => parseFloat(getComputedStyle(e).fontSize)).reduce((a, b) => Math.min(a, b))"
                )
                assert small >= 12, where
                dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
                assert (dark == "rgb(20, 24, 26)") is (scheme == "dark"), where
                if name == "phone":  # the same colours and words at every width
                    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa"]})
                    assert found.violations_count == 0, (where, found.generate_report())
                context.close()
    assert [url for url in asked if not url.startswith("data:")] == []


def test_every_picture_says_the_same_in_words(browser, contents) -> None:
    page = browser.new_page()
    for content in contents:
        page.set_content(with_pictures(content))
        without = page.evaluate("[...document.images].filter(i => !i.alt.trim()).length")
        assert without == 0
        # Drawn wider than it is shown, so that it is sharp, and never wider than the screen.
        seen = page.evaluate("[...document.images].map(i => [i.naturalWidth, i.width, innerWidth])")
        assert len(seen) == len([file for file in content.attachments if file.cid is not None])
        assert all(drawn > width > 0 and width < screen for drawn, width, screen in seen)
    page.close()
