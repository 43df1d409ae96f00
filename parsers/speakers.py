"""Who speaks, stretch by stretch: the leader, a reporter, a third party, or nobody (narration).

Two genres are read: the interview with labels (报社：question, 姓名：answer), and the report that quotes
(“…”，某某表示；某某介绍，…). A quotation that nobody is named for belongs to whoever spoke last.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Literal

from parsers.lazily import lazily
from parsers.people import LABEL, NAME, SAYS, is_press, is_third_party, leaders
from parsers.text import Paragraph

SpeakerRole = Literal["leader", "reporter", "third_party", "narration"]


@dataclass(frozen=True, slots=True)
class Utterance:
    """Characters [start, end) of paragraph number `paragraph` are said by `speaker`.

    role: leader (speaks for a government, party committee or congress), reporter (asks), third_party
    (a company, a resident, a community worker), narration (the text's own words; speaker None).
    """

    paragraph: int
    start: int
    end: int
    speaker: str | None
    role: SpeakerRole
    why: str


_Who = tuple[str, SpeakerRole]
_Saying = tuple[int, int, _Who]
"""Start of the name's clause, end of the verb of saying, who; a list of them is in order by either."""

_QUOTE = lazily("“(?:[^“”]|“[^“”]*”)*”?")
_PLACE = lazily(
    r"(?:也|还|又|再次|则|便)?(?:在[^，。；“”]{0,10}(?:会上|上|中|时|后|现场))?(?:也|还|又|接着)?$"
)
_VERB = lazily(SAYS)
_TELLING = lazily(f"{SAYS}[，,：:]")
_SPEECH_MARKS = ("。”", "！”", "？”", "，”", ",”", "…”", "?”", "!”", "；”", "：“", ":“")
_CLAUSE = lazily(r"[^，,。；;：:“”！？、\s]{2,40}$")
_SENTENCE = lazily(r"[^。！？]*(?:[。！？]+[”’）]*|$)")
_BARE_NAME = lazily(rf"(?:对此|其中|当天|会上)?({NAME})")
_TITLED_NAME = lazily(
    rf"(?:书记|[省市区县州局院校厂]长|主任|主席|经理|总裁|助理|董事长|负责人|创始人|居民|市民|村民|业主|教授|专家|员|师)({NAME})$"
)
_OWN_STANDING = lazily(
    rf"(?:经理|总裁|助理|董事长|创始人|居民|市民|村民|业主|教授|专家|员|师)({NAME})(?={SAYS})"
)
_PRONOUNS = ("他", "她")


def speakers(paragraphs: Sequence[Paragraph]) -> list[Utterance]:
    """Every paragraph of title, heading and running text cut into utterances, in order, without gaps."""
    known = frozenset(leader.name for leader in leaders(paragraphs))
    labels = _labels(paragraphs)
    found: list[Utterance] = []
    answering: _Who | None = None
    last: _Who | None = None
    for number, paragraph in enumerate(paragraphs):
        text = paragraph.text
        if paragraph.role in ("heading", "title"):
            found.append(Utterance(number, 0, len(text), None, "narration", paragraph.role))
        if paragraph.role != "body" or not text:
            continue
        label = LABEL.match(text) if labels else None
        if label and label[1] in labels:
            answering = (label[1], "reporter" if is_press(label[1]) else "leader")
        if answering:
            found.append(Utterance(number, 0, len(text), *answering, "interview label"))
        elif not any(mark in text for mark in _SPEECH_MARKS) and not _TELLING.search(text):
            found.append(Utterance(number, 0, len(text), None, "narration", "nobody speaks"))
        else:
            utterances, last = _spoken(number, text, known, last)
            found.extend(utterances)
    # Whoever has an office is known: only where nobody does is it asked what else the names are.
    others = () if known else (m[1] for p in paragraphs for m in _OWN_STANDING.finditer(p.text))
    return _settled(found, known, frozenset(others))


def _labels(paragraphs: Sequence[Paragraph]) -> set[str]:
    """Labels of an interview: somebody of the press asks, and a name or 答 answers."""
    seen = [m[1] for p in paragraphs if p.role == "body" and (m := LABEL.match(p.text))]
    asks = {label for label in seen if is_press(label)}
    answers = {label for label in seen if re.fullmatch(NAME, label) or label == "答"}
    return asks | answers if asks and answers else set()


def _spoken(
    number: int, text: str, known: frozenset[str], last: _Who | None
) -> tuple[list[Utterance], _Who | None]:
    """Quotations with their speakers, reported speech by sentence, and narration between."""
    quotes = list(_QUOTE.finditer(text))
    sayings = _sayings(text, known, last, [quote.span() for quote in quotes])
    marks: list[Utterance] = []
    for quote in quotes:
        if not _is_speech(text, quote):
            continue
        who, why = _attribution(text, quote.start(), quote.end(), sayings, last)
        last = who or last
        speaker, role = who or (None, "narration")
        marks.append(Utterance(number, quote.start(), quote.end(), speaker, role, why))
    ends = [mark.end for mark in marks]
    quoted, told = len(marks), 0
    for start, verb_end, who in sayings:
        if start < told or text[verb_end : verb_end + 1] not in ("，", ",", "：", ":"):
            continue
        after = bisect_right(ends, start)
        limit = marks[after].start if after < quoted else len(text)
        if limit <= start:
            continue
        sentence = _SENTENCE.match(text, verb_end, limit)
        told = sentence.end() if sentence else limit
        marks.append(Utterance(number, start, told, *who, "reported speech"))
        last = who
    return _filled(number, len(text), sorted(marks, key=lambda u: u.start)), last


def _sayings(
    text: str, known: frozenset[str], last: _Who | None, quoted: Sequence[tuple[int, int]]
) -> list[_Saying]:
    """Where somebody is said to say something, outside quotations."""
    found: list[_Saying] = []
    at = 0
    for verb in _VERB.finditer(text):
        low = max(0, verb.start() - 40)
        clause = _CLAUSE.search(text[low : verb.start()])
        while at < len(quoted) and quoted[at][1] <= verb.start():
            at += 1
        if clause is None or (at < len(quoted) and quoted[at][0] < verb.start()):
            continue
        who = _who(clause.group(), known, found[-1][2] if found else last)
        if who:
            found.append((low + clause.start(), verb.end(), who))
    return found


def _who(clause: str, known: frozenset[str], last: _Who | None) -> _Who | None:
    """The speaker in the words before a verb of saying."""
    named = [name for name in known if name in clause]
    if named:
        return max(named, key=lambda name: (clause.rfind(name), name)), "leader"  # the one next to the verb
    bare = _PLACE.sub("", clause)
    titled = _TITLED_NAME.search(bare)
    if titled:
        return titled[1], "third_party"
    if is_third_party(bare):
        return bare, "third_party"
    if bare in _PRONOUNS:
        return last
    alone = _BARE_NAME.fullmatch(bare)
    return (alone[1], "third_party") if alone else None


def _is_speech(text: str, quote: re.Match[str]) -> bool:
    """A whole sentence in quotation marks, not a quoted name or slogan."""
    inner = quote.group().strip("“”")
    ends = inner[-1:] in ("。", "！", "？", "，", ",", "…", "；", "!", "?")
    if quote.start() == 0 or text[quote.start() - 1] in "。！？：:":
        return ends or ("，" in inner or "," in inner)
    return len(inner) >= 16 and ends


def _attribution(
    text: str, start: int, end: int, sayings: Sequence[_Saying], last: _Who | None
) -> tuple[_Who | None, str]:
    following = bisect_left(sayings, end, key=itemgetter(0))
    if following < len(sayings):
        begins, _, who = sayings[following]
        sentence = _SENTENCE.match(text, end, end + 12)
        if begins < min(sentence.end() if sentence else len(text), end + 12):
            return who, "named after the quotation"
    before = bisect_right(sayings, start, key=itemgetter(1))
    if before:
        return sayings[before - 1][2], "named before the quotation"
    if start == 0 and following < len(sayings) and sayings[following][0] < end + 60:
        return sayings[following][2], "named further on in the paragraph"
    return (last, "the last speaker goes on") if last else (None, "nobody is named")


def _filled(number: int, length: int, marks: list[Utterance]) -> list[Utterance]:
    found: list[Utterance] = []
    at = 0
    for mark in marks:
        if mark.start < at:
            continue
        if mark.start > at:
            found.append(Utterance(number, at, mark.start, None, "narration", "outside quotations"))
        found.append(mark)
        at = mark.end
    if at < length:
        found.append(Utterance(number, at, length, None, "narration", "outside quotations"))
    return found


def _settled(found: list[Utterance], known: frozenset[str], titled: frozenset[str]) -> list[Utterance]:
    """Who is quoted throughout under a bare name, while nobody holds an office, is the leader.

    titled: names that the text gives another standing (副总经理秦越, 居民秦越).
    """
    if known:
        return found
    times = Counter(u.speaker for u in found if u.role == "third_party" and u.speaker)
    bare = [
        name
        for name, count in times.most_common(1)
        if count >= 2 and re.fullmatch(NAME, name) and name not in titled
    ]
    why = "quoted throughout by name alone"
    return [replace(u, role="leader", why=f"{u.why}; {why}") if u.speaker in bare else u for u in found]
