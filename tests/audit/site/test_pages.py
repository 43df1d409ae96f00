"""Pages and their files: what they answer, on both clocks and both databases."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from audit.asking import changes as log
from audit.asking.clocks import Clocks
from audit.site.security import HEADERS
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
    assert got and len(got) < len(whole_log(examples_ledger).entries)


def test_a_text_is_a_filter_too(client: TestClient, examples_ledger: Ledger) -> None:
    every = whole_log(examples_ledger).entries
    sha256 = every[0]["evidence"][0]["sha256"]
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
