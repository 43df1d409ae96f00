"""Five tasks in a real browser, by mouse and by keyboard alone; and what a screen reader needs."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

PATHS = [
    "/",
    "/changes",
    "/commitments?kind=target",
    "/commitments/71efc50643af?as_of=2019-12-31",
    "/places/澄湖区",
    "/plans/澄湖区/2020?against=2019",
    "/search?q=公园",
    "/due?as_of=2020-06-30&within=365",
    "/lineage?district=澄湖区&name=123456工作体系",
    "/lineages?district=澄湖区",
    "/indicators?district=澄湖区&subject=新建口袋公园",
    "/documents/a2d53febade8e4e28619bc04571b58e389910ed1cb188d746a5777b2655717a4",
    "/places",
    "/corrections",
    "/write/reply/0123456789abcdef",
    "/legend",
    "/sign-in",
]


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    """A page of a desktop browser in English; what it complains of is a failure."""
    context = browser.new_context(
        base_url=address, locale="en-US", viewport={"width": 1200, "height": 850}, accept_downloads=True
    )
    made = context.new_page()
    told: list[str] = []
    made.on("console", lambda m: told.append(m.text) if m.type == "error" else None)
    made.on("pageerror", lambda e: told.append(str(e)))
    made.on("request", lambda r: told.append(r.url) if not r.url.startswith(address) else None)
    yield made
    context.close()
    assert told == []


HAS_FOCUS = """wanted => {
  const at = document.activeElement;
  const told = [at.name, at.tagName === "SELECT" ? "" : at.innerText];
  return told.some(words => words && words.includes(wanted));
}"""


def tab_to(page: Any, words: str, most: int = 120) -> None:
    """Press Tab until what has the focus is called so: a link's or button's words, a field's name."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(HAS_FOCUS, words):
            return
    raise AssertionError(f"the keyboard does not reach {words}")


def enter(page: Any, words: str) -> None:
    """Go there by Tab and press Enter."""
    tab_to(page, words)
    page.keyboard.press("Enter")


def test_find_what_was_lowered_in_2020_and_read_both_sentences(page: Any) -> None:
    page.goto("/changes")
    page.get_by_text("Choose", exact=True).click()
    page.get_by_label("edition").fill("2020")
    page.get_by_label("direction").select_option("lowered")
    page.get_by_role("button", name="Show").click()
    entry = page.locator("article.entry", has_text="新开工学校和幼儿园").first
    quotes = entry.locator("blockquote").all_inner_texts()
    assert len(quotes) == 2 and "15所" in quotes[0] and "8所" in quotes[1]
    entry.get_by_role("link", name="2020-01-report.md").click()
    page.wait_for_url("**/documents/**")
    assert page.locator(".s.here, .s:target").first.inner_text() in quotes[1]
    page.locator(".s:target").click()
    page.wait_for_url("**/commitments/**")
    assert page.locator("h1").inner_text() == "新开工学校和幼儿园"


def test_find_both_sentences_by_keyboard_alone(page: Any) -> None:
    page.goto("/changes")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    enter(page, "Choose")
    tab_to(page, "direction")
    page.keyboard.type("lowered")
    tab_to(page, "edition")
    page.keyboard.type("2020")
    page.keyboard.press("Enter")
    page.wait_for_url("**direction=lowered**")
    entry = page.locator("article.entry", has_text="新开工学校和幼儿园").first
    quotes = entry.locator("blockquote").all_inner_texts()
    assert len(quotes) == 2 and "15所" in quotes[0] and "8所" in quotes[1]
    enter(page, "新开工学校和幼儿园")
    page.wait_for_url("**/commitments/**")
    enter(page, "2020-01-report.md")
    page.wait_for_url("**/documents/**")
    assert page.locator(".s.here, .s:target").first.inner_text() in quotes[1]


def test_see_what_held_at_another_time_and_come_back(page: Any) -> None:
    page.goto("/commitments/71efc50643af")
    assert page.locator(".clock").count() == 0
    tab_to(page, "Look back")
    page.keyboard.press("Enter")
    tab_to(page, "as_of", most=3)
    page.keyboard.type("2019")
    page.keyboard.press("Enter")
    page.wait_for_url("**as_of=2019**")
    assert "What held on 2019-12-31" in page.locator(".clock").inner_text()
    assert "2020" not in page.locator(".data").inner_text()
    page.get_by_role("link", name="Changes", exact=True).click()
    assert "2019-12-31" in page.locator(".clock").inner_text()
    page.get_by_role("link", name="Back to now").click()
    assert page.locator(".clock").count() == 0


def test_see_the_ledger_as_it_was_known_before_anything_was_read(page: Any) -> None:
    page.goto("/changes?kind=conflict")
    enter(page, "Look back")
    tab_to(page, "known_at", most=3)
    page.keyboard.type("2001-01-01")
    page.keyboard.press("Enter")
    page.wait_for_url("**known_at=2001-01-01**")
    assert "as this ledger knew it at" in page.locator(".clock").inner_text()
    assert page.locator("article.entry").count() == 0


def test_compare_two_editions(page: Any) -> None:
    page.goto("/places/澄湖区")
    page.get_by_role("link", name="2019 → 2020").click()
    page.wait_for_url("**against=2019**")
    table = page.locator("table.diff", has_text="干部执行力").first
    assert table.locator("del").all_inner_texts() and table.locator("ins").all_inner_texts()
    page.get_by_label("Compare with").select_option("2021")
    page.get_by_role("button", name="Compare").click()
    assert "2020 → 2021" in page.locator("h1").inner_text()


def test_compare_two_editions_by_keyboard_alone(page: Any) -> None:
    page.goto("/places/澄湖区")
    enter(page, "2019 → 2020")
    page.wait_for_url("**against=2019**")
    table = page.locator("table.diff", has_text="干部执行力").first
    assert table.locator("del").all_inner_texts() and table.locator("ins").all_inner_texts()
    tab_to(page, "against")
    page.keyboard.type("2021")
    enter(page, "Compare")
    page.wait_for_url("**against=2021**")
    assert "2020 → 2021" in page.locator("h1").inner_text()
    enter(page, "New")
    assert page.evaluate("location.hash") == "#new"


def test_cite_by_keyboard_alone(page: Any) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/commitments/71efc50643af")
    enter(page, "Cite")
    enter(page, "Copy")
    copied = page.evaluate("navigator.clipboard.readText()")
    quote = page.locator(".said-list > li blockquote").first.inner_text()
    assert quote in copied and "SHA-256" in copied and "known_at=" in copied


def test_cite_a_statement(page: Any) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/commitments/71efc50643af")
    first = page.locator(".said-list > li").first
    first.get_by_text("Cite", exact=True).click()
    first.get_by_role("button", name="Copy").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    quote = first.locator("blockquote").inner_text()
    assert quote in copied and "SHA-256" in copied and re.search(r"characters \d+–\d+", copied)
    link = copied.rsplit("; ", 1)[1]
    assert "known_at=" in link
    page.goto(link)
    assert quote in page.locator(".said-list").inner_text()


def test_export_to_excel_and_open_it(page: Any, tmp_path: Path) -> None:
    page.goto("/changes?kind=changed")
    shown = page.locator("article.entry").count()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="XLSX").click()
    waiting.value.save_as(tmp_path / "changes.xlsx")
    sheet = load_workbook(io.BytesIO((tmp_path / "changes.xlsx").read_bytes())).worksheets[0]
    assert sheet.max_row == shown + 1
    assert "earlier words" in [cell.value for cell in sheet[1]]


def test_export_to_excel_by_keyboard_alone(page: Any, tmp_path: Path) -> None:
    page.goto("/due?as_of=2020-06-30&within=365")
    with page.expect_download() as waiting:
        enter(page, "XLSX")
    waiting.value.save_as(tmp_path / "due.xlsx")
    sheet = load_workbook(tmp_path / "due.xlsx").worksheets[0]
    assert sheet.max_row == page.locator("tbody tr").count() + 1 > 2


@pytest.mark.parametrize("path", PATHS)
def test_nothing_serious_keeps_a_screen_reader_out(page: Any, path: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page.goto(path)
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        found = Axe().run(page).response["violations"]
        serious = [
            (v["id"], v["nodes"][0]["html"][:200], v["nodes"][0].get("failureSummary", "")[:300])
            for v in found
            if v["impact"] in ("serious", "critical")
        ]
        assert serious == []


@pytest.mark.parametrize("path", [*PATHS, "/documents"])
def test_no_page_is_wider_than_a_phone(page: Any, path: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_theme_is_chosen_and_kept_and_print_is_on_paper(page: Any) -> None:
    page.goto("/changes")
    page.get_by_role("button", name="Light or dark").click()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.goto("/commitments/71efc50643af")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark != "rgb(255, 255, 255)"
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator(".top nav").is_hidden()


def test_everything_is_read_without_scripts(browser: Any, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False, locale="zh-CN")
    made = context.new_page()
    made.goto("/commitments/71efc50643af")
    assert made.locator("svg.chart").count() == 1
    assert made.locator(".said-list > li").count() > 5
    made.get_by_role("link", name="English").click()
    assert made.locator("html").get_attribute("lang") == "en"
    context.close()
