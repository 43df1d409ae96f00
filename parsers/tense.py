"""Is a clause said of what is to come or of what has been: cues, and a state per paragraph.

A work report tells by its headings which part looks back; newspapers and excerpts do not, so there the
words decide, by weights learnt from headed reports (`python -m benchmarks.train_tense`): clauses are
summed, and neighbouring paragraphs support each other.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from math import fsum
from operator import add
from typing import Literal

Tense = Literal["past", "forward"]

PAST_WORD = re.compile(
    r"^(?:在|早在)?(?:去年|上年)(?!.{0,14}的)|以来(?!，?要)|累计(?!投资|完成投资额达到)|同比(?:增长|下降|增|减)|成为现实|[五三两十]年来|"
    r"一年来|(?<=[\u4e00-\u9fa5])了(?!解)|获评|荣获|入选|被评为|获批|跃居|跻身|位居|升至|增至|(?<!即将)(?<!而)已(?!有的)"
)
"""Words that put their clause into the past whatever surrounds it."""
FORWARD_WORD = re.compile(
    r"力争|确保(?!了)|争取(?!到|了|上级|中央|国家|省级|各级|各类|专项|资金|政策|债券)|将(?!军|近|来|士|帅)|"
    r"要(?<![主重首必纲紧摘概提简]要)(?!素|求|点|事|道|闻|件|塞|害|因|领|强|紧)|预期(?<![于超达合]预期)(?!性)|"
    r"拟(?<![模虚草]拟)(?!订|定|人|态|真)|计划(?=新|完成|投|实施|开工|在|建|用|到|今年|改|引进|启动|打造|整治|增|修|举办|组织|招|培育)|目标[是为]?$|"
    r"下一步|年内(?<![一二三四五六七八九十两几\d]年内)|年底前|不低于|不超过|努力(?<![的同懈续苦过年]努力)(?!下|程度|$)|必须|即将|明年|今后|"
    r"未来(?<!向未来)(?!产业|科|学|城|社区|工厂|农|实验|之|型|乡村|网络|医院|教育|健康)|拟按|安排$|^继续|"
    r"正在(?:制定|编制|筹备|谋划|规划)"
)
"""Words that make their clause one of what is to come. (What they may not follow is looked for behind them:
a word is found more quickly by its own first character.)"""
TELLING = re.compile(
    "去年|上年|以来|累计|同比|成为现实|年来|了|获评|荣获|入选|被评为|获批|跃居|跻身|位居|升至|增至|已|"
    "力争|确保|争取|将|要|预期|拟|计划|目标|下一步|年内|年底前|不低于|不超过|努力|必须|即将|明年|今后|未来|安排|继续|正在|"
    "今年|到20|回顾|过去|这一年"
)
"""A word of each pattern that may tell a clause's tense or carry it over its sentence: where a clause holds
none, none of those patterns can match. One search over a paragraph so spares several in each clause."""
_SAID = 4.0
"""What such a word adds, on the scale of `lean`."""
_NUMBER = re.compile(r"[\d.,％%]+")


def features(clause: str) -> list[str]:
    """What the words of a clause show: runs of 1–4 characters at its beginning, 1–3 at its end, 2–3 anywhere.

    Numbers are one sign, so that 18所 and 4所 are the same.
    """
    return sorted(_shown(clause))


def _shown(clause: str) -> set[str]:
    text = clause
    if _NUMBER.search(clause):
        text = _NUMBER.sub(lambda m: "%" if "%" in m.group() or "％" in m.group() else "0", clause)
    found = {*map(add, text, text[1:]), *map(add, map(add, text, text[1:]), text[2:])}
    found.update(("^" + text[:1], "^" + text[:2], "^" + text[:3], "^" + text[:4]))
    found.update((text[-1:] + "$", text[-2:] + "$", text[-3:] + "$"))
    return found


@cache
def weights() -> dict[str, float]:
    """Learnt weights of features, + where a review uses them (data/tense.tsv)."""
    lines = (files("parsers") / "data" / "tense.tsv").read_text("utf-8").splitlines()
    return {name: float(weight) for name, weight in (line.split("\t") for line in lines if line[0] != "#")}


@cache
def _known() -> frozenset[str]:
    """The features that have a weight, which are few of those that a clause shows."""
    return frozenset(weights())


def lean(clause: str) -> float:
    """Above zero: it has been; below: it is to come; near zero the words do not say."""
    return fsum(map(weights().__getitem__, _known() & _shown(clause)))


def weigh(clause: str) -> float:
    """As `lean`, with the words that say it outright."""
    if TELLING.search(clause) is None:
        return lean(clause)
    said = (PAST_WORD.search(clause) is not None) - (FORWARD_WORD.search(clause) is not None)
    return lean(clause) + _SAID * said


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
