"""From clauses to statements: targets, actions and results, clause by clause.

An amount makes a claim a target or a result; without one a nameable deed makes it an action (said of
what is to come) or a result (a milestone said of the past). Attitudes and slogans make none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from parsers.asides import is_aside
from parsers.clauses import Clause, clauses, trim
from parsers.deeds import find_deed, find_milestone, nameless
from parsers.periods import Anchor, TimeMention, find_times, resolve, resolve_all
from parsers.quantities import find_quantities
from parsers.statement import Kind, Quantity
from parsers.subjects import Subject, subject_of
from parsers.tense import FORWARD_WORD, PAST_WORD, TELLING, Tense, lean
from parsers.wording import says_none_set

_DURATION = frozenset(
    {
        "年",
        "天",
        "个月",
        "月",
        "小时",
        "个小时",
        "日",
        "周",
        "分钟",
        "秒",
        "工作日",
        "个工作日",
        "季度",
        "个季度",
        "岁",
        "周年",
    }
)
_SHARED = re.compile(
    r"^[^，]{0,16}(?:全部|均|都|分别|一并|同时|纳入|参加|获得|达标|通过|投入使用|进行|运营|"
    r"建成|竣工|完工|开工|投产|投用|通车|启动|挂牌|落户|土地收储)"
)
_THING_NEXT = re.compile(
    r"^(?P<noun>[^、和及与，]{1,30}?)(?P<mark>、|和|及|以及|与)(?:新增|建成|新建|改建|改造|引进|培育|整治)?$"
)
_OWN_SUBJECT = re.compile(
    r"^(?:大关|以上|左右|（[^）]*）)?(?P<mark>、|和|及|，|；)(?P<head>[^、和及，]{4,})$|^(?P<mark2>、)(?P<head2>.{4,})$"
)
_CONTINUES = re.compile(r"^(?:同比|比上年|较上年|环比|年均|平均)*(?:增长|下降|提高|增加|减少|增幅|增速|增)")
_OTHERS = re.compile(
    r"^(?:我国|全人类|全国(?!首|第|唯一|文明|500强)|(?:世界|全球)(?=经济|各国|贸易|正|形势|格局|主要|范围)|"
    r"(?:中国|国家)(?=对|将|要|的|已|有关|层面|出台|提出|经济|在|是|与|每年|今年|去年))"
)
"""Facts of the nation and the world; 全国首个… and 国家…实验室 are a place's own."""
_SHORTENED = re.compile("压缩|压减|缩短|提速|延长|减少|连续.{1,3}年.{0,30}(?:增长|保持|居|第)")
"""What makes a bare duration a figure of its own: 审批时间由20天压缩到3天, 连续3年两位数增长."""
_BOUND_WITHOUT_NUMBER = re.compile(
    r"(?:与|和|同)[^，]{2,12}(?:基本)?同步(?:增长|提高)?$|全部(?:脱贫|摘帽|清零|达标|完成|消除|退出)$|全覆盖$|负增长$|零增长$|零(?:事故|上访)$|"
    r"无一[^，]{2,8}$|(?:恢复|回升)(?:到|至)[^，]{2,10}水平$|(?:稳定|保持|达)(?:在|到)?(?:[IⅠⅡⅢⅣⅤ]+)类(?:标准|水质|以上)?$|"
    r"(?:确保|保持|力争)[^，]{2,24}(?:面积|产量|产能)[^，]{0,4}稳定$|不低于[^，]{2,20}(?:增幅|增速)$|"
    r"(?:控制|保持|稳定)在[^，]{2,14}(?:范围|水平|区间)(?:内|以内|之内)?$|(?:高于|低于|快于|好于|优于|不低于|不高于)[^，]{0,16}(?:平均水平|平均增速|平均|去年|上年|经济增速|"
    r"目标)$|(?:完成|达到)[^，]{0,12}(?:下达|确定|规定|年度|省定|国定)[^，]{0,24}(?:任务|目标|指标|要求)$"
)
"""A measurable bound without a number: 与经济增长同步, 全部脱贫, 控制在省定范围内."""
_BOUND_LAST = frozenset("平定类准质上幅步长高贫帽零标成除出盖故访围平间内年市速务求区国省值")
"""Last characters of such bounds; tells cheaply that most clauses hold none."""
_NO_AMOUNT = Quantity(0, 0, "=", None, Decimal(0), None, "%")
_GOALS = re.compile(r"目标(?:建议|安排|初步安排)?(?:是|为|如下)?[:：](?!\d)")
"""Opens a list of targets, in whatever part of a text."""
_UNDONE = re.compile(r"^(?:全力|统筹|着力)?(?:加快(?!的)|着力|抓好|打造|策划)|正在")
"""In news, what is sped up or under way is still to be finished (guide: 加快… + undone)."""
_TOLD = re.compile(
    r"^(?:目前|如今|现|刚刚)|^在[^，]{2,30}(?:会|仪式|活动|大会|上|期间)上?$|总?占地|拥有|现有|共有|"
    r"^[\u4e00-\u9fa5]{2,6}[省市区县州](?:以[^，]{2,20}为|在[^，]{2,12})?(?:连续)?"
    r"(?:建立|举行|举办|采用|构建|组建|出台|推出|开展了|获得|召开|落实|参与)|"
    r"(?:签约|开工|投产|揭牌|落户|启用|通车|竣工)$"
)
"""Narrative of an article: an occasion, a present state, or the place itself doing something."""
_LOOKS_BACK = re.compile(r"^(?:回顾)?(?:在?过去的?一年|一年来|过去五年|五年来|去年以来|这一年|回顾)")
"""Opens a stretch of review inside a part that plans; it lasts until something ahead is said."""
_TURNS_AHEAD = re.compile(r"^(?:今年|新的一年|下一步|当前|面对|今后)")
_EITHER_WAY = frozenset(("累计", "跃居", "跻身", "位居", "升至", "增至", "入选", "获评", "获批"))
"""Verbs that name what is reached as well as what was: 到2025年,…跻身…."""
_RESERVED = re.compile("(?:据|经)?(?:初步(?:统计|核算|测算|预计)|预计|快报)")
_YEARLY = re.compile("年均(?:复合|实际|分别)?(?:增|递增|提高|提升|下降|降低|新增|减少|净增|引进|投入)")
"""An average over years, unlike the mean of one year (年均浓度)."""
_REACHED = re.compile("完成|实现|达到")
"""A goal at the end of a clause lies ahead (今年的预期目标) unless it was reached (提前完成…目标)."""
_ITEM = re.compile(
    r"(?:\d{1,2}[.．、](?!\d)|[（(][一二三四五六七八九十\d]{1,3}[)）]|[①-⑳]|[一二三四五六七八九十]是(?!一|否))\s*(?=[^\s\d])"
)
"""The number of an item is no part of what it says (1. 新建…, （二）推进…, 三是打通…)."""
_ITEM_FIRST = frozenset("0123456789（(①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_SPED = re.compile("加快|正在|着力")
_DISPOSES = re.compile(
    r"将(?!在|于|会|有|继续|进一步|全面|加快|按|以|从|把|对|通过|陆续|逐步|重点|大力|着力|再|实施|推进|打造|建设|投入|组织)"
    r"[^，]{2,40}?(?:纳入|列入|整合|压缩|压减|缩短|打造成|打造为|建设成|提升[至到为]|扩大[到至]|划分|转变为|调整[为到]|改造[为成]|改为|移交|下放|进行|用作|用于|转为|化为|投向|赋予|引入|延伸)"
)
"""将 that only brings its object forward (将时间压缩到三天): it says nothing of what is to come."""
_PLAIN_YEAR = re.compile(r"(?:19|20)\d\d年")
_TITLE, _FOLLOWED = 14, 60
_OPENING = 12
"""Characters at a paragraph's start in which a year opens it (a speaker's label may stand before)."""
_LOOKS: dict[Tense | None, Literal["back", "ahead"] | None] = {"past": "back", "forward": "ahead", None: None}
_CARRIES = re.compile(
    r"^(?:力争|确保|争取|努力|今年|明年|下一步|一年来|五年来|去年|到20\d\d年)|目标[是为]?$|我们(?:将|要)|(?:^|[省市区县州])将"
)


@dataclass(slots=True)
class Claim:
    """A claim in paragraph coordinates, before it gets its place, level and author."""

    kind: Kind
    paragraph: int
    start: int
    end: int
    text: str
    amounts: tuple[Quantity, ...]
    subject: Subject
    period: str | None
    absent: bool
    tense: Tense
    rule: str
    introduced: str = ""
    """Words at the head of its sentence that hold for every figure in it (初步核算，…; 预计…)."""


@dataclass(frozen=True, slots=True)
class Defaults:
    """Periods that a claim without a time of its own takes in this document; None leaves it open."""

    target: str | None
    action: str | None
    result: str | None


class ClaimReader:
    """Reads the claims of one document, paragraph by paragraph."""

    def __init__(self, anchor: Anchor, defaults: Defaults, local: bool, news: bool) -> None:
        """`local`: the document speaks for a place below the nation, whose facts are not its own.

        `news`: an article, whose reporter tells facts with bare verbs where a report would plan.
        """
        self.news = news
        self.anchor = anchor
        self.defaults = defaults
        self.local = local
        self.planned = defaults.target is not None and ".." in defaults.target
        """A plan for several years, whose sums (累计降低13%) are those of its end."""
        self.stretch: str | None = None
        """The years that the present section is about (今后五年, “十四五”时期), once a heading says so."""
        self._before = ""
        self._told_by = self._dated_by = ""
        self._scope: dict[Tense, str] = {}

    @property
    def reviewed(self) -> str | None:
        """The time that an article is telling of, once it has said so (2017年,…取得了)."""
        return self._scope.get("past")

    def head(self, text: str) -> None:
        """A heading, which may name the years its section is about."""
        for mention in find_times(text):
            when = resolve(mention, self.anchor)
            if when is not None and ".." in when:
                self.stretch = when

    def read(self, number: int, text: str, tense: Tense | None) -> Iterator[Claim]:
        """Claims of paragraph `number`; `tense`: that of its section or of its words."""
        amounts = find_quantities(text)
        every = find_times(text)
        times = [t for t in every if t.role == "time"]
        periods = resolve_all(text, times, self.anchor.facing(_LOOKS[tense])) if times else []
        begins = _first_years(every) if len(every) > len(times) else []
        at = time_at = 0
        sentence = -1
        introduced = ""
        sentence_time: str | None = None
        sentence_tense: Tense | None = None
        looking_back: Tense | None = None
        goals = _GOALS.search(text)
        goals_from = goals.end() if goals else len(text)
        told = self._telling(text)
        for clause in clauses(text):
            if clause.start >= goals_from:
                tense = "forward"
            if clause.sentence != sentence:
                sentence, sentence_time, sentence_tense = clause.sentence, None, looking_back
                introduced = ""
            while at < len(amounts) and amounts[at].start < clause.start:
                at += 1
            first = at
            while at < len(amounts) and amounts[at].end <= clause.end:
                at += 1
            while time_at < len(times) and times[time_at].start < clause.start:
                time_at += 1
            mention, when = None, None
            while time_at < len(times) and times[time_at].end <= clause.end:
                if mention is None or when is None:
                    mention, when = times[time_at], periods[time_at]
                time_at += 1
            words = text[clause.start : clause.end]
            if (words[0] in _ITEM_FIRST or words[1:2] == "是") and (item := _ITEM.match(words)):
                clause = clause._replace(start=clause.start + item.end())
                words = words[item.end() :]
            while told and told[-1] < clause.start:
                told.pop()
            tells = self.news or (bool(told) and told[-1] < clause.end)
            said = self._tense(
                words, clause.start, tense, sentence_tense, mention, when, tells, measured=first < at
            )
            if begins and said == "past" and when is not None:
                when = _from_year(begins, clause.start, times[time_at - 1].start, when)
            if (mention is not None and mention.direction != "neutral") or (
                tells and self._carries(words, said, mention)
            ):
                sentence_tense = said
            if tells and _LOOKS_BACK.match(words):
                looking_back = sentence_tense = "past"
            elif looking_back and (said == "forward" or _TURNS_AHEAD.match(words)):
                looking_back = None
            if when is not None:
                # 连续18年 is the span of one figure, not of what its sentence goes on to tell.
                sentence_time = when if mention is None or mention.words[0] != "连" else sentence_time
            if self.news and mention is not None and when is not None:
                self._open_scope(mention, when, clause.start, text)
            if words[0] in "预初据经" and _RESERVED.match(words):
                introduced = words
            if len(words) < 4:
                continue
            if first < at:
                for claim in self._measured(
                    number, text, clause, amounts[first:at], said, when or sentence_time
                ):
                    claim.introduced = introduced
                    yield claim
            elif (deed := self._unmeasured(number, words, clause, said, when or sentence_time)) and (
                deed.kind != "action" or not _is_topic(text, clause)
            ):
                yield deed

    def _telling(self, text: str) -> list[int]:
        """Where words stand that may tell a clause's tense, the last first; an article is read without."""
        return [] if self.news else [found.start() for found in TELLING.finditer(text)][::-1]

    def _carries(self, words: str, said: Tense, mention: TimeMention | None) -> bool:
        """Whether the tense of these words holds for the rest of their sentence."""
        if _CARRIES.search(words):
            return True
        if not self.news or said != "past":
            return False
        if mention is not None and mention.form == "plan":
            return True
        return _TOLD.search(words) is not None or (mention is not None and _is_event_day(mention))

    def _tense(
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
        past, forward = (_spoken(PAST_WORD, words), _spoken(FORWARD_WORD, words)) if tells else (None, None)
        around = carried or section
        if forward is not None and around == "past" and _DISPOSES.match(words, forward.start()):
            forward = None
        if forward is not None and forward.group() == "目标" and _REACHED.search(words):
            forward = None
        if past is not None and section == "forward" and past.group() == "累计" and self.planned:
            past = None
        if past is not None and carried == "forward" and past.group() in _EITHER_WAY:
            past = None
        if past is not None and forward is None:
            return self._by("past-word", "past")
        if forward is not None and past is None:
            return self._by("forward-word", "forward")
        if mention is not None and mention.start - start <= 6:
            if mention.direction != "neutral":
                gone = when is not None and self._over(when)
                return self._by("time", "past" if gone else mention.direction)
            if self.news and _is_event_day(mention):
                return self._by("event-day", "past")
            if self.news and mention.form == "plan" and when is not None and self._begun(when):
                return self._by("time", "past")
        if self.news and past is None:
            if _UNDONE.search(words) and not (measured and around == "past" and not _SPED.search(words)):
                return self._by("undone", "forward")
            if _TOLD.search(words):
                return self._by("told", "past")
        if past is None and carried is not None:
            return self._by("sentence", carried)
        if past is None and section is not None:
            return self._by("section", section)
        return self._by("lean", "past" if lean(words) > 0 else "forward")

    def _by(self, rule: str, tense: Tense) -> Tense:
        self._told_by = f"tense.{rule}"
        return tense

    def _period(self, kind: Kind, when: str | None, present: bool = False) -> str | None:
        """`present`: a state (a rate, a stock, a count), which an article tells as of its own date."""
        if when is not None and not (kind == "result" and self._later(when)):
            return self._due("said", when)
        of = self.defaults
        default = of.target if kind == "target" else of.action if kind == "action" else of.result
        if default is not None or kind == "target":
            return self._due("default", default)
        scope = self._scope.get("forward" if kind == "action" else "past")
        if scope is None and kind == "result" and present and self.anchor.year is not None:
            return self._due("present", str(self.anchor.year))
        return self._due("scope", scope)

    def _averaged(self, kind: Kind) -> str | None:
        """The years of an average: those of the section, where they lie behind a result."""
        year, stretch = self.anchor.this_year, self.stretch
        if kind == "target" or stretch is None or (year is not None and int(stretch[-4:]) <= year):
            return stretch
        return None

    def _rule(self, *made: str) -> str:
        """What made the claim, what decided its tense and what its period."""
        return ";".join((*made, self._told_by, self._dated_by))

    def _due(self, rule: str, period: str | None) -> str | None:
        self._dated_by = f"period.{rule}" if period is not None else "period.open"
        return period

    def _open_scope(self, mention: TimeMention, when: str, start: int, text: str) -> None:
        """An article's time holds for what follows: a year that opens a paragraph, or the day of the news."""
        year = self.anchor.this_year
        if mention.form == "day_word":
            self._scope["past"] = when
        elif (
            year is not None
            and start <= _OPENING
            and _PLAIN_YEAR.fullmatch(mention.words)
            and text[mention.start - 1 : mention.start] not in ("在", "到", "至", "从", "自", "由")
        ):
            self._scope["past" if int(when[:4]) < year else "forward"] = when

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

    def _later(self, when: str) -> bool:
        """A result cannot lie after its text: 申办2019年…大会 names the event, not the time of the deed."""
        year = self.anchor.this_year
        return year is not None and int(when[:4]) > year

    def _measured(
        self,
        number: int,
        text: str,
        clause: Clause,
        amounts: Sequence[Quantity],
        tense: Tense,
        when: str | None,
    ) -> Iterator[Claim]:
        words = text[clause.start : clause.end]
        if self.local and _OTHERS.match(words) and not re.search("第|首|前列", words):
            return
        if is_aside(words):
            return
        solid = [amount for amount in amounts if amount.unit not in _DURATION]
        kind: Kind = "result" if tense == "past" else "target"
        if not solid:
            deed = (
                find_milestone(words)
                or find_deed(words)
                or (kind == "result" and "完成" in words)
                or _SHORTENED.search(words)
            )
            if not deed:
                return
        first = _listed_first(text, clause, amounts[0].start)
        if first is not None and kind == "target":
            listed = self._unmeasured(number, text[clause.start : first], clause, tense, when)
            if listed is not None:
                yield listed
            clause = clause._replace(start=first + 1)
        for start, end, group in _groups(text, clause, amounts):
            part = text[start:end]
            local = [(amount.start - start, amount.end - start, amount) for amount in group]
            subject = subject_of(part, local, self._before)
            if not _CONTINUES.match(part):
                self._before = subject.text.removesuffix("增速")
            present = subject.base == "stock" or subject.dimension == "percent"
            present |= subject.indicator is None and subject.base != "cumulative"
            averaged = (
                when is None and "年均" in part and (kind == "target" or _YEARLY.search(part) is not None)
            )
            yield Claim(
                kind,
                number,
                start,
                end,
                part,
                tuple(group),
                subject,
                self._due("section", self._averaged(kind)) if averaged else self._period(kind, when, present),
                False,
                tense,
                self._rule(f"claim.{kind}", subject.rule),
            )

    def _unmeasured(
        self, number: int, words: str, clause: Clause, tense: Tense, when: str | None
    ) -> Claim | None:
        if "标" in words and says_none_set(words):
            subject = Subject(
                _absent_subject(words), None, "", _absent_subject(words), None, None, "subject.absent"
            )
            return Claim(
                "target",
                number,
                clause.start,
                clause.end,
                words,
                (),
                subject,
                self._period("target", when),
                True,
                tense,
                self._rule("claim.absent", subject.rule),
            )
        if clause.mark == "：" and len(words) < 30:
            return None
        if self.local and _OTHERS.match(words):
            return None
        bound = _BOUND_WITHOUT_NUMBER.search(words) if words[-1] in _BOUND_LAST else None
        kind: Kind
        if bound is not None and not words.endswith(("工作", "机制", "制度")):
            kind = "result" if tense == "past" else "target"
            subject = subject_of(words, [(bound.start(), bound.end(), _NO_AMOUNT)], self._before)
            return Claim(
                kind,
                number,
                clause.start,
                clause.end,
                words,
                (),
                subject,
                self._period(kind, when),
                False,
                tense,
                self._rule(f"claim.{kind}", "bound.words", subject.rule),
            )
        if tense == "past":
            deed = find_milestone(words) or find_deed(words)
            kind = "result"
            finished = "了" in words
            if deed is not None and deed.rule in ("deed.made", "deed.advanced", "deed.into") and not finished:
                return None
            if deed is not None and deed.verb in ("加快建设", "加速建设") and nameless(deed.object):
                return None
        else:
            deed = find_deed(words)
            kind = "action"
        if deed is None:
            return None
        thing = deed.object.strip("的了，、 ")[:60]
        whole = thing.startswith(deed.verb) or deed.rule.startswith("milestone")
        name = (
            f"{thing}{deed.verb}"
            if deed.rule == "deed.trailing"
            else thing
            if whole
            else f"{deed.verb}{thing}"
        )
        subject = Subject(name, None, deed.verb, thing, None, None, deed.rule)
        self._before = subject.text
        return Claim(
            kind,
            number,
            clause.start,
            clause.end,
            words,
            (),
            subject,
            self._period(kind, when),
            False,
            tense,
            self._rule(f"claim.{kind}", deed.rule),
        )


def _is_topic(text: str, clause: Clause) -> bool:
    """A short sentence at a paragraph's head, followed by more, is its title, unless it quotes a name."""
    return (
        clause.first
        and clause.sentence == 0
        and clause.mark == "。"
        and clause.end - clause.start <= _TITLE
        and len(text) - clause.end >= _FOLLOWED
        and "“" not in text[clause.start : clause.end]
    )


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


def _first_years(times: Sequence[TimeMention]) -> list[TimeMention]:
    """The years that something grew from (从2012年的…)."""
    return [t for t in times if t.role == "baseline" and _PLAIN_YEAR.fullmatch(t.words)]


def _from_year(begins: Sequence[TimeMention], start: int, end: int, when: str) -> str:
    """从2012年的A增加到2021年的B tells of all these years."""
    year = next((t.words[:4] for t in begins if start <= t.start < end), when)
    return f"{year}..{when}" if len(when) == 4 and year < when else when


def _is_event_day(mention: TimeMention) -> bool:
    """A day or month, which in news dates an event: 4月18日, 今年3月, 今天."""
    return mention.form == "day_word" or "月" in mention.words


def _absent_subject(words: str) -> str:
    found = re.search(
        r"(?:提出|设定|设置|设|确定|下达|明确|不定)(?P<what>[\u4e00-\u9fa5“”]{2,20}?)(?:的)?(?:具体|预期|量化)*(?:目标|指标)",
        words,
    )
    what = found["what"] if found else words
    what = re.sub("^(?:全年|今年|年度|具体)+", "", what).strip("“”的")
    return "地区生产总值增速" if what in ("经济增速", "经济增长", "经济增长速度", "增长") else what


_LISTED = re.compile(r"等[\u4e00-\u9fa5]{2,10}?(?=(?:和|以及|及)[^，]{0,12}$)")


def _listed_first(text: str, clause: Clause, amount: int) -> int | None:
    """Where a list without amounts ends that shares its verb with a measured one (A、B等项目和11个C)."""
    found = _LISTED.search(text, clause.start, amount)
    return found.end() if found is not None else None


def _groups(
    text: str, clause: Clause, amounts: Sequence[Quantity]
) -> Iterator[tuple[int, int, list[Quantity]]]:
    """Split a clause that lists several claims, each with its own amount of a different thing."""
    start = clause.start
    group: list[Quantity] = []
    for position, amount in enumerate(amounts):
        group.append(amount)
        if position + 1 == len(amounts):
            break
        following = amounts[position + 1]
        between = text[amount.end : following.start]
        cut = None
        counted = _THING_NEXT.match(between)
        if counted is not None and counted["noun"] and not _CONTINUES.match(counted["noun"]):
            rest = text[following.end : clause.end]
            if re.match("[\u4e00-\u9fa5“《A-Z]{2}", rest) and not _SHARED.match(rest):
                cut = amount.end + counted.end("noun")
        else:
            owned = _OWN_SUBJECT.match(between)
            if (
                owned is not None
                and not _CONTINUES.match(owned["head"] or owned["head2"])
                and "分别" not in text[clause.start : amount.start]
            ):
                cut = amount.end + owned.start("mark" if owned["mark"] else "mark2")
        if cut is not None:
            edges = trim(text, start, cut)
            if edges is not None:
                yield edges[0], edges[1], group
            group = []
            start = cut + 1
    edges = trim(text, start, clause.end)
    if edges is not None and group:
        yield edges[0], edges[1], group
