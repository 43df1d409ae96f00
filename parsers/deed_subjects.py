"""What a clause without an amount is about: the deed with its object, carried where it names none."""

from __future__ import annotations

import re
from dataclasses import replace

from parsers.deeds import Deed
from parsers.subjects import Subject

_WHEN = (
    r"(?:到|于|在)?(?:(?:19|20)\d\d年(?:底|末|初)?前?|\d{1,2}月(?:底|份|初|末)?前?|今年|明年|年内|年底前?|"
    r"[上下]半年|[一二三四]季度)|将|预计|计划|有望"
)
_WHEN_DONE = re.compile(f"(?:{_WHEN})+")
_BARE_DEED = re.compile(
    rf"(?:{_WHEN})*(?:正式|全线|全面|主体|基本|建成|竣工|完工|开工|并|投入|实现|整体|同步|陆续)*"
)
"""A deed at the end of a clause that names nothing itself (计划2023年建成通车) is done to what was told."""
_RANKED = re.compile(
    "(?:稳|位|均|继续|保持|连续[一-龥\\d]{1,3}年|总量|增[速幅]|增长率|总[额数]|排名?|名|分别)*[居列处占排]"
)
"""A rank without what is ranked (居全市第二)."""
_MANNER = re.compile(
    "(?:全面|全部|较好|超额|圆满|胜利|顺利|基本|如期|提前|均|都|地|已|坚决|扎实|高质量|高标准|确保)*"
)


def needs_topic(deed: Deed) -> bool:
    """Whether the deed stands behind nothing but times and stages."""
    if deed.rule == "milestone.rank":
        return _RANKED.match(deed.object) is not None
    return deed.rule == "deed.trailing" and _BARE_DEED.fullmatch(deed.object) is not None


def subject_of_deed(deed: Deed, topic: str = "") -> Subject:
    """What a deed is about; `topic`: what its sentence has told of, for one that names nothing itself."""
    thing = deed.object.strip("的了，、 ")[:60]
    if topic:
        thing = topic + _WHEN_DONE.sub("", thing)
    if deed.rule == "deed.trailing":
        name = f"{thing}{deed.verb}"
    elif (
        thing.startswith(deed.verb)
        or thing.endswith((f"{deed.verb}工程", f"{deed.verb}项目"))
        or deed.rule.startswith("milestone")
    ):
        name = thing
    else:
        name = f"{deed.verb}{thing}"
    return Subject(name, None, deed.verb, thing, None, None, deed.rule)


def subject_of_bound(subject: Subject, bound: str) -> Subject:
    """The subject of a bound in words; where only its manner stands before it (超额完成) itself."""
    itself = subject.rule == "subject.carried" and bound.startswith(("完成", "达到"))
    if not itself and not _MANNER.fullmatch(subject.text):
        return subject
    return replace(subject, text=bound.replace("了", ""), object=bound)
