"""Each page of docs/questions: its command, its API call and its link answer what the page says."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
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
def test_a_question_is_answered_as_its_page_says(path: Path, ledger: str, client: TestClient) -> None:
    text = path.read_text(encoding="utf-8")
    [command] = re.findall(r"```sh\n(.+)\n```", text)
    words = shlex.split(command)
    assert words[0] == ".venv/bin/duixian"
    told = re.search(r"it tells of `(.+)`\.", text)
    answer = told[1] if told else ""
    done = CliRunner().invoke(app, [*words[1:], "--json", "--db", ledger])
    assert done.exit_code == 0, (done.output, done.exception)
    assert answer in done.stdout
    [api] = re.findall(r"^API: `(.+)`$", text, re.M)
    [link] = re.findall(r"^Link: `(.+)`$", text, re.M)
    assert api.startswith("/api/")
    for address in (api, link):
        got = client.get(address)
        assert got.status_code == 200, (address, got.text[:300])
        assert answer in got.text, address
