"""What a public site must not let out, tried at every door: pages, API, files, calendar, feeds, exports."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from audit.site.options import Options
from flows.cli.app import app as cli
from flows.serving import application
from storage.exports.bundle import export
from storage.exports.panel_files import export_panel
from storage.ledger import Ledger, open_ledger
from storage.queries import changes
from storage.queries.search import search_statements
from storage.strangers import LONGEST_CLAUSE, masked

LONG = "新建云泽湖" + "".join(f"第{n}段和" for n in range(10, 50)) + "长尾巷段口袋公园20处"
"""One sentence of a press text, longer than may be shown of it."""
TEXTS = {
    2018: ("2018年，城镇新增就业8000人。", "本报记者 苏禾见习。", f"2018年，{LONG}。"),
    2019: (
        "一、2018年工作回顾",
        "过去一年，累计实现城镇新增就业5000人。居民谭晓明说，日子越过越好。",
        "二、2019年工作安排",
        "居民谭晓明告诉记者，2019年新建口袋公园30处。路灯下的闲话没有人记得。",
    ),
}
PRIVATE = ("谭晓明", "苏禾")
UNQUOTED = ("日子越过越好", "路灯下的闲话")
BEYOND = "第48段和第49段和长尾巷段"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of two press texts with an accusation, private names and one very long sentence."""
    from flows.core import work
    from flows.jobs import job_for
    from flows.version import parser_version
    from parsers.reading import Declared

    folder = tmp_path_factory.mktemp("strangers")
    for year, lines in TEXTS.items():
        file = folder / f"{year}.txt"
        title = f"居民谭晓明说：云泽区{year}年工作安排"
        file.write_text(title + "\n\n" + "\n\n".join(lines) + "\n", encoding="utf-8")
        told = Declared(
            district="示例省云州市云泽区", level="district", published=str(year), type="plan", rights="press"
        )
        work(job_for([file], told, str(folder / "ledger.sqlite")), version=parser_version())
    return folder / "ledger.sqlite"


@pytest.fixture(scope="module")
def ledger(path: Path) -> Iterator[Ledger]:
    with open_ledger(path) as opened:
        yield opened


def client_of(ledger: Ledger, *, public: bool) -> TestClient:
    options = Options(public=public, language="zh", secret="s" * 32, contact="desk@example.org")
    app = application(ledger, replace(options, requests_a_minute=100_000))
    return TestClient(app, base_url="https://duixian.example" if public else "http://localhost")


def doors(ledger: Ledger) -> list[str]:
    """Addresses of every kind of answer that shows words of texts, for every text and commitment."""
    with client_of(ledger, public=False) as own:
        described = own.get("/api/openapi.json").json()["paths"]
        texts = [d["sha256"] for d in own.get("/api/documents").json()["entries"]]
        ids = [c["id"] for c in own.get("/api/commitments?limit=200").json()["entries"]]
        named = [n["name"] for n in own.get("/api/lineages?district=云泽区").json()["entries"]]
        kinds = own.get("/api/commitments?limit=200").json()["entries"]
    found = ["/", "/places/云泽区", "/legend", "/api/openapi.json", "/feeds/all.atom"]
    found += [
        "/plans/云泽区/2018",
        "/plans/云泽区/2019?against=2018",
        "/feeds/places/示例省云州市云泽区.atom",
    ]
    found += [f"/{kind}/{name}" for name in texts for kind in ("documents", "api/documents")]
    found += [f"/{kind}/{name}" for name in ids for kind in ("commitments", "api/commitments")]
    found += [f"/feeds/commitments/{name}.atom" for name in ids]
    lists = [
        "/changes",
        "/commitments",
        "/documents",
        "/places",
        "/corrections",
        "/due?within=3660&as_of=2018-06-30",
    ]
    lists += [
        f"/search?q={q}{where}" for q in ("公园", "谭晓明", "日子", "闲话") for where in ("", "&in=texts")
    ]
    lists += [f"/lineage?district=云泽区&name={name}" for name in named]
    lists += [f"/indicators?district=云泽区&subject={c['subject']}" for c in kinds if c["kind"] == "target"]
    lists += ["/lineages?district=云泽区", "/scorecard?district=云泽区", "/plan?district=云泽区&period=2018"]
    lists.append("/plan?district=云泽区&period=2018&against=2019")
    for one in lists:
        head, _, rest = one.partition("?")
        rest = f"?{rest}&limit=100" if rest else "?limit=100"
        found += [f"{head}.{form}{rest}" for form in ("json", "csv", "xlsx")]
        found.append(f"/api{head.removesuffix('s') if head == '/indicators' else head}{rest}")
        if head not in ("/scorecard", "/plan"):
            found.append(head + rest)
    found.append("/due.ics?within=3660&as_of=2018-06-30")
    # A door of the API that is not tried here has to be added.
    tried = {one.partition("?")[0] for one in found}
    for door in described:
        assert any(one.startswith(door.partition("{")[0]) for one in tried), door
    return found


def words_of(content: bytes, address: str) -> str:
    """The text of an answer, of a spreadsheet that of its parts."""
    if content[:2] == b"PK":
        parts = zipfile.ZipFile(io.BytesIO(content))
        return "".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
    told = content.decode("utf-8-sig", "replace")
    return json.dumps(json.loads(told), ensure_ascii=False) if told[:1] in "{[" else told


def test_no_door_lets_out_what_strangers_must_not_see(ledger: Ledger) -> None:
    [accusation] = changes(ledger, kinds=["missed"]).entries
    seen, quoted = set(), 0
    with client_of(ledger, public=True) as stranger, client_of(ledger, public=False) as own:
        for address in doors(ledger):
            answer = stranger.get(address)
            assert answer.status_code in (200, 404), (address, answer.status_code)
            told = words_of(answer.content, address)
            for hidden in (*PRIVATE, *UNQUOTED, BEYOND, accusation["id"]):
                # What somebody asks for stands in the form of the answer.
                if hidden not in address:
                    assert hidden not in told, (address, hidden)
            seen.add(answer.status_code)
            whole = words_of(own.get(address).content, address)
            quoted += any(hidden in whole for hidden in (*PRIVATE, *UNQUOTED, BEYOND, accusation["id"]))
    assert seen >= {200} and quoted > 20, "the operator's own answers hold what is looked for"


def test_no_door_lets_out_what_is_withheld(path: Path, tmp_path: Path) -> None:
    shutil.copy(path, tmp_path / "own.sqlite")
    with open_ledger(tmp_path / "own.sqlite") as ledger:
        every = doors(ledger)
        [hit] = (
            search_statements(ledger, "告诉记者").entries or search_statements(ledger, "口袋公园30处").entries
        )
        asked = f"{hit['sha256']}:{hit['start']}-{hit['end']}"
    done = CliRunner().invoke(
        cli, ["withhold", asked, "--reason", "个人信息", "--by", "乙", "--db", str(tmp_path / "own.sqlite")]
    )
    assert done.exit_code == 0, done.output
    with open_ledger(tmp_path / "own.sqlite") as ledger, client_of(ledger, public=False) as own:
        for address in every:
            told = words_of(own.get(address).content, address)
            assert "口袋公园30处" not in told and "30处" not in told, address


def test_a_name_that_one_string_tells_is_masked_in_the_others_too() -> None:
    told = masked({"quote": "居民谭晓明、谭晓亮", "subject": "居民谭晓明谭晓亮家门口", "kind": "谭晓明"})
    assert told["quote"].startswith("居民谭某某") and told["subject"].startswith("居民谭某某")
    assert told["kind"] == "谭晓明", "a code is no word"
    # 高新 may be a name beside a trade, and is a part of other words everywhere else.
    assert masked({"quote": "记者 高新", "title": "高新区"}) == {"quote": "记者 高某", "title": "高新区"}


def test_a_clause_is_cut_where_it_may_not_be_longer(ledger: Ledger) -> None:
    with client_of(ledger, public=True) as stranger:
        hits = stranger.get("/api/search?q=长尾巷段").json()["entries"]
    assert hits and all(len(h["quote"]) <= LONGEST_CLAUSE and len(h["text"]) <= LONGEST_CLAUSE for h in hits)


@pytest.mark.parametrize("formats", [["csv", "jsonl", "xlsx", "sqlite"]])
def test_a_public_export_holds_nothing_of_it_either(
    ledger: Ledger, tmp_path: Path, formats: list[str]
) -> None:
    for audience in ("operator", "public"):
        out = tmp_path / audience
        export(ledger, out, formats=formats, audience=audience, tell=lambda fields, lang: [])  # type: ignore[arg-type]
        export_panel(ledger, out / "panel", formats=["csv"], audience=audience)  # type: ignore[arg-type]
        told = "".join(words_of(p.read_bytes(), p.name) if p.suffix != ".jsonl" else p.read_text("utf-8")
                       for p in sorted(out.rglob("*")) if p.is_file())  # fmt: skip
        held = {hidden for hidden in (*PRIVATE, BEYOND) if hidden in told}
        assert held == (set() if audience == "public" else {"谭晓明", BEYOND}), (audience, held)
        assert not any(words in told for words in UNQUOTED)
