"""The page in a real browser: it explains itself by keyboard alone, and its switches work."""

from __future__ import annotations

import json
import os
import re
import subprocess
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from audit.reading_page import Told, render
from parsers.read import body_of, read_body
from parsers.reading import Declared

TEXT = (
    "澄湖区召开会议\n\n本报记者 苏禾\n\n今年全区将新建学校8所，建设湖滨体育中\n\n"
    "▲湖滨路新貌。 何砚 摄\n\n心和文化馆，力争年底前完成投资3亿元。\n"
)
ONCE = ("--headless", "--virtual-time-budget=5000", "--dump-dom")
PROBE = """<script>
// A window that the system has not given the focus yet sends no focus events.
const probe = (left) => {
if (!document.hasFocus() && left) return setTimeout(probe, 25, left - 1);
const panel = document.getElementById("panel"), marks = [...document.querySelectorAll("mark.s[tabindex]")];
const broken = marks.find((m) => m.dataset.part === "1/2"), told = {};
const press = (key) =>
  document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}));
const shows = (selector) => getComputedStyle(document.querySelector(selector)).display !== "none";
broken.focus();
told.focused = panel.innerText;
told.lit = [...document.querySelectorAll("mark.on")].map((m) => m.textContent);
press("Enter");
told.entered = document.activeElement === panel;
press("Escape");
told.back = document.activeElement === broken;
press("Escape");
told.idle = panel.className;
marks[0].dispatchEvent(new MouseEvent("mouseover", {bubbles: true}));
told.hovered = panel.innerText;
told.chinese = [shows(".zh"), shows(".en")];
document.getElementById("lang-en").click();
told.english = [shows(".zh"), shows(".en")];
const box = document.getElementById("show-target"), target = document.querySelector("mark.target[tabindex]");
told.before = getComputedStyle(target).backgroundColor;
box.click();
told.after = [getComputedStyle(target).backgroundColor, target.tabIndex, shows("li.target")];
told.wide = document.documentElement.scrollWidth <= innerWidth;
document.body.insertAdjacentHTML("beforeend", "<pre id=told></pre>");
document.getElementById("told").textContent = JSON.stringify(told);
};
probe(100);
</script></body>"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, chromium: list[str]) -> dict[str, Any]:
    body = body_of(TEXT.encode(), "a.txt")
    reading = read_body(body, Declared("云川市澄湖区", "district", "2021-03-15"))
    folder = tmp_path_factory.mktemp("browser")
    page: Path = folder / "a.html"
    page.write_text(render([Told("a.txt", body, reading)], "zh").replace("</body>", PROBE), encoding="utf-8")
    command = [
        *chromium,
        *ONCE,
        "--window-size=420,900",
        f"--user-data-dir={folder / 'profile'}",
        page.as_uri(),
    ]
    # A home of its own: browsers leave crash reports and settings there, whatever their profile.
    env = {**os.environ, "HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "XDG_CACHE_HOME": str(folder)}
    dom = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True, env=env).stdout
    found = re.search(r'<pre id="told">(.*?)</pre>', dom, re.S)
    assert found is not None, dom[-2000:]
    loaded: dict[str, Any] = json.loads(unescape(found[1]))
    return loaded


def test_a_focused_statement_is_explained_and_all_its_pieces_light_up(told: dict[str, Any]) -> None:
    assert "建设湖滨体育中心和文化馆" in told["focused"]
    assert "deed.made" in told["focused"]
    assert told["lit"] == ["建设湖滨体育中", "心和文化馆"]


def test_enter_goes_to_the_explanation_and_escape_back(told: dict[str, Any]) -> None:
    assert told["entered"] and told["back"]
    assert told["idle"] == "idle"


def test_pointing_explains_too(told: dict[str, Any]) -> None:
    assert "新建学校" in told["hovered"]


def test_one_language_is_shown_at_a_time(told: dict[str, Any]) -> None:
    assert (told["chinese"], told["english"]) == ([True, False], [False, True])


def test_a_kind_that_is_switched_off_is_neither_seen_nor_reached(told: dict[str, Any]) -> None:
    assert told["before"] != "rgba(0, 0, 0, 0)"
    assert told["after"] == ["rgba(0, 0, 0, 0)", -1, False]


def test_a_narrow_window_needs_no_sideways_scrolling(told: dict[str, Any]) -> None:
    assert told["wide"]
