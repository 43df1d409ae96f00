"""Properties that hold for any set of texts: order, ids, evidence, replay."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracking.comparison import compare, replay
from tracking.derive import derive
from tracking.keys import statement_keys

SUBJECTS = [
    "城镇新增就业",
    "公共停车泊位",
    "旧村改造启动数",
    "地区生产总值增速",
    "学校和幼儿园建成数",
    "云帆科技园",
]
UNITS = ["个", "元", "%", "人", "所"]

ROWS = st.lists(
    st.tuples(
        st.sampled_from(["target", "action", "result", "framework"]),
        st.sampled_from(SUBJECTS),
        st.integers(1, 5),
        st.sampled_from(UNITS),
        st.sampled_from(["=", ">=", "~", "<="]),
        st.sampled_from([None, "2017", "2018", "2020", "2016..2020"]),
        st.sampled_from([None, "district", "city"]),
    ),
    min_size=1,
    max_size=8,
)
TEXTS = st.lists(st.tuples(st.integers(2016, 2021), ROWS), min_size=1, max_size=5)


@pytest.fixture(scope="module")
def build(invented):
    def made(texts):
        versions = []
        for number, (year, rows) in enumerate(texts):
            said = []
            for kind, subject, value, unit, op, period, level in rows:
                more = {"period": period, "level": level or "district"}
                if kind == "framework":
                    parts = [f"部分{i}" for i in range(value + 1)]
                    framework = invented.system(f"“{value}+4”工作思路", f"{value}+4", **{"4": parts})
                    said.append(invented.row(kind, f"以{framework.name}统领", framework=framework, **more))
                elif kind == "action":
                    said.append(invented.row(kind, f"建设{subject}", subject, project=subject, **more))
                else:
                    quantity = invented.amount(value, unit, op)
                    said.append(invented.row(kind, f"{subject}{value}{unit}", subject, quantity, **more))
            versions.append(invented.text(year, *said, name=str(number)))
        return versions

    return made


@settings(max_examples=60, deadline=None)
@given(texts=TEXTS, seed=st.integers(0, 9))
def test_order_of_arrival_changes_nothing(build, texts, seed):
    versions = build(texts)
    shuffled = random.Random(seed).sample(versions, len(versions))
    assert derive(versions) == derive(shuffled)
    assert derive([*versions, *versions]) == derive(versions)


@settings(max_examples=60, deadline=None)
@given(texts=TEXTS)
def test_all_evidence_is_cut_from_the_texts_and_ids_are_unique(build, texts):
    versions = build(texts)
    sources = {v.sha256: v for v in versions}
    keys = {k for v in versions for k in statement_keys(v.sha256, v.reading.statements)}
    derived = derive(versions)
    for found in derived:
        ids = [c.id for c in found.changes]
        assert len(ids) == len(set(ids))
        commitments = [c.id for c in found.commitments]
        assert len(commitments) == len(set(commitments))
        for change in found.changes:
            assert change.evidence and change.about in keys and change.commitment in set(commitments)
            for evidence in change.evidence:
                text = sources[evidence.sha256].reading.source.text
                assert evidence.quote == "".join(text[s:e] for s, e in evidence.spans)
        for commitment in found.commitments:
            assert all(member.key in keys for member in commitment.members)


@settings(max_examples=60, deadline=None)
@given(texts=TEXTS)
def test_no_text_is_accused_by_absence(build, texts):
    for found in derive(build(texts)):
        assert not [c for c in found.changes if c.change in ("dropped", "unreported")]


TOLD = st.fixed_dictionaries(
    {
        "value": st.integers(1, 9).map(str),
        "op": st.sampled_from(["=", ">=", "~", "<="]),
        "unit": st.just("个"),
    },
    optional={
        "modality": st.sampled_from(["确保", "力争", "完成"]),
        "due": st.sampled_from(["2020", "2025"]),
        "goal": st.sampled_from(["国内一流", "全省领先"]),
        "components": st.lists(st.sampled_from("甲乙丙丁戊"), unique=True, min_size=1),
        "listed": st.just("all"),
    },
)


@settings(max_examples=200, deadline=None)
@given(tellings=st.lists(TOLD, min_size=2, max_size=6))
def test_replaying_the_deltas_from_the_first_telling_gives_the_last_state(tellings):
    state = replayed = tellings[0]
    for told in tellings[1:]:
        _, fields, state = compare(state, told)
        replayed = replay(replayed, fields)
    assert replayed | {"listed": None} == state | {"listed": None}
    last = tellings[-1]
    assert state["value"] == last["value"]


@settings(max_examples=100, deadline=None)
@given(told=TOLD)
def test_the_same_terms_are_no_difference(told):
    assert compare(told, told) == (False, [], told)


def test_keys_tell_statements_of_one_place_apart_and_depend_on_the_version(build):
    (version,) = build([(2018, [("action", "云帆科技园", 1, "个", "=", None, None)])])
    (statement,) = version.reading.statements
    first, second = statement_keys("a" * 64, [statement, statement])
    assert first != second
    assert statement_keys("b" * 64, [statement]) != [first]
    assert statement_keys("a" * 64, [statement]) == [first]


def test_time_grows_linearly_with_editions(invented):
    def place(editions):
        texts = []
        for year in range(2000, 2000 + editions):
            said = [
                invented.row(
                    "target",
                    f"建设第{i}类{chr(0x4E00 + 37 * i)}{chr(0x5000 + 91 * i)}设施",
                    "",
                    invented.amount(year % 7 + 1),
                )
                for i in range(100)
            ]
            texts.append(invented.text(year, *said))
        return texts

    def seconds(versions):
        best = 9e9
        for _ in range(3):
            begin = time.process_time()
            derive(versions)
            best = min(best, time.process_time() - begin)
        return best

    seconds(place(2))
    small, large = seconds(place(8)), seconds(place(32))
    assert large < 4 * small * 2.5
