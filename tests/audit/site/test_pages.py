"""Pages and their files: what they answer, on both clocks and both databases."""

from __future__ import annotations

import re
import sqlite3
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from audit.asking.plans import GROUPS
from audit.site import plan_page
from audit.site.options import Options
from audit.site.security import HEADERS
from flows.serving import application
from storage.ledger import Ledger
from tests.audit.site.asked import every_page, found

PAGES = ["/", "/changes", "/commitments", "/legend"]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_pages_are_there_in_both_languages_and_say_that_this_is_a_demo(
    client: TestClient, path: str, lang: str
) -> None:
    page = client.get(path, headers={"accept-language": lang})
    assert page.status_code == 200
    assert (lang == "zh") == ('lang="zh-CN">' in page.text.split("<head>")[0])
    assert {"zh": "示例", "en": "Demo:"}[lang] in page.text


@pytest.mark.parametrize("path", [*PAGES, "/nothing", "/api/changes", "/changes.csv"])
def test_every_answer_carries_the_headers_that_keep_scripts_out(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert all(answer.headers[name] == value for name, value in HEADERS.items())
    assert "<script>" not in answer.text and "onclick" not in answer.text


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/changes?district=nowhere", 404, "no place of this ledger is called so"),
        ("/changes?as_of=2019-02-31", 400, "as_of must be"),
        ("/changes?known_at=yesterday", 400, "known_at must be"),
        ("/changes?after=abc", 400, "begin at its first one"),
        ("/changes?kind=broken", 422, "kind"),
        ("/commitments/00000000", 404, "No commitment"),
        ("/nothing", 404, "Not Found"),
    ],
)
def test_what_cannot_be_answered_is_one_sentence(
    client: TestClient, path: str, status: int, words: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert words in answer.text
    assert "Traceback" not in answer.text


def test_a_ledger_that_is_gone_is_told_in_the_language_of_who_asks(
    own_ledger: Ledger, tmp_path: Path
) -> None:
    path = tmp_path / "own.sqlite"
    with TestClient(application(own_ledger, Options(language="zh")), base_url="http://localhost") as site:
        assert site.get("/api/changes").status_code == 200
        with sqlite3.connect(path) as connection:
            connection.execute("ALTER TABLE changes RENAME TO elsewhere")
        for lang, words in (("zh", "在使用中消失或被替换"), ("en", "is gone or was replaced")):
            for address in ("/api/changes", "/changes"):
                answer = site.get(address, params={"lang": lang})
                assert answer.status_code == 503 and words in answer.text, answer.text[:300]


def test_another_host_name_is_refused_where_the_site_is_not_public(client: TestClient) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_choosing_a_language_leads_back_and_never_elsewhere(client: TestClient) -> None:
    answer = client.get("/language/zh?back=/changes", follow_redirects=False)
    assert answer.headers["location"] == "/changes" and "lang=zh" in answer.headers["set-cookie"]
    for back in ("https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"):
        answer = client.get("/language/zh", params={"back": back}, follow_redirects=False)
        assert answer.headers["location"] == "/"
    client.cookies.clear()


def a_text(client: TestClient, ending: str) -> dict[str, Any]:
    return next(d for d in every_page(client, "/api/documents") if d["document"].endswith(ending))


@pytest.mark.parametrize("ending", ["2020-01-report.md", "2021-03-deeds.html"])
def test_a_text_shows_each_statement_in_place_and_where_it_leads(client: TestClient, ending: str) -> None:
    sha256 = a_text(client, ending)["sha256"]
    text = found(client, f"/api/documents/{sha256}")
    page = client.get(f"/documents/{sha256}").text
    assert "noindex" in page
    assert len(text["statements"]) > 5
    for said in text["statements"]:
        assert "".join(text["text"][a:b] for a, b in said["spans"]) == said["quote"]
        assert f'id="s{said["start"]}"' in page
        if said["commitment"]:
            assert f"/commitments/{said['commitment']['id']}" in page


def test_a_place_has_its_indicators_editions_and_scorecard(client: TestClient) -> None:
    page = client.get("/places/澄湖区").text
    drawn, later = (
        page.count('<svg xmlns="http://www.w3.org/2000/svg" class="chart"'),
        re.findall(r'data-drawing="([^"]+)"', page),
    )
    assert drawn + len(later) >= 8
    for path in later[:2]:
        assert 'class="chart"' in client.get(path).text
    assert client.get("/places/澄湖区").text.count('class="chart"') >= drawn + len(later[:2])
    [card] = found(client, "/api/scorecard", district="澄湖区")["entries"]
    assert card["due"] > 5
    assert "2019 → 2020" in page and f"{card['met']['k']}/{card['met']['n']}" in page


def test_two_editions_are_told_as_what_came_what_differs_and_which_digits(client: TestClient) -> None:
    page = client.get("/plans/澄湖区/2020", params={"against": "2019"}).text
    assert "<del>干部执行力</del>" in page and "<ins>人才集聚力</ins>" in page
    plan = found(client, "/api/plan", district="澄湖区", period="2020", against="2019")
    assert {e["change"] for e in plan["changes"]} >= {"new", "changed", "fulfilled", "restated"}
    backwards = found(client, "/api/plan", district="澄湖区", period="2019", against="2020")
    assert backwards["changes"] == plan["changes"]
    assert client.get("/plans/澄湖区/1999").status_code == 404


def test_a_long_edition_is_told_a_page_at_a_time(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = client.get("/plans/澄湖区/2020").text
    assert 'rel="next"' not in whole
    sentences = re.compile(r"<blockquote[^>]*>(.*?)</blockquote>", re.S)
    monkeypatch.setattr(plan_page, "STATEMENTS", 3)
    told, following = [], "/plans/澄湖区/2020"
    while following:
        here = client.get(following).text
        told += (found_here := sentences.findall(here))
        assert 0 < len(found_here) <= 3
        onward = re.search(r'rel="next" href="([^"]+)"', here)
        following = unescape(onward[1]) if onward else ""
    assert told == sentences.findall(whole) and len(told) > 3
    assert client.get("/plans/澄湖区/2020?after=x").status_code == 400


def test_a_long_comparison_opens_the_first_of_each_group_and_leads_to_the_others(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = {"district": "澄湖区", "period": "2020", "against": "2019"}
    every = {e["id"]: e for e in found(client, "/api/plan", **asked)["changes"]}
    wanted = {name: {i for i, e in every.items() if e["change"] in kinds} for name, kinds in GROUPS}
    monkeypatch.setattr(plan_page, "OPENED", 1)
    monkeypatch.setattr(plan_page, "ON_A_PAGE", 2)
    page = client.get("/plans/澄湖区/2020?against=2019").text
    for name in ("new", "changed", "judged"):
        assert f"({len(wanted[name])})" in page
        first = [i for i in re.findall(r'id="e([0-9a-f]+)"', page) if i in wanted[name]]
        assert len(first) == 1
        told = first
        following = re.search(rf'<p><a href="([^"]*group={name}&[^"]*)">', page)
        while following:
            here = client.get(unescape(following[1])).text
            told += re.findall(r'id="e([0-9a-f]+)"', here)
            following = re.search(r'rel="next" href="([^"]+)"', here)
        assert sorted(told) == sorted(wanted[name])
    assert client.get("/plans/澄湖区/2020?against=2019&group=new&after=x").status_code == 400


def test_the_start_page_tells_what_differs_before_what_is_new(client: TestClient) -> None:
    shown = re.findall(r'class="badge (\w+)"', client.get("/").text)
    assert len(shown) == 8 and "new" not in shown and "restated" not in shown


def test_an_indicator_is_promised_beside_reported(client: TestClient) -> None:
    told = found(client, "/api/indicator", district="澄湖区", subject="新建口袋公园")
    promised = {p["year"]: p["value"] for p in told["entries"] if p["role"] == "promise"}
    reported = {p["year"]: p["value"] for p in told["entries"] if p["role"] == "result"}
    assert promised == {2018: 20, 2019: 30, 2020: 30, 2021: 24}
    assert reported[2019] == 32


def test_a_project_is_told_from_plan_to_opening(client: TestClient) -> None:
    told = found(client, "/api/lineage", district="澄湖区", name="澄湖区中医院")
    assert [(s["edition"], s["stage"]) for s in told["steps"]] == [("2018", "开工"), ("2020", "建成")]
    assert told["kind"] == "project" and len(told["commitments"]) == 2
    page = client.get("/lineage", params={"district": "澄湖区", "name": "澄湖区中医院"}).text
    assert all(s["quote"] in page for s in told["steps"]) and "built" in page
    then = found(client, "/api/lineage", district="澄湖区", name="澄湖区中医院", as_of="2019")
    assert [s["edition"] for s in then["steps"]] == ["2018"]
    assert client.get("/api/lineage?district=澄湖区&name=没有这个项目").status_code == 404


@pytest.mark.parametrize("name", ["123456工作体系", "1+446", "1+456"])
def test_a_numbered_system_is_one_lineage_under_any_of_its_numbers(client: TestClient, name: str) -> None:
    told = found(client, "/api/lineage", district="澄湖区", name=name)
    formulas = {s["formula"] for s in told["steps"]} - {None}
    assert told["kind"] == "system" and formulas == {"1234", "1+446", "1+456", "123456"}
    moved = {item for s in told["steps"] for d in s["digits"] for item in d["came"] + d["went"]}
    assert moved
    # Each sentence once, though its parts are commitments of their own; of two fours each is its own.
    assert len({s["key"] for s in told["steps"]}) == len(told["steps"])
    fours = [d for s in told["steps"] for d in s["digits"] if d["label"] == "4"]
    assert len(fours) >= 4 and not any(d["went"] for d in fours)


def test_search_leads_from_two_characters_to_the_commitment(client: TestClient) -> None:
    hits = found(client, "/api/search", q="公园")["entries"]
    assert hits and all("公园" in h["text"] for h in hits)
    page = client.get("/search", params={"q": "公园"}).text
    assert f"/commitments/{hits[-1]['commitment']['id']}" in page
    texts = found(client, "/api/search", q="公园", **{"in": "texts"})["entries"]
    assert {h["sha256"] for h in hits} <= {t["sha256"] for t in texts}
    assert "Not found is not" in client.get("/search", params={"q": "没有的词"}).text
