"""Samples that people read: verdicts are kept with offsets, and counted as they were given."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.accusations import as_data as of_accusations
from benchmarks.links import as_data, drawn, recall
from benchmarks.samples import Row, cite, cited, load, marked, tally, write
from tracking.rates import accused, measured

SAMPLES = Path(__file__).parents[2] / "docs/samples"
SHA = "a" * 64


def row(number, group="missed stated", verdict="", place="云川市", **more):
    words = cite(SHA, [(3, 9), (12, 20)])
    return Row(
        number,
        f"id{number}",
        group,
        place,
        "2019",
        "2020",
        words,
        "",
        "",
        SHA,
        "why",
        verdict=verdict,
        **more,
    )


def test_a_sample_keeps_its_verdicts_in_a_file(tmp_path):
    rows = marked([row(1), row(2)], ["# read on a Saturday", "", "2 wrong told in sum", "1 right"])
    write(tmp_path / "s.tsv", rows)
    again = load(tmp_path / "s.tsv")
    assert again == rows
    assert [(r.verdict, r.note) for r in again] == [("right", ""), ("wrong", "told in sum")]
    assert cited(again[0].old) == [(SHA, [(3, 9), (12, 20)])]


@pytest.mark.parametrize("line", ["one right", "1 perhaps", "1"])
def test_a_line_that_gives_no_verdict_is_refused(line):
    with pytest.raises(ValueError, match="NUMBER"):
        marked([row(1)], [line])


def test_only_what_was_read_is_counted_and_unclear_is_not_right():
    lines = tally([row(1, verdict="right"), row(2, verdict="unclear"), row(3)], still={"id1"})
    assert lines[2].startswith("| missed stated | 1 | 2 | 1 | 0 | 1 | 50.0% |")
    assert lines[3].startswith("| missed stated, said today | 1 | 1 | 1 | 0 | 0 | 100.0% |")


def test_recall_weighs_each_row_by_what_it_stands_for():
    rows = [
        row(1, "made target", "right", weight=10.0),
        row(2, "made target", "wrong", weight=10.0),
        row(3, "near target", "right", weight=30.0),
        row(4, "near target", "wrong", weight=30.0),
        row(5, "near action", "wrong", weight=99.0),
    ]
    assert recall(rows, "target") == recall(rows, "target", proposed=True) == 10 / 40
    rows += [row(6, "asked target", "right", weight=20.0), row(7, "asked target", "wrong", weight=7.0)]
    rows += [row(8, "asked target", "wrong", weight=40.0, note="lost: another road")]
    assert recall(rows, "target") == 10 / 100
    assert recall(rows, "target", proposed=True) == 30 / 100
    rows.append(row(9, "near target", "wrong", weight=100.0, note="not read: a road"))
    assert recall(rows, "target", read=True) == 10 / 100 and recall(rows, "target") == 10 / 200
    assert recall([]) is None


def test_no_place_gives_more_than_a_tenth_and_the_same_seed_the_same_sample():
    rows = [row(n, "made target", place=f"云川市{n % 4}区") for n in range(400)]
    sample = drawn(rows, 1, {"made": 40, "asked": 0, "near": 0})
    assert sample == drawn(rows[::-1], 1, {"made": 40, "asked": 0, "near": 0})
    assert len(sample) == 16 and {s.weight for s in sample} == {25.0}


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.tsv")), ids=lambda p: p.name)
def test_published_samples_name_words_by_hash_and_offsets(path):
    for one in load(path):
        for words in (one.old, one.new, one.near):
            assert all(len(sha) == 64 and spans for sha, spans in cited(words))


def test_scorecards_allow_for_the_error_that_was_read():
    told = (Path(measured.__wrapped__.__code__.co_filename).parent / "data/link_error.yml").read_text("utf-8")
    rows = next(load(SAMPLES / name) for name in ("links.tsv", "links-first.tsv") if _read(SAMPLES / name))
    assert all(line in told.splitlines() for line in as_data(rows)), as_data(rows)


def test_scorecards_allow_for_accusations_that_did_not_hold():
    told = (Path(accused.__wrapped__.__code__.co_filename).parent / "data/accusation_error.yml").read_text(
        "utf-8"
    )
    assert [line for line in told.splitlines() if line[0] != "#"] == of_accusations(
        load(SAMPLES / "second.tsv")
    )


@pytest.mark.parametrize(
    ("page", "sample"),
    [
        *(
            ("accusations.md", f"{name}.tsv")
            for name in ("accusations", "dropped", "second", "silences", "missed", "census")
        ),
        ("links.md", "links.tsv"),
    ],
)
def test_pages_give_what_was_read(page, sample):
    told = (SAMPLES.parent / page).read_text("utf-8").splitlines()
    assert [line for line in tally(load(SAMPLES / sample)) if line not in told] == []


def _read(path):
    return path.exists() and all(row.verdict for row in load(path))
