"""Each page of docs/questions: its command, its API call and its link answer what the page says; and each
question has one name for command, API and site."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from typer.main import get_command
from typer.testing import CliRunner

from audit.site.options import Options
from flows.cli.app import app
from flows.core import work
from flows.jobs import job_for
from flows.serving import application
from flows.version import parser_version
from parsers.reading import Declared
from storage.ledger import open_ledger

ROOT = Path(__file__).resolve().parents[2]
QUESTIONS = sorted((ROOT / "docs" / "questions").glob("[!R]*.md"))
ROW = re.compile(r"^\| `(\w+)` \| `(/api/[^`]+)` \| (.+) \|$", re.M)
TABLE = ROW.findall((ROOT / "docs" / "questions" / "README.md").read_text(encoding="utf-8"))
COMMANDS = {
    "show", "plan", "changes", "indicator", "lineage", "document", "documents", "due", "search", "scorecard",
    "commitments", "places", "corrections",
}  # fmt: skip
"""The questions that a ledger answers."""


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A ledger of the example texts."""
    url = str(tmp_path_factory.mktemp("questions") / "ledger.sqlite")
    work(job_for([ROOT / "examples"], Declared(), url), version=parser_version())
    return url


@pytest.fixture(scope="module")
def client(ledger: str) -> Iterator[TestClient]:
    with open_ledger(ledger) as opened:
        site = application(opened, Options(language="zh", secret="s" * 32))
        with TestClient(site, base_url="http://localhost") as made:
            yield made


def test_every_question_is_in_the_list() -> None:
    listed = (ROOT / "docs" / "questions" / "README.md").read_text(encoding="utf-8")
    assert len(QUESTIONS) >= 8
    assert all(f"]({path.name})" in listed for path in QUESTIONS)


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
def test_a_question_is_answered_as_its_page_says(
    path: Path, ledger: str, client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = path.read_text(encoding="utf-8")
    [command] = re.findall(r"```sh\n(.+)\n```", text)
    words = shlex.split(command)
    assert words[0] == ".venv/bin/duixian"
    told = re.search(r"it tells of `(.+)`\.", text)
    answer = told[1] if told else ""
    monkeypatch.setenv("DUIXIAN_VAR", str(tmp_path))
    done = CliRunner().invoke(app, [*words[1:], "--json", "--db", ledger])
    assert done.exit_code == 0, (done.output, done.exception)
    assert answer in done.stdout
    if words[1] in ("export", "sample"):
        assert "API:" not in text and answer, "files are written where the ledger is"
        return
    [api] = re.findall(r"^API: `(.+)`$", text, re.M)
    [link] = re.findall(r"^Link: `(.+)`$", text, re.M)
    assert api.startswith("/api/")
    for address in (api, link):
        got = client.get(address)
        assert got.status_code == 200, (address, got.text[:300])
        assert answer in got.text, address


def test_the_table_of_names_has_every_question_and_every_door_of_the_api(client: TestClient) -> None:
    assert {command for command, _, _ in TABLE} == COMMANDS
    assert set(get_command(app).commands) >= COMMANDS  # type: ignore[attr-defined]
    described = {path.partition("{")[0] for path in client.get("/api/openapi.json").json()["paths"]}
    told = {re.sub(r"[A-Z].*", "", api.partition("?")[0]) for _, api, _ in TABLE}
    assert told == described


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row[0])
def test_each_question_stands_in_all_three_places(client: TestClient, row: tuple[str, str, str]) -> None:
    _, api, site = row
    meant = {
        "SHA256": client.get("/api/documents").json()["entries"][0]["sha256"],
        "ID": client.get("/api/commitments").json()["entries"][0]["id"],
        "PLACE": "澄湖区",
        "PERIOD": "2020",
    }
    asked = {
        "district": "澄湖区",
        "period": "2020",
        "against": "2019",
        "subject": "新建口袋公园",
        "q": "公园",
    }
    pages = re.findall(r"`(/[^`]+)`", site)
    assert pages and not pages[0].endswith("*")
    for told in (api, *pages):
        for name, value in meant.items():
            told = told.replace(name, value)
        path, _, names = told.partition("?")
        parameters = {name: asked.get(name, "澄湖区中医院") for name in re.findall(r"(\w+)=", names)}
        for form in ("json", "csv", "xlsx") if path.endswith("*") else ("",):
            answer = client.get(path.replace("*", form), params=parameters)
            assert answer.status_code == 200, (told, answer.text[:300])
            if path.startswith("/api/"):
                assert "known_at=" in answer.json()["permanent"]
