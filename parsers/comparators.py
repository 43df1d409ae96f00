"""Comparator and vagueness of an amount, from the words around its number.

Words that touch the number (近, 至少, 以上, 余) belong to the amount's span; verbs (突破, 达到, 控制在)
set the comparator and stay outside it.
"""

from __future__ import annotations

import re

from parsers.statement import Approx, Op

Reading = tuple[Op, Approx | None]

BEFORE: dict[str, Reading] = {
    **dict.fromkeys(("近", "将近", "接近", "近乎", "临近"), ("~", "below")),
    **dict.fromkeys(("约", "大约", "约为", "大概", "大致", "约占"), ("~", "around")),
    **dict.fromkeys(("超", "超过", "逾", "多于", "高于", "大于", "超出", "远超"), (">", None)),
    **dict.fromkeys(
        ("至少", "不低于", "不少于", "不小于", "不下于", "不得低于", "不得少于", "最少", "不下", "最低"),
        (">=", None),
    ),
    **dict.fromkeys(
        ("不超过", "不超", "不高于", "不多于", "不大于", "不得超过", "不得高于", "至多", "最多", "最高"),
        ("<=", None),
    ),
    **dict.fromkeys(("不足", "不到", "低于", "少于", "小于", "未到", "未满", "未达"), ("<", None)),
}
"""Words that touch the number and belong to its span."""

VERBS: dict[str, Reading] = {
    **dict.fromkeys(("突破", "过", "跨过", "越过", "跨越", "冲破", "站上", "跃上"), (">", None)),
    **dict.fromkeys(("跃过", "跨上", "迈过", "破"), (">", None)),
    **dict.fromkeys(("满", "达到或超过", "迈上", "登上"), (">=", None)),
    **dict.fromkeys(("控制在", "压缩在", "限制在", "控制到", "压缩至"), ("<=", None)),
    "确保不突破": ("<=", None),
    "不突破": ("<=", None),
}
"""Words before the number that set the comparator from outside the span."""

_NO_HEDGE_BEHIND = {
    # The character before a one-character hedge that makes it the end of another word.
    "约": "签节合公预履集制契违缔条邀特简守",
    "近": "最附邻临靠相就新将接",
    "超": "赶反高",
    "过": "通经不透难度去走路错超渡",
    "满": "期圆饱充丰爆",
    "破": "突打侦",
    "逾": "",
}

_TAIL = re.compile(
    "(?P<word>"
    + "|".join(sorted({*BEFORE, *VERBS}, key=lambda w: (-len(w), w)))
    + r")(?:[了到至为有]|人民币)?$"
)
LONGEST_BEFORE = max(map(len, (*BEFORE, *VERBS))) + 3
LAST_OF_BEFORE = frozenset(w[-1] for w in (*BEFORE, *VERBS)) | frozenset("了到至为有币")
"""Characters that can stand right before a number with such a word: all others need no look."""

AFTER: tuple[tuple[str, Reading], ...] = (
    ("及以上", (">=", None)),
    ("或以上", (">=", None)),
    ("及以下", ("<=", None)),
    ("以上", (">=", None)),
    ("以内", ("<=", None)),
    ("之内", ("<=", None)),
    ("以下", ("<=", None)),
    ("左右", ("~", "around")),
    ("上下", ("~", "around")),
    ("之上", (">=", None)),
    ("之间", ("=", None)),
    ("内", ("<=", None)),
)
FIRST_OF_AFTER = frozenset(w[0] for w, _ in AFTER)
_INNER = frozenset({"time", "length"})
"""内 alone bounds these (3天内, 6公里内); behind others it begins a word (内生, 内资)."""


def before(text: str, start: int) -> tuple[int, Reading] | None:
    """The comparator that ends right before `start`, with where the amount's span begins."""
    if text[start - 1] not in LAST_OF_BEFORE:
        return None
    base = max(0, start - LONGEST_BEFORE)
    found = _TAIL.search(text[base:start])
    if found is None:
        return None
    word, at = found["word"], base + found.start()
    if len(word) == 1 and at and text[at - 1] in _NO_HEDGE_BEHIND.get(word, ""):
        return None
    if word in BEFORE and found.end() == found.end("word"):
        return at, BEFORE[word]
    return start, BEFORE[word] if word in BEFORE else VERBS[word]


def after(text: str, end: int, dimension: str) -> tuple[int, Reading] | None:
    """The comparator that begins right behind `end`, with where the amount's span ends."""
    for word, reading in AFTER:
        if text.startswith(word, end):
            if word == "上下" and text[end + 2 : end + 3] in tuple("游联同班一"):
                return None
            if word == "内" and (dimension not in _INNER or text.startswith(("内外", "内环"), end)):
                return None
            return end + len(word), reading
    return None


def combined(first: Reading | None, second: Reading | None, more: bool) -> Reading:
    """One comparator from the word before, the word behind and 余/多 (more) inside.

    What stands behind decides (突破…以上, 控制在…左右); 余 and 多 alone mean above.
    """
    if second and second[0] != "=":
        if first and first[1] and second[0] in (">=", "<="):
            return second[0], first[1]
        return second
    if first:
        return first
    return (">", "above") if more else ("=", None)
