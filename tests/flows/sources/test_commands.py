"""The commands that people use with sources, as docs/sources.md shows them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from audit.site.options import Options
from flows.observing import unseen
from flows.serving import application
from parsers.sources.loading import load
from storage.ledger import open_ledger

ROOT = Path(__file__).resolve().parents[3]
WIDE = pytest.mark.usefixtures("wide")
WORDS = "2026年，全区将新建口袋公园20处，改造老旧小区18个，为群众办好十件实事。"
NEWS = [
    (f"/news/{n}.html", title, f"2026-02-2{n}")
    for n, title in enumerate(
        (
            "澄湖区部署今年民生实事工作",
            "澄湖区公布年度重点项目清单",
            "澄湖区推进东湾智造园三期建设",
            "澄湖区打通断头路",
        )
    )
]


@pytest.fixture
def site(site: Any, make: Any) -> Any:
    for number, (path, title, day) in enumerate(NEWS):
        site.put(path, make.article(title, day, WORDS.replace("20处", f"2{number}处")))
    site.put("/news/", make.listing(*NEWS))
    return site


@pytest.fixture
def wide(monkeypatch: pytest.MonkeyPatch, duixian: Any) -> None:
    """A terminal that breaks no cell of a table."""
    monkeypatch.setenv("COLUMNS", "300")


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """No waiting between requests: politeness is tested where the clock is moved."""
    monkeypatch.setattr("flows.fetching.turns.Turns.__call__", lambda *_: None)


@WIDE
@pytest.mark.usefixtures("patient")
def test_a_newcomer_adds_a_source(duixian: Any, site: Any, tmp_path: Path) -> None:
    """new, complete what says TODO, check, verified, ingest, sources: the steps of docs/sources.md."""
    file = tmp_path / "var" / "sources" / "chenghu-news.yml"
    assert duixian("source", "new", f"{site.url}/news/", "--private", "--to", file).status == 0
    text = file.read_text(encoding="utf-8")
    assert 'entry: "ul.news li"   # finds 4 entries now' in text and 'body: ".TRS_Editor"' in text
    assert "still says TODO" in duixian("source", "check", file).err
    text = re.sub("name: .*", "name: 云川市澄湖区政府 澄湖要闻", text)
    file.write_text(text, encoding="utf-8")
    nowhere = duixian("source", "check", file, "--texts", 1)
    assert nowhere.status == 1 and "as `place`" in nowhere.out and "verified:" not in nowhere.out
    text = re.sub("place: .*", "place: 云川市澄湖区", text)
    file.write_text(text, encoding="utf-8")
    checked = duixian("source", "check", file)
    assert checked.status == 0 and "a second fetch gives the same" in checked.out, checked.out + checked.err
    assert all(title in re.sub(r"\s", "", checked.out) for _, title, _ in NEWS)
    assert "verified:" in checked.out
    listed = duixian("sources", "--json", "--db", "none.sqlite")
    assert "there is no ledger" in listed.err
    file.write_text(text + "verified: 2026-11-21\n", encoding="utf-8")
    [look] = duixian("ingest", "chenghu-news", "--direct", "--json").records
    assert (look["seen"], look["texts"], look["faults"]) == (True, {"new": 4}, [])
    mine = next(r for r in duixian("sources", "--json").records if r["source"] == "chenghu-news")
    assert (mine["texts"], mine["looks"], mine["alarms"]) == (4, 1, [])
    assert "as expected" in duixian("sources").out


@pytest.mark.usefixtures("patient")
def test_a_check_says_what_is_wrong_and_what_is_left_out(duixian: Any, site: Any, tmp_path: Path) -> None:
    file = tmp_path / "chenghu-news.yml"
    file.write_text(
        "name: 澄湖要闻\nkind: list\nprivate: true\nplace: 云川市澄湖区\nlevel: district\n"
        f"address: {site.url}/news/\nentries: {{entry: ul.news li}}\narticle: {{body: .TRS_Editor}}\n"
        "ignore: [{title: 断头路, why: told by the city}]\n",
        encoding="utf-8",
    )
    site.put(NEWS[0][0], "<title>访问验证</title>您的访问过于频繁，请完成安全验证后继续访问")
    checked = duixian("source", "check", file)
    assert checked.status == 1
    assert "block or verification page" in checked.out and "told by the city" in checked.out
    [record] = duixian("source", "check", file, "--json").records
    assert [t["state"] for t in record["texts"]] == ["blocked", "new", "new"] and not record["good"]


@pytest.mark.usefixtures("patient")
def test_a_source_whose_second_answer_differs_is_found_out(
    duixian: Any, site: Any, make: Any, tmp_path: Path
) -> None:
    """A page that draws something by lot would report a change a day."""
    answers = iter(range(99))

    path, title, day = NEWS[0]
    original = site.answer

    def answer(request: Any) -> None:
        if request.path == path:
            words = f"2026年，全区将新建口袋公园{next(answers)}处，改造老旧小区18个，办好十件实事。"
            site.put(path, make.article(title, day, words))
        original(request)

    site.answer = answer
    file = tmp_path / "chenghu-news.yml"
    file.write_text(
        "name: 澄湖要闻\nkind: list\nprivate: true\nplace: 云川市澄湖区\nlevel: district\n"
        f"address: {site.url}/news/\nentries: {{entry: ul.news li}}\n",
        encoding="utf-8",
    )
    checked = duixian("source", "check", file)
    assert checked.status == 1 and "another text at the second look" in checked.out


def test_a_source_that_is_not_there_and_a_file_that_is_wrong_are_told(duixian: Any, tmp_path: Path) -> None:
    done = duixian("ingest", "nowhere", "--direct")
    assert done.status == 2 and "no source is called nowhere" in done.err
    folder = tmp_path / "var" / "sources"
    folder.mkdir(parents=True)
    (folder / "bad.yml").write_text("name: x\nkind: list\nadress: http://x/\n", encoding="utf-8")
    done = duixian("ingest", "bad", "--direct")
    assert done.status == 2 and "bad.yml: adress is no key of a list source" in done.err


@WIDE
def test_texts_are_handed_in_with_who_gave_them(duixian: Any, make: Any, tmp_path: Path) -> None:
    saved = tmp_path / "saved.html"
    saved.write_text(make.article(*NEWS[0][1:], WORDS), encoding="utf-8")
    place = ("--district", "云川市澄湖区", "--level", "district")
    first = duixian(
        "add", saved, "--url", "https://example.org/a.html?from=x", "--by", "苏禾", *place, "--json"
    )
    assert first.records[0]["status"] == "new"
    again = duixian("add", saved, "--url", "https://EXAMPLE.org/a.html", "--by", "何砚", *place, "--json")
    assert again.records[0]["document"] == first.records[0]["document"], "one address is one text"
    [text] = duixian("documents", "--json").records
    assert (text["given_by"], text["document"]) == ("苏禾", "https://example.org/a.html")
    assert "(handed in by 苏禾)" in duixian("documents").out


def test_a_manifest_hands_in_many_and_loses_none(duixian: Any, make: Any, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(make.article(*NEWS[0][1:], WORDS), encoding="utf-8")
    meta = tmp_path / "meta.csv"
    head = "file,url,published,district,level,by,at\n"
    rows = (
        "a.html,https://example.org/a.html,2026-02-20,云川市澄湖区,district,苏禾,2026-03-01T09:00+08:00\n"
        "lost.html,,,云川市澄湖区,district,,\n"
    )
    meta.write_text(head + rows, encoding="utf-8-sig")
    done = duixian("add", "--manifest", meta, "--by", "何砚", "--json")
    assert done.status == 1
    assert [(r["status"], r["by"]) for r in done.records] == [("new", "苏禾"), ("refused", "何砚")]
    [text] = duixian("documents", "--json").records
    assert (text["published_on"], text["first_seen"][:10]) == ("2026-02-20", "2026-03-01")
    assert len(duixian("quarantine", "--json").records) == 1


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("file,date\na.html,x\n", "unknown column date"),
        ("published\n2026\n", "a column file or url is needed"),
        ("file,level\na.html,county\n", "line 2: level must be one of"),
        ("file,url\n,\n", "line 2: neither file nor url is given"),
        ("file,at\na.html,yesterday\n", "line 2: at must be a time like"),
    ],
)
def test_a_manifest_that_is_wrong_is_refused_whole(
    duixian: Any, tmp_path: Path, rows: str, told: str
) -> None:
    meta = tmp_path / "meta.csv"
    meta.write_text(rows, encoding="utf-8")
    done = duixian("add", "--manifest", meta)
    assert done.status == 2 and told in done.err


@pytest.mark.usefixtures("patient")
def test_an_address_is_fetched_only_where_that_is_allowed(duixian: Any, site: Any) -> None:
    refused = duixian("add", f"{site.url}{NEWS[0][0]}")
    assert (refused.status == 1 and "inside a private network" in refused.err) or "web site" in refused.err
    assert site.log == []
    place = ("--district", "云川市澄湖区", "--level", "district")
    assert duixian("add", f"{site.url}{NEWS[0][0]}", "--private", *place).status == 0


@pytest.mark.usefixtures("patient")
def test_a_run_without_paths_looks_at_the_sources_that_are_due(
    duixian: Any, site: Any, tmp_path: Path
) -> None:
    folder = tmp_path / "var" / "sources"
    folder.mkdir(parents=True)
    facts = (
        "name: 澄湖要闻\nkind: list\nprivate: true\nplace: 云川市澄湖区\nlevel: district\n"
        f"address: {site.url}/news/\nentries: {{entry: ul.news li}}\n"
    )
    (folder / "chenghu-news.yml").write_text(facts + "verified: 2026-11-21\n", encoding="utf-8")
    (folder / "chenghu-other.yml").write_text(facts, encoding="utf-8")
    [summary] = duixian("run", "--direct", "--json").records
    assert summary["read"]["new"] >= 4
    before = len(site.log)
    duixian("run", "--direct", "--json")
    assert len(site.log) == before, "not due again, and the unverified one never"
    [look] = duixian(
        "ingest", "chenghu-other", "--since", NEWS[1][2], "--until", NEWS[2][2], "--direct", "--json"
    ).records
    assert look["texts"] == {"new": 2}, "of the archive only these days"
    assert "say from when on" in duixian("ingest", "chenghu-other", "--until", "2026", "--direct").err
    assert "no archive" in duixian("ingest", "shizhong-wechat", "--since", "2026", "--direct").err


@pytest.mark.usefixtures("patient")
def test_an_answer_tells_not_promised_from_not_observed(duixian: Any, site: Any, tmp_path: Path) -> None:
    folder = tmp_path / "var" / "sources"
    folder.mkdir(parents=True)
    (folder / "chenghu-news.yml").write_text(
        "name: 澄湖要闻\nkind: list\nprivate: true\nplace: 云川市澄湖区\nlevel: district\n"
        f"address: {site.url}/news/\nentries: {{entry: ul.news li}}\nverified: 2026-11-21\n",
        encoding="utf-8",
    )
    duixian("ingest", "chenghu-news", "--direct")
    asked = duixian("plan", "澄湖区", "2026")
    assert "not observed: chenghu-news not looked at before" in asked.err
    with open_ledger(tmp_path / "var" / "ledger.sqlite") as ledger:
        gaps = unseen(ledger, datetime.now(UTC))
        app = application(ledger, Options(language="en"))
        with TestClient(app, base_url="http://localhost", headers={"accept-language": "en"}) as site_of_it:
            page = site_of_it.get("/places/澄湖区?period=2019").text
            told = site_of_it.get("/api/scorecard?district=澄湖区&period=2019").json()
            then = "district=澄湖区&as_of=2019-06-30"
            for name in ("changes", "commitments", "documents", "due", "lineages"):
                lists = site_of_it.get(f"/api/{name}?{then}").json()
                assert "chenghu-news not looked at before" in lists["not_observed"][0], name
                assert "chenghu-news" in site_of_it.get(f"/{name}?{then}").text, name
                assert site_of_it.get(f"/api/{name}?district=澄湖区").json()["not_observed"] == [], name
            assert "chenghu-news" in site_of_it.get(f"/search?q=没有的词&{then}").text
    assert "nobody saw the sources of this place" in page and "chenghu-news" in page
    assert "chenghu-news not looked at before" in told["not_observed"][0]
    assert gaps("云川市澄湖区", 2019) == "chenghu-news ..2020-01-01" and gaps("云川市云溪区", 2019) == ""
    assert "has no edition 2019" in (none := duixian("plan", "澄湖区", "2019")).err
    assert "not observed: chenghu-news not looked at before" in none.err
    [entry] = duixian("changes", "--district", "澄湖区", "--json").records[:1]
    for words in (
        ("changes", "--district", "澄湖区", "--since", "2026-01"),
        ("show", entry["commitment"]["id"]),
        ("show", entry["commitment"]["id"], "--json"),
        ("scorecard", "澄湖区", "2026"),
    ):
        told = duixian(*words)
        assert "not observed: chenghu-news not looked at before" in told.err, words
    # A day ends the question: what its year is silent on was not seen, by whatever it is asked.
    then = ("--as-of", "2019-06-30")
    for words in (
        ("due", "--on", "2019-06-30", "--within", "365d", "--district", "澄湖区"),
        ("documents", "--district", "澄湖区", *then),
        ("commitments", "--district", "澄湖区", *then),
        ("search", "公园", "--district", "澄湖区", *then),
        ("lineage", "澄湖区", *then),
    ):
        told = duixian(*words, "--json")
        assert "not observed: chenghu-news not looked at before" in told.err, words
    told = duixian("changes", "--since", "2025")
    assert "not observed: chenghu-news not looked at before" in told.err
    assert "not observed" not in duixian("changes", "--district", "澄湖区").err, "no gap since the first look"


def test_the_example_of_the_guide_is_a_source() -> None:
    guide = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")
    [example] = re.findall(r"```yaml\n(.*?)```", guide, re.S)
    assert load(example, "chenghu-news.yml").spec.place == "云川市澄湖区"
