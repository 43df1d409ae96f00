"""Which years the part of a text is about that a statement stands in, as the lines above it say.

A report of a plan's first year, or of a new government's, sketches five years before it comes to the next
one; what stands there without a year of its own is read as due in the year of the report.
"""

from __future__ import annotations

import re

from tracking.mentions import Mention

HEADING = 45
"""Characters that a line may have to be a heading or to announce a list."""
SHORTEST = 2
_AHEAD = re.compile("十[一二三四五六]五|(?:今后|未来)[一二三四五几35]{1,2}年|远景目标|到20\\d\\d年")
_THE_YEAR = re.compile("(?:19|20)\\d\\d年|今年|全年|年度")


def sketches_years(mention: Mention) -> bool:
    """Whether a promise without a year of its own stands where a text sketches the years ahead."""
    text = mention.version.reading.source.text
    return "period.default" in mention.statement.rule and ahead(text, mention.spans[0][0])


def ahead(text: str, start: int) -> bool:
    """Whether the last line above a place that names years names a plan or years to come, and no single year.

    >>> text = "二、“十四五”主要目标任务\\n建成博物馆。\\n三、2021年工作安排\\n建成图书馆。"
    >>> ahead(text, text.index("博物馆")), ahead(text, text.index("图书馆"))
    (True, False)
    """
    end = start
    while end >= 0:
        begin = text.rfind("\n", 0, end) + 1
        line = text[begin:end] if SHORTEST <= end - begin <= HEADING else ""
        if found := _AHEAD.search(line):
            return not _THE_YEAR.search(line.replace(found.group(), ""))
        if _THE_YEAR.search(line):
            return False
        end = begin - 1
    return False
