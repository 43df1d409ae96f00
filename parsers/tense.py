"""Is a clause said of what is to come or of what has been: cues, and a state per paragraph.

A work report tells by its headings which part looks back; newspapers and excerpts do not, so there the
words decide: each cue carries a weight (about its log-odds of standing in a review rather than in a
programme, counted over headed work reports), clauses are summed, and neighbouring paragraphs support
each other.
"""

from __future__ import annotations

import re
from typing import Literal

Tense = Literal["past", "forward"]

_PAST: tuple[tuple[float, str], ...] = (
    (
        4.0,
        "入选|获评|荣获|获批|评为|一年来|五年来|年来，|的结果|累计|跃居|跻身|位居|居全|同比|比上年增|顺利通过|"
        "首批|喜获|蝉联|圆满|获得",
    ),
    (
        3.0,
        "成功(?!率|的?经验)|取得(?!突破|新|更大|实质|重大突破)|实现了|初见成效|新进展|较上年|比上年|基本建成|"
        "全面完成了|先后|连续|均居|已(?!有的)|共(?:完成|实施|建|有)|新增了|去年|过去|感谢|有待|不够|初具规模|"
        "蓬勃|成为现实|升至|增至|降至|达标|落户|得到|以来",
    ),
    (
        2.0,
        "(?<=[\u4e00-\u9fa5])了(?!解)|预计|显著(?:提高|提升|增强|改善)|明显|更加凸显|稳步(?:提升|增长|推进$)|"
        "持续(?:优化|改善|向好|增强|深化$)|有力推进|正式|顺利|完工|建成投用|建成通车|全省第|全国第|首位|前列|"
        "突破性|持续领跑|有效|不断(?:完善|提升|增强|优化)$",
    ),
)
_FORWARD: tuple[tuple[float, str], ...] = (
    (
        4.0,
        "力争|确保|争取|今年(?:要|将|的?主要|的?重点|的?工作|，?我们将|全市要)|下一步|下一阶段|预期目标|主要目标|"
        "将(?!军|近|来)|拟|即将|明年|年内(?!完成了)|到20[0-9]{2}年(?:底|末)?|奋斗目标|计划(?:新|完成|投|实施|开工)|"
        "努力(?:实现|把|建设|打造|在)|务必|必须",
    ),
    (3.0, "支持|鼓励|引导|抓好|做好|办好|继续|争创|严禁|坚决|不得|使.{1,12}(?:达到|提高到)"),
    (
        2.0,
        "^加快|^完善|^健全|^提升|^推动|^推进|^加强|^深化|^促进|^打造|^强化|^优化|^培育|^建设|^大力|^积极|^切实|"
        "^着力|^进一步|^加大|^提高|^增强|^巩固|^深入|^全面|以上$|更加注重|坚持|"
        "要(?!素|求|点|事|道|闻|件|塞|害|因|领)",
    ),
)
_CUES = [(re.compile(cue), weight) for weight, cue in _PAST]
_CUES += [(re.compile(cue), -weight) for weight, cue in _FORWARD]


def lean(clause: str) -> float:
    """Above zero: it has been; below: it is to come; near zero the words do not say."""
    return sum(weight for cue, weight in _CUES if cue.search(clause))


def smooth(scores: list[float], switch: float = 5.0) -> list[Tense]:
    """Most likely tense of each unit, given its score and that neighbours mostly share it.

    scores: as `lean`, summed over a unit. switch: cost of changing tense between neighbours.
    (Viterbi over two states.)
    """
    if not scores:
        return []
    past, forward = 0.0, 0.0
    back: list[tuple[bool, bool]] = []
    for score in scores:
        bounded = max(-8.0, min(8.0, score))
        back.append((past >= forward - switch, forward >= past - switch))
        past, forward = max(past, forward - switch) + bounded, max(forward, past - switch) - bounded
    state: Tense = "past" if past > forward else "forward"
    path: list[Tense] = []
    for from_past, from_forward in reversed(back):
        path.append(state)
        if state == "past" and not from_past:
            state = "forward"
        elif state == "forward" and not from_forward:
            state = "past"
    return path[::-1]
