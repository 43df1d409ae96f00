"""The unsure links hold the sure ones: what joins is the same whether one proposes both or only these."""

from __future__ import annotations

import pytest

from parsers.read import read
from parsers.reading import Declared
from tracking.decisions import Decisions
from tracking.derive import mentions_told
from tracking.keys import digest
from tracking.links import propose
from tracking.model import Version
from tracking.objects import UNSURE
from tracking.threads import threads_of


@pytest.fixture(scope="module")
def versions(examples):
    declared = Declared(district="云川市澄湖区", level="district")
    files = sorted(
        f for f in examples.iterdir() if f.suffix in (".txt", ".html") or f.name.startswith("2020")
    )
    return [
        Version(digest(f.name), f.name, read(f.read_bytes(), f.name, declared))
        for f in files
        if not f.name.endswith(".yml")
    ]


def test_threads_do_not_depend_on_whether_unsure_links_are_proposed(versions):
    told = list(mentions_told(versions, Decisions({v.sha256: v for v in versions}, ())))
    assert any(len(mentions) > 20 for _, mentions in told)
    for _, mentions in told:
        every = list(propose(mentions, UNSURE))
        assert threads_of(mentions, every) == threads_of(mentions, propose(mentions))
