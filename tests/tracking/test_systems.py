"""Named work systems: which are one thread, what differs in them, and conflicts within an edition."""

from __future__ import annotations

import pytest

from tracking import frameworks
from tracking.derive import derive


@pytest.fixture
def overall(invented):
    def make(year, formula, noun="工作思路", period=None, **parts):
        name = f"“{formula}”{noun}"
        said = invented.row(
            "framework", f"以{name}统领", name, framework=invented.system(name, formula, **parts)
        )
        return invented.text(year, said | {"period": period})

    return make


def changes(versions, kind):
    return [c for d in derive(versions) for c in d.changes if c.change == kind]


def test_the_yearly_overall_system_is_one_thread_under_any_number(overall):
    versions = [
        overall(2018, "1+446"),
        overall(2019, "1+456", "工作体系"),
        overall(2021, "123456", "工作体系"),
    ]
    found = sorted(changes(versions, "changed"), key=lambda c: c.edition_to)
    assert [(c.edition_from, c.edition_to) for c in found] == [("2018", "2019"), ("2019", "2021")]
    first = {f.field: (f.old, f.new, f.direction) for f in found[0].fields}
    assert first == {"formula": ("1+446", "1+456", None), "digit 3": (4, 5, "raised")}


def test_other_numbered_systems_are_threads_of_their_own(invented):
    def numbered(year, name, formula):
        return invented.text(year, invented.row("framework", name, framework=invented.system(name, formula)))

    versions = [numbered(2018, "“345”网格化治理模式", "345"), numbered(2019, "“2+3”产业格局", "2+3")]
    assert len(changes(versions, "new")) == 2
    again = [numbered(2018, "“345”网格化治理模式", "345"), numbered(2019, "“345”网格化治理体系", "345")]
    assert [c.edition_to for c in changes(again, "restated")] == ["2019"]


def test_a_system_told_of_an_earlier_year_opens_that_edition(overall):
    (derived,) = derive([overall(2018, "1234", period="2017"), overall(2018, "1+446")])
    assert [(e.period, e.retrospective) for e in derived.editions] == [("2017", True), ("2018", False)]
    assert [(c.edition_from, c.edition_to) for c in derived.changes if c.change == "changed"] == [
        ("2017", "2018")
    ]


def test_parts_are_compared_as_sets(invented):
    def strategies(year, *parts):
        framework = invented.system("四大强区战略", None, 四大强区=parts)
        return invented.text(year, invented.row("framework", "实施四大强区战略", framework=framework))

    old = strategies(2018, "人才强区", "产业强区", "科技强区", "文化强区")
    assert changes([old, strategies(2019, "文化强区", "科技强区", "产业强区", "人才强区")], "restated")
    (entry,) = changes([old, strategies(2019, "人才强区", "产业强区", "科技强区", "生态强区")], "changed")
    (field,) = entry.fields
    assert (field.added, field.removed) == (("生态强区",), ("文化强区",))
    assert field.kept == ("人才强区", "产业强区", "科技强区")


def test_parts_that_a_text_does_not_list_are_not_gone(invented):
    def said(year, **parts):
        return invented.text(
            year, invented.row("framework", "五大动力", framework=invented.system("五大动力", None, **parts))
        )

    assert changes([said(2018, 五大动力=["甲力", "乙力", "丙力"]), said(2019)], "restated")


def test_the_overall_goal_is_followed_by_itself(overall):
    versions = [overall(2018, "1+4", _1=["建设品质城区"]), overall(2019, "1+5", _1=["建设示范城区"])]
    goal = {c.id for d in derive(versions) for c in d.commitments if c.title == "总目标"}
    (entry,) = [c for c in changes(versions, "changed") if c.commitment in goal]
    assert entry.fields[0].added == ("建设示范城区",)


def test_the_verb_that_introduces_a_goal_is_no_part_of_it(overall):
    versions = [overall(2018, "1+4", _1=["围绕建设品质城区"]), overall(2019, "1+4", _1=["打造品质城区"])]
    assert not changes(versions, "changed")


def test_two_undated_texts_of_one_edition_that_differ_conflict(invented):
    def beams(published, *parts, issuer="unknown"):
        framework = invented.system("“四梁八柱”", "四梁八柱", 梁=parts)
        said = invented.row("framework", "数字经济“四梁八柱”", framework=framework)
        return invented.text(2021, said, published=published, issuer=issuer)

    one, other = beams("2021-06-22", "工业软件", "能源互联"), beams("2021", "工业软件", "船舶互联")
    (entry,) = changes([one, other], "conflict")
    assert (entry.edition_from, entry.edition_to) == ("2021", "2021")
    later = beams("2021-09-01", "工业软件", "船舶互联")
    assert changes([one, later], "changed") and not changes([one, later], "conflict")
    elsewhere = beams("2021-09-01", "工业软件", "船舶互联", issuer="department")
    assert changes([one, elsewhere], "conflict")
    assert not changes([one, beams("2021", "能源互联", "工业软件")], "conflict")


def test_an_edited_page_changes_what_it_replaced(invented, overall):
    first = overall(2021, "1+4", "工作体系")
    name = "“1+5”工作体系"
    said = invented.row("framework", f"以{name}统领", name, framework=invented.system(name, "1+5"))
    second = invented.text(2021, said, supersedes=first.sha256)
    (entry,) = changes([second, first], "changed")
    assert entry.why == "an edited page"


def test_cores_of_names():
    assert frameworks.core("“四大强区”战略") == frameworks.core("四个强区")
    assert frameworks.core("“345”治理体系") != frameworks.core("“346”治理体系")


def test_grown_digits_need_as_many_digits():
    assert frameworks.grown("1+446", "1+456") == [(3, 4, 5)]
    assert frameworks.grown("1234", "123456") == []


def test_of_two_overall_systems_in_one_text_the_one_told_as_past_is_last_years(invented):
    old, new = (invented.system(f"“{f}”工作思路", f) for f in ("1234", "1+446"))
    past = invented.row("framework", "谋划了“1234”工作思路", framework=old)
    present = invented.row("framework", "以“1+446”工作思路统领", framework=new)
    (derived,) = derive([invented.text(2018, past, present)])
    assert [(e.period, e.retrospective) for e in derived.editions] == [("2017", True), ("2018", False)]
    (alone,) = derive([invented.text(2018, past)])
    assert [e.period for e in alone.editions] == ["2018"]


def test_a_deed_on_a_counted_system_is_told_of_the_system(invented):
    named = invented.system("四大强区战略", None, 四大强区=["人才强区", "产业强区", "科技强区", "文化强区"])
    first = invented.text(2018, invented.row("framework", "实施四大强区战略", framework=named))
    deed = invented.row("action", "大力实施四大强区战略", object="四大强区战略")
    assert changes([first, invented.text(2019, deed)], "restated")
    other = invented.row("action", "大力实施五大强区战略", object="五大强区战略")
    assert not changes([first, invented.text(2019, other)], "restated")


def test_evidence_shows_the_list_where_the_text_gives_it(invented):
    framework = invented.system("一带一城", "一带一城", 一带=["环湖科创产业带"], 一城=["南部新城"])
    version = invented.text(
        2020,
        invented.row("framework", "打造“一带一城”", framework=framework),
        invented.row("action", "“一带”即环湖科创产业带，“一城”即南部新城", "一带一城建设"),
    )
    (entry,) = [c for c in changes([version], "new") if c.evidence[0].quote.startswith("打造")]
    assert "环湖科创产业带" in entry.evidence[0].quote and "南部新城" in entry.evidence[0].quote


def test_evidence_shows_a_list_whose_common_ending_is_printed_once(invented):
    strong = invented.system("两大强区战略", None, 两大强区战略=["教育强区", "生态强区"])
    rows = [
        invented.row("framework", "实施强区战略", framework=strong),
        invented.row("action", "大力实施“教育、生态”两大强区战略"),
    ]
    (entry,) = [c for c in changes([invented.text(2018, *rows)], "new") if "实施强区" in c.evidence[0].quote]
    assert entry.evidence[0].quote == "实施强区战略教育、生态”两大强区"
    apart = [rows[0], invented.row("action", "发展教育。保护生态。建设强区")]
    (entry,) = [c for c in changes([invented.text(2018, *apart)], "new") if "实施强区" in c.evidence[0].quote]
    assert entry.evidence[0].quote == "实施强区战略"


def test_a_system_spelled_out_with_last_years_overall_one_stood_in_it(invented):
    sides = invented.system("四个方面", None, 四个方面=["产业更强", "湖水更清", "出行更畅", "日子更暖"])
    rows = [
        invented.row(
            "framework", "谋划了“1234”工作思路", framework=invented.system("“1234”工作思路", "1234")
        ),
        invented.row("result", "从产业更强、湖水更清、出行更畅、日子更暖撑起框架"),
        invented.row(
            "framework", "以“1+446”工作思路统领", framework=invented.system("“1+446”工作思路", "1+446")
        ),
        invented.row("framework", "聚焦产业更强、湖水更清、出行更畅、日子更暖四个方面", framework=sides),
    ]
    (entry,) = changes([invented.text(2018, *rows)], "restated")
    assert (entry.edition_from, entry.edition_to) == ("2017", "2018")
    assert entry.evidence[0].quote == "产业更强、湖水更清、出行更畅、日子更暖"
    assert not changes([invented.text(2018, rows[0], *rows[2:])], "restated")


def test_short_parts_are_looked_for_in_a_row(invented):
    themes = invented.system("两大主题", None, 两大主题=["发展", "民生"])
    version = invented.text(
        2018,
        invented.row("framework", "突出两大主题", framework=themes),
        invented.row("result", "发展品质更好了"),
        invented.row("result", "突出抓好发展和民生"),
    )
    (entry,) = changes([version], "new")
    assert entry.evidence[0].quote == "突出两大主题发展和民生"


def test_a_new_formula_does_not_inherit_the_parts_of_the_last_one():
    from tracking.comparison import compare, replay

    old = {"formula": "1+24", "components": ["种桃", "种李"], "listed": "all"}
    bare = {"formula": "1234"}
    told = {"formula": "1234", "components": ["修桥", "铺路"], "listed": "all"}
    renewed = compare(old, bare)
    assert renewed.differs and renewed.state == bare == replay(old, renewed.fields)
    listed = compare(renewed.state, told)
    assert not listed.differs
    assert [(f.field, f.added) for f in listed.fields if f.field == "components"] == [
        ("components", ("修桥", "铺路"))
    ]
    assert compare(old, {"formula": "1+24"}).state["components"] == ["种桃", "种李"]
