"""Amounts under like words: what comes new, what there is in all, shares, sums, figures too far apart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tracking.decisions import Decisions
from tracking.derive import derive, mentions_told, stories_told
from tracking.doubts import doubts_among
from tracking.evidence import Found
from tracking.links import propose
from tracking.objects import SURE, UNSURE
from tracking.threads import threads_of
from tracking.told import ENOUGH, told_in


@pytest.fixture
def between(invented):
    """How two statements of following years are linked: sure, told of, asked or not at all."""

    def found(old, new, before="", after=""):
        texts = []
        for year, (kind, words, subject, *amount), lead in ((2018, old, before), (2019, new, after)):
            amounts = [invented.amount(*amount)] if amount else []
            more = {} if amounts else {"object": subject}
            told = [invented.row("result", lead, lead)] if lead else []
            text = invented.text(year, *told, invented.row(kind, words, subject, *amounts, **more))
            if lead:  # one sentence, the statement behind the words that lead to it
                source = text.reading.source
                joined = replace(source, text=source.text.replace("。", "，", 1))
                text = replace(text, reading=replace(text.reading, source=joined))
            texts.append(text)
        decided = Decisions({t.sha256: t for t in texts}, ())
        [(owner, mentions)] = mentions_told(texts, decided)
        mentions = [m for m in mentions if m.statement.text in (old[1], new[1])]
        threads, doubts = doubts_among(owner, mentions, decided)
        if len(threads) == 1:
            return "sure"
        return "told" if told_in(mentions, threads) else "asked" if doubts else "none"

    return found


def test_what_comes_new_is_not_all_there_is(between):
    promise = ("target", "新开通云信号站40座", "云信号站", 40, "座")
    assert between(promise, ("result", "新开通云信号站42座", "云信号站", 42, "座")) == "sure"
    assert between(promise, ("result", "云信号站达到90座", "云信号站", 90, "座")) == "none"


def test_what_comes_new_is_not_what_is_taken_away(between):
    promise = ("target", "新增云电装机300万千瓦", "云电装机", 300, "万千瓦")
    assert between(promise, ("target", "关停小云电装机200万千瓦", "云电装机", 200, "万千瓦")) == "none"
    closed = ("target", "淘汰云帆燃煤锅炉300台", "云帆燃煤锅炉", 300, "台")
    assert between(closed, ("target", "淘汰云帆燃煤锅炉200台", "云帆燃煤锅炉", 200, "台")) == "sure"
    assert between(closed, ("result", "新淘汰云帆燃煤锅炉达到280台", "云帆燃煤锅炉", 280, "台")) == "sure", (
        "said of both: no contrast"
    )


def test_figures_of_another_size_are_asked_about(between):
    promise = ("target", "清水能装机突破150万千瓦", "清水能装机", 150, "万千瓦")
    assert between(promise, ("target", "清水能装机突破200万千瓦", "清水能装机", 200, "万千瓦")) == "sure"
    assert between(promise, ("target", "清水能装机突破900万千瓦", "清水能装机", 900, "万千瓦")) == "asked"
    assert between(promise, ("target", "清水能装机突破9吉瓦", "清水能装机", 9, "吉瓦")) != "sure"


def test_amounts_are_compared_kind_by_kind(between):
    ten, hundred = ((f"抓好{n}个云帆技术改造工程", n) for n in (10, 100))
    old = ("target", hundred[0], "云帆技术改造工程", hundred[1], "个")
    assert between(old, ("target", ten[0], "云帆技术改造工程", ten[1], "个")) == "asked"
    sums = (("target", f"{words}，投资{n}亿元", "云帆技术改造工程", n, "亿元") for words, n in (ten, hundred))
    assert between(*sums) == "asked"


def test_a_share_beside_an_amount_tells_that_it_is_all_there_is(between):
    old = ("target", "新增云帆强村30个", "云帆强村", 30, "个")
    assert between(old, ("result", "云帆强村76个、占比13%", "云帆强村", 76, "个")) == "none"


@pytest.mark.parametrize(
    ("old", "new", "sure"),
    [
        ("云帆机场第二跑道前期", "云帆机场第二跑道建设", True),
        ("云帆机场第二跑道前期", "云帆机场总规修编", False),
    ],
)
def test_other_parts_of_one_named_project_are_asked_about(invented, old, new, sure):
    texts = [
        invented.text(year, invented.row("action", f"推进{thing}", thing, project="云帆机场", object=thing))
        for year, thing in ((2018, old), (2019, new))
    ]
    [(_, mentions)] = mentions_told(texts, Decisions({t.sha256: t for t in texts}, ()))
    assert {m.terms.name for m in mentions} == {"云帆机场"}
    assert [link.sure for link in propose(mentions, UNSURE)] == [sure]


def test_a_third_text_does_not_join_what_is_doubtful_between_two_years(invented):
    def groups(family, *told):
        texts = []
        for year, words, amounts in told:
            more = {"object": words, "project": "云帆机场"} if family == "action" else {}
            row = invented.row(family, words, "云帆就业" if amounts else words, *amounts, **more)
            texts.append(invented.text(year, row))
        [(_, mentions)] = mentions_told(texts, Decisions({t.sha256: t for t in texts}, ()))
        threads = threads_of(mentions, propose(mentions))
        return sorted(sorted(m.said for m in thread.mentions) for thread in threads)

    runway, plan = "推进云帆机场第二跑道前期", "推进云帆机场总规修编"
    assert groups("action", (2018, runway, ()), (2019, plan, ()), (2017, "建设云帆机场", ())) == [
        [2017, 2018],
        [2019],
    ]
    assert groups("action", (2017, "建设云帆机场", ()), (2019, plan, ())) == [[2017, 2019]]

    def jobs(year, n):
        return year, f"新增云帆就业{n}万人", (invented.amount(n, "万人"),)

    assert groups("target", jobs(2018, 40), jobs(2019, 219), jobs(2015, 80)) == [[2015, 2018], [2019]]
    assert groups("target", jobs(2018, 40), jobs(2021, 219), jobs(2015, 80)) == [[2015, 2018, 2021]]


@pytest.mark.parametrize(
    ("old", "new", "joined"),
    [
        ("建设云帆医院发热门诊楼", "推进云帆医院、蓝海医院感染病区改造", False),
        ("建设云帆医院发热门诊楼", "加快云帆医院发热门诊楼建设", True),
    ],
)
def test_one_name_in_two_deeds_of_which_little_else_is_alike_is_asked_about(invented, old, new, joined):
    texts = [
        invented.text(year, invented.row("action", words, words, project="云帆医院", object=words))
        for year, words in ((2018, old), (2019, new))
    ]
    [(_, mentions)] = mentions_told(texts, Decisions({t.sha256: t for t in texts}, ()))
    named = [m for m in mentions if m.terms.name == "云帆医院"]
    assert (len(threads_of(named, propose(named))) == 1) is joined


def test_a_list_of_districts_says_where_and_not_what(invented):
    def linked(new):
        texts = []
        for year, what in ((2018, "农事服务试点"), (2019, new)):
            words, names = f"推进东屏新区、西岭新区{what}", "东屏新区、西岭新区"
            row = invented.row("action", words, what, project=names, object=what)
            texts.append(invented.text(year, row))
        [(_, mentions)] = mentions_told(texts, Decisions({t.sha256: t for t in texts}, ()))
        assert {m.slot for m in mentions} == {"东屏新区", "西岭新区"}
        return any(link.sure for link in propose(mentions, UNSURE))

    assert linked("农事服务改革试点") and not linked("轨道车辆制造")


def test_reactors_are_told_by_their_numerals(between):
    old = ("action", "开工建设云帆核电5#机组", "云帆核电5#机组")
    assert between(old, ("action", "开工建设云帆核电2#机组", "云帆核电2#机组")) == "none"
    assert between(old, ("action", "加快建设云帆核电5#机组", "云帆核电5#机组")) == "sure"


def test_several_years_summed_are_no_year(between):
    promise = ("target", "实施千万元项目330个", "千万元项目", 330, "个")
    assert (
        between(promise, ("result", "累计实施千万元项目400个", "千万元项目", 400, "个"), after="今年来")
        == "sure"
    )
    assert (
        between(promise, ("result", "累计实施千万元项目900个", "千万元项目", 900, "个"), after="五年来")
        == "asked"
    )


@pytest.mark.parametrize(
    ("lead", "kept"),
    [("这五年我们抓好了许多事", "asked"), ("“十一五”时期成绩很大，去年更是如此", "sure")],
)
def test_what_a_look_back_on_a_plan_tells_is_no_year(between, lead, kept):
    promise = ("target", "新建云信号站40座", "新建云信号站", 40, "座")
    assert between(promise, ("result", "新建云信号站90座", "新建云信号站", 90, "座"), after=lead) == kept
    share = ("target", "云信号站覆盖率60%", "云信号站覆盖率", 60, "%")
    assert between(share, ("result", "云信号站覆盖率62%", "云信号站覆盖率", 62, "%"), after=lead) == "sure"


def test_an_average_of_several_years_is_no_year(between):
    old = ("target", "云帆产值增长8%", "云帆产值增速", 8, "%")
    assert between(old, ("result", "云帆产值年均增长9%", "云帆产值增速", 9, "%")) == "asked"
    assert between(old, ("result", "云帆产值比2010年增长90%", "云帆产值增速", 90, "%")) == "asked"
    assert between(old, ("result", "云帆产值比2017年增长9%", "云帆产值增速", 9, "%")) == "sure"
    assert between(old, ("result", "云帆产值增长9%", "云帆产值增速", 9, "%")) == "sure"


def test_rates_may_differ_by_any_factor(between):
    old = ("target", "云帆产值增长20%", "云帆产值增速", 20, "%")
    assert between(old, ("target", "云帆产值增长2%", "云帆产值增速", 2, "%")) == "sure"


def test_shares_of_two_things_in_one_whole_are_two(between):
    old = ("target", "湖产新材占工业产值比重12%", "湖产新材占工业产值比重", 12, "%")
    new = ("target", "澄湖园区占工业产值比重53%", "澄湖园区占工业产值比重", 53, "%")
    assert between(old, new) != "sure"
    assert between(old, ("target", "湖产新材占工业产值比重13%", "湖产新材占工业产值比重", 13, "%")) == "sure"


def test_a_part_of_the_place_is_not_the_whole(between):
    whole = ("target", "云帆产值增长8%", "云帆产值增速", 8, "%")
    for part in ("山区", "开发区"):
        assert between(whole, ("result", f"{part}云帆产值增长9%", f"{part}云帆产值增速", 9, "%")) == "asked"


@pytest.mark.parametrize("subject", ["营业收入", "增加值增速"])
def test_what_every_industry_has_is_known_by_the_industry(between, subject):
    unit = "%" if subject.endswith("增速") else "亿元"
    words = f"{subject.removesuffix('增速')}增长" if unit == "%" else f"实现{subject}"
    old, new = (("target", f"{words}{n}{unit}", subject, n, unit) for n in (12, 13))
    lead = "壮大云帆饮料酿造业"
    assert between(old, new, lead, lead) == "sure"
    assert between(old, new, lead, "星河电池装备迅猛扩张") != "sure"


def test_a_sum_is_known_by_what_it_is_spent_on(between):
    old, new = (("target", f"完成投资{n}亿元", "投资", n, "亿元") for n in (12, 15))
    assert between(old, new, "实施水利类工作", "推进能源类事务") != "sure"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            ("target", "改造清湖步行街5条", "清湖步行街改造", 5, "条"),
            ("action", "推进清湖步行街改造提升", "清湖步行街改造提升"),
        ),
        (
            ("action", "开展低效云帆用地清理处置行动", "低效云帆用地清理处置"),
            ("result", "清理处置低效云帆用地400亩", "低效云帆用地", 400, "亩"),
        ),
        (
            ("action", "抓好云影电影放映和广播入户", "云影电影放映和广播入户"),
            ("result", "放映云影电影960场", "放映云影电影", 960, "场"),
        ),
    ],
)
def test_one_item_of_a_list_and_a_deed_told_by_its_figure_are_told_of(between, old, new):
    assert between(old, new) == "told"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # The tail of two lists of other things.
        (
            ("action", "加快建设清湖馆、云帆院等文化设施项目", "清湖馆、云帆院等文化设施项目"),
            ("action", "推进碧浪社、东岭站等文化设施项目", "碧浪社、东岭站等文化设施项目"),
        ),
        # Pieces of sentences say nothing of what is done.
        (
            ("action", "对清湖云帆星河片区老旧管道", "清湖云帆星河片区老旧管道"),
            ("action", "对清湖云帆星河片区沿街招牌商铺", "清湖云帆星河片区沿街招牌商铺"),
        ),
        # Forbidden, whatever else they share.
        (
            ("target", "清湖城镇云帆星河居民收入增长8%", "清湖城镇云帆星河居民收入增速", 8, "%"),
            ("target", "清湖农村云帆星河居民收入增长8%", "清湖农村云帆星河居民收入增速", 8, "%"),
        ),
    ],
)
def test_what_shares_only_common_words_or_is_forbidden_is_not_told_of(between, old, new):
    assert between(old, new) not in ("sure", "told")


def test_what_is_told_of_gives_no_figure_and_no_edition(invented):
    old = invented.text(
        2018, invented.row("action", "开展低效云帆用地清理处置行动", object="低效云帆用地清理处置")
    )
    amount = invented.amount(400, "亩")
    new = invented.text(2019, invented.row("result", "清理处置低效云帆用地400亩", "低效云帆用地", amount))
    [found] = derive([old, new])
    [one] = found.commitments
    assert [(m.role, m.confidence < SURE) for m in one.members] == [("promise", False), ("named", True)]
    assert {c.change for c in found.changes} == {"new"}


@pytest.mark.parametrize(("evidence", "asked"), [(ENOUGH - 0.1, True), (ENOUGH, False)])
def test_what_likely_tells_of_a_promise_is_asked_and_accuses_nobody(invented, monkeypatch, evidence, asked):
    old = invented.text(
        2018, invented.row("action", "建成云帆馆", "云帆馆", object="云帆馆", project="云帆馆")
    )
    new = invented.text(2019, invented.row("result", "星河湾落成", "星河湾"))
    [(_, mentions)] = mentions_told([old, new], Decisions({t.sha256: t for t in (old, new)}, ()))
    monkeypatch.setattr(
        "tracking.told.best", lambda own, at, year, least, surest: Found(evidence, year.mentions[0], True)
    )
    [one] = told_in(mentions, threads_of(mentions, propose(mentions))).values()
    assert one.asked is asked
    [story] = [s for s, _ in stories_told([old, new])]
    assert [m.role for m in story.commitment.members] == ["promise", *([] if asked else ["named"])]
    assert [told.mention.said for told in story.told] == [2019]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            ("action", "抓好社区电影放映和广播入户", "社区电影放映和广播入户"),
            ("result", "放映公益电影960场", "放映公益电影", 960, "场"),
        ),
        (
            ("action", "推进中小学教师轮岗交流和培训基地建设", "中小学教师轮岗交流和培训基地"),
            ("result", "新增教师轮岗试点学校12所", "教师轮岗试点学校", 12, "所"),
        ),
        (
            ("action", "加快建设清湖至云帆、星河至碧浪高速公路", "清湖至云帆、星河至碧浪高速公路"),
            ("action", "推进星河至碧浪、东岭至西屏高速公路", "星河至碧浪、东岭至西屏高速公路"),
        ),
        (
            ("action", "建设星帆桥、碧浪水闸等设施", "星帆桥、碧浪水闸"),
            ("result", "碧浪水闸主体完工", "碧浪水闸主体"),
        ),
    ],
)
def test_what_holds_words_of_a_promise_is_asked_about(between, old, new):
    assert between(old, new) == "asked"


def test_common_words_raise_no_question(between):
    old = ("action", "推进重点项目建设", "重点项目")
    assert between(old, ("result", "企业项目管理水平提升", "企业项目管理")) == "none"
