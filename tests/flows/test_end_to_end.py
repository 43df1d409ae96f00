"""The whole path on the invented examples: the log, its evidence, and that nothing depends on arrival."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

KEYS = {
    "id", "change", "grade", "reviewed", "district", "place_code", "level", "commitment", "edition_from",
    "edition_to", "fields", "evidence", "searched", "said_on", "recorded_at", "run", "cause", "superseded_by",
    "entry_hash",
}  # fmt: skip
CLOCKED = {"recorded_at", "run", "entry_hash"}


def log(duixian, ledger, *options):
    return [
        {key: value for key, value in entry.items() if key not in CLOCKED}
        for entry in duixian("changes", "--db", ledger, "--json", *options).records
    ]


@pytest.fixture
def demo(duixian, examples, tmp_path):
    """A ledger with the examples in it."""
    ledger = tmp_path / "demo.sqlite"
    done = duixian("run", "--direct", "--db", ledger, examples)
    assert done.status == 0, done.err
    return ledger


def test_the_run_ends_with_figures_and_where_to_look(duixian, examples, tmp_path):
    done = duixian("run", "--direct", "--db", tmp_path / "d.sqlite", examples)
    for word in (
        "statements:",
        "commitments:",
        "changes:",
        "ledger:",
        "digest preview:",
        "next:",
        "invented",
    ):
        assert word in done.out
    assert max(map(len, done.out.splitlines())) <= 200


def test_entries_have_the_promised_keys_and_say_that_they_are_a_demo(duixian, demo):
    entries = duixian("changes", "--db", demo, "--json").records
    assert entries
    for entry in entries:
        assert set(entry) >= KEYS
        assert entry["demo"] is True
        assert set(entry["commitment"]) >= {"id", "title", "kind", "subject", "life"}


def test_the_examples_show_each_kind_of_change(duixian, demo):
    entries = duixian("changes", "--db", demo, "--all", "--json").records
    kinds = {entry["change"] for entry in entries}
    assert kinds >= {"new", "restated", "changed", "conflict", "fulfilled", "reported"}
    (conflict,) = [entry for entry in entries if entry["change"] == "conflict"]
    assert conflict["commitment"]["title"] == "四梁八柱"
    assert conflict["edition_from"] == conflict["edition_to"] == "2021"
    named = [(e["called"], e["commitment"]["title"]) for e in entries if "called" in e]
    assert [pair for pair in named if pair[1].startswith(f"{pair[0]}·")] == [], (
        "a digit's thread is no rename"
    )


def test_each_example_has_the_year_that_its_readme_gives_it(duixian, demo, examples):
    said = {
        row.split("`")[1]: row.split("|")[2].split()[0].rstrip(":：,")
        for row in (examples / "README.md").read_text(encoding="utf-8").splitlines()
        if row.startswith("| `")
    }
    dated = {
        d["document"].split("/")[-1]: d["dated"] for d in duixian("documents", "--db", demo, "--json").records
    }
    assert set(said) == set(dated)
    assert {name: clue["value"] for name, clue in dated.items()} | {"2019-02-reprint.txt": "as"} == said
    assert all(clue["why"] for clue in dated.values())


def test_what_a_company_plans_is_nobodys_promise(duixian, demo):
    entries = duixian("changes", "--db", demo, "--all", "--json").records
    assert not [e for e in entries if "公司" in e["commitment"]["title"]]


def test_every_quote_is_the_raw_text_at_its_offsets(duixian, demo, examples):
    from flows.inputs import from_paths
    from parsers.read import read
    from parsers.reading import Declared

    sources = {}
    for text in from_paths([examples], Declared()):
        sources[text.path.name] = read(text.content(), text.path.name, text.declared()).source.text
    for entry in duixian("changes", "--db", demo, "--all", "--json").records:
        assert entry["evidence"]
        for piece in entry["evidence"]:
            raw = sources[Path(piece["document"]).name]
            assert piece["quote"] == "".join(raw[start:end] for start, end in piece["spans"])


def test_running_again_adds_nothing_and_shows_the_same_log(duixian, demo, examples):
    before = duixian("changes", "--db", demo, "--all", "--json").out
    again = duixian("run", "--direct", "--db", demo, "--json", examples)
    assert (again.records[0]["recorded"], again.records[0]["withdrawn"]) == ({}, {})
    assert set(again.records[0]["read"]) == {"unchanged"}
    assert duixian("changes", "--db", demo, "--all", "--json").out == before


@pytest.mark.parametrize("seed", [1, 2])
def test_one_by_one_in_any_order_gives_the_same_log(duixian, demo, examples, tmp_path, seed):
    texts = sorted(p for p in examples.iterdir() if p.suffix != ".yml" and p.name != "README.md")
    random.Random(seed).shuffle(texts)
    other = tmp_path / "other.sqlite"
    for text in texts:
        assert duixian("run", "--direct", "--db", other, text).status == 0
    assert sorted(log(duixian, other), key=lambda e: e["id"]) == sorted(
        log(duixian, demo), key=lambda e: e["id"]
    )


def test_a_demo_ledger_takes_no_real_text_and_the_other_way_round(duixian, demo, examples, tmp_path):
    real = tmp_path / "real"
    shutil.copytree(examples, real)
    refused = duixian("run", "--direct", "--db", demo, real)
    assert refused.status == 2
    assert "demo" in refused.err
    ledger = tmp_path / "real.sqlite"
    assert duixian("run", "--direct", "--db", ledger, real).status == 0
    assert duixian("run", "--direct", "--db", ledger, examples).status == 2


def test_commands_answer_from_the_ledger(duixian, demo):
    documents = duixian("documents", "--db", demo, "--json").records
    assert {d["district"] for d in documents} == {"云川市澄湖区"}
    commitments = duixian("commitments", "--db", demo, "--district", "澄湖区", "--json").records
    one = max(commitments, key=lambda c: len(c["editions"]))
    (story,) = duixian("show", one["id"][:12], "--db", demo, "--json").records
    assert story["id"] == one["id"]
    assert story["statements"] and story["changes"]
    old, new = one["editions"][:2]
    assert duixian("plan", "澄湖区", new, "--db", demo, "--json").records[0]["statements"]
    compared = duixian("plan", "澄湖区", new, "--against", old, "--db", demo, "--json").records
    assert one["id"] in {entry["commitment"]["id"] for entry in compared}
    for words in (["documents"], ["commitments"], ["changes"], ["show", one["id"]], ["plan", "澄湖区", new]):
        done = duixian(*words, "--db", demo)
        assert done.status == 0
        assert max(cells(line) for line in done.out.splitlines()) <= 80


def cells(line: str) -> int:
    """Columns that a line takes on a terminal."""
    from rich.cells import cell_len

    return cell_len(line)


def test_an_ambiguous_place_is_asked_back_with_the_candidates(duixian, tmp_path):
    for name, place in (("a", "青禾市云溪区"), ("b", "白川市云溪区")):
        (tmp_path / f"{name}.txt").write_text("今年新建口袋公园12处，改造老旧小区18个。\n", encoding="utf-8")
        (tmp_path / f"{name}.txt.meta.yml").write_text(
            f"district: {place}\nlevel: district\npublished: 2031-01\n", encoding="utf-8"
        )
    ledger = tmp_path / "l.sqlite"
    assert duixian("run", "--direct", "--db", ledger, tmp_path / "a.txt", tmp_path / "b.txt").status == 0
    done = duixian("changes", "--db", ledger, "--district", "云溪区")
    assert done.status == 2
    assert "青禾市云溪区" in done.err and "白川市云溪区" in done.err
    assert duixian("changes", "--db", ledger, "--district", "青禾市云溪区").status == 0


def test_dates_bound_the_log(duixian, demo):
    everything = log(duixian, demo)
    early = duixian("changes", "--db", demo, "--json", "--as-of", "2019-12-31")
    assert 0 < len(early.records) < len(everything)
    assert all(entry["said_on"] and entry["said_on"][:4] <= "2019" for entry in early.records)
    undated = sum(entry["said_on"] is None for entry in everything)
    assert undated == 0 or f"{undated} entries without a date" in early.err


def test_the_digest_preview_lies_where_the_run_says(duixian, demo, tmp_path):
    page = tmp_path / "var" / "digest-preview.html"
    assert "invented" in page.read_text(encoding="utf-8")
    (named,) = duixian("digest", "preview", "--db", demo, "--out", tmp_path / "out", "--json").records
    assert Path(named["html"]).read_bytes() == page.read_bytes()


def test_parse_prints_the_promised_keys(duixian, examples):
    done = duixian("parse", "--json", examples)
    assert done.status == 0
    keys = {
        "doc", "kind", "start", "end", "spans", "quote", "text", "subject", "quantities", "absent", "base",
        "period", "project", "district", "level", "issuer", "authority", "modality", "vintage", "framework",
        "rule",
    }  # fmt: skip
    assert {r["kind"] for r in done.records} == {"target", "action", "result", "framework"}
    assert all(set(r) >= keys for r in done.records)


def test_a_run_that_brings_nothing_new_ends_with_the_same_figures_and_leaves_the_preview(duixian, tmp_path):
    text, other = tmp_path / "a.txt", tmp_path / "b.txt"
    text.write_text("2029年，澄湖区将新建口袋公园8个。", encoding="utf-8")
    other.write_text("2029年，澄湖区将新建停车场3个。", encoding="utf-8")
    page = tmp_path / "var" / "digest-preview.html"

    def run(ledger, *paths):
        place = ("--district", "云川市澄湖区", "--level", "district")
        told = duixian("run", "--direct", "--json", *place, "--db", tmp_path / ledger, *paths)
        return told.records[0], page.stat().st_mtime_ns, page.read_bytes()

    first, made, shown = run("a.sqlite", text)
    again, left, _ = run("a.sqlite", text)
    held = ("documents", "statements", "commitments", "changes", "quarantined", "digest")
    assert [again[name] for name in held] == [first[name] for name in held]
    assert left == made
    page.unlink()
    assert run("a.sqlite", text)[2] == shown, "a preview that is gone is made again"
    assert run("b.sqlite", other)[2] != shown
    assert run("a.sqlite", text)[2] == shown, "another ledger's preview is no preview of this one"
    more, _, _ = run("a.sqlite", text, other)
    assert more["documents"] == 2
