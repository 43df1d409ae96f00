"""Parts of a system that may have come back under another name are proposed, not equated."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracking.derive import derive
from tracking.renames import renames

PARTS = st.lists(st.text("城乡建设招引商资双治理改革", min_size=2, max_size=5), max_size=5, unique=True)


@pytest.mark.parametrize(
    ("removed", "added", "kept", "expected"),
    [
        (["招商引资"], ["双招双引"], ["民生改善"], [("招商引资", "双招双引")]),
        (
            ["经济发展", "城市建设", "招商引资"],
            ["动能转换", "城乡建设", "双招双引"],
            ["城市治理"],
            [("城市建设", "城乡建设"), ("招商引资", "双招双引")],
        ),
        (["教育强区"], ["生态强区"], ["人才强区", "产业强区"], []),
        (["BIM和CAE工业软件"], ["互联网出海和BIM"], [], []),
        (["招商引资"], [], ["民生改善"], []),
        (["湖滨新城"], ["湖滨新区", "湖畔新城"], [], []),
        (["东湾新城"], ["城市更新"], [], []),
    ],
)
def test_what_is_proposed_as_renamed(removed, added, kept, expected):
    assert list(renames(removed, added, kept)) == expected


@given(PARTS, PARTS, PARTS)
def test_each_part_is_renamed_at_most_once_and_the_same_either_way(removed, added, kept):
    found = renames(removed, added, kept)
    assert len({a for a, _ in found}) == len(found) == len({b for _, b in found})
    assert all(a in removed and b in added for a, b in found)
    assert {(b, a) for a, b in renames(added, removed, kept)} == set(found)


def test_a_rename_is_told_with_the_change_and_leaves_it_one(invented):
    def system(year, *parts):
        words = "“三件大事”" + "、".join(parts)
        made = invented.system("三件大事", "3", _3=parts)
        return invented.text(year, invented.row("framework", words, framework=made))

    texts = [
        system(2018, "招商引资", "城市更新", "乡村治理"),
        system(2019, "双招双引", "城市更新", "乡村治理"),
    ]
    [entry] = [c for d in derive(texts) for c in d.changes if c.change == "changed"]
    [parts] = [f for f in entry.fields if f.field == "components"]
    assert (parts.removed, parts.added) == (("招商引资",), ("双招双引",))
    assert parts.renamed == (("招商引资", "双招双引"),)
