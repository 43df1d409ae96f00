"""What held on a day, what was known at a time, and links that keep both."""

from __future__ import annotations

import csv
import io
import re

import pytest
from fastapi.testclient import TestClient

from storage.ledger import Ledger
from tests.audit.site.asked import every_page, found


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
