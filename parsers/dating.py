"""When a document was published and which year's plan it is, with clues; what is not said stays unknown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from parsers.eras import plans
from parsers.lazily import lazily
from parsers.printed_dates import han_number, printed_day
from parsers.reading import Clue, Declared
from parsers.slogans import find_slogans
from parsers.text import BODY_ROLES, Paragraph
from parsers.year_votes import Vote, votes

Slogans = tuple[tuple[str, int | None], ...]

DATELINE = lazily(
    r"^[\s—\-–(（*【]*(?:(?:发布|发表|更新|成文|印发)?(?:时间|日期)[：:]|(?:本报|新华社)[一-龥]{0,6}?)?\s*"
    r"(?:(?:19|20)\d\d\s?[年/.-]|[一二][九〇○零][〇○零一二三四五六七八九]{2}年)"
    r"|^[\s—\-–(（*]*在?[^，。]{0,40}次会议上"
)
"""A line that gives the date of the text itself, not of something it tells."""
TITLE_YEAR = lazily(r"((?:19|20)[\d ]{2,4}?)\s?年")
REPORT_TITLE = lazily(r"政府工作(?:的)?报告|工作报告")
SALUTATION = lazily(r"^[\s*]*各位(?:代表|委员)|^[\s*]*同志们")
COMMUNIQUE = lazily(r"((?:19|20)\d\d)年[^，。]{0,16}国民经济和社会发展[^，。]{0,6}统计公报")
FIVE_YEARS = lazily(
    r"国民经济和社会发展第([一二三四五六七八九十]{1,2})个五年|[“\"]([一二三四五六七八九十]{1,2}五)[”\"].{0,12}(?:规划|纲要)"
)
NEXT_YEAR = lazily("明年(?:的|全[市省区县州])?(?:政府|经济|工作|主要|重点|预期|是)")
THIS_YEAR = lazily("今年(?:以来|[，,]|是|全[市区县省]|[^。；，]{0,8}?(?:将|计划))")
EVENT, PROSPECT, LOOKING_BACK = "an event of the year", "plans for the year", "the year saw"
HEAD = 12
"""Paragraphs at the start in which a date line stands."""


def date_document(
    paragraphs: Sequence[Paragraph], title: str | None, declared: Declared, printed: str | None
) -> tuple[Clue | None, Clue | None, Slogans]:
    """(published, plan year, campaign years) of a document.

    published: YYYY[-MM[-DD]], declared, printed (`printed` is what the page says), or inferred from the text,
    then with a year's precision. plan year: YYYY, or the span of a five-year plan; a report given in December
    belongs to the next year. Never guessed from the fetch time: where the text says nothing, both are None.
    """
    body = [p for p in paragraphs if p.role in BODY_ROLES or p.role == "byline"]
    report = _is_report(body, title, declared)
    published = _published(body, title, declared, printed)
    plan_year = _plan_year(body, title, declared, published, report)
    if published is None and plan_year is not None and ".." not in plan_year.value:
        published = _implied(body, plan_year, report)
    year = None
    if plan_year is not None:
        given_before = report and published is not None and published.value < plan_year.value
        year = int(plan_year.value[:4]) - (1 if given_before else 0)
    return published, plan_year, find_slogans(body, year)


def _is_report(body: Sequence[Paragraph], title: str | None, declared: Declared) -> bool:
    if declared.type is not None:
        return declared.type in ("report", "plan", "list")
    if title and REPORT_TITLE.search(title):
        return True
    return _spoken(body) or any(len(p.text) < 40 and REPORT_TITLE.search(p.text) for p in body[:HEAD])


def _spoken(body: Sequence[Paragraph]) -> bool:
    """Whether it is a report to an assembly (各位代表)."""
    return any(SALUTATION.match(p.text) for p in body[:HEAD])


def _published(
    body: Sequence[Paragraph], title: str | None, declared: Declared, printed: str | None
) -> Clue | None:
    if declared.published:
        return Clue(declared.published, "declared")
    if printed:
        return Clue(printed, "printed on the page")
    if title and (day := printed_day(title)):
        return Clue(day[0], f"the title says {day[1]}")
    for paragraph in body[:HEAD]:
        if len(paragraph.text) > 60 or "。" in paragraph.text or not DATELINE.search(paragraph.text):
            continue
        if day := printed_day(paragraph.text):
            return Clue(day[0], f"printed: {day[1]}", paragraph.spans(*day[2])[0])
    return None


def _plan_year(
    body: Sequence[Paragraph], title: str | None, declared: Declared, published: Clue | None, report: bool
) -> Clue | None:
    head = title or (body[0].text if body and len(body[0].text) < 60 else "")
    if match := COMMUNIQUE.search(head):
        return Clue(str(int(match.group(1)) + 1), f"reports on {match.group(1)}")
    if not _spoken(body) and (match := FIVE_YEARS.search(head)):
        ordinal, name = match.groups()
        years = list(plans().values())[han_number(ordinal) - 1] if ordinal else plans().get(name)
        if years:
            return Clue(f"{years[0]}..{years[1]}", f"the title names {match.group()}")
    if published is not None and not report:
        return Clue(published.value[:4], f"{published.why} ({published.value})", published.span)
    given: list[Vote] = []
    if published is not None:
        late = published.value[5:7] == "12"
        year = int(published.value[:4]) + (1 if late else 0)
        why = f"{published.why} ({published.value})" + (
            "; a report given in December is for the next year" if late else ""
        )
        given.append(Vote(year, 6, why, "", published.span))
    if report and (match := TITLE_YEAR.search(head)):
        given.append(
            Vote(int(match.group(1).replace(" ", "")), 5, f"the title says {match.group()}", "", None)
        )
    if published is None:
        given.extend(_text_votes(body, report))
    return _elected(given, report)


def _text_votes(body: Sequence[Paragraph], report: bool) -> list[Vote]:
    found = votes(body)
    if report:
        return found
    # A newspaper names many years: what it tells of bounds its own from below, and what it plans is near.
    if past := [v.year for v in found if v.rule in (EVENT, LOOKING_BACK)]:
        low = max(past)
        found = [v for v in found if low - 1 <= v.year <= low + 1]
        event = next((v for v in found if v.year == low and v.rule == EVENT), None)
        if event and any(THIS_YEAR.search(p.text) for p in body):
            found.append(replace(event, rule=f"{EVENT}, and the text says 今年"))
    rules = {v.rule for v in found}
    if rules <= {LOOKING_BACK} or (rules == {PROSPECT} and len(found) < 2):
        return []  # one prospect alone may lie years ahead, one memory years back
    return found


def _elected(ballots: Sequence[Vote], report: bool) -> Clue | None:
    weights: dict[int, int] = defaultdict(int)
    for vote in ballots:
        weights[vote.year] += vote.weight
    if not weights:
        return None
    # A report reviews one year and plans another, so that one weak hint does not tell which is its own.
    year = max(weights, key=lambda y: (weights[y], y))
    if weights[year] < (3 if report else 2):
        return None
    best = max((v for v in ballots if v.year == year), key=lambda v: v.weight)
    return Clue(str(year), best.rule if best.words == "" else f"{best.rule}: {best.words[:40]}", best.span)


def _implied(body: Sequence[Paragraph], plan_year: Clue, report: bool) -> Clue:
    """Published in its plan year, or, where a report calls that year 明年, in the December before."""
    if report and any(NEXT_YEAR.search(p.text) for p in body):
        value = f"{int(plan_year.value) - 1}-12"
        return Clue(value, f"a plan for {plan_year.value} that calls it 明年", plan_year.span)
    return Clue(plan_year.value, f"inferred from the text: {plan_year.why}", plan_year.span)
