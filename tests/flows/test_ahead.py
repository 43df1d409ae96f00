"""What other processes conclude ahead is what this one would conclude, and only used where it is."""

from __future__ import annotations

import io
import pickle
from concurrent.futures import Executor, Future
from dataclasses import replace

import pytest

from flows import core, readers
from flows.ahead import Ahead, conclude_ahead
from flows.inputs import from_paths
from flows.jobs import Job
from flows.ledgers import Choice
from parsers.reading import Declared
from storage.conclusions import Conclusions
from storage.export import export_current
from storage.ledger import open_ledger
from tracking.derive import derive
from tracking.model import Version


class Here(Executor):
    """Does the work at once."""

    def submit(self, work, /, *given):
        future: Future = Future()
        future.set_result(work(*given))
        return future


@pytest.fixture
def two_places(tmp_path):
    """Reports of two districts over three years."""
    folder = tmp_path / "texts"
    for code, place in enumerate(("澄湖区", "临江区")):
        for year in (2018, 2019, 2020):
            (folder / place).mkdir(parents=True, exist_ok=True)
            text = (
                f"{place}{year}年政府工作报告\n\n{year}年，新建学校{code + 2}所，改造道路{year - 2008}条。\n"
            )
            (folder / place / f"{year}.txt").write_text(text, encoding="utf-8")
            declared = f"district: 云川市{place}\nlevel: district\npublished: {year}-01-10\n"
            (folder / place / f"{year}.txt.meta.yml").write_text(declared, encoding="utf-8")
    return folder


def run(folder, path, monkeypatch, pool):
    """The current export after a run in which `pool` concludes ahead."""
    monkeypatch.setattr(core, "processes", lambda texts: _given(pool))
    choice = Choice(str(path), str(path), "asked")
    texts = tuple(from_paths([folder], Declared()))
    core.work(Job(texts, choice, "real", standard=False), version="p")
    stream = io.StringIO()
    with open_ledger(path) as ledger:
        export_current(ledger, stream)
    return stream.getvalue()


class _given:  # noqa: N801 - used like a function
    def __init__(self, pool):
        self.pool = pool

    def __enter__(self):
        return self.pool

    def __exit__(self, *_):
        return None


def test_a_run_that_concludes_ahead_gives_the_same_ledger(two_places, tmp_path, monkeypatch):
    alone = run(two_places, tmp_path / "alone.db", monkeypatch, None)
    used = []
    monkeypatch.setattr(Ahead, "known", _counting(Ahead.known, used))
    ahead = run(two_places, tmp_path / "ahead.db", monkeypatch, Here())
    assert any(used)
    assert ahead == alone


def _counting(known, used):
    def counted(self, versions):
        found = known(self, versions)
        used.append(found is not None)
        return found

    return counted


def packed(examples, *names):
    texts = [one for one in from_paths([examples], Declared()) if one.path.name in names]
    return [text.packed for text in readers.read_texts(texts)]


def versions_of(texts):
    arrivals = [pickle.loads(text) for text in texts]
    found = [Version(_sha(a), a.document_id, a.outcome) for a in arrivals]
    return sorted(found, key=lambda v: v.sha256)


def _sha(arrival):
    from hashlib import sha256

    return sha256(arrival.content).hexdigest()


def test_an_answer_for_other_texts_is_not_used(examples):
    texts = packed(examples, "2018-01-interview.txt", "2019-01-plenum.txt", "2020-01-report.md")
    asked = versions_of(texts)
    code = asked[0].reading.place.code
    fewer = Ahead(Here(), [(code, texts[:2])])(asked)
    assert fewer == derive(asked)
    other = [replace(asked[0], supersedes="0" * 64), *asked[1:]]
    assert Ahead(Here(), [(code, texts)])(other) == derive(other)
    assert isinstance(Ahead(Here(), [(code, texts)])(asked), Conclusions)


def test_where_no_answer_can_be_written_the_ledger_concludes(examples, tmp_path):
    texts = packed(examples, "2020-01-report.md")
    assert conclude_ahead(texts, str(tmp_path / "gone" / "answer")) is None
    assert conclude_ahead(texts, str(tmp_path / "answer")) == (conclude_ahead(texts)[0], b"")


def test_one_document_twice_is_left_to_the_ledger(examples):
    [text] = packed(examples, "2020-01-report.md")
    assert conclude_ahead([text, text]) is None


def test_a_process_that_was_ended_costs_time_only(examples):
    from concurrent.futures.process import BrokenProcessPool

    class Broken(Executor):
        def submit(self, work, /, *given):
            future: Future = Future()
            future.set_exception(BrokenProcessPool("ended"))
            return future

    texts = packed(examples, "2018-01-interview.txt", "2020-01-report.md")
    asked = versions_of(texts)
    assert Ahead(Broken(), [(asked[0].reading.place.code, texts)])(asked) == derive(asked)
