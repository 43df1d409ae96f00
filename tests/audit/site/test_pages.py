"""Pages and their files: what they answer, on both clocks and both databases."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from audit.asking import changes as log
from audit.asking.clocks import Clocks
from audit.asking.narrowing import Narrow, narrowed
from audit.asking.plans import GROUPS
from audit.site import plan_page
from audit.site.options import Options
from audit.site.security import HEADERS
from digests.items import build
from flows.serving import application
from storage.exports.bundle import export
from storage.ledger import Ledger
from storage.queries import changes as whole_log
from storage.queries import commitments as whole_list

PAGES = ["/", "/changes", "/commitments", "/legend"]


def found(client: TestClient, path: str, **parameters: Any) -> Any:
    answer = client.get(path, params=parameters)
    assert answer.status_code == 200, answer.text[:500]
    return answer.json()


def every_page(client: TestClient, path: str, **parameters: Any) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = []
    while True:
        page = found(client, path, **parameters)
        entries += page["entries"]
        if page["next"] is None:
            return entries
        parameters["after"] = page["next"]


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


@pytest.mark.parametrize("sort", ["said", "said_asc", "recorded", "recorded_asc"])
def test_pages_of_any_size_hold_every_entry_once_in_order(
    client: TestClient, examples_ledger: Ledger, sort: str
) -> None:
    wanted = {entry["id"] for entry in whole_log(examples_ledger).entries}
    small = [e["id"] for e in every_page(client, "/api/changes", sort=sort, limit=7)]
    large = [e["id"] for e in every_page(client, "/api/changes", sort=sort, limit=200)]
    assert small == large
    assert sorted(small) == sorted(wanted)


@pytest.mark.parametrize("sort", ["said", "said_asc", "recorded", "recorded_asc"])
def test_an_edition_is_paged_whichever_side_of_an_entry_it_stands_on(client: TestClient, sort: str) -> None:
    every = every_page(client, "/api/changes", sort=sort, limit=200)
    wanted = [e["id"] for e in every if "2019" in (e["edition_from"], e["edition_to"])]
    sides = {(e["edition_from"] == "2019", e["edition_to"] == "2019") for e in every if e["id"] in wanted}
    assert len(sides) >= 2
    for limit in (1, 7, 200):
        paged = every_page(client, "/api/changes", sort=sort, limit=limit, edition="2019")
        assert [e["id"] for e in paged] == wanted
    assert found(client, "/changes.json", edition="2019", limit=5)["next"]


def test_commitments_are_paged_by_either_order(client: TestClient, examples_ledger: Ledger) -> None:
    wanted = sorted(one["id"] for one in whole_list(examples_ledger))
    assert sorted(c["id"] for c in every_page(client, "/api/commitments", limit=9)) == wanted
    by_title = every_page(client, "/api/commitments", district="澄湖区", sort="title", limit=9)
    assert [c["title"] for c in by_title] == sorted(c["title"] for c in by_title)
    assert len(by_title) == len(whole_list(examples_ledger, district="云川市澄湖区"))


@pytest.mark.parametrize(
    ("parameters", "holds"),
    [
        ({"kind": "changed"}, lambda e: e["change"] == "changed"),
        ({"grade": "stated", "kind": ["new", "fulfilled"]}, lambda e: e["grade"] == "stated"),
        ({"edition": "2020"}, lambda e: "2020" in (e["edition_from"], e["edition_to"])),
        ({"commitment_kind": "framework"}, lambda e: e["commitment"]["kind"] == "framework"),
        ({"direction": "raised"}, lambda e: any(f["direction"] == "raised" for f in e["fields"].values())),
        ({"level": "city"}, lambda e: e["level"] == "city"),
        ({"since": "2021"}, lambda e: e["said_on"][:4] == "2021"),
        ({"until": "2018"}, lambda e: e["said_on"][:4] <= "2018"),
    ],
)
def test_a_filter_leaves_exactly_what_it_names(
    client: TestClient, examples_ledger: Ledger, parameters: dict[str, Any], holds: Any
) -> None:
    every = whole_log(examples_ledger).entries
    if "kind" in parameters:
        kinds = parameters["kind"] if isinstance(parameters["kind"], list) else [parameters["kind"]]
        every = [e for e in every if e["change"] in kinds]
    wanted = {e["id"] for e in every if holds(e)}
    got = {e["id"] for e in every_page(client, "/api/changes", limit=50, **parameters)}
    assert got == wanted
    narrow = {k: v for k, v in parameters.items() if k in Narrow.__dataclass_fields__}
    assert {e["id"] for e in narrowed(examples_ledger, every, Narrow(**narrow)) if holds(e)} == wanted
    assert got and len(got) < len(whole_log(examples_ledger).entries)


def test_a_text_is_a_filter_too(client: TestClient, examples_ledger: Ledger) -> None:
    every = whole_log(examples_ledger).entries
    sha256 = every[0]["evidence"][0]["sha256"]
    for narrow in ({"document": sha256}, {"issuer": "party"}, {"area": "education"}):
        named = {e["id"] for e in narrowed(examples_ledger, every, Narrow(**narrow))}
        assert named == {e["id"] for e in every_page(client, "/api/changes", limit=3, **narrow)} != set()
    wanted = {e["id"] for e in every if sha256 in {x["sha256"] for x in e["evidence"]}}
    assert {e["id"] for e in every_page(client, "/api/changes", document=sha256)} == wanted


def test_a_day_asked_about_leaves_out_what_was_said_later(client: TestClient) -> None:
    then = every_page(client, "/api/changes", as_of="2019-12-31")
    assert then and all(e["said_on"][:4] <= "2019" for e in then)
    story = found(client, "/api/commitments/71efc50643af", as_of="2019-12-31")
    assert story["editions"] == ["2018", "2019"] and story["left_out"] > 0
    page = client.get("/commitments/71efc50643af", params={"as_of": "2019-12-31"})
    assert "What held on 2019-12-31" in page.text and "Back to now" in page.text


def test_what_the_ledger_did_not_know_yet_is_not_there(client: TestClient) -> None:
    assert found(client, "/api/changes", known_at="2001-01-01")["entries"] == []
    assert client.get("/commitments/71efc50643af", params={"known_at": "2001-01-01"}).status_code == 404
    assert client.get("/", params={"known_at": "2001-01-01"}).status_code == 200


def test_a_page_now_names_no_clock_and_its_links_none(client: TestClient) -> None:
    page = client.get("/commitments/71efc50643af").text
    assert "Back to now" not in page
    then = client.get("/commitments/71efc50643af?as_of=2020").text
    assert re.search(r'href="/changes\?as_of=2020-12-31"', then)


def test_the_permanent_link_pins_what_the_ledger_knew(client: TestClient, examples_ledger: Ledger) -> None:
    page = client.get("/commitments/71efc50643af").text
    link = re.search(r'class="permanent" href="([^"]+)"', page)
    assert link is not None
    there = client.get(link[1].replace("&amp;", "&"))
    assert there.status_code == 200
    assert "as this ledger knew it at" in there.text


@pytest.mark.parametrize(
    "path", ["/changes?kind=changed", "/places/澄湖区?as_of=2019", "/search?q=公园", "/due"]
)
def test_every_page_with_clocks_has_its_permanent_link(client: TestClient, path: str) -> None:
    link = re.search(r'class="permanent" href="([^"]+)"', client.get(path).text)
    assert link is not None and "known_at=" in link[1]
    assert client.get(link[1].replace("&amp;", "&")).status_code == 200
    assert 'class="permanent"' not in client.get("/sign-in").text


def test_the_same_entries_come_as_json_csv_and_xlsx(client: TestClient) -> None:
    asked = {"kind": "changed", "limit": 10}
    entries = found(client, "/changes.json", **asked)["entries"]
    assert entries == found(client, "/api/changes", **asked)["entries"]
    table = client.get("/changes.csv", params=asked)
    assert table.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(table.content.decode("utf-8-sig"))))
    book = load_workbook(io.BytesIO(client.get("/changes.xlsx", params=asked).content))
    sheet = list(book.worksheets[0].iter_rows(values_only=True))
    ids = [e["id"] for e in entries]
    assert [row[rows[0].index("entry")] for row in rows[1:]] == ids
    assert [row[list(sheet[0]).index("entry")] for row in sheet[1:]] == ids


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


def test_an_answer_of_the_question_is_what_the_api_says(client: TestClient, examples_ledger: Ledger) -> None:
    question = log.ChangeQuestion(clocks=Clocks(), kinds=("fulfilled",))
    assert (
        log.ask(examples_ledger, question).entries
        == found(client, "/api/changes", kind="fulfilled")["entries"]
    )


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


def test_places_figures_and_corrections_are_lists_like_any_other(client: TestClient) -> None:
    every = every_page(client, "/api/places", limit=1)
    assert {"云川市澄湖区", "云川市"} <= {p["name"] for p in every}
    assert every == found(client, "/places.json")["entries"]
    asked = {"district": "澄湖区", "subject": "新建口袋公园"}
    figures = found(client, "/indicators.json", **asked)["entries"]
    assert figures == found(client, "/api/indicator", **asked)["entries"]
    assert client.get("/indicators.csv", params=asked).text.count("\r\n") == len(figures) + 1
    empty = found(client, "/corrections.json")
    assert (empty["entries"], empty["next"]) == ([], None)
    assert empty["permanent"].startswith("http://localhost/corrections.json?known_at=")
    assert client.get("/corrections.xlsx").status_code == client.get("/places.csv").status_code == 200


def test_the_rows_of_a_scorecard_are_a_list_like_any_other(client: TestClient) -> None:
    [card] = found(client, "/api/scorecard", district="澄湖区")["entries"]
    rows = every_page(client, "/scorecard.json", district="澄湖区", limit=4)
    assert sorted(r["commitment"] for r in rows) == sorted(r["commitment"] for r in card["rows"])
    assert sum(card["outcomes"].values()) == len(rows)
    assert client.get("/scorecard.csv?district=澄湖区").text.count("\r\n") > len(rows)


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


@pytest.mark.parametrize(
    ("path", "asked", "sort", "key"),
    [
        ("/api/documents", {}, "said", "published_on"),
        ("/api/documents", {}, "read", "sha256"),
        ("/api/search", {"q": "公园"}, "read", "key"),
        ("/api/search", {"q": "公园", "in": "texts"}, "read", "sha256"),
    ],
)
def test_texts_and_hits_are_sorted_either_way_and_paged(
    client: TestClient, path: str, asked: dict[str, str], sort: str, key: str
) -> None:
    one = every_page(client, path, **asked, sort=sort, limit=4)
    other = every_page(client, path, **asked, sort=f"{sort}_asc", limit=3)
    assert sorted(e["sha256"] for e in one) == sorted(e["sha256"] for e in other) and len(one) > 4
    dated = [[e[key] for e in entries if e[key]] for entries in (one, other)]
    if key == "published_on":
        assert dated == [sorted(dated[0], reverse=True), sorted(dated[1])]
    elif path == "/api/documents":
        assert dated[0] == dated[1][::-1]
    assert client.get(path, params={**asked, "sort": "nonsense"}).status_code == 422


def test_projects_and_systems_are_sorted_by_editions_or_by_name_and_paged(client: TestClient) -> None:
    told = [(-len(e["editions"]), e["name"]) for e in every_page(client, "/api/lineages", district="澄湖区")]
    assert [number for number, _ in told] == sorted(number for number, _ in told)
    named = every_page(client, "/api/lineages", district="澄湖区", sort="name", limit=2)
    assert [e["name"] for e in named] == sorted(name for _, name in told) and len(named) > 2
    assert client.get("/lineages.csv", params={"district": "澄湖区", "sort": "name"}).status_code == 200


def test_a_plan_and_a_comparison_are_lists_as_files_too(client: TestClient) -> None:
    asked = {"district": "澄湖区", "period": "2020"}
    plan = found(client, "/api/plan", **asked)
    said = [s["key"] for e in plan["editions"] for s in e["statements"]]
    rows = every_page(client, "/plan.json", **asked, limit=7)
    assert sorted(r["key"] for r in rows) == sorted(said)
    assert client.get("/plan.csv", params=asked).text.count("\r\n") > len(said)
    targets = found(client, "/plan.json", **asked, kind="target")["entries"]
    assert {r["kind"] for r in targets} == {"target"}
    changed = every_page(client, "/plan.json", **asked, against="2019", limit=9, sort="title")
    both = found(client, "/api/plan", **asked, against="2019")["changes"]
    assert sorted(e["id"] for e in changed) == sorted(e["id"] for e in both)
    assert [e["commitment"]["title"] for e in changed] == sorted(e["commitment"]["title"] for e in both)
    assert client.get("/plan.xlsx", params={**asked, "against": "2019", "kind": "new"}).status_code == 200
    assert client.get("/plan.csv?district=澄湖区&period=1999").status_code == 404


def test_each_row_of_a_spreadsheet_says_where_it_stands_for_ever(client: TestClient) -> None:
    for path in (
        "/changes.csv",
        "/commitments.csv",
        "/search.csv?q=公园",
        "/documents.csv",
        "/due.csv?as_of=2020",
    ):
        rows = list(csv.DictReader(io.StringIO(client.get(path).content.decode("utf-8-sig"))))
        link = rows[0]["permanent link"]
        assert "known_at=" in link and client.get(link).status_code == 200, path
        assert "/documents/" in link or "/commitments/" in link
    entry = found(client, "/api/changes", limit=1)["entries"][0]
    [row] = csv.DictReader(io.StringIO(client.get("/changes.csv?limit=1").content.decode("utf-8-sig")))
    assert (
        row["begin and end"].split("; ")[0]
        == f"{entry['evidence'][0]['start']}–{entry['evidence'][0]['end']}"
    )


def test_what_is_due_today_is_pinned_to_today(client: TestClient) -> None:
    for path in ("/due.json", "/api/due"):
        assert re.search(r"[?&]as_of=\d{4}-\d{2}-\d{2}&known_at=", found(client, path)["permanent"])
    assert re.search(r'class="permanent" href="[^"]*as_of=', client.get("/due").text)
    assert "as_of=" not in found(client, "/api/changes")["permanent"]


def test_the_start_page_tells_what_differs_before_what_is_new(client: TestClient) -> None:
    shown = re.findall(r'class="badge (\w+)"', client.get("/").text)
    assert len(shown) == 8 and "new" not in shown and "restated" not in shown


def test_an_entry_says_in_every_form_what_its_text_called_the_thing(
    client: TestClient, examples_ledger: Ledger, tmp_path: Path
) -> None:
    entry = next(e for e in every_page(client, "/api/changes", limit=200) if e.get("called"))
    asked = {"edition": entry["edition_to"], "kind": entry["change"], "limit": 200}
    rows = csv.DictReader(io.StringIO(client.get("/changes.csv", params=asked).content.decode("utf-8-sig")))
    assert entry["called"] in [row["then called"] for row in rows if row["entry"] == entry["id"]]
    assert f"then called {entry['called']}" in client.get("/changes", params=asked).text
    done = export(examples_ledger, tmp_path, formats=["csv", "xlsx"], lang="en", tell=lambda fields, lang: [])
    rows = csv.DictReader(io.StringIO((done.folder / "csv/changes.csv").read_text("utf-8-sig")))
    assert [row["called"] for row in rows if row["id"] == entry["id"]] == [entry["called"]]
    log = load_workbook(next(done.folder.glob("*.xlsx"))).worksheets[1]
    assert any(f"then called {entry['called']}" in str(cell.value) for row in log.iter_rows() for cell in row)
    [place] = build([entry], [], lang="en", demo=True).places
    assert f"then called {entry['called']}" in place.groups[0].items[0].edition


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


def test_what_a_place_names_is_a_list_like_any_other(client: TestClient) -> None:
    every = every_page(client, "/api/lineages", district="澄湖区", limit=4)
    assert len({(e["kind"], e["name"]) for e in every}) == len(every) > 10
    assert every == found(client, "/api/lineages", district="澄湖区", limit=200)["entries"]
    projects = found(client, "/lineages.json", district="澄湖区", kind="project")["entries"]
    assert projects == [e for e in every if e["kind"] == "project"]
    named = {"district": "澄湖区", "name": every[0]["name"]}
    assert client.get("/lineage.csv", params=named).text.count("\r\n") > 1
    assert client.get("/lineages.xlsx?district=澄湖区").status_code == 200
    assert client.get("/api/lineages?district=澄湖区&after=abc").status_code == 400


def test_search_leads_from_two_characters_to_the_commitment(client: TestClient) -> None:
    hits = found(client, "/api/search", q="公园")["entries"]
    assert hits and all("公园" in h["text"] for h in hits)
    page = client.get("/search", params={"q": "公园"}).text
    assert f"/commitments/{hits[-1]['commitment']['id']}" in page
    texts = found(client, "/api/search", q="公园", **{"in": "texts"})["entries"]
    assert {h["sha256"] for h in hits} <= {t["sha256"] for t in texts}
    assert "Not found is not" in client.get("/search", params={"q": "没有的词"}).text


def test_what_is_due_on_a_day_comes_as_page_calendar_and_table(client: TestClient) -> None:
    asked = {"as_of": "2020-06-30", "within": 365}
    rows = every_page(client, "/api/due", **asked, limit=7)
    assert rows and all(row["due"] <= "2021-06-30" for row in rows)
    assert rows == found(client, "/due.json", **asked, limit=200)["entries"] and len(rows) > 7
    backwards = every_page(client, "/api/due", **asked, limit=9, sort="due_desc")
    assert backwards == rows[::-1]
    assert rows[0]["commitment"]["title"] in client.get("/due", params=asked).text
    assert client.get("/due.ics", params=asked).text.count("BEGIN:VEVENT") == len(rows)
    assert client.get("/due.csv", params={**asked, "limit": 200}).text.count("\r\n") >= len(rows)


def test_empty_fields_of_a_form_ask_for_nothing(client: TestClient) -> None:
    page = client.get("/changes?district=&kind=&grade=&edition=&since=&until=&direction=&sort=said")
    assert page.status_code == 200


def test_what_is_not_observed_is_told_apart_from_what_is_not_stated_any_more(client: TestClient) -> None:
    every = every_page(client, "/api/commitments", district="澄湖区", kind="target", limit=200)
    last = next(c for c in every if c["editions"] and c["editions"][-1] == "2021")
    earlier = next(c for c in every if c["editions"] and c["editions"][-1] == "2019")
    assert "does not say what came after 2021" in client.get(f"/commitments/{last['id']}").text
    silent = client.get(f"/commitments/{earlier['id']}").text
    assert "not stated since 2020" in silent and "does not say what came after" not in silent
    # Known only up to 2019, the same commitment is not silent: what came later is not observed.
    then = client.get(f"/commitments/{earlier['id']}", params={"as_of": "2019"}).text
    assert "does not say what came after 2019" in then and "not stated since" not in then
