"""Milestones: finished, awarded or ranked facts that are told without an amount."""

from __future__ import annotations

import re

from parsers.deed_things import nameless
from parsers.deeds import Deed, is_means
from parsers.not_deeds import some

_MILESTONE = re.compile(
    r"(?P<award>荣获|获评|获“|成为(?:国家|全国|全省|国际|世界)[^，]{2,16}(?:城市|示范[区县]|试点|基地|园区|先进[区县])$|获.{0,20}(?:通报表扬|表彰|督查激励)|获得.{0,30}(?:奖|称号|荣誉|批复|批准|授牌|等次)|获批|获准|入选|入围|"
    r"被.{0,8}(?:评为|授予|列为|确定为|认定为|命名为|评定为)|跻身|跨入|荣膺|蝉联|喜获|摘得)|"
    r"(?P<rank>(?:第一|首位|第[二三四五六七八九十\d]+(?:位|名)|前列|前茅|榜首|唯一|之首|新高$|首家|首个|首条|首套|首台|首座|首例|"
    r"居.{1,6}前[三五十\d]+位?|"
    r"全(?:国|省|市)第[一二三四五六七八九十\d]+)(?!时间|站|天|眼|任|道|现场|步|产业|批次|书记|轮|季度|民生|要务|资源|动力|责任|道防线|线))|"
    r"(?P<done>(?:全部|全面|基本|顺利|提前|如期|超额)?(?:建成|竣工|投产|投用|投入使用|投入运营|投入运行|上线运行|开始运行|实现量产|通车|开通|开工|启用|落户|"
    r"落地(?!生根)|签约|揭牌|挂牌|获批|出台(?!的)|印发|成立(?!\d+周年)|脱贫摘帽|摘帽|清零|消除|取缔|通过.{0,8}验收|试运营|"
    r"成功(?:举办|申办|创建|承办|获批)|实行新|正式(?:发布|启动|实施|运行)|提前.{0,3}完成|"
    r"纳入(?:全国|全省|国家|省)|首推|(?<=[\u4e00-\u9fa5]{4})(?:全面|全部|基本|圆满)完成$|成为全?(?:国|省|市)(?:首|唯)|(?:聚集|集聚|引入|吸引|入驻).{2,60}等(?:一批|一大批|知名)))"
)
_MILESTONE_WORD = re.compile(
    "获|入选|入围|被|跻身|跨入|荣膺|蝉联|喜获|摘得|第|首|前|居|榜首|新高$|完成$|运行|量产|唯一|建成|竣工|投产|投用|投入|通车|"
    "开通|开工|启用|落户|落地|签约|揭牌|挂牌|出台|印发|成立|摘帽|清零|消除|取缔|通过|试运营|成功|实行新|正式|提前|纳入|成为|"
    "聚集|集聚|引入|吸引|入驻"
)
"""A word of each of them; tells cheaply that most clauses hold none."""


def find_milestone(clause: str) -> Deed | None:
    """A finished, awarded or ranked fact without an amount, for clauses said of the past.

    >>> find_milestone("获评全省平安建设先进区").rule
    'milestone.award'
    """
    if _MILESTONE_WORD.search(clause) is None:
        return None
    found = _MILESTONE.search(clause)
    if found is None or len(clause) < 5 or "小康社会" in clause or "周年" in clause or is_means(clause):
        return None
    if found.lastgroup == "done" and some(clause) and nameless(clause):
        return None
    return Deed(found.group(), clause, f"milestone.{found.lastgroup}")
