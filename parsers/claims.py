"""From clauses to statements: targets, actions and results, clause by clause.

An amount makes a claim a target or a result; without one a nameable deed makes it an action (said of
what is to come) or a result (a milestone said of the past). Attitudes and slogans make none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsers.clauses import Clause, clauses, trim
from parsers.deeds import find_deed, find_milestone
from parsers.periods import Anchor, TimeMention, find_times, resolve
from parsers.quantities import find_quantities
from parsers.statement import Kind, Quantity
from parsers.subjects import Subject, subject_of
from parsers.tense import Tense, lean
from parsers.wording import says_none_set

_DURATION = frozenset(
    {"年", "天", "个月", "月", "小时", "个小时", "日", "周", "分钟", "季度", "个季度", "岁", "周年"}
)
_SHARED = re.compile(r"^[^，]{0,16}(?:全部|均|都|分别|一并|同时|纳入|参加|获得|达标|通过|投入使用)")
_THING_NEXT = re.compile(
    r"^(?P<noun>[^、和及与，]{1,30}?)(?P<mark>、|和|及|以及|与)(?:新增|建成|新建|改建|改造|引进|培育|整治)?$"
)
_OWN_SUBJECT = re.compile(
    r"^(?:（[^）]*）)?(?P<mark>、|和|及|，|；)(?P<head>[^、和及，]{4,})$|^(?P<mark2>、)(?P<head2>.{4,})$"
)
_CONTINUES = re.compile(r"^(?:同比|比上年|较上年|环比|年均|平均)*(?:增长|下降|提高|增加|减少|增幅|增速|增)")
_OTHERS = re.compile(r"^(?:全国|我国|世界|全球|中国|国家|全人类)")
_PAST_WORD = re.compile(
    r"去年|上年|以来|累计(?!投资|完成投资额达到)|(?<!到)20\d\d年(?:的|，)?(?:完成|实现|达到|被)|已(?!经济)|(?<=[\u4e00-\u9fa5])了|同比(?:增长|"
    r"下降|增|减)|比上年|较上年|成为现实|五年来|[三两十]年来|[一二三四五]年来|"
    r"获评|荣获|入选|被评为|获批|跃居|跻身|位居|升至|增至"
)
_FORWARD_WORD = re.compile(
    r"力争|确保|争取|(?<![即])将(?!军|近|来|士|帅)|要(?!素|求|点|事|道|闻|件|塞|害|因|领|强|紧)|预期|拟(?!订|定)|计划(?=新|完成|投|实施|开工|在|建|用|"
    r"到|今年|改)|目标|下一步|年内|年底前|不低于|不超过|控制在|努力|必须|即将|明年|今后|未来"
)
_NUMBER_OF_LIST = re.compile(r"^(?:第)?[一二三四五六七八九十\d]+$")


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


@dataclass(frozen=True, slots=True)
class Defaults:
    """Periods that a claim without a time of its own takes in this document; None leaves it open."""

    target: str | None
    action: str | None
    result: str | None


class ClaimReader:
    """Reads the claims of one document, paragraph by paragraph."""

    def __init__(self, anchor: Anchor, defaults: Defaults, local: bool) -> None:
        """`local`: the document speaks for a place below the nation, whose facts are not its own."""
        self.anchor = anchor
        self.defaults = defaults
        self.local = local
        self._before = ""
        self._scope: tuple[Tense, str] | None = None

    def read(self, number: int, text: str, tense: Tense | None) -> Iterator[Claim]:
        """Claims of paragraph `number`; `tense`: that of its section or of its words."""
        amounts = find_quantities(text)
        times = find_times(text)
        at = time_at = 0
        sentence = -1
        sentence_time: TimeMention | None = None
        sentence_tense: Tense | None = None
        for clause in clauses(text):
            if clause.sentence != sentence:
                sentence, sentence_time, sentence_tense = clause.sentence, None, None
            while at < len(amounts) and amounts[at].start < clause.start:
                at += 1
            first = at
            while at < len(amounts) and amounts[at].end <= clause.end:
                at += 1
            own = amounts[first:at]
            while time_at < len(times) and times[time_at].start < clause.start:
                time_at += 1
            clause_time = None
            while time_at < len(times) and times[time_at].end <= clause.end:
                clause_time = clause_time or times[time_at]
                time_at += 1
            words = text[clause.start : clause.end]
            said = self._tense(words, tense, sentence_tense, clause_time)
            sentence_tense = said if said != tense else sentence_tense
            if clause_time is not None:
                sentence_time = clause_time
            mention = clause_time or sentence_time
            if len(words) < 4:
                continue
            if own:
                yield from self._measured(number, text, clause, own, said, mention)
            else:
                yield from self._unmeasured(number, words, clause, said, mention)

    def _tense(
        self, words: str, section: Tense | None, sentence: Tense | None, time: TimeMention | None
    ) -> Tense:
        past, forward = _PAST_WORD.search(words), _FORWARD_WORD.search(words)
        if past and not forward:
            return "past"
        if forward and not past:
            return "forward"
        if time is not None and time.tense != "neutral" and not (past and forward):
            return "past" if time.tense == "past" else "forward"
        if past and forward:
            return "past" if lean(words) > 0 else "forward"
        return sentence or section or ("past" if lean(words) > 0 else "forward")

    def _period(self, kind: Kind, mention: TimeMention | None) -> str | None:
        if mention is not None:
            resolved = resolve(mention, self.anchor)
            if resolved is not None:
                return resolved
        if kind == "target":
            return self.defaults.target
        return self.defaults.action if kind == "action" else self.defaults.result

    def _measured(
        self,
        number: int,
        text: str,
        clause: Clause,
        amounts: Sequence[Quantity],
        tense: Tense,
        mention: TimeMention | None,
    ) -> Iterator[Claim]:
        words = text[clause.start : clause.end]
        if self.local and _OTHERS.match(words) and not re.search("第|首|前列", words):
            return
        solid = [amount for amount in amounts if amount.unit not in _DURATION]
        kind: Kind = "result" if tense == "past" else "target"
        if not solid:
            deed = find_milestone(words) or find_deed(words) or (kind == "result" and "完成" in words)
            if not deed:
                return
        for start, end, group in _groups(text, clause, amounts):
            part = text[start:end]
            local = [(amount.start - start, amount.end - start, amount) for amount in group]
            subject = subject_of(part, local, self._before)
            if not _CONTINUES.match(part):
                self._before = subject.text.removesuffix("增速")
            yield Claim(
                kind,
                number,
                start,
                end,
                part,
                tuple(group),
                subject,
                self._period(kind, mention),
                False,
                tense,
                f"claim.{kind};{subject.rule}",
            )

    def _unmeasured(
        self, number: int, words: str, clause: Clause, tense: Tense, mention: TimeMention | None
    ) -> Iterator[Claim]:
        if says_none_set(words):
            subject = Subject(
                _absent_subject(words), None, "", _absent_subject(words), None, None, "subject.absent"
            )
            yield Claim(
                "target",
                number,
                clause.start,
                clause.end,
                words,
                (),
                subject,
                self._period("target", mention),
                True,
                tense,
                "claim.absent",
            )
            return
        if clause.mark == "：" and len(words) < 30:
            return
        if self.local and _OTHERS.match(words):
            return
        if tense == "past":
            deed = find_milestone(words) or find_deed(words)
            kind: Kind = "result"
            if deed is not None and not deed.rule.startswith(("deed.plain", "deed.trailing", "milestone")):
                return
        else:
            deed = find_deed(words)
            kind = "action"
        if deed is None:
            return
        thing = deed.object.strip("的了，、 ")[:60]
        whole = thing.startswith(deed.verb) or deed.rule.startswith(("milestone", "deed.trailing"))
        name = thing if whole else f"{deed.verb}{thing}"
        subject = Subject(name, None, deed.verb, thing, None, None, deed.rule)
        self._before = subject.text
        yield Claim(
            kind,
            number,
            clause.start,
            clause.end,
            words,
            (),
            subject,
            self._period(kind, mention),
            False,
            tense,
            f"claim.{kind};{deed.rule}",
        )


def _absent_subject(words: str) -> str:
    found = re.search(
        r"(?:提出|设定|设置|设|确定|下达|明确|不定)(?P<what>[\u4e00-\u9fa5“”]{2,20}?)(?:的)?(?:具体|预期|量化)*(?:目标|指标)",
        words,
    )
    what = found["what"] if found else words
    what = re.sub("^(?:全年|今年|年度|具体)+", "", what).strip("“”的")
    return "地区生产总值增速" if what in ("经济增速", "经济增长", "经济增长速度", "增长") else what


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
                cut = amount.end
        if cut is not None:
            edges = trim(text, start, cut)
            if edges is not None:
                yield edges[0], edges[1], group
            group = []
            start = cut + 1
    edges = trim(text, start, clause.end)
    if edges is not None and group:
        yield edges[0], edges[1], group
