"""Texts whose words would be markup, formulas or scripts elsewhere are shown as what they are."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from audit.site.marking import marked
from audit.site.options import Options
from flows.serving import application
from storage.ledger import open_ledger

EVIL = "<script>alert(1)</script>"
LINES = (
    f"2019年，新建口袋公园{EVIL}20处。",
    "2019年，“=1+1”工作体系：=cmd|' /C calc'!A0、+1、-1、@x四项工作。",
    '2019年，引进"><img src=x onerror=alert(1)>项目75个。',
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The site of a ledger of such texts."""
    from flows.core import work
    from flows.jobs import job_for
    from flows.version import parser_version
    from parsers.reading import Declared

    folder: Path = tmp_path_factory.mktemp("hostile")
    file = folder / f"a{'b'}<i>.txt"
    file.write_text(f"澄湖区2019年{EVIL}工作安排\n\n" + "\n\n".join(LINES), encoding="utf-8")
    declared = Declared(district="示例省云州市澄湖区", level="district", published="2019", type="plan")
    work(job_for([file], declared, str(folder / "ledger.sqlite")), version=parser_version())
    with open_ledger(folder / "ledger.sqlite") as ledger:
        app = application(ledger, Options(language="en", secret="s" * 32))
        with TestClient(app, base_url="http://localhost") as made:
            yield made


def test_no_page_runs_what_a_text_says(client: TestClient) -> None:
    entries = client.get("/api/changes").json()["entries"]
    assert any(EVIL in e["quote"] for entry in entries for e in entry["evidence"])
    paths = {
        "/",
        "/changes",
        "/commitments",
        "/documents",
        "/search?q=公园",
        "/places/澄湖区",
        "/plans/澄湖区/2019",
    }
    for entry in entries:
        paths.add(f"/commitments/{entry['commitment']['id']}")
        paths.add(f"/documents/{entry['evidence'][0]['sha256']}")
    for path in sorted(paths):
        page = client.get(path)
        assert page.status_code == 200, path
        assert EVIL not in page.text and "<img src=x" not in page.text and "<i>.txt" not in page.text, path


def test_no_spreadsheet_computes_what_a_text_says(client: TestClient) -> None:
    rows = list(csv.reader(io.StringIO(client.get("/changes.csv").content.decode("utf-8-sig"))))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_marks_of_a_page_cross_tags_without_letting_any_through() -> None:
    page = "<p>新建<b>公园</b>8所<script>x</script></p><p>&lt;i&gt;</p>"
    start, end = page.index("新建"), page.index("8所") + 2
    said = [{"spans": [[start, end]], "kind": "target", "subject": '"><b>', "start": start}]
    shown = str(marked(page, "html", said, lambda s: "/x?a=1&b=2"))
    assert "公园" in shown and "<b>" not in shown and "&lt;i&gt;" in shown and "script" not in shown
    assert shown.count("<a ") == shown.count("</a>") and 'href="/x?a=1&amp;b=2"' in shown
