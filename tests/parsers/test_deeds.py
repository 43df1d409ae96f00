"""Nameable deeds and milestones: what could be checked, and what is only attitude."""

from __future__ import annotations

import pytest

from parsers.deeds import find_deed
from parsers.milestones import find_milestone


@pytest.mark.parametrize(
    ("clause", "rule"),
    [
        ("打通澄湖路南段等瓶颈路", "deed.plain"),
        ("出台促进民营经济发展若干措施", "deed.plain"),
        ("我们将建设综合指挥平台", "deed.made"),
        ("开展“服务提升年”活动", "deed.made"),
        ("加快推进云川高铁站综合枢纽项目", "deed.advanced"),
        ("将云湖科技园打造成为全国领先的创新平台", "deed.into"),
        ("云湖医院新院区建成投用", "deed.trailing"),
        ("依法将渔民纳入云川市医疗保险", "deed.plain"),
        ("与周边城市共同开展古桥保护研究", "deed.made"),
        ("组织实施以老城为重点的违法用地大排查", "deed.made"),
        ("基本完成村级股份合作制改革", "deed.plain"),
        ("完成江心岛控制性详细规划", "deed.plain"),
        ("划定生态控制线", "deed.plain"),
        ("启用湖滨托育综合服务中心", "deed.plain"),
        ("进一步完善湖区联席会商制度", "deed.improved"),
        ("健全河道保洁责任清单", "deed.improved"),
        ("推进“八五”普法", "deed.programme"),
        ("抓好书香昆明建设", "deed.programme"),
        ("稳慎推进农村宅基地改革试点", "deed.trial"),
    ],
)
def test_a_deed_is_found(clause: str, rule: str) -> None:
    deed = find_deed(clause)
    assert deed is not None
    assert deed.rule == rule


@pytest.mark.parametrize(
    "clause",
    [
        "不断增强群众获得感",
        "坚持以人民为中心的发展思想",
        "大力发展现代服务业",
        "进一步解放思想",
        "把党的建设作为最大政绩",
        "充分发挥市场作用",
        "全面提升城市治理水平",
        "将绿色发展纳入重要议程",
        "加强移民搬迁后续扶持",
        "决不允许截留挪用",
        "实施了一系列打基础的重大举措",
        "老桥拆除不是终点",
        "既盘活闲置资产",
        "不许挪用资金发放奖金",
        "实现了“十五五”良好开局",
        "在制定园区规划和安排工作中",
        "创建工作有序开展",
        "确保完成全年目标任务",
        "通过划定一张居民分布地图",
        "这是实施云川规划的重要一年",
        "深入开展调查研究",
        "健全完善长效机制",
        "完善监督运行机制",
        "完善各类应急机制",
        "健全信用制度",
        "完善体制机制",
        "不断完善公共服务体系",
        "扎实做好“六稳”工作",
        "深入推进“五型”政府建设",
        "推进健康城市建设",
        "抓好试点",
        "健全考核激励机制",
        "进一步完善长效管理机制",
        "完善并严格执行能耗和环保标准",
        "完善以市场为导向的就业机制",
        "完善责任落实机制",
    ],
)
def test_an_attitude_is_no_deed(clause: str) -> None:
    assert find_deed(clause) is None


@pytest.mark.parametrize(
    ("clause", "rule"),
    [
        ("获评全省平安建设先进区", "milestone.award"),
        ("综合考评居全市首位", "milestone.rank"),
        ("云湖大桥建成通车", "milestone.done"),
        ("在全省考核中获得“优秀”等次", "milestone.award"),
        ("被省政府评为先进集体", "milestone.award"),
        ("全国首套云川智能系统投入运行", "milestone.rank"),
        ("居东部第一", "milestone.rank"),
        ("位居黄花主产区之首", "milestone.rank"),
        ("展览面积创历史新高", "milestone.rank"),
        ("云川商用车实现量产", "milestone.done"),
        ("非煤矿山整合全面完成", "milestone.done"),
    ],
)
def test_a_milestone_is_found(clause: str, rule: str) -> None:
    milestone = find_milestone(clause)
    assert milestone is not None
    assert milestone.rule == rule


@pytest.mark.parametrize(
    "clause", ["各项事业稳步推进", "把就业作为第一民生工程", "筑起了第一道防线", "通车不再是梦想"]
)
def test_progress_in_general_is_no_milestone(clause: str) -> None:
    assert find_milestone(clause) is None


@pytest.mark.parametrize(
    "clause",
    [
        "建立困难家庭补贴政策",
        "推进都香高速公路云湖段建设",
        "抓好地下管廊、街区路网、停车场和绿道建设",
        "规划建设云湖光谷",
        "组织好云湖杯诗词大赛等文化活动",
        "开展建区40周年系列庆祝活动",
        "引进云天、海农、大牧等国家级龙头企业",
        "开展污染源普查和土壤污染状况详查",
        "打造一批农产品加工集聚区",
        "依托论坛举办首届商品交易会",
    ],
)
def test_more_that_could_be_checked(clause: str) -> None:
    assert find_deed(clause) is not None


@pytest.mark.parametrize(
    "clause",
    [
        "完善服务热线运行机制",
        "深化平安创建活动",
        "抓好政治建设、思想建设和组织建设",
        "推进一批重大项目",
        "确保搬迁群众稳得住",
        "引进人才、技术等产业要素",
        "按照“动态清零”总方针",
        "为办好“云运会”作出云湖贡献",
        "把好事办好、实事办实",
        "还有规划编制带来的窗口机遇",
        "一大批好项目签约开工",
    ],
)
def test_more_that_could_not(clause: str) -> None:
    assert find_deed(clause) is None


@pytest.mark.parametrize(
    ("clause", "told"),
    [
        ("云湖牧场建设获国家通报表扬", True),
        ("改革举措不断出台", False),
        ("在云湖的第一站", False),
        ("云湖成为国家创新型试点城市", True),
        ("云湖成为发展的热土", False),
        ("消除隐患、防汛救灾的同时", False),
        ("也是完成“十一五”规划的关键五年", False),
        ("一大批好项目签约开工", False),
        ("云湖中学签约开工", True),
        ("一批老厂、旧仓签约开工", True),
    ],
)
def test_milestones_name_what_was_reached(clause: str, told: bool) -> None:
    assert (find_milestone(clause) is not None) == told
