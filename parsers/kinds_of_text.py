"""What sort of document a text is, whose it is, and whether it is whole."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.lazily import lazily
from parsers.reading import Clue, Declared, DocumentType, Rights
from parsers.tense import Tense
from parsers.text import Paragraph

_BY_TITLE: tuple[tuple[DocumentType, re.Pattern[str]], ...] = (
    ("communique", lazily("统计公报|国民经济和社会发展.{0,8}公报")),
    ("report", lazily("政府工作报告|政府工作的?报告")),
    ("plan", lazily("规划纲要|发展规划|五年规划|行动方案|实施方案")),
    ("list", lazily("民生实事|任务分解|任务清单|责任清单|折子工程|重点工作任务")),
    ("speech", lazily("讲话|访谈|专访|对话|致辞")),
)
_SALUTATION = lazily("各位代表|各位委员|同志们")
_CUT = lazily(r"[（(](?:节选|摘要|摘登|有删节|略)[）)]|（下略）|此处略|……\s*$")
_ENDING = lazily("谢谢|团结|奋斗|胜利|篇章|贡献|附[：:]|名词解释|注释")
_OFFICIAL: frozenset[DocumentType] = frozenset({"report", "plan", "list", "communique"})


def document_type(title: str | None, paragraphs: Sequence[Paragraph], declared: Declared) -> DocumentType:
    """Declared, else by the title and the first lines, else news."""
    if declared.type is not None:
        return declared.type
    for line in (title or "", *(paragraph.text for paragraph in paragraphs[:6])):
        if len(line) > 60:
            continue
        for kind, pattern in _BY_TITLE:
            if pattern.search(line):
                return kind
    if any(_SALUTATION.match(paragraph.text) for paragraph in paragraphs[:12]):
        return "report"
    return "news"


def rights(kind: DocumentType, declared: Declared) -> Rights:
    """Declared, else official for what a government issues; nothing is assumed for the rest."""
    return declared.rights or ("official" if kind in _OFFICIAL else "unknown")


def completeness(
    kind: DocumentType, paragraphs: Sequence[Paragraph], tenses: Sequence[Tense | None]
) -> Clue | None:
    """A report's full text: salutation, a part that looks back, one that looks ahead, an ending, no cut.

    Whether it is also long enough for its lineage only its neighbours can tell.
    """
    if kind != "report" or len(paragraphs) < 8:
        return None
    opening = next((p for p in paragraphs[:15] if _SALUTATION.match(p.text)), None)
    if opening is None or "past" not in tenses or "forward" not in tenses:
        return None
    if any(_CUT.search(p.text) for p in (*paragraphs[:8], *paragraphs[-8:])):
        return None
    if not any(_ENDING.search(p.text) for p in paragraphs[-12:]):
        return None
    spans = opening.spans(0, len(opening.text))
    return Clue(
        "complete", "salutation, review, programme and ending are there, nothing is marked as cut", spans[0]
    )
