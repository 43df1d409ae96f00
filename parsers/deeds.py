"""Nameable deeds: which clause promises or reports something a person could go and check.

“打通领仁路南段等瓶颈路” is one, “增强获得感” is not (annotation rules 7 and 8): what decides is the verb
and whether its object is a thing with a name, a document, a works, an institution or an event.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# Deeds that are checkable whatever their object.
_PLAIN = (
    "研究出台|研究制定|制定出台|出台实施|开工建设|启动建设|启动实施|启动编制|组织编制|建成投用|建成投产|建成启用|建成通车|"
    "改造提升|提升改造|改扩建|迁扩建|新改建|新建改建|新建|改建|扩建|迁建|续建|共建|筹建|兴建|修建|修编|修订|编制|制定|制订|出台|印发|颁布|"
    "启动|开工|竣工|投产|投用|通车|开通|开行|开馆|开园|建成|打通|贯通|铺设|敷设|加装|安装|拆除|取缔|关停|关闭|淘汰|搬迁|"
    "举办|承办|办好|召开|举行|设立|成立|组建|挂牌|揭牌|创建|申报|申建|申创|争创|争取|争列|创成|引入|引进|招引|落地|签约|推出|搭建|建立|"
    "发放|发行|取消|免征|减免|免除|降低|执行|延长|盘活|招募|招聘|选派|选聘|联接|接入|布设|增设|开设|试行|收回|兑现|"
    "发布|上市|移交|回迁|完成|实现|整合|合并|划转|确权|收购|重组|恢复|清理|改革"
)
# Deeds that need a checkable object.
_BOUND = (
    "建设|打造|构建|实施|开展|推行|推广|布局|建好|兴办|规划|谋划|策划|培育|落实|运行|运营|深化|抓好|做好|办|探索|推进|推动|加快|支持|提升|优化|扩大|完善|改造|整治|修复|治理|"
    "发展|帮助|普及|健全|参与|融入|建优|建强|做强|用好|强化|加强|促进|引导|鼓励|保护|申请|创新|形成|投入|纳入"
)

_WORKS = (
    "园|园区|小镇|示范区|试验区|实验区|先行区|先导区|集聚区|开发区|保税区|功能区|合作区|引领区|核心区|街区|商圈|片区|社区|新区|新城|科学城|科技城|知识城|产业城|"
    "中心|总部|平台|基地|孵化器|加速器|创客空间|实验室|研究院|研究所|设计院|学院|大学|校区|学校|中学|小学|幼儿园|医院|卫生院|卫生室|"
    "养老院|敬老院|福利院|服务站|充电站|变电站|加油站|污水处理厂|处理厂|电厂|水厂|厂房|工厂|厂|项目|工程|路|大道|街|高速|高速公路|公路|铁路|高铁|地铁|轻轨|轨道|线路|"
    "环线|通道|隧道|桥|大桥|立交|枢纽|车站|火车站|客运站|机场|港|港口|码头|航道|口岸|管网|管廊|管道|水库|灌区|水系|湿地|公园|绿道|广场|体育馆|体育场|"
    "图书馆|博物馆|美术馆|文化馆|展览馆|规划馆|纪念馆|剧院|影院|档案馆|活动室|停车场|停车位|泊位|市场|综合体|商场|酒店|楼宇|大厦|安置房|公租房|保障房|住房|公寓|"
    "小区|城中村|棚户区|旧村|老旧小区|村庄|走廊|产业带|经济带|示范带|旅游带|科创带|长廊|集群|仓|驿站|站点|电梯|厕所|基站|机组|生产线|产业链|示范省|示范市|示范县|示范村|示范点|示范基地|"
    "文明城市|卫生城市|森林城市|园林城市|模范城市|先进区|百强县|银行|交易所|基金|公司|集团|法院|检察院|机构|联盟|协会|组织|队伍|专班|数据库|系统|网络|一张网|热线|客户端|窗口|大厅"
)
_ACTS = (
    "行动|计划|规划|方案|办法|条例|细则|意见|标准|规范|清单|目录|名录|指南|制度|机制|体系|模式|试点|改革试点|改革|活动|大会|论坛|博览会|展会|展览|年会|峰会|推介会|对接会|招聘会|"
    "洽谈会|交易会|运动会|马拉松|大赛|比赛|赛事|文化节|旅游节|艺术节|节|仪式|庆典|演出|政策|措施|举措|法规|评估|普查|登记|审计|调查|巡查|督查|培训|创建|申报|认证|"
    "战略合作|协议|合作|整治|综合整治|专项行动|搬迁|征迁|征收|拆迁|改造|更新|治理|修复|保护|清零|全覆盖|一网通办|改扩建|前期工作|供地|出让|建设|加装|升级|入户|上楼|脱贫|摘帽"
)
_NAME = re.compile(
    r"“[^”]{2,24}”|‘[^’]{2,24}’|《[^》]{2,40}》|[A-Z][A-Za-z]{2,}|[一二三四五六七八九十\d]+期|\d+号|"
    r"[\u4e00-\u9fa5]{2,}(?:路|大道|大街|大桥|高速|铁路|高铁|机场|港|水库|公园|产业园|科技园|工业园|示范园|片区|大学|医院|枢纽|新城|新区|小镇|景区|会展中心|产业带)"
)
_WORK_END = re.compile(
    rf"(?:{_WORKS})(?:（[^（）]*）)?(?:的?(?:规划|开发|改造|升级|建设|创建|布局|运营|提升|项目|工作|任务|试点|投用|推广|落地|落户|开工|改革|整治|搬迁|"
    rf"等)){{0,3}}$"
)
_ACT_END = re.compile(rf"(?:{_ACTS})(?:工作|任务|落地|实施|建设|开展|等){{0,2}}$")
_VAGUE_END = re.compile(
    "(?:作用|意识|水平|能力|力度|信心|优势|氛围|格局|局面|活力|质量|效率|效益|效能|动力|潜力|底线|精神|思想|理念|责任|作风|关系|环境|信念|本领|素质|素养|支撑|保障|基础|"
    "合力|方向|道路|步伐|进程|目标|"
    "主线|抓手|导向|要求|部署|安排|形象|影响力|吸引力|竞争力|凝聚力|获得感|幸福感|安全感|满意度|知名度|积极性|主动性|创造性|空间|需求|需要|问题|矛盾|风险|发展|增长|稳定|和谐|"
    "繁荣|振兴|崛起|转型|"
    "跨越|突破|成效|成果|进展|优化|融合|协同|共享|互动|衔接|氛围|正能量|新篇章|主动权|制高点|经济|业态|文化|生活|事业|民生|人才|产业|企业|农业|工业|服务业|旅游业|金融业|制造业|"
    "教育|市场主体|主体|资源|要素|消费|投资|品牌|工作)$"
)
_RHETORIC = re.compile(
    r"坚持|牢固树立|牢牢|始终|不断|以.{2,20}为(?:指导|中心|主线|根本|统领|引领|抓手|核心|契机|目标|动力|导向|重点)$|深刻|领会|贯彻(?!落实《)|学习|弘扬|践行|精神$|"
    r"思想$|主义|意识$|"
    r"让.{2,20}(?:更|成为|共享|得到)|为.{2,20}(?:作出|贡献|奠定|提供)|谱写|开创|迈上|奋力|奋斗|团结|勠力|砥砺|不忘初心|牢记|担当|作为$|表示|强调|指出|要求$|"
    r"认为|希望"
)
_DEED = re.compile(rf"(?P<plain>{_PLAIN})|(?P<bound>{_BOUND})")
_TRAILING = re.compile(
    rf"(?:{_WORKS}|{_ACTS}|”|》).{{0,14}}?(?:开工建设|加快建设|开工|建成|竣工|投产|投用|投运|启用|通车|开通|运营|落地|落户|签约|获批|挂牌|揭牌|开建|"
    rf"开园|开馆|试运营|启动|完工|实施|封顶|出让|搬迁|改造完成|纳入[^，]{{2,12}})$"
)
_INTO = re.compile(
    r"(?:把|将)(?P<object>[^，]{2,60}?)(?:打造|建设|建|培育|发展)(?:成为?|为)(?P<into>[^，]{2,30})$"
)
_WEAK = frozenset(("完成", "实现", "建立", "降低", "执行", "发布", "争取", "改革", "整合", "清理"))
"""Plain deeds that attitudes use too: they need a checkable object after all."""
_MAKES = frozenset(("建设", "打造", "构建", "实施", "开展", "推行", "布局", "运行", "建好"))
_ADVANCES = frozenset(
    (
        "推进",
        "推动",
        "加快",
        "支持",
        "深化",
        "落实",
        "抓好",
        "做好",
        "提升",
        "扩大",
        "规划",
        "策划",
        "谋划",
        "改造",
        "整治",
        "修复",
        "探索",
        "推广",
        "参与",
        "培育",
        "投入",
        "纳入",
    )
)
LEAD = re.compile(
    r"^(?:(?:今年|明年|全年|年内|下一步|同时|此外|另外|其中|特别是|尤其是|并|还|也|再|又|将|要|需要?|必须|我们|全市|全省|全区|全县|我市|我省|我区|我县|各地|各级|"
    r"市中区|政府|继续|进一步|重点|着力|大力|积极|全面|深入|扎实|切实|认真|有序|稳步|持续|加快|加紧|抓紧|抓住|尽快|尽早|努力|力争|争取|确保|高标准|高水平|高质量|高规格|高起点|"
    r"高效|统筹|协调|坚决|坚定|"
    r"严格|强力|主动|优先|率先|逐步|适时|科学|精准|精心|超前|分类|分批|分步|创新|聚焦|全力|全力以赴|集中力量|探索|研究|推动|推进|支持|鼓励|引导|组织|做好|抓好|完善|规范|广泛|"
    r"常态化|系统|合力|联合|倾力|"
    r"启动|正在|即将|有望|计划|拟|会|已|已经|成功|顺利|圆满|先后|相继|正式|首次|新|共|累计|分别|率先|整体|综合|一体|同步|加大|强化)(?:，|、|地|的)?)*"
)


@dataclass(frozen=True, slots=True)
class Deed:
    """What is done to what; `rule` names the pattern that saw it."""

    verb: str
    object: str
    rule: str


def find_deed(clause: str) -> Deed | None:
    """The checkable deed of a clause without an amount, or None for attitudes and slogans.

    >>> find_deed("打通澄湖路南段等瓶颈路").verb
    '打通'
    >>> find_deed("不断增强群众获得感") is None
    True
    """
    if len(clause) < 5:
        return None
    into = _INTO.search(clause)
    if into is not None and (_WORK_END.search(into["into"]) or _NAME.search(into["object"])):
        return Deed("打造", into["object"].strip(), "deed.into")
    rhetoric = _RHETORIC.search(clause) is not None
    lead = LEAD.match(clause)
    at = lead.end() if lead else 0
    # the lead's last words may themselves be the verb (推进, 支持, 启动): look from there back to them
    for found in _DEED.finditer(clause):
        if found.start() > at + 14 and not found["plain"]:
            break
        thing = clause[found.end() :].lstrip("好成了起的以")
        if len(thing) < 2:
            continue
        if found["plain"]:
            if rhetoric and not _NAME.search(thing):
                continue
            if _VAGUE_END.search(thing) and not (_WORK_END.search(thing) or _NAME.search(thing)):
                continue
            if found["plain"] in _WEAK and not (
                _WORK_END.search(thing) or _ACT_END.search(thing) or _NAME.search(thing)
            ):
                continue
            return Deed(found["plain"], thing, "deed.plain")
        if rhetoric:
            continue
        verb = found["bound"]
        concrete = _WORK_END.search(thing) is not None
        named = _NAME.search(thing) is not None
        act = _ACT_END.search(thing) is not None
        if verb in _MAKES and (concrete or named or act):
            return Deed(verb, thing, "deed.made")
        if verb in _ADVANCES and ((concrete and len(thing) >= 4) or (named and (act or concrete))):
            return Deed(verb, thing, "deed.advanced")
    trailing = _TRAILING.search(clause)
    if trailing is not None and not rhetoric:
        return Deed(clause[trailing.start() :][-4:], clause, "deed.trailing")
    return None


# Milestones reported without an amount: awards, ranks, completions.
_MILESTONE = re.compile(
    r"(?P<award>荣获|获评|获得.{0,30}(?:奖|称号|荣誉|批复|批准|授牌)|获批|获准|入选|入围|被(?:评为|授予|列为|确定为|认定为|命名为|评定为)|跻身|跨入|晋升|荣膺|"
    r"蝉联|喜获|摘得|授予)|"
    r"(?P<rank>(?:第一|首位|第[二三四五六七八九十\d]+(?:位|名)|前列|前茅|榜首|唯一|首家|首个|首批|首条|全(?:国|省|市)第[一二三四五六七八九十\d]+)(?!时间|步|"
    r"产业|批次|书记|轮|季度))|"
    r"(?P<done>(?:全部|全面|基本|顺利|提前|如期|超额)?(?:建成|竣工|投产|投用|投入使用|投入运营|通车|开通|开工|启用|落户|落地|签约|揭牌|挂牌|获批|出台|印发|成立|"
    r"脱贫摘帽|摘帽|清零|消除|取缔|通过.{0,8}验收|试运营))"
)


def find_milestone(clause: str) -> Deed | None:
    """A finished, awarded or ranked fact without an amount, for clauses said of the past.

    >>> find_milestone("获评全省平安建设先进区").rule
    'milestone.award'
    """
    found = _MILESTONE.search(clause)
    if found is None or len(clause) < 6:
        return None
    return Deed(found.group(), clause, f"milestone.{found.lastgroup}")
