"""What stands in a sentence as an amount: value, unit, comparator and span."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.quantities import find_quantities
from parsers.statement import Quantity


def one(text: str) -> Quantity:
    found = find_quantities(text)
    assert len(found) == 1, [text[q.start : q.end] for q in found]
    return found[0]


def short(text: str) -> list[tuple[str, str, int | float, str]]:
    """Span, comparator, value, unit of each amount."""
    return [(text[q.start : q.end], q.op, float(q.value), q.unit) for q in find_quantities(text)]


AMOUNTS = [
    # text, span, op, approx, value, unit
    ("青石区生产总值突破1000亿元", "1000亿元", ">", None, 10**11, "元"),
    ("登记在册的企业近12万家", "近12万家", "~", "below", 120000, "家"),
    ("出让土地2900余亩", "2900余亩", ">", "above", 2900, "亩"),
    ("新城占地3600多公顷", "3600多公顷", ">", "above", 3600, "公顷"),
    ("拆除违建1.1万余处", "1.1万余处", ">", "above", 11000, "处"),
    ("清理面积1100万平方米", "1100万平方米", "=", None, 11000000, "平方米"),
    ("一般公共预算收入过百亿", "百亿", ">", None, 10**10, "元"),
    ("经济总量跨过千亿元大关", "千亿元", ">", None, 10**11, "元"),
    ("完成征收300万平方米以上", "300万平方米以上", ">=", None, 3000000, "平方米"),
    ("引进项目至少1000个", "至少1000个", ">=", None, 1000, "个"),
    ("同比增长51.1%", "51.1%", "=", None, 51.1, "%"),
    ("交付安置房两万余套", "两万余套", ">", "above", 20000, "套"),
    ("服务事项分为十大类", "十大类", "=", None, 10, "类"),
    ("下放权限200余项", "200余项", ">", "above", 200, "项"),
    ("免费体检近千人次", "近千人次", "~", "below", 1000, "人次"),
    ("连续抢修15个小时", "15个小时", "=", None, 15, "小时"),
    ("加固危楼59栋", "59栋", "=", None, 59, "栋"),
    ("失业率控制在3%以内", "3%以内", "<=", None, 3, "%"),
    ("平均增速31.8%", "31.8%", "=", None, 31.8, "%"),
    ("今年办好百件实事", "百件", "=", None, 100, "件"),
    ("物价涨幅控制在3%左右", "3%左右", "~", "around", 3, "%"),
    ("失业率控制在5%", "5%", "<=", None, 5, "%"),
    ("上千家商户开门迎客", "上千家", ">=", None, 1000, "家"),
    ("走访百余户居民", "百余户", ">", "above", 100, "户"),
    ("建成数百个网点", "数百个", ">", "above", 100, "个"),
    ("来了几十名专家", "几十名", ">", "above", 10, "名"),
    ("不足12%", "不足12%", "<", None, 12, "%"),
    ("步行距离不超过500米", "不超过500米", "<=", None, 500, "米"),
    ("不少于20场", "不少于20场", ">=", None, 20, "场"),
    ("营收增长近5倍", "近5倍", "~", "below", 5, "倍"),
    ("耕地占全县的四分之一", "四分之一", "=", None, 25, "%"),
    ("近1/4的村通了气", "近1/4", "~", "below", 25, "%"),
    ("增长百分之十一点八", "百分之十一点八", "=", None, 11.8, "%"),
    ("人口增长率降到千分之六", "千分之六", "=", None, 6, "‰"),
    ("八成以上的门店复工", "八成以上", ">=", None, 80, "%"),
    ("通关时间压减一半", "一半", "=", None, 50, "%"),
    ("产值五年翻一番", "翻一番", "=", None, 2, "倍"),
    ("再用十年翻两番", "翻两番", "=", None, 4, "倍"),
    ("收入比缩小到2.5:1", "2.5:1", "=", None, 2.5, "比"),
    ("每年提高一个百分点", "一个百分点", "=", None, 1, "百分点"),
    ("购票打5折", "5折", "=", None, 5, "折"),
    ("城区绿地５００公顷", "５００公顷", "=", None, 500, "公顷"),
    ("到账1,250.5万元", "1,250.5万元", "=", None, 12505000, "元"),
    ("变电容量500千瓦", "500千瓦", "=", None, 500, "千瓦"),
    ("新修道路5千米", "5千米", "=", None, 5, "公里"),
    ("改造平房10万平米", "10万平米", "=", None, 100000, "平方米"),
    ("旅游收入320多亿元", "320多亿元", ">", "above", 32 * 10**9, "元"),
    ("产值 78.7 亿元", "78.7 亿元", "=", None, 7.87 * 10**9, "元"),
    ("利润增长-2.4%", "-2.4%", "=", None, -2.4, "%"),
    ("常住人口突破1500万", "1500万", ">", None, 15000000, "人"),
    ("惠及26.9万农村居民", "26.9万", "=", None, 269000, "人"),
    ("稳住上亿市场主体", "上亿", ">=", None, 10**8, "个"),
    ("六大重点项目同日开工", "六大", "=", None, 6, "个"),
    ("签约15个项目", "15个", "=", None, 15, "个"),
    ("节约500万元", "500万元", "=", None, 5000000, "元"),
    ("三百一十四万三千人", "三百一十四万三千人", "=", None, 3143000, "人"),
    ("年发电量50亿度", "50亿度", "=", None, 5 * 10**9, "度"),
    ("人均预期寿命达到79.5岁", "79.5岁", "=", None, 79.5, "岁"),
    ("幼儿园300所以上", "300所以上", ">=", None, 300, "所"),
    ("建成5个5G基站示范区", "5个", "=", None, 5, "个"),
    ("推进113个亿元以上项目", "113个", "=", None, 113, "个"),
    ("历史性跨过2万亿大关", "2万亿", ">", None, 2 * 10**12, "元"),
    ("生产总值稳定在千亿台阶上", "千亿", "=", None, 10**11, "元"),
]


@pytest.mark.parametrize(
    ("text", "span", "op", "approx", "value", "unit"), AMOUNTS, ids=[a[0] for a in AMOUNTS]
)
def test_amount(text: str, span: str, op: str, approx: str | None, value: float, unit: str) -> None:
    q = one(text)
    assert text[q.start : q.end] == span
    assert (q.op, q.approx, q.unit, q.high) == (op, approx, unit, None)
    assert float(q.value) == pytest.approx(value, rel=1e-12)


RANGES = [
    ("增长6%—6.5%", "6%—6.5%", 6, 6.5, "%"),
    ("增长6－6.5％", "6－6.5％", 6, 6.5, "%"),
    ("每县1至3个", "1至3个", 1, 3, "个"),
    ("每镇2到3个", "2到3个", 2, 3, "个"),
    ("补助50—100万元", "50—100万元", 500000, 1000000, "元"),
    ("培育三到五家", "三到五家", 3, 5, "家"),
    ("再添两三个", "两三个", 2, 3, "个"),
    ("增长百分之八至九", "百分之八至九", 8, 9, "%"),
]


@pytest.mark.parametrize(("text", "span", "low", "high", "unit"), RANGES, ids=[r[0] for r in RANGES])
def test_range(text: str, span: str, low: float, high: float, unit: str) -> None:
    q = one(text)
    assert text[q.start : q.end] == span
    assert (q.op, float(q.value), q.high, q.unit) == ("between", low, Decimal(str(high)), unit)


SILENT = [
    "建设5G基站",
    "二环路提速",
    "经十路北侧",
    "住在108号院",
    "拨打12345热线",
    "落户世界500强",
    "跻身百强区",
    "打造千亿级产业",
    "登陆A股",
    "实现1+1>2",
    "万科望岳和千佛山",
    "落实“三重一大”制度",
    "“十四五”期末",
    "到2025年",
    "6月22日",
    "今年上半年",
    "下一步",
    "居全市第一名",
    "进入前10名",
    "推行“345”网格化",
    "落实“1+446”思路",
    "四大强区",
    "注入五大动力",
    "亿元以上项目陆续落地",
    "超亿元旅游企业",
    "打造千亿元产业",
    "万元GDP能耗下降",
    "晚上8:30开播",
    "第十二届三次全会",
    "“一带一路”沿线",
    "一般说来十分统一",
    "坚决做到“两个维护”",
    "牢记三个方面",
    "五台山脚下",
    "打造15分钟生活圈",
    "24小时自助服务",
    "65岁以上老人",
    "每千人口床位",
    "近三年",
    "过去五年",
    "前11个月",
    "获得“五个一工程”奖",
    "一个目标",
    "一批项目",
    "二级医院",
    "千人计划",
    "《关于稳增长的十条措施》",
    "达到两位数增长",
    "电话0531-82078888",
    "PM2.5浓度",
    "三次产业比重为5:45:50",
    "新中国成立70周年",
    "2×24小时",
    "G309国道",
    "统一大市场",
    "今明两天",
    "10蒸吨以下燃煤锅炉",
    "万亩以上连片基地",
    "35千伏线路",
    "产业集群迈上千亿级台阶",
    "500万元以上固定资产投资保持增长",
    "省委十届七次、八次全会",
]


@pytest.mark.parametrize("text", SILENT)
def test_names_dates_classes_and_ranks_are_no_amounts(text: str) -> None:
    assert short(text) == []


def test_what_a_number_classifies_is_counted_all_the_same() -> None:
    assert short("引进亿元以上项目至少100个") == [("至少100个", ">=", 100, "个")]
    assert short("新增绿地1万亩以上。") == [("1万亩以上", ">=", 10000, "亩")]
    assert short("总投资3亿元的项目") == [("3亿元", "=", 3e8, "元")]


def test_money_that_describes_a_list_is_marked() -> None:
    text = "总投资30亿元的5个项目"
    money, count = find_quantities(text)
    assert (money.value, money.rule.endswith("+of"), count.value) == (3 * 10**9, True, 5)


def test_a_sum_is_two_amounts_and_in_quotes_a_name() -> None:
    assert short("4+18所学校亮相") == [("4", "=", 4, "所"), ("18所", "=", 18, "所")]
    assert short("“4+18”学校计划") == []


def test_old_and_new_value_are_told_apart() -> None:
    old, new = find_quantities("绿化率由35%提高到42%")
    assert (old.value, old.rule) == (35, "number+old")
    assert (new.value, new.rule) == (42, "number+new")
    both = find_quantities("城乡补助分别由5元和3元增加到7元和4元")
    assert [q.rule[-4:] for q in both] == ["+old", "+old", "+new", "+new"]
    assert [q.rule for q in find_quantities("绿化率35%，就业率42%")] == ["number", "number"]


def test_a_comparator_said_once_holds_for_all_that_are_listed() -> None:
    assert [q.op for q in find_quantities("城镇、农村收入分别增长8%、9%左右")] == ["~", "~"]
    assert [q.op for q in find_quantities("甲、乙两县分别不低于10个、5个")] == [">=", ">="]
    assert [q.op for q in find_quantities("利润增长8%、税收增长9%左右")] == ["=", "~"]


def test_a_unit_said_once_holds_for_all_that_are_joined() -> None:
    assert short("分别提高3.5和3个百分点") == [("3.5", "=", 3.5, "百分点"), ("3个百分点", "=", 3, "百分点")]
    assert short("两业产值分别超过7、5亿元") == [("超过7", ">", 7e8, "元"), ("5亿元", ">", 5e8, "元")]
    assert short("2022和2023个") == [("2023个", "=", 2023, "个")]


def test_an_item_number_is_not_part_of_the_amount() -> None:
    assert short("3.20个小区完成改造") == [("20个", "=", 20, "个")]
    assert short("获得奖牌24.5枚") == [("24.5枚", "=", 24.5, "枚")]


def test_amounts_of_a_whole_sentence_come_in_order_and_apart() -> None:
    text = "一边抓防汛、一边抓建设，八大类、89个重点项目，总面积1.1万余亩，完成投资超过20亿元。"
    assert [q[0] for q in short(text)] == ["八大类", "89个", "1.1万余亩", "超过20亿元"]


_SOUP = st.text(
    alphabet="0123456789.,%％一二两三十百千万亿余多几近约超过至少以上内左右个家元亩公里、，。和的由到分之成翻番半大"
    "“”《》（）+-—:： ０９第年月日同比增长突破分别项目级",
    max_size=120,
)


@given(_SOUP)
@settings(max_examples=300)
def test_offsets_lie_inside_the_text_and_never_overlap(text: str) -> None:
    end = 0
    for q in find_quantities(text):
        assert end <= q.start < q.end <= len(text)
        assert q.value.is_finite() and q.unit
        assert (q.op == "between") == (q.high is not None)
        if q.high is not None:
            assert q.value < q.high
        end = q.end


@given(_SOUP, _SOUP)
@settings(max_examples=100)
def test_what_stands_far_before_changes_nothing(first: str, second: str) -> None:
    # 分别 and titles are looked for in the whole paragraph first.
    first, second = first.replace("分", ""), second.replace("分", "")
    gap = "甲" * 60
    together = find_quantities(first + gap + second)
    shifted = [(q.start + len(first), q.op, q.value, q.high, q.unit) for q in find_quantities(gap + second)]
    kept = [(q.start, q.op, q.value, q.high, q.unit) for q in together if q.start >= len(first) + 60]
    if "《" not in first + second:
        assert kept == shifted


_HOSTILE = [
    "1",
    "亿",
    "（",
    "“",
    "1+",
    "1-",
    "5%、",
    "百分之",
    "3万",
    "两个",
    "由5%到",
    "《5个》",
    "分别超5%、",
    "近",
    "1.5、",
]


@pytest.mark.parametrize("unit", _HOSTILE)
def test_hostile_input_takes_linear_time(unit: str) -> None:
    def seconds(length: int) -> float:
        text = "分别超" + unit * (length // len(unit))
        best = 9.0
        for _ in range(3):
            begun = time.process_time()
            find_quantities(text)
            best = min(best, time.process_time() - begun)
        return best

    # Five times the text, at most ten times the time: quadratic growth would take twenty-five.
    assert seconds(100_000) < max(10 * seconds(20_000), 0.05)
