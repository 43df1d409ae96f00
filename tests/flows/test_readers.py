"""When reading is shared out to processes: by how much text there is, not by how many files."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from flows import readers
from flows.inputs import from_paths
from flows.spool import ReadText
from parsers.reading import Declared, Reading


def written(folder: Path, texts: int, size: int) -> list[Path]:
    for number in range(texts):
        line = f"{2018 + number}年，云川市澄湖区新建学校{number + 2}所。\n"
        content = (line * (size // len(line.encode()) + 1)).encode()
        (folder / f"{number:03}.txt").write_bytes(content[:size])
    return [folder]


@pytest.mark.parametrize(
    ("texts", "size", "shared_out"),
    [(3, 800_000, True), (200, 2_000, False), (1, 3_000_000, False), (0, 0, False)],
    ids=["few long ones", "many short ones", "a single one", "none"],
)
def test_processes_are_started_for_much_text(tmp_path, monkeypatch, texts, size, shared_out):
    monkeypatch.setattr(readers.os, "cpu_count", lambda: 2)
    with readers.processes(from_paths(written(tmp_path, texts, size), Declared())) as pool:
        assert (pool is not None) == shared_out


def test_one_core_reads_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(readers.os, "cpu_count", lambda: 1)
    with readers.processes(from_paths(written(tmp_path, 3, 800_000), Declared())) as pool:
        assert pool is None


def test_a_text_that_is_not_there_weighs_nothing(tmp_path):
    (missing,) = from_paths([tmp_path / "none.txt"], Declared())
    assert missing.size() == 0


def test_processes_read_what_one_reads(tmp_path, monkeypatch):
    monkeypatch.setattr(readers, "MUCH", 10_000)
    monkeypatch.setattr(readers.os, "cpu_count", lambda: 2)
    inputs = from_paths(written(tmp_path, 5, 4_000), Declared())
    alone = readers.read_texts(inputs)
    with readers.processes(inputs) as pool:
        assert pool is not None
        together = readers.read_texts(inputs, pool)
    assert [outcome(text) for text in together] == [outcome(text) for text in alone]


def outcome(text: ReadText) -> Reading | str:
    said = pickle.loads(text.packed).outcome
    return said if isinstance(said, Reading) else str(said)
