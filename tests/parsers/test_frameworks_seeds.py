"""The systems that the seed articles name are found in each of them, with as many parts as are listed."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.extraction import extract
from parsers.frameworks import find_frameworks
from parsers.layout import repair

NAMED: dict[str, dict[str, tuple[int, ...]]] = {
    "000": {
        "123456": (),
        "四大强区": (4,),
        "四个确保": (4,),
        "有效落实年": (),
        "四梁八柱": (4, 8),
        "六有": (6,),
        "一带一城": (),
        "345": (1, 1, 1),
        "三办一回访": (),
    },
    "001": {
        "五大聚焦": (),
        "五大动力": (),
        "一带一城": (1, 1),
        "五个一": (5,),
        "四集成": (4,),
        "服务提升年": (),
    },
    "002": {
        "五个济南": (),
        "东强西兴南美北起中优": (1, 1, 1, 1, 1),
        "四梁八柱": (4, 8),
        "有效落实年": (),
        "345": (),
        "1+9+N+1": (),
    },
    "003": {
        "十个新变化": (10,),
        "1234": (1, 2, 3, 4),
        "四大强区": (4,),
        "六库": (2,),
        "1+3": (),
        "四位一体": (4,),
        "八个一": (),
        "1260": (),
        "1+454": (),
        "1+446": (1, 4, 4, 6),
        "6项重点工作": (6,),
        "十大大动作": (10,),
        "六位一体": (6,),
    },
    "004": {
        "1+474": (),
        "攻坚突破年": (),
        "1+456": (1, 4, 5, 6),
        "五大动力": (5,),
        "六项重点工作": (6,),
        "2+3": (1, 1),
        "五破五立": (5, 5),
    },
}


@pytest.mark.parametrize("seed", sorted(NAMED))
def test_a_seeds_systems(shared: Path, seed: str) -> None:
    (path,) = (shared / "seeds").glob(f"{seed}_*")
    body = repair(extract(path.read_bytes(), path.name))
    found = {}
    for mention in find_frameworks(body.paragraphs):
        name = mention.framework.name.replace("、", "")
        found[name] = tuple(len(c.items) for c in mention.framework.components)
    for name, counts in NAMED[seed].items():
        matching = [parts for full, parts in found.items() if full.startswith(name)]
        assert matching == [counts], (name, sorted(found))
