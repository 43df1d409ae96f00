"""How a clause is said: of what has been or of what is to come, and by which sign that is known."""

from __future__ import annotations

import re

from parsers.periods import Anchor, TimeMention
from parsers.tense import FORWARD_WORD, PAST_WORD, TELLING, Tense, lean

_UNDONE = re.compile(r"^(?:全力|统筹|着力)?(?:加快(?!的)|着力|抓好|打造|策划)|正在")
"""In news, what is sped up or under way is still to be finished (guide: 加快… + undone)."""
_TOLD = re.compile(
    r"^(?:目前|如今|现|刚刚)|^在[^，]{2,30}(?:会|仪式|活动|大会|上|期间)上?$|总?占地|拥有|现有|共有|"
    r"^[\u4e00-\u9fa5]{2,6}[省市区县州](?:以[^，]{2,20}为|在[^，]{2,12})?(?:连续)?"
    r"(?:建立|举行|举办|采用|构建|组建|出台|推出|开展了|获得|召开|落实|参与)|"
    r"(?:签约|开工|投产|揭牌|落户|启用|通车|竣工)$"
)
"""Narrative of an article: an occasion, a present state, or the place itself doing something."""
_TOLD_ALONE = re.compile(
    r"(?:开通|验收|建成|投用|投入使用|上线运行|正式上线|获批|成立|首飞|下线|下水|发布)$|"
    r"^(?:如今的?)?[^，]{0,20}(?:年接待|年产|收入|总量|规模|产量|产值)[^，]{0,10}(?:突破|超过?|达到?)(?=[^，]{0,3}\d)"
)
"""The same where nothing in its sentence looks ahead."""
_EITHER_WAY = ("累计", "跃居", "跻身", "位居", "升至", "增至", "入选", "获评", "获批", "同比")
"""Words that name what is reached as well as what was: 到2025年,…跻身…; 今年的目标是…同比增长8%."""
_REACHED = re.compile("完成|实现|达到")
"""A goal at the end of a clause lies ahead (今年的预期目标) unless it was reached (提前完成…目标)."""
_SPED = re.compile("加快|正在|着力")
_DISPOSES = re.compile(
    r"将(?!在|于|会|有|继续|进一步|全面|加快|按|以|从|把|对|通过|陆续|逐步|重点|大力|着力|再|实施|推进|打造|建设|投入|组织)"
    r"[^，]{2,40}?(?:纳入|列入|整合|压缩|压减|缩短|打造成|打造为|建设成|提升[至到为]|扩大[到至]|划分|转变为|调整[为到]|改造[为成]|改为|移交|下放|进行|用作|用于|转为|化为|投向|赋予|引入|延伸)"
)
"""将 that only brings its object forward (将时间压缩到三天): it says nothing of what is to come."""
_CARRIES = re.compile(
    r"^(?:力争|确保|争取|努力|今年|明年|下一步|一年来|五年来|去年|到20\d\d年)|目标[是为]?$|我们(?:将|要)|(?:^|[省市区县州])将|"
    r"^[^，]{0,8}?(?:计划|拟)(?=新|完成(?!投)|实施|开工|在|建|用|到|今年|改|引进|启动|打造|整治|增|修|举办|组织|招|培育)"
)


class TenseReader:
    """Judges clause by clause; `rule` names what decided last."""

    def __init__(self, anchor: Anchor, news: bool, planned: bool) -> None:
        """`news`: an article, whose reporter tells facts with bare verbs where a report would plan.

        `planned`: a plan for several years, whose sums (累计降低13%) are those of its end.
        """
        self.anchor = anchor
        self.news = news
        self.planned = planned
        self.rule = ""

    def telling(self, text: str, beyond: int) -> list[int]:
        """Where words stand that may tell a clause's tense, the last first, behind them all `beyond`.

        An article is read without: there every clause may tell its tense.
        """
        found = [] if self.news else [match.start() for match in TELLING.finditer(text)]
        return [*found, beyond][::-1]

    def carries(self, words: str, said: Tense, mention: TimeMention | None) -> bool:
        """Whether the tense of these words holds for the rest of their sentence."""
        if _CARRIES.search(words):
            return True
        if not self.news or said != "past":
            return False
        if mention is not None and mention.form == "plan":
            return True
        return _TOLD.search(words) is not None or (mention is not None and is_event_day(mention))

    def judge(
        self,
        words: str,
        start: int,
        section: Tense | None,
        carried: Tense | None,
        mention: TimeMention | None,
        when: str | None,
        tells: bool,
        measured: bool,
    ) -> Tense:
        """What the clause's own words say, else what its sentence began with, else its section."""
        around = carried or section
        if around is not None and mention is None and not tells:
            return self.go_on(around, carried is not None)
        past, forward = (_spoken(PAST_WORD, words), _spoken(FORWARD_WORD, words)) if tells else (None, None)
        if forward is not None and around == "past" and _DISPOSES.match(words, forward.start()):
            forward = None
        if forward is not None and forward.group() == "目标" and _REACHED.search(words):
            forward = None
        if past is not None and section == "forward" and past.group() == "累计" and self.planned:
            past = None
        if past is not None and carried == "forward" and past.group().startswith(_EITHER_WAY):
            past = None
        if past is not None and forward is None:
            return self._by("past-word", "past")
        if forward is not None and past is None:
            return self._by("forward-word", "forward")
        if mention is not None and mention.start - start <= 6:
            if mention.direction != "neutral":
                gone = when is not None and self._over(when)
                return self._by("time", "past" if gone else mention.direction)
            if self.news and is_event_day(mention):
                return self._by("event-day", "past")
            if self.news and mention.form == "plan" and when is not None and self._begun(when):
                return self._by("time", "past")
        if self.news and past is None:
            if _UNDONE.search(words) and not (measured and around == "past" and not _SPED.search(words)):
                return self._by("undone", "forward")
            if _TOLD.search(words) or (carried is None and _TOLD_ALONE.search(words)):
                return self._by("told", "past")
        if past is None and carried is not None:
            return self._by("sentence", carried)
        if past is None and section is not None:
            return self._by("section", section)
        return self._by("lean", "past" if lean(words) > 0 else "forward")

    def is_over(self, mention: TimeMention, when: str | None) -> bool:
        """A plain year before the text's own (2019年，…), which tells of what was in news."""
        return (
            mention.form == "date"
            and mention.direction == "neutral"
            and when is not None
            and self._over(when)
        )

    def go_on(self, tense: Tense, carried: bool) -> Tense:
        """The tense of a clause that tells none itself: its sentence's (`carried`) or its section's."""
        self.rule = "tense.sentence" if carried else "tense.section"
        return tense

    def _by(self, rule: str, tense: Tense) -> Tense:
        self.rule = f"tense.{rule}"
        return tense

    def _over(self, when: str) -> bool:
        """A time before the text's own year, or in it a month before the one the text was published in."""
        year, last = self.anchor.this_year, when.split("..")[-1]
        if year is None or int(last[:4]) != year:
            return year is not None and int(last[:4]) < year
        month = self.anchor.month if self.anchor.year == year else None
        return self.news and month is not None and len(last) >= 7 and int(last[5:7]) < month

    def _begun(self, when: str) -> bool:
        """Years that had begun before the text's own: “十四五”期间 in its last year tells what was done."""
        year = self.anchor.this_year
        return ".." in when and year is not None and int(when[:4]) < year


def _spoken(pattern: re.Pattern[str], words: str) -> re.Match[str] | None:
    """The first match outside quoted names (“创享未来” looks nowhere)."""
    found = pattern.search(words)
    while (
        found is not None
        and "”" in words
        and words.rfind("“", 0, found.start() + 1) > words.rfind("”", 0, found.start())
    ):
        found = pattern.search(words, words.find("”", found.start()) + 1 or len(words))
    return found


def is_event_day(mention: TimeMention) -> bool:
    """A day or month, which in news dates an event: 4月18日, 今年3月, 今天."""
    return mention.form == "day_word" or "月" in mention.words
