"""Signing in, deciding with everything through rulings, undoing; and what strangers may see of it."""

from __future__ import annotations

import csv
import io
import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from audit import review
from audit.site.app import create_app
from audit.site.desk_page import RULED
from audit.site.options import Options
from audit.site.place import Site
from flows.accounts import UserFile
from flows.inbox import InboxFile
from flows.serving import services
from storage.exports.bundle import export
from storage.ledger import Ledger
from storage.queries import changes
from storage.rulings import rulings
from storage.strangers import mask
from tracking.rulings import KINDS

PASSWORD = "correct horse battery"
Sites = Callable[..., TestClient]


@pytest.fixture(scope="module")
def accounts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three people's accounts, to be copied: hashing a password is slow on purpose."""
    path = tmp_path_factory.mktemp("accounts") / "users.json"
    for name, role in (("读者", "reader"), ("编辑", "editor"), ("发布", "publisher")):
        UserFile(path).put(name, role, PASSWORD)  # type: ignore[arg-type]
    return path


@pytest.fixture
def site(doubtful: Ledger, accounts: Path, tmp_path: Path) -> Iterator[Sites]:
    """Clients of the site of the doubtful ledger, public or not."""
    users = UserFile(Path(shutil.copy(accounts, tmp_path)))
    given = replace(services(), accounts=users, inbox=InboxFile(tmp_path / "inbox.jsonl"), health=None)
    opened: list[TestClient] = []

    def make(public: bool = False) -> TestClient:
        options = Options(public=public, secret="s" * 32, language="en", contact="desk@example.org")
        base = "https://duixian.example" if public else "http://localhost"
        made = TestClient(
            create_app(doubtful, given, options), base_url=base, headers={"accept-language": "en"}
        )
        opened.append(made)
        return made

    yield make
    for one in opened:
        one.close()


def signed_in(client: TestClient, name: str) -> TestClient:
    answer = client.post("/sign-in", data={"name": name, "password": PASSWORD}, follow_redirects=False)
    assert answer.status_code == 303
    return client


def field(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, page[:3000]
    return found[1]


def test_a_wrong_password_lets_nobody_in_and_tells_nothing(site: Sites) -> None:
    client = site()
    for name in ("编辑", "nobody"):
        answer = client.post("/sign-in", data={"name": name, "password": "wrong wrong wrong"})
        assert answer.status_code == 401 and "do not fit" in answer.text
    assert client.get("/review").status_code == 401


def test_guessing_is_slowed_down(site: Sites) -> None:
    client = site()
    told = [client.post("/sign-in", data={"name": "x", "password": "y"}).status_code for _ in range(11)]
    assert told[-1] == 429


def test_passwords_are_kept_as_hashes_in_a_file_of_its_owner(site: Sites, tmp_path: Path) -> None:
    site()
    path = tmp_path / "users.json"
    assert "$argon2" in path.read_text() and PASSWORD not in path.read_text()
    assert path.stat().st_mode & 0o077 == 0


def test_a_role_that_is_taken_away_is_gone_at_once(site: Sites, tmp_path: Path) -> None:
    client = signed_in(site(), "编辑")
    assert client.get("/review").status_code == 200
    UserFile(tmp_path / "users.json").remove("编辑")
    assert client.get("/review").status_code == 401


def test_a_reader_reads_but_rules_nothing(site: Sites) -> None:
    client = signed_in(site(), "读者")
    assert client.get("/review").status_code == 403


def test_an_editor_decides_and_undoes_and_both_stand_in_the_trail(site: Sites, doubtful: Ledger) -> None:
    client = signed_in(site(), "编辑")
    page = client.get("/review").text
    assert "城镇新增就业" in page and "An accusation" in page
    decision = {"token": field(page, "token"), "item": field(page, "item"), "choice": "confirm"}
    after = client.post("/review", data=decision)
    assert after.status_code == 200
    [entry] = changes(doubtful, kinds=["missed"]).entries
    assert entry["reviewed"]["by"] == "编辑"
    [ruling] = rulings(doubtful)
    assert (ruling["kind"], ruling["author"]) == ("review", "编辑")
    undone = client.post(
        "/review/undo", data={"token": decision["token"], "ruling": field(after.text, "ruling")}
    )
    assert undone.status_code == 200
    [entry] = changes(doubtful, kinds=["missed"]).entries
    assert entry["reviewed"] is None
    trail = client.get("/rulings").text
    assert trail.count("编辑") >= 2 and "an accusation was reviewed: it holds" in trail
    assert "核定负面条目: 成立" in client.get("/rulings?lang=zh").text
    assert set(KINDS) <= set(RULED)


def test_two_editors_cannot_decide_the_same_thing_twice(site: Sites) -> None:
    client = signed_in(site(), "编辑")
    page = client.get("/review").text
    decision = {"token": field(page, "token"), "item": field(page, "item"), "choice": "reject"}
    assert client.post("/review", data=decision).status_code == 200
    assert client.post("/review", data=decision).status_code == 409


@pytest.mark.parametrize(
    ("data", "headers"),
    [
        ({"token": "wrong"}, {}),
        ({}, {}),
        (None, {"origin": "https://evil.example"}),
        (None, {"sec-fetch-site": "cross-site"}),
    ],
)
def test_a_form_from_elsewhere_decides_nothing(
    site: Sites, doubtful: Ledger, data: dict[str, str] | None, headers: dict[str, str]
) -> None:
    client = signed_in(site(), "编辑")
    page = client.get("/review").text
    token = {"token": field(page, "token")} if data is None else data
    decision = {**token, "item": field(page, "item"), "choice": "confirm"}
    assert client.post("/review", data=decision, headers=headers).status_code == 403
    assert rulings(doubtful) == []


def test_strangers_see_an_accusation_only_after_review(site: Sites) -> None:
    editor, stranger = signed_in(site(), "编辑"), site(public=True)
    assert stranger.get("/api/changes?kind=missed").json()["entries"] == []
    [entry] = editor.get("/api/changes?kind=missed").json()["entries"]
    path = f"/api/commitments/{entry['commitment']['id']}"
    assert "missed" not in {e["change"] for e in stranger.get(path).json()["changes"]}
    assert "missed" not in stranger.get("/api/scorecard?district=云泽区").json()["entries"][0]
    page = editor.get("/review").text
    decision = {"token": field(page, "token"), "item": field(page, "item"), "choice": "confirm"}
    editor.post("/review", data=decision)
    [shown] = stranger.get("/api/changes?kind=missed").json()["entries"]
    assert shown["id"] == entry["id"] and shown["reviewed"]["by"] is None
    assert "not met" in stranger.get("/changes?kind=missed").text


def test_strangers_see_clauses_of_press_texts_and_no_private_names(site: Sites) -> None:
    editor, stranger = site(), site(public=True)
    sha256 = next(
        d["sha256"] for d in editor.get("/api/documents").json()["entries"] if d["document"] == "2019.txt"
    )
    whole = editor.get(f"/documents/{sha256}")
    assert "谭晓明" in whole.text
    public = stranger.get(f"/documents/{sha256}")
    assert "日子越过越好" not in public.text and "The whole text is not shown" in public.text
    assert public.headers["x-robots-tag"] == "noindex"
    assert stranger.get(f"/api/documents/{sha256}").json()["text"] == ""
    for path in ("/search?q=谭晓明&in=texts", "/api/search?q=谭晓明&in=texts"):
        assert "谭晓明" not in stranger.get(path).text.replace('value="谭晓明"', "")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("居民谭晓明说，路修好了", "居民谭某某说，路修好了"),
        ("区委书记顾明澜表示，今年完成", "区委书记顾明澜表示，今年完成"),
        ("原区长何砚在会上说", "原区长何某在会上说"),
        ("本报记者 苏禾", "本报记者 苏某"),
        ("全区新建口袋公园30处", "全区新建口袋公园30处"),
    ],
)
def test_names_are_masked_by_what_stands_beside_them(text: str, shown: str) -> None:
    assert mask(text) == shown


def test_a_reply_reaches_the_desk_and_stands_beside_the_entry_and_in_exports_once_accepted(
    site: Sites, doubtful: Ledger, tmp_path: Path
) -> None:
    stranger = site(public=True)
    entry = stranger.get("/api/changes").json()["entries"][0]
    told = {"text": "数字已更正 <b>", "from": "区政府办", "contact": "x@example.org"}
    assert "Thank you" in stranger.post(f"/write/reply/{entry['id']}", data=told).text
    assert "数字已更正" not in stranger.get("/changes").text
    editor = signed_in(site(), "编辑")
    page = editor.get("/review").text
    accept = {"token": field(page, "token"), "item": field(page, "item"), "choice": "accept"}
    assert editor.post("/review", data=accept).status_code == 403
    publisher = signed_in(site(), "发布")
    page = publisher.get("/review").text
    accept = {"token": field(page, "token"), "item": field(page, "item"), "choice": "accept"}
    assert publisher.post("/review", data=accept).status_code == 200
    shown = next(e for e in stranger.get("/api/changes").json()["entries"] if e["id"] == entry["id"])
    assert [r["from"] for r in shown["replies"]] == ["区政府办"]
    assert "数字已更正 &lt;b&gt;" in stranger.get("/changes").text
    assert "区政府办: 数字已更正 <b>" in stranger.get("/changes.csv").content.decode("utf-8-sig")
    done = export(
        doubtful,
        tmp_path / "out",
        formats=["csv", "jsonl", "xlsx"],
        audience="public",
        tell=lambda fields, lang: [],
    )
    for name in ("csv/changes.csv", "jsonl/changes.jsonl"):
        assert "数字已更正 <b>" in (done.folder / name).read_text("utf-8-sig"), name
    book = load_workbook(next(done.folder.glob("*.xlsx"))).worksheets[1]
    assert any("数字已更正 <b>" in str(cell.value) for row in book.iter_rows() for cell in row)


def test_letters_by_programs_are_thrown_away(site: Sites) -> None:
    stranger = site(public=True)
    stranger.post("/write/error/0123456789abcdef", data={"text": "spam", "trap": "x"})
    assert "spam" not in signed_in(site(), "编辑").get("/review").text


def test_what_a_person_corrected_is_told_with_old_words_and_cause(site: Sites, doubtful: Ledger) -> None:
    client = signed_in(site(), "编辑")
    [entry] = changes(doubtful, kinds=["missed"]).entries
    page = client.get("/review").text
    decision = {"token": field(page, "token"), "item": field(page, "item"), "choice": "reject"}
    client.post("/review", data=decision)
    corrected = client.get("/corrections").text
    assert entry["commitment"]["title"] in corrected and "by a person&#39;s ruling" in corrected
    [row] = csv.DictReader(io.StringIO(client.get("/corrections.csv?lang=en").content.decode("utf-8-sig")))
    assert row["entry"] == entry["id"] and row["reason"] == "by a person's ruling"
    # Strangers never saw the accusation, so nothing was corrected before them.
    assert entry["id"] not in site(public=True).get("/corrections").text


def test_a_signed_in_page_is_kept_by_no_cache(site: Sites) -> None:
    client = signed_in(site(), "编辑")
    assert client.get("/changes").headers["cache-control"] == "private, no-store"


def test_an_unsure_link_is_asked_about_once_though_the_others_are_found_anew_meanwhile(
    site: Sites, doubtful: Ledger
) -> None:
    client = signed_in(site(), "编辑")
    waiting = review.queue(doubtful)
    link = next(at for at, one in enumerate(waiting) if one["kind"] == "unsure_link")
    page = client.get(f"/review?skip={link}").text
    assert field(page, "item") == waiting[link]["id"]
    decision = {"token": field(page, "token"), "item": waiting[link]["id"], "choice": "not_same"}
    after = client.post("/review", data=decision)
    assert after.status_code == 200 and f"{len(waiting) - 1}" in after.text
    assert client.post("/review", data=decision).status_code == 409
    undone = {"token": decision["token"], "ruling": field(after.text, "ruling")}
    assert client.post("/review/undo", data=undone).status_code == 200
    deadline, asked = time.monotonic() + 30, set[str]()
    while len(asked) < len(waiting) and time.monotonic() < deadline:
        asked |= {field(client.get(f"/review?skip={at}").text, "item") for at in range(len(waiting))}
    assert asked == {one["id"] for one in waiting}


def test_accusations_are_shown_before_links_are_found_and_what_takes_long_is_made_once(
    site: Sites, doubtful: Ledger
) -> None:
    page = signed_in(site(), "编辑").get("/review").text
    assert field(page, "item") == review.queue(doubtful)[0]["id"]
    place = Site(doubtful, services(), Options(secret="s" * 32))
    begun, go_on, made = threading.Event(), threading.Event(), []

    def long() -> str:
        made.append("once")
        begun.set()
        assert go_on.wait(20)
        return "links"

    assert place.lately("links", long, wait=False) is None
    assert begun.wait(20)
    assert place.lately("links", long, wait=False) is None
    with ThreadPoolExecutor(2) as pool:
        asked = [pool.submit(place.lately, "links", long) for _ in range(2)]
        go_on.set()
        assert [one.result(20) for one in asked] == ["links"] * 2
    assert made == ["once"]
