"""What is concluded from invented texts: an example and a counter-example for each rule."""

from __future__ import annotations

import pytest

from tracking.derive import derive, owners


@pytest.fixture
def told(invented):
    """Changes of the district as (kind, from, to, title), without `new` unless asked for."""

    def run(*versions, new=False):
        titles, found = {}, []
        for derived in derive(versions):
            titles |= {c.id: c.title for c in derived.commitments}
            found += derived.changes
        return sorted(
            (c.change, c.edition_from or "", c.edition_to or "", titles[c.commitment])
            for c in found
            if new or c.change != "new"
        )

    return run


def fields_of(versions, kind):
    return {f.field: f for d in derive(versions) for c in d.changes if c.change == kind for f in c.fields}


@pytest.fixture
def growth(invented):
    def make(year, value, op="=", **more):
        said = invented.row(
            "target",
            f"地区生产总值增长{value}%",
            "地区生产总值增速",
            invented.amount(value, "%", op),
            base="growth",
            **more,
        )
        return invented.text(year, said)

    return make


def test_the_same_terms_are_restated_and_other_terms_changed(told, growth):
    assert told(growth(2018, 8), growth(2019, 8)) == [("restated", "2018", "2019", "地区生产总值增速")]
    assert told(growth(2018, 8), growth(2019, 7)) == [("changed", "2018", "2019", "地区生产总值增速")]
    assert fields_of([growth(2018, 8), growth(2019, 7)], "changed")["value"].direction == "lowered"
    assert told(growth(2018, 8), new=True) == [("new", "", "2018", "地区生产总值增速")]


def test_each_edition_is_compared_with_the_last_that_states_it(told, growth):
    assert told(growth(2016, 8), growth(2019, 7)) == [("changed", "2016", "2019", "地区生产总值增速")]


@pytest.mark.parametrize(
    ("old", "new", "field", "direction"),
    [
        ((8, ">="), (8, "~"), "op", "softened"),
        ((8, "~"), (8, ">="), "op", "hardened"),
        ((8, "="), (9, "="), "value", "raised"),
    ],
)
def test_comparators_and_values_have_directions(growth, old, new, field, direction):
    found = fields_of([growth(2018, *old), growth(2019, *new)], "changed")
    assert found[field].direction == direction and len(found) == 1


def test_about_and_a_range_bind_alike(growth, invented):
    rate = invented.amount(6, "%", "between", high="6.5")
    said = invented.row("target", "增长6%—6.5%", "地区生产总值增速", rate, base="growth")
    found = fields_of([growth(2018, "6.5", "~"), invented.text(2019, said)], "changed")
    assert (found["value"].direction, found["op"].direction) == ("lowered", "reworded")


def test_a_bare_number_and_at_least_bind_alike(told, growth):
    assert told(growth(2018, 8, "="), growth(2019, 8, ">="))[0][0] == "restated"


def test_modality_softens_but_a_neutral_word_does_not(growth, told):
    firm, hopeful = growth(2018, 8, modality="确保"), growth(2019, 8, modality="力争")
    assert fields_of([firm, hopeful], "changed")["modality"].direction == "softened"
    assert told(firm, growth(2019, 8, modality="完成"))[0][0] == "restated"


def test_a_reference_in_place_of_a_figure_softens_and_the_figures_return_hardens(growth, invented):
    referred = invented.row("target", "地区生产总值增长高于全省平均", "地区生产总值增速", base="growth")
    texts = [growth(2018, 8), invented.text(2019, referred), growth(2020, 7)]
    found = fields_of(texts[:2], "changed")
    assert (found["value"].old, found["value"].new, found["value"].direction) == (8, None, "softened")
    assert found["words"].new == "高于全省平均"
    back = fields_of(texts, "changed")
    assert (back["words"].old, back["words"].new, back["words"].direction) == (
        "高于全省平均",
        None,
        "hardened",
    )
    assert back["value"].new == 7
    again = invented.row("target", "地区生产总值增长快于全省平均", "地区生产总值增速", base="growth")
    assert fields_of([invented.text(2019, referred), invented.text(2020, again)], "changed") == {}
    silent = invented.row("target", "地区生产总值增长全覆盖", "地区生产总值增速", base="growth")
    assert fields_of([growth(2018, 8), invented.text(2019, silent)], "changed") == {}


def test_rates_levels_and_other_units_are_other_promises(told, growth, invented):
    level = invented.text(
        2019,
        invented.row(
            "target", "地区生产总值突破500亿元", "地区生产总值", invented.amount(50_000_000_000, "元", ">")
        ),
    )
    assert told(growth(2018, 8), level) == []


def test_a_threshold_in_the_subject_tells_promises_apart(told, invented):
    def made(year, size):
        subject = f"{size}元以上项目引进数"
        return invented.text(
            year, invented.row("target", f"引进{size}元以上项目100个", subject, invented.amount(100))
        )

    assert told(made(2018, "千万"), made(2019, "千万"))[0][0] == "restated"
    assert told(made(2018, "千万"), made(2019, "亿")) == []


def test_starting_and_finishing_are_other_promises(told, invented):
    def schools(year, verb):
        return invented.text(
            year, invented.row("target", f"{verb}学校6所", f"学校{verb}数", invented.amount(6, "所"))
        )

    assert told(schools(2018, "建成"), schools(2019, "建成"))[0][0] == "restated"
    assert told(schools(2018, "新开工"), schools(2019, "建成")) == []


def test_a_list_of_projects_is_one_promise_each(told, invented):
    both = invented.text(
        2018,
        invented.row("action", "建设云帆科技园、星河产业园", "园区建设", project="云帆科技园、星河产业园"),
    )
    one = invented.text(
        2019, invented.row("action", "加快云帆科技园建设", "云帆科技园建设", project="云帆科技园")
    )
    assert told(both, one, new=True) == [
        ("new", "", "2018", "云帆科技园建设"),
        ("new", "", "2018", "星河产业园"),
        ("restated", "2018", "2019", "云帆科技园建设"),
    ]


def test_another_phase_is_another_promise(told, invented):
    def phase(year, which):
        name = f"云帆科技园{which}期"
        return invented.text(year, invented.row("action", f"建设{name}", f"{name}建设", project=name))

    assert told(phase(2018, "二"), phase(2019, "二"))[0][0] == "restated"
    assert told(phase(2018, "二"), phase(2019, "三")) == []


def test_a_goal_told_for_the_first_time_is_a_change_and_one_not_repeated_is_none(told, invented):
    def park(year, goal):
        said = f"将云帆科技园建设成为{goal}园区"
        return invented.text(year, invented.row("action", said, "云帆科技园建设", project="云帆科技园"))

    assert fields_of([park(2018, "新型"), park(2019, "国内一流")], "changed")["goal"].direction == "raised"
    assert told(park(2018, "国内一流"), park(2019, "新型"))[0][0] == "restated"


def test_a_project_told_as_planned_is_announced_and_one_told_as_done_is_not(told, invented):
    def park(words):
        return invented.text(
            2018, invented.row("result", f"{words}云帆科技园", "云帆科技园", project="云帆科技园")
        )

    assert told(park("高标准谋划了"), new=True) == [("new", "", "2018", "云帆科技园")]
    assert told(park("建成"), new=True) == []


def test_what_is_due_later_belongs_to_a_long_term_edition(told, invented):
    def jobs(year, period, value):
        said = invented.row(
            "target", f"新增停车位{value}个", "新增停车位", invented.amount(value), period=period
        )
        return invented.text(year, said)

    assert told(jobs(2017, "2020", 900), new=True) == [("new", "", "2016..2020", "新增停车位")]
    assert told(jobs(2017, "2020", 900), jobs(2018, "2018", 300)) == []
    assert told(jobs(2017, "2020", 900), jobs(2018, "2020", 800)) == [
        ("changed", "2016..2020", "2016..2020", "新增停车位")
    ]


def test_levels_never_mix(told, invented):
    quoted = invented.row(
        "framework", "按照市委“1+454”工作体系", framework=invented.system("“1+454”工作体系", "1+454")
    )
    own = invented.row(
        "framework", "以“1+446”工作思路统领", framework=invented.system("“1+446”工作思路", "1+446")
    )
    version = invented.text(2018, quoted | {"level": "city"}, own)
    groups = {(d.editions[0].district, d.editions[0].level): d for d in derive([version])}
    assert set(groups) == {("云川市", "city"), ("云川市澄湖区", "district")}
    assert [c.title for c in groups["云川市", "city"].commitments] == ["“1+454”工作体系"]
    assert {(o.code, o.level) for o in owners(version.reading)} == {
        ("999900", "city"),
        ("999903", "district"),
    }


def test_a_statement_without_any_year_waits(invented):
    version = invented.text(None, invented.row("action", "打通澄湖路", "澄湖路打通"), published=None)
    (derived,) = derive([version])
    assert derived.changes == () and derived.notes


def test_an_express_absence_drops_and_its_return_revives(told, growth, invented):
    none_set = invented.text(
        2020, invented.row("target", "没有提出增长目标", "地区生产总值增速", absent=True, base="growth")
    )
    assert [c[:3] for c in told(growth(2019, 6), none_set, growth(2021, 6))] == [
        ("dropped", "2019", "2020"),
        ("revived", "2019", "2021"),
    ]
    assert told(growth(2019, 6), growth(2021, 6))[0][0] == "restated"


def test_silence_accuses_nobody(told, growth, invented):
    other = invented.text(2020, invented.row("action", "打通澄湖路", "澄湖路打通"))
    assert told(growth(2018, 6), growth(2019, 6), other) == [("restated", "2018", "2019", "地区生产总值增速")]


def test_a_text_is_dated_by_one_that_gives_its_year_the_same_name(invented):
    def roads(year, slogan):
        said = invented.row("action", "打通澄湖北路", "澄湖北路打通")
        return invented.text(year, said, published="year", slogans=slogan)

    dated = roads(2019, (("攻坚提质年", 2019),))
    same, other = roads(None, (("攻坚提质年", None),)), roads(None, (("作风转变年", None),))
    assert [c.edition_to for d in derive([same, dated]) for c in d.changes] == ["2019"]
    assert [c.edition_to for d in derive([same]) for c in d.changes] == []
    assert [d.notes == () for d in derive([other, dated])] == [False]


def test_a_third_partys_plan_is_nobodys_promise(invented):
    def plans(authority):
        said = invented.row(
            "target", "新建厂房3座", "新建厂房", invented.amount(3, "座"), authority=authority
        )
        return [c for d in derive([invented.text(2021, said)]) for c in d.changes]

    assert plans("third_party") == []
    assert [c.change for c in plans("leader")] == ["new"]


def test_a_promise_for_the_end_of_a_plan_takes_no_results_from_a_yearly_series(invented):
    """One target of a five-year part stands beside the same indicator set year by year."""

    def told(name, year, *more):
        reached = f"3.{year % 10}"
        limit = invented.row(
            "target", f"城镇登记失业率控制在4%以内{year}", "城镇登记失业率", invented.amount(4, "%", "<="),
            indicator="城镇登记失业率", base="stock", period=str(year),
        )  # fmt: skip
        done = invented.row(
            "result", f"城镇登记失业率{reached}%", "城镇登记失业率", invented.amount(reached, "%"),
            indicator="城镇登记失业率", base="stock", period=str(year - 1),
        )  # fmt: skip
        return invented.text(year, done, limit, *more, name=f"{name} {year}")

    plan = invented.row(
        "target", "期末城镇登记失业率控制在5%以内", "城镇登记失业率", invented.amount(5, "%", "<="),
        indicator="城镇登记失业率", base="stock", period="2016..2020",
    )  # fmt: skip
    for name in "abcdefgh":  # which of two equal links counts is decided by hashes, these by names
        texts = [told(name, 2016, plan), told(name, 2017), told(name, 2018), told(name, 2019)]
        judged = {c.edition_from for d in derive(texts) for c in d.changes if c.change == "fulfilled"}
        assert {"2016", "2017", "2018"} <= judged, name
