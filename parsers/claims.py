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
from parsers.bounds import LAST as LAST_OF_BOUND
from parsers.bounds import bound_in
from parsers.claim_periods import Defaults, PeriodReader, first_years, from_year
from parsers.clause_tense import TenseReader
from parsers.clauses import Clause, clauses
from parsers.deed_subjects import needs_topic, subject_of_bound, subject_of_deed
from parsers.deeds import TRAILING_LAST, find_deed, find_milestone, nameless, verbs_in
from parsers.listed_claims import CONTINUES, claims_in, listed_first
from parsers.periods import Anchor, earlier, find_times, resolve_all
from parsers.quantities import find_quantities
from parsers.statement import Kind, Quantity
from parsers.subjects import Subject, listed_behind, subject_of
from parsers.tense import Tense
from parsers.topics import Topics
from parsers.wording import absent_subject, says_none_set

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
_OTHERS = re.compile(
    r"^(?:我国|全人类|全国(?!首|第|唯一|文明|500强)|(?:世界|全球)(?=经济|各国|贸易|正|形势|格局|主要|范围)|"
    r"(?:中国|国家)(?=对|将|要|的|已|有关|层面|出台|提出|经济|在|是|与|每年|今年|去年))"
)
"""Facts of the nation and the world; 全国首个… and 国家…实验室 are a place's own."""
_SHORTENED = re.compile("压缩|压减|缩短|提速|延长|减少|连续.{1,3}年.{0,30}(?:增长|保持|居|第)")
"""What makes a bare duration a figure of its own: 审批时间由20天压缩到3天, 连续3年两位数增长."""
_NO_AMOUNT = Quantity(0, 0, "=", None, Decimal(0), None, "%")
_GOALS = re.compile(r"目标(?:建议|安排|初步安排)?(?:是|为|如下)?[:：](?!\d)")
"""Opens a list of targets, in whatever part of a text."""
_LOOKS_BACK = re.compile(r"^(?:回顾)?(?:在?过去的?一年|一年来|过去五年|五年来|去年以来|这一年|回顾)")
"""Opens a stretch of review inside a part that plans; it lasts until something ahead is said."""
_TURNS_AHEAD = re.compile(r"^(?:今年|新的一年|下一步|当前|面对|今后)")
_RESERVED = re.compile("(?:据|经)?(?:初步(?:统计|核算|测算|预计)|预计|快报)")
_YEARLY = re.compile("年均(?:复合|实际|分别)?(?:增|递增|提高|提升|下降|降低|新增|减少|净增|引进|投入)")
"""An average over years, unlike the mean of one year (年均浓度)."""
_ITEM = re.compile(
    r"(?:\d{1,2}[.．、](?!\d)|[（(][一二三四五六七八九十\d]{1,3}[)）]|[①-⑳]|[一二三四五六七八九十]是(?!一|否))\s*(?=[^\s\d])"
)
"""The number of an item is no part of what it says (1. 新建…, （二）推进…, 三是打通…)."""
_ITEM_FIRST = frozenset("0123456789（(①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_RISE = re.compile("(?:增速|降幅|增量|减量)$")
_MAY_CLOSE = TRAILING_LAST | LAST_OF_BOUND
_MAY_SAY = re.compile("标|无一")
"""By these a clause that plans may make a claim without the verb of a deed; most hold none of the three."""
_TITLE, _FOLLOWED, _OPENING = 14, 60, 12
_STRETCHES = frozenset(("plan", "plan_ordinal", "past_years", "coming_years"))
"""Times of several years that hold for the paragraph they open (这五年，…; “十四五”时期，…)."""
_LOOKS: dict[Tense | None, Literal["back", "ahead"] | None] = {"past": "back", "forward": "ahead", None: None}


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


class ClaimReader:
    """Reads the claims of one document, paragraph by paragraph."""

    def __init__(self, anchor: Anchor, defaults: Defaults, local: bool, news: bool) -> None:
        """`local`: the document speaks for a place below the nation, whose facts are not its own.

        `news`: an article, whose reporter tells facts with bare verbs where a report would plan.
        """
        self.news = news
        self.anchor = anchor
        self._facing = {tense: anchor.facing(looking) for tense, looking in _LOOKS.items()}
        self.local = local
        self.dates = PeriodReader(anchor, defaults)
        planned = defaults.target is not None and ".." in defaults.target
        self._tenses = TenseReader(anchor, news, planned)
        self._before = ""
        self._topics = Topics()
        self._text = ""

    def goes_on(self, about: str) -> None:
        """What follows may go on about this: the report of a row about its task."""
        self._before = _RISE.sub("", about)

    def read(self, number: int, text: str, tense: Tense | None) -> Iterator[Claim]:
        """Claims of paragraph `number`; `tense`: that of its section or of its words."""
        self._text = text
        amounts = find_quantities(text)
        every = find_times(text)
        times = [t for t in every if t.role == "time"]
        periods = resolve_all(text, times, self._facing[tense]) if times else []
        begins = first_years(every) if len(every) > len(times) else []
        at = time_at = 0
        sentence = -1
        introduced = ""
        sentence_time: str | None = None
        sentence_tense: Tense | None = None
        looking_back: Tense | None = None
        stretch: str | None = None
        goals = _GOALS.search(text)
        goals_from = goals.end() if goals else len(text)
        beyond = len(text) + 1  # closes the lists below, so that no clause looks past their ends
        told = self._tenses.telling(text, beyond)
        verbs = [*verbs_in(text), beyond][::-1]
        amount_starts, amount_ends = (
            [*[q.start for q in amounts], beyond],
            [*[q.end for q in amounts], beyond],
        )
        time_starts, time_ends = [*[t.start for t in times], beyond], [*[t.end for t in times], beyond]
        for clause in clauses(text):
            start, end, of_sentence, _, _ = clause
            if start >= goals_from:
                tense = "forward"
            if of_sentence != sentence:
                sentence, sentence_time, sentence_tense = of_sentence, None, looking_back
                introduced = ""
            while amount_starts[at] < start:
                at += 1
            first = at
            while amount_ends[at] <= end:
                at += 1
            while time_starts[time_at] < start:
                time_at += 1
            mention, when = None, None
            while time_ends[time_at] <= end:
                if mention is None or when is None:
                    mention, when = times[time_at], periods[time_at]
                time_at += 1
            words = text[start:end]
            if (words[0] in _ITEM_FIRST or words[1:2] == "是") and (item := _ITEM.match(words)):
                start += item.end()
                clause = clause._replace(start=start)
                words = words[item.end() :]
            while told[-1] < start:
                told.pop()
            tells = self.news or told[-1] < end
            around = sentence_tense or tense
            if around is not None and mention is None and not tells:
                said = self._tenses.go_on(around, sentence_tense is not None)  # true of nearly every clause
            else:
                said = self._tenses.judge(
                    words, start, tense, sentence_tense, mention, when, tells, measured=first < at
                )
                if begins and said == "past" and when is not None:
                    when = from_year(begins, start, times[time_at - 1].start, when)
                if (
                    self.news
                    and mention is not None
                    and len(words) < 8
                    and self._tenses.is_over(mention, when)
                ):
                    sentence_tense = "past"
                if (mention is not None and mention.direction != "neutral") or (
                    tells and self._tenses.carries(words, said, mention)
                ):
                    sentence_tense = said
            if tells and _LOOKS_BACK.match(words):
                looking_back = sentence_tense = "past"
            elif looking_back and (said == "forward" or _TURNS_AHEAD.match(words)):
                looking_back = None
            if "提前" in words and (when or sentence_time):
                when = earlier(words, when or sentence_time or "")
            if when is not None:
                # 连续18年 is the span of one figure, not of what its sentence goes on to tell.
                sentence_time = when if mention is None or mention.words[0] != "连" else sentence_time
            if self.news and mention is not None and when is not None:
                self.dates.open_scope(mention, when, start, text)
            elif mention is not None and when is not None and clause.first:
                opens = (
                    ".." in when
                    and clause.start <= _OPENING
                    and mention.form in _STRETCHES
                    and mention.words[0] != "连"
                )
                stretch = when if opens else None
            if stretch is not None and sentence_time is None and self._within(stretch, said):
                when = stretch
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
                continue
            while verbs[-1] < start:
                verbs.pop()
            verb = verbs[-1] - start if verbs[-1] < end else -1
            if verb < 0 and said != "past" and words[-1] not in _MAY_CLOSE and not _MAY_SAY.search(words):
                continue
            if (deed := self._unmeasured(number, words, clause, said, when or sentence_time, verb)) and (
                deed.kind != "action" or not _is_topic(text, clause)
            ):
                yield deed

    def _within(self, stretch: str, said: Tense) -> bool:
        """Whether the years that open a paragraph hold for what is said so: those behind for what was done."""
        year = self.anchor.this_year
        return year is not None and (int(stretch[-4:]) >= year) == (said == "forward")

    def _rule(self, *made: str) -> str:
        """What made the claim, what decided its tense and what its period."""
        return ";".join((*made, self._tenses.rule, self.dates.rule))

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
        first = listed_first(text, clause, amounts[0].start)
        if first is not None and kind == "target":
            listed = self._unmeasured(number, text[clause.start : first], clause, tense, when)
            if listed is not None:
                yield listed
            clause = clause._replace(start=first + 1)
        before: Subject | None = None
        for start, end, group in claims_in(text, clause, amounts):
            part = text[start:end]
            local = [(amount.start - start, amount.end - start, amount) for amount in group]
            subject = subject_of(part, local, self._before)
            if before is not None:
                subject = listed_behind(subject, before)
            before = before or subject
            if not CONTINUES.match(part):
                ends = end - group[-1].end <= len(subject.object)
                subject = self._topics.complete(subject, text, number, clause, ends)
                self._before = _RISE.sub("", subject.text)
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
                self.dates.averaged(kind) if averaged else self.dates.of(kind, when, present),
                False,
                tense,
                self._rule(f"claim.{kind}", subject.rule),
            )

    def _unmeasured(
        self,
        number: int,
        words: str,
        clause: Clause,
        tense: Tense,
        when: str | None,
        verb: int | None = None,
    ) -> Claim | None:
        """`verb`: where the first verb of a deed begins, -1 where the clause holds none, if that is known."""
        if "标" in words and says_none_set(words):
            what = absent_subject(words)
            subject = Subject(what, None, "", what, None, None, "subject.absent")
            made: tuple[str, ...] = ("claim.absent", subject.rule)
            return self._without_amounts(
                "target", number, clause, words, subject, tense, when, made, absent=True
            )
        if clause.mark == "：" and len(words) < 30:
            return None
        if self.local and _OTHERS.match(words):
            return None
        bound = bound_in(words)
        kind: Kind
        if bound is not None:
            kind = "result" if tense == "past" else "target"
            subject = subject_of(words, [(*bound, _NO_AMOUNT)], self._before)
            subject = subject_of_bound(subject, words[bound[0] :])
            made = (f"claim.{kind}", "bound.words", subject.rule)
            return self._without_amounts(kind, number, clause, words, subject, tense, when, made)
        if tense == "past":
            deed = find_milestone(words) or find_deed(words, verb)
            kind = "result"
            finished = "了" in words
            if deed is not None and deed.rule in ("deed.made", "deed.advanced", "deed.into") and not finished:
                return None
            if deed is not None and deed.verb in ("加快建设", "加速建设") and nameless(deed.object):
                return None
        else:
            deed = find_deed(words, verb)
            kind = "action"
        if deed is None:
            return None
        topic = self._topics.name(self._text, number, clause) if needs_topic(deed) else ""
        subject = subject_of_deed(deed, topic)
        self._before = subject.text
        self._topics.tell(subject, number, clause)
        made = (f"claim.{kind}", deed.rule)
        return self._without_amounts(kind, number, clause, words, subject, tense, when, made)

    def _without_amounts(
        self,
        kind: Kind,
        number: int,
        clause: Clause,
        words: str,
        subject: Subject,
        tense: Tense,
        when: str | None,
        made: tuple[str, ...],
        absent: bool = False,
    ) -> Claim:
        """A claim that is a whole clause. Its period comes first: dating leaves the rule it was dated by."""
        period = self.dates.of(kind, when)
        rule = self._rule(*made)
        return Claim(kind, number, clause.start, clause.end, words, (), subject, period, absent, tense, rule)


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
