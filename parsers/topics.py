"""What a figure is of that names only its measure: 总投资 and 惠及居民 go on about what was told before."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib import resources

import yaml

from parsers.clauses import Clause
from parsers.indicators import one_of
from parsers.projects import project_of
from parsers.subjects import Subject


def _words() -> dict[str, str]:
    raw = yaml.safe_load((resources.files("parsers") / "data" / "measures.yml").read_text("utf-8"))
    return {name: one_of(words.split()) for name, words in raw.items()}


_OF = _words()
_TOTAL = rf"(?:{_OF['total_before']})*+(?:总?{_OF['total']}|总长|总值|总额|全长)"
"""What is measured of one thing or of some, never of a place as such once a thing has been told of."""
_SPENT = rf"(?:已|累计|全年|年内|当年|共)*+{_OF['spent']}(?:投资额?|资金)"
_RATE = rf"[一-龥]{{0,2}}{_OF['rate']}[率度]"
_SERVED = rf"(?:可以|可|将|共|直接|间接|预计|能够|全部)*+{_OF['served']}[一-龥]{{0,12}}"
_SHARE = r"占[一-龥、A-Z]{2,16}"
_SAME_SENTENCE = re.compile(rf"{_SPENT}|{_SERVED}|{_SHARE}")
_ANY_SENTENCE = re.compile(rf"{_TOTAL}|{_RATE}")
_COUNTED = re.compile(_OF["count"])
_MEASURE_AT_END = re.compile(
    rf"(?:总?(?:投资额?|建筑面积|占地面积|面积|长度|里程|规模|造价)|总长|总值|总额|全长|{_RATE}|{_OF['count']}|"
    "数|增速|降幅|增量|减量)$"
)
_OPENED = re.compile(
    r"(?:19|20\d\d年|去年|今年|其中|目前|[，、])*(?P<name>[一-龥A-Za-z0-9·“”]{3,20}?)"
    r"(?:位于|坐落|地处|选址|规划|由|是|作为|南起|北起|东起|西起|起于|正式|顺利|正在|主体|项目于|于\d|采用|采取)"
)
"""Something with a name opens the sentence that goes on to measure it (湖滨中学位于…，占地120亩)."""
_LONGEST, _FARTHEST = 16, 200


class Topics:
    """Remembers what the clauses of a paragraph tell of."""

    def __init__(self) -> None:
        self._paragraph, self._sentence, self._end = -1, -1, 0
        self._topic: Subject | None = None

    def tell(self, subject: Subject, paragraph: int, clause: Clause) -> None:
        """What a clause was about, for those behind it."""
        self._paragraph, self._sentence, self._end = paragraph, clause.sentence, clause.end
        self._topic = subject

    def complete(
        self, subject: Subject, text: str, paragraph: int, clause: Clause, ends: bool = True
    ) -> Subject:
        """The subject with what its measure is of, where it names a measure only; remembers it else.

        `ends`: the amount ends the clause; what stands behind it would say what it is of.
        """
        name = subject.text
        if len(name) > _LONGEST or subject.indicator is not None or not (name and ends):
            self.tell(subject, paragraph, clause)
            return subject
        growth = name[-2:] if name.endswith(("增速", "降幅", "增量", "减量")) else ""
        bare = name.removesuffix(growth)
        counted = _COUNTED.fullmatch(bare) is not None
        anywhere = counted or _ANY_SENTENCE.fullmatch(bare) is not None
        if not anywhere and _SAME_SENTENCE.fullmatch(bare) is None:
            self.tell(subject, paragraph, clause)
            return subject
        topic = self._of(text, paragraph, clause, anywhere)
        if topic is None:
            return subject
        of = (counted and topic.object) or topic.text
        whole = _MEASURE_AT_END.sub("", _MEASURE_AT_END.sub("", of))
        if not whole:
            return subject
        thing = f"{whole}{bare}"
        return replace(subject, text=f"{thing}{growth}", object=thing, deed="", rule="subject.of-topic")

    def name(self, text: str, paragraph: int, clause: Clause) -> str:
        """What the sentence has told of so far, without its measure; empty where it has not."""
        topic = self._of(text, paragraph, clause, anywhere=False)
        return _MEASURE_AT_END.sub("", topic.text) if topic is not None else ""

    def _of(self, text: str, paragraph: int, clause: Clause, anywhere: bool) -> Subject | None:
        """What the sentence, or for a measure that is always of something the paragraph, has told of."""
        known = self._topic if self._paragraph == paragraph and self._end <= clause.start else None
        gap = text[self._end : clause.start] if known is not None else ""
        same = known is not None and self._sentence == clause.sentence
        if known is not None and (same or anywhere) and (anywhere or "；" not in gap):
            return known
        begins = (
            max(text.rfind(mark, max(0, clause.start - _FARTHEST), clause.start) for mark in "。！？\n；") + 1
        )
        told = text[max(begins, clause.start - _FARTHEST) : clause.start]
        opened = _OPENED.match(told)
        named = opened["name"] if opened is not None else (project_of(told) or "").split("、")[-1]
        return Subject(named, None, "", named, None, None, "") if named else None
