"""What people say means the same in a place is linked and looked for as one, and shown as printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from parsers.reading import Clue
from tracking.aliases import Aliases
from tracking.derive import derive
from tracking.rulings import Cited, Ruling

AT = datetime(2026, 5, 1, tzinfo=UTC)


def at(version, number=0):
    return Cited(version.sha256, version.reading.statements[number].spans)


def alias(word, means, *cited, holds=True):
    body = {"word": word, "means": means, "holds": holds}
    return Ruling("alias", tuple(cited), "甲", "一回事", AT, body)


@pytest.fixture
def nests(invented):
    """A yearly figure of one thing, under another name each year."""

    def told(year, name, value, **more):
        row = invented.row("target", f"{name}{value}个", name, invented.amount(value), base="flow", **more)
        return invented.text(year, row)

    return told


def story(versions, *rulings):
    return sorted(
        (c.change, c.edition_from, c.edition_to) for d in derive(versions, rulings) for c in d.changes
    )


def test_two_names_are_one_commitment_once_a_person_says_so(nests):
    texts = [nests(2018, "雏鹰营地", 3), nests(2019, "小微苗圃", 5)]
    assert [kind for kind, *_ in story(texts)] == ["new", "new"]
    ruling = alias("小微苗圃", "雏鹰营地", at(texts[1]), at(texts[0]))
    assert story(texts, ruling) == [("changed", "2018", "2019"), ("new", None, "2018")]
    taken_back = Ruling("revoke", (), "甲", "误判", AT, {}, ruling.id)
    assert story(texts, ruling, taken_back) == story(texts)


def test_the_later_word_on_two_names_wins(nests):
    texts = [nests(2018, "雏鹰营地", 3), nests(2019, "小微苗圃", 5)]
    cited = (at(texts[1]), at(texts[0]))
    yes = alias("小微苗圃", "雏鹰营地", *cited)
    no = replace(alias("雏鹰营地", "小微苗圃", *cited, holds=False), ruled_at=AT + timedelta(hours=1))
    assert story(texts, no, yes) == story(texts)


def test_an_alias_holds_for_all_years_of_the_place_whatever_order_they_come_in(nests):
    texts = [nests(2018, "雏鹰营地", 3), nests(2019, "小微苗圃", 5), nests(2020, "雏鹰营地", 7)]
    ruling = alias("小微苗圃", "雏鹰营地", at(texts[1]), at(texts[0]))
    assert [kind for kind, *_ in story(texts, ruling)] == ["changed", "changed", "new"]
    assert derive(texts[::-1], [ruling]) == derive(texts, [ruling])


def test_an_alias_does_not_hold_at_another_level(nests):
    texts = [nests(2018, "雏鹰营地", 3), nests(2019, "小微苗圃", 5)]
    city = [nests(2018, "雏鹰营地", 30, level="city", district="云川市")]
    city += [nests(2019, "小微苗圃", 50, level="city", district="云川市")]
    ruling = alias("小微苗圃", "雏鹰营地", at(texts[1]), at(texts[0]))
    found = derive([*texts, *city], [ruling])
    assert [len(d.commitments) for d in found if d.commitments[0].level == "city"] == [2]
    assert [len(d.commitments) for d in found if d.commitments[0].level == "district"] == [1]


def test_what_is_shown_keeps_the_words_of_each_text(nests):
    texts = [nests(2018, "雏鹰营地", 3), nests(2019, "小微苗圃", 5)]
    [found] = derive(texts, [alias("小微苗圃", "雏鹰营地", at(texts[1]), at(texts[0]))])
    assert [c.title for c in found.commitments] == ["小微苗圃"]
    changed = next(c for c in found.changes if c.change == "changed")
    assert [e.quote for e in changed.evidence] == ["雏鹰营地3个", "小微苗圃5个"]


def test_an_indicator_known_by_a_name_of_the_place_is_judged_as_that_indicator(invented):
    promise = invented.row(
        "target", "城镇新增就业800人", "城镇新增就业", invented.amount(800, "人"), base="flow",
        indicator="城镇新增就业", period="2019",
    )  # fmt: skip
    told = invented.row(
        "result", "上岗账500人", "上岗账", invented.amount(500, "人"), base="flow", period="2019"
    )
    texts = [invented.text(2019, promise), invented.text(2020, told)]
    assert [kind for kind, *_ in story(texts)] == ["new"]
    ruling = alias("上岗账", "城镇新增就业", at(texts[1]), at(texts[0]))
    assert [kind for kind, *_ in story(texts, ruling)] == ["missed", "new"]


def test_a_named_project_is_reported_under_its_other_name(invented):
    promise = invented.row(
        "action", "建成云帆科技园", "云帆科技园", object="云帆科技园", project="云帆科技园"
    )
    done = invented.row("result", "星帆数谷建成投用", "星帆数谷")
    texts = [invented.text(2019, promise), invented.text(2020, done)]
    assert [kind for kind, *_ in story(texts)] == ["new"]
    ruling = alias("星帆数谷", "云帆科技园", at(texts[1]), at(texts[0]))
    assert [kind for kind, *_ in story(texts, ruling)] == ["fulfilled", "new"]


def test_a_text_is_searched_for_every_name_before_it_is_found_silent(invented):
    def report(year, *rows):
        done = [
            invented.row("result", f"完成第{n}类事项", f"第{n}类事项", period=str(year - 1))
            for n in range(12)
        ]
        return invented.text(year, *done, *rows, type="report", complete=Clue("complete", "said"))

    promise = invented.row(
        "target", "新建青年雏鹰营地12座", "青年雏鹰营地", invented.amount(12, "座"), deed="新建",
        object="青年雏鹰营地", base="flow",
    )  # fmt: skip
    other = invented.row("action", "让小微苗圃暖人心", "暖人心")
    texts = [report(2019, promise), report(2020, other)]
    [silent] = [c for d in derive(texts) for c in d.changes if c.change == "unreported"]
    assert silent.searched and "小微苗圃" not in silent.searched["terms"]
    ruling = alias("小微苗圃", "青年雏鹰营地", Cited(texts[1].sha256, texts[1].reading.statements[-1].spans))
    assert [c for d in derive(texts, [ruling]) for c in d.changes if c.change == "unreported"] == []


def test_a_renamed_part_of_a_system_is_no_change_once_accepted(invented):
    def system(year, *parts):
        return invented.text(
            year,
            invented.row("framework", "“三件大事”" + "、".join(parts), framework=invented.system(
                "三件大事", "3", _3=parts
            )),
        )  # fmt: skip

    texts = [
        system(2018, "招商引资", "城市更新", "乡村治理"),
        system(2019, "双招双引", "城市更新", "乡村治理"),
    ]
    assert [kind for kind, *_ in story(texts)] == ["changed", "new"]
    ruling = alias("双招双引", "招商引资", at(texts[1]), at(texts[0]))
    assert [kind for kind, *_ in story(texts, ruling)] == ["new", "restated"]


def test_what_a_word_means_may_contain_it_and_circles_end():
    assert Aliases([("公园", "口袋公园")]).spelt("新建口袋公园和公园") == "新建口袋公园和口袋公园"
    round_about = Aliases([("甲园", "乙园"), ("乙园", "丙园"), ("丙园", "甲园")])
    assert len({round_about.spelt(word) for word in ("甲园", "乙园", "丙园")}) == 1
    assert Aliases([("甲园", "乙园"), ("乙园", "丙园")]).spelt("甲园、乙园") == "丙园丙园"
    assert sorted(Aliases([("甲园", "乙园")]).others(["乙园", "别的"])) == ["甲园"]
    assert not Aliases()
