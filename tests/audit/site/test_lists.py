"""Lists of the site and their files: filters, orders and pages of any size, on both databases."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from audit.asking import changes as log
from audit.asking.clocks import Clocks
from audit.asking.narrowing import Narrow, narrowed
from digests.items import build
from storage.exports.bundle import export
from storage.ledger import Ledger
from storage.queries import changes as whole_log
from storage.queries import commitments as whole_list
from tests.audit.site.asked import every_page, found


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


def test_an_answer_of_the_question_is_what_the_api_says(client: TestClient, examples_ledger: Ledger) -> None:
    question = log.ChangeQuestion(clocks=Clocks(), kinds=("fulfilled",))
    assert (
        log.ask(examples_ledger, question).entries
        == found(client, "/api/changes", kind="fulfilled")["entries"]
    )


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
