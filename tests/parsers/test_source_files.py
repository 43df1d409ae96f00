"""A source's file is strict: what it says counts, what it misspells is refused in a sentence that helps."""

from __future__ import annotations

import json
import runpy
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from parsers.sources.loading import KINDS, SourceFault, load
from parsers.sources.spec import PlanLineage
from parsers.sources.values import days
from tracking.model import Lineage

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = sorted((ROOT / "parsers" / "sources").glob("*.yml"))

GOOD: dict[str, Any] = {
    "name": "云川市澄湖区 要闻",
    "kind": "list",
    "address": "https://example.org/news/",
    "entries": {"entry": "ul li"},
}


def told(facts: dict[str, Any], name: str = "chenghu.yml") -> str:
    with pytest.raises(SourceFault) as fault:
        load(yaml.safe_dump(facts, allow_unicode=True), name)
    return str(fault.value)


def test_a_file_with_the_least_that_is_needed() -> None:
    source = load(yaml.safe_dump(GOOD, allow_unicode=True), "sources/chenghu.yml")
    assert (source.id, source.spec.kind, source.spec.verified) == ("chenghu", "list", None)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"rythm": {"look": "1d"}}, "chenghu.yml: rythm is no key of a list source: did you mean rhythm?"),
        (
            {"entries": {"entry": "li", "titel": "b"}},
            "entries.titel is no key of a list source: did you mean title?",
        ),
        ({"xyz": 1}, "xyz is no key of a list source: known are"),
        ({"kind": "lst"}, "kind must be one of list, paged_list, json"),
        ({"kind": None}, "kind must be one of"),
        ({"address": "ftp://x/"}, "address"),
        ({"entries": None}, "entries"),
        ({"entries": {"entry": "ul[li"}}, "entries.entry: 'ul[li' is no CSS selector"),
        (
            {"rhythm": {"look": "daily"}},
            "rhythm.look: 'daily' is no span: write a number and h, d, w, m or y, as 7d",
        ),
        ({"encoding": "gbk2"}, "encoding: 'gbk2' is no encoding of the web"),
        ({"only": {"title": "(("}}, "only.title: '((' is no regular expression"),
        ({"ignore": [{"why": "x"}]}, "ignore.0: give either title or address"),
        ({"level": "county"}, "level"),
        ({"name": "TODO 澄湖要闻"}, "name: still says TODO"),
        ({"rate": {"pause": -1}}, "rate.pause"),
        ({"verified": "yesterday"}, "verified"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_key(change: dict[str, Any], sentence: str) -> None:
    assert sentence in told({**GOOD, **change})


def test_a_missing_key_is_named() -> None:
    assert "entries is missing" in told({k: v for k, v in GOOD.items() if k != "entries"})


@pytest.mark.parametrize("name", ["Chenghu.yml", "澄湖.yml", "-x.yml", "a b.yml"])
def test_names_that_documents_could_not_be_filed_under_are_refused(name: str) -> None:
    assert "the file's name is the source's" in told(GOOD, name)


@pytest.mark.parametrize("text", ["- a\n", "name: [\n", "", "name: a\nname: b\n"])
def test_what_is_no_mapping_is_refused(text: str) -> None:
    with pytest.raises(SourceFault, match=r"chenghu\.yml"):
        load(text, "chenghu.yml")


def test_lists_are_fetched_whole_once_they_are_read_otherwise() -> None:
    """And only then: another rate or rhythm reads the same list."""
    before = load(yaml.safe_dump(GOOD), "a.yml").spec_sha256
    slower = load(yaml.safe_dump({**GOOD, "rate": {"pause": 9}, "verified": "2026-03-01"}), "a.yml")
    other = load(yaml.safe_dump({**GOOD, "entries": {"entry": "dl dd"}}), "a.yml")
    assert slower.spec_sha256 == before != other.spec_sha256


def test_spans_are_days() -> None:
    assert [days(span) for span in ("12h", "1d", "2w", "1y")] == [0.5, 1, 14, 365.25]


def test_lineages_are_those_that_are_tracked() -> None:
    assert set(get_args(PlanLineage)) <= set(get_args(Lineage))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_sources_are_sound_and_say_whether_anybody_verified_them(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    source = load(text, path.name)
    assert text.startswith("#"), "a runbook in comments"
    on_the_web = source.on_the_web is not None
    assert on_the_web <= (source.spec.verified is None), "no live site was at hand"
    assert on_the_web <= ("NOT VERIFIED against the live site" in text)


def test_the_schema_for_editors_is_current_and_knows_every_kind() -> None:
    module = runpy.run_path(str(ROOT / "deployments" / "source_schema.py"))
    assert module["TARGET"].read_text(encoding="utf-8") == module["reference"]()
    schema = json.loads(module["reference"]())
    assert set(schema["discriminator"]["mapping"]) == set(KINDS)


def test_every_key_is_explained_where_a_newcomer_reads() -> None:
    guide = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")
    for kind, model in KINDS.items():
        for key in model.model_fields:
            assert f"`{key}`" in guide, f"{kind}: {key}"
