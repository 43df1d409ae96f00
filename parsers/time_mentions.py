"""Where a text names a time, in which form, and whether the words look forward or back."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from parsers.time_forms import FORM_OF_GROUP, PATTERN, TAIL, TAILED

TimeClass = Literal["absolute", "relative", "plan", "duration", "vague"]
Role = Literal["time", "baseline", "name"]
"""time: when something is due or was so. baseline: what a figure is compared with (比上年增长).
name: part of the name of a plan or paper (2035年远景目标, “十四五”规划)."""
Direction = Literal["forward", "past", "neutral"]

CLASSES: dict[str, TimeClass] = {
    "years": "absolute",
    "iso_day": "absolute",
    "date": "absolute",
    "han_date": "absolute",
    "month": "absolute",
    "months": "absolute",
    "day_of_month": "absolute",
    "half": "relative",
    "quarter": "relative",
    "this_year": "relative",
    "last_year": "relative",
    "year_before_last": "relative",
    "next_year": "relative",
    "whole_year": "relative",
    "year_edge": "relative",
    "this_month": "relative",
    "day_word": "relative",
    "since_event": "relative",
    "plan": "plan",
    "plan_ordinal": "plan",
    "past_years": "duration",
    "coming_years": "duration",
    "within": "duration",
    "ahead": "duration",
    "through": "duration",
    "days": "duration",
    "that_year": "vague",
    "future": "vague",
    "recently": "vague",
    "now": "vague",
    "term": "vague",
    "then": "vague",
}
FORWARD_FORMS = frozenset({"next_year", "coming_years", "within", "future", "then"})
PAST_FORMS = frozenset({"last_year", "year_before_last", "past_years", "recently", "since_event"})

AIMS = frozenset({"力争", "争取", "确保", "计划"})
"""Words before a count of years that make it one to come: 力争三年累计…."""
SINCE = re.compile("以来$|累计$")
DUE = re.compile("(?:前|内)$")
UNTIL = re.compile("(?:到|至|力争|争取|确保|计划|预计到|截至|截止|截止到|自|从)$")
THAN = re.compile("比$|较$|跟$|(?:好|高|低|大|少|多|快|优)于$|超过$")
OF_THING = re.compile("(?<!前)(?<!年)(?:完成|开工|清理|消化|化解|偿还|兑现|处置|盘活|办结|续建)$")
PLAIN = re.compile("[0-9０-９]{4}年度?(?:以前)?")
"""A year between a verb and its object is the object's (完成2018年及以前存量棚改)."""
THAT_WAS = re.compile("(?:出台|提出|确定|部署|启动|开工|签约|实施|结转|下达|制定|到期|审议)的")
"""A time in front of these tells when the object came to be (去年出台的政策), not when the deed is done."""
NAME_BEHIND = re.compile("远景|规划|计划|纲要|行动")


HAN_YEAR_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"○": 0, "零": 0}


class TimeMention(NamedTuple):
    """A time in a paragraph's text: text[start:end] == words.

    before, after: the three characters on either side, which decide direction and role.
    """

    start: int
    end: int
    form: str
    words: str
    before: str
    after: str

    @property
    def kind(self) -> TimeClass:
        """Absolute, relative to the document's date, a five-year plan, a duration, or vague."""
        return CLASSES[self.form]

    @property
    def lead(self) -> str:
        """The preposition in front (到, 至, 截至, 自, 从, 力争), empty where there is none."""
        found = UNTIL.search(self.before)
        return found.group() if found else ""

    @property
    def aimed(self) -> bool:
        """力争三年累计…: a count of years that has yet to begin."""
        return self.form == "past_years" and self.lead in AIMS

    @property
    def role(self) -> Role:
        """Whether it is a time of the statement, a base of comparison, or part of a name."""
        if self.before.endswith("面向"):
            return "name"
        if THAN.search(self.before) or "同期" in self.words:
            return "baseline"
        if self.before.endswith(("与", "和", "同", "跟")) and self.after.startswith(
            ("相比", "持平", "相当", "比")
        ):
            return "baseline"
        if self.before.endswith(("恢复到", "恢复至")) and self.after.startswith(("水平", "同期", "的水平")):
            return "baseline"
        if self.before.endswith(("为", "是", "由", "从", "以")) and self.after.startswith(("的", "为基")):
            return "baseline"
        if self.form in ("plan", "plan_ordinal") and ("规划" in self.words or "计划" in self.words):
            return "time" if self.words.endswith(("期间", "时期", "末", "期内")) else "name"
        if self.form in ("date", "han_date", "years") and NAME_BEHIND.match(self.after):
            return "name"
        if THAT_WAS.fullmatch(self.after):
            return "name"
        if self.form == "date" and OF_THING.search(self.before) and PLAIN.fullmatch(self.words):
            return "name"
        return "time"

    @property
    def direction(self) -> Direction:
        """forward: to be met by then (到…年, 年内, 下一步). past: 去年, …以来, 近三年. Else neutral.

        The words alone decide; whether a plain year lies ahead depends on the document (`periods.tense`).
        """
        if self.aimed:
            return "forward"
        if SINCE.search(self.words) or self.form in PAST_FORMS or self.lead in ("截至", "截止", "截止到"):
            return "past"
        if (
            self.form in FORWARD_FORMS
            or (self.form != "now" and DUE.search(self.words))
            or self.lead in ("到", "至", "力争", "争取", "确保", "计划", "预计到")
        ):
            return "forward"
        return "neutral"


def find_times(text: str) -> list[TimeMention]:
    """All times named in one clean paragraph, in order, without overlap; linear in the text."""
    found = []
    match = PATTERN.search(text)
    while match is not None:
        start, end = match.span()
        form = FORM_OF_GROUP[match.lastgroup or ""]
        if form in TAILED and (tail := TAIL.match(text, end)):
            end = tail.end()
        before = text[start - 3 : start] if start > 3 else text[:start]
        found.append(TimeMention(start, end, form, text[start:end], before, text[end : end + 3]))
        match = PATTERN.search(text, end)
    return found
