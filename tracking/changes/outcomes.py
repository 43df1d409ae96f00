"""fulfilled, missed, reported: what later texts tell about a promise.

Numbers decide only for the same indicator, base and period, on no other basis; a threshold that is told
as crossed is met with its date open. Deeds are fulfilled by words of completion, else reported.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from parsers.statement import Quantity
from tracking.changes.doubted import averaged, doubt, not_a_year, of_several_years
from tracking.changes.entry import entry
from tracking.changes.promised import Promised
from tracking.comparison import number
from tracking.dates import order_key, plan_year, years_of
from tracking.explain import decimal_text
from tracking.fulfilment import judge_statements, signed
from tracking.links import EQUAL
from tracking.mentions import Mention
from tracking.model import Change, ChangeKind, FieldChange, Grade
from tracking.objects import SURE
from tracking.search import Passage, record
from tracking.sections import sketches_years
from tracking.shelf import Shelf
from tracking.stories import Chapter, Story

_YEARS = re.compile(r"(?<![\d一二三四五六七八九])(?:[二两三四五六七八九十]|[2-9])年(?![级制期代])")
SAYS_ENOUGH = 4
"""Characters from which on words that no dictionary knows name a thing well enough."""
_LEAST_ONCE, _LEAST_AGAIN = Decimal("0.8"), Decimal("0.67")
"""Of a promised level: reports set yearly levels and those of a plan's end in the same words."""
_LEAST_SHARE = Decimal("0.33")
"""A figure below this share of the promise is more likely told of another thing."""
_COMPLETED = re.compile(r"(?<!基本)(?<!未)(?<!没有)完成(?!了?[\d约近过超])|收官|落成")
_VINTAGES = {"预计": 0, "快报": 1, "初步": 1, None: 2, "revised": 3, "final": 4}
_BEST: dict[ChangeKind, int] = {"fulfilled": 0, "missed": 0, "reported": 1}


@dataclass(frozen=True, slots=True)
class _Outcome:
    kind: ChangeKind
    chapter: Chapter
    promise: Mention
    result: Mention
    why: str
    grade: Grade = "stated"


def changes(story: Story, shelf: Shelf) -> Iterator[Change]:
    """One entry for each edition judged and each edition of reporting texts, the best figure deciding."""
    if not story.chapters or not story.results:
        return
    promised = Promised(story.chapters)
    grouped: dict[tuple[str, str], list[_Outcome]] = defaultdict(list)
    for result in story.results:
        if story.thread.joined[result.id][1] < SURE:
            continue
        outcome = _outcome(story, promised, result, shelf)
        if outcome is not None:
            grouped[outcome.chapter.period, result.edition].append(outcome)
    for (judged, told), outcomes in sorted(grouped.items()):
        ordered = sorted(outcomes, key=_rank)
        best = ordered[0]
        agreeing = [o.result for o in ordered if o.kind == best.kind]
        yield entry(
            story,
            best.kind,
            about=best.promise,
            edition_from=judged,
            edition_to=told,
            old=[best.promise],
            new=_one_a_text(agreeing),
            fields=_figures(best),
            grade=best.grade,
            why=best.why,
            searched=_searched(best, shelf) if best.kind == "missed" else None,
        )


def _searched(outcome: _Outcome, shelf: Shelf) -> dict[str, Any]:
    """Where else the reporting text speaks of the thing: another figure there may tell otherwise."""
    told = outcome.result.version
    terms = list(dict.fromkeys(t for m in (outcome.promise, outcome.result) if (t := m.terms.head)))

    def look() -> list[tuple[int, int, float]]:
        return [(*p.span, p.share) for p in shelf.search(told).nearest(terms)]

    found = shelf.answers.once("elsewhere", outcome.promise, told, look, of="|".join(terms))
    return record(told, terms, (Passage((start, end), share) for start, end, share in found))


def _figures(outcome: _Outcome) -> list[FieldChange]:
    """The promised and the reported amount, where each side has one."""
    promised, got = outcome.promise.statement.quantities, signed(outcome.result.statement)
    if outcome.result.terms.family != "measure" or len(promised) != 1 or len(got) != 1:
        return []
    return [
        FieldChange(
            "result",
            number(decimal_text(promised[0].value)),
            number(decimal_text(got[0].value)),
            unit=promised[0].unit if promised[0].unit == got[0].unit else None,
            old_op=_bound(promised[0]),
            new_op=_bound(got[0]),
        )
    ]


def _bound(quantity: Quantity) -> str | None:
    """The comparator, else the hedge that stands for one; None for a bare number."""
    return quantity.op if quantity.op != "=" else quantity.approx


def _rank(outcome: _Outcome) -> tuple[int, int, bool, tuple[str, str, str], int, tuple[str, str]]:
    """A deciding figure before an open one, the later vintage, one that meets, the earlier text.

    Of two figures of one vintage the one that meets the promise decides: nobody is accused on the other.
    """
    vintage = _VINTAGES.get(outcome.result.statement.vintage, 2)
    result = outcome.result
    missed = outcome.kind == "missed"
    tier = _BEST[outcome.kind]
    return (tier, -vintage, missed, order_key(result.version), result.statement.start, result.id)


def _one_a_text(results: list[Mention]) -> list[Mention]:
    return list({r.version.sha256: r for r in reversed(results)}.values())[::-1]


def _outcome(story: Story, promised: Promised, result: Mention, shelf: Shelf) -> _Outcome | None:
    if result.terms.family == "measure":
        return _measured(story, promised, result, shelf)
    return _done(story, result)


def _measured(story: Story, promised: Promised, result: Mention, shelf: Shelf) -> _Outcome | None:
    told = years_of(result.statement.period)
    if told is not None and told[0] == told[1] and averaged(result):
        return None
    exact = promised.for_period(told) if told is not None else None
    if exact is not None:
        return _by_number(story, *exact, result, shelf)
    crossed = promised.to_be_crossed(told, result, _told_in(result))
    if crossed is not None and judge_statements(crossed[1].statement, result.statement) == "fulfilled":
        return _Outcome("fulfilled", *crossed, result, "a threshold told as crossed; when is open")
    return None


def _told_in(result: Mention) -> int:
    return plan_year(result.version.reading) or result.said


def _by_number(
    story: Story, chapter: Chapter, promise: Mention, result: Mention, shelf: Shelf
) -> _Outcome | None:
    statement = result.statement
    if not promise.statement.quantities:
        return _Outcome("reported", chapter, promise, result, "a figure for a promise without one")
    verdict = judge_statements(promise.statement, statement)
    partial = statement.period is not None and ("-" in statement.period)
    if statement.basis:
        return _Outcome("reported", chapter, promise, result, f"on another basis ({statement.basis})")
    if not _same_base(promise, result):
        return _Outcome("reported", chapter, promise, result, "a figure of another base")
    if verdict == "open" or (partial and (verdict == "missed" or promise.terms.base == "growth")):
        return _Outcome("reported", chapter, promise, result, "progress, or words that leave it open")
    if verdict == "missed" and "period.present" in statement.rule:
        return _Outcome("reported", chapter, promise, result, "as of the text's own date: the year may go on")
    if verdict == "missed" and not _sure_enough(story, chapter, promise, result):
        return _Outcome("reported", chapter, promise, result, "below it, but perhaps of another thing")
    if verdict == "fulfilled" and promise.terms.base == "growth" and (other := not_a_year(promise, result)):
        return _Outcome("reported", chapter, promise, result, f"above it, but perhaps {other}")
    if verdict == "fulfilled" and of_several_years(promise, result):
        return _Outcome("reported", chapter, promise, result, "above it, but perhaps over several years")
    if verdict == "missed":
        of = "#".join(result.id)
        doubtful = shelf.answers.once("doubt", promise, result.version, lambda: doubt(promise, result), of)
        if doubtful is not None:
            return _Outcome("reported", chapter, promise, result, f"below it, but perhaps {doubtful}")
    provisional = "; provisional (预计)" if statement.vintage == "预计" else ""
    if verdict == "missed" and not _plausible(story, promise, result, shelf):
        why = f"by arithmetic, but perhaps of another thing or of other years{provisional}"
        return _Outcome("missed", chapter, promise, result, why, "apparent")
    kind: ChangeKind = "fulfilled" if verdict == "fulfilled" else "missed"
    return _Outcome(kind, chapter, promise, result, f"by arithmetic{provisional}")


def _sure_enough(story: Story, chapter: Chapter, promise: Mention, result: Mention) -> bool:
    """Whether a figure below the promise may be held against it: the same thing by name, over the same years.

    Not where texts gave several figures, where likeness alone links them, or where 五年 is said of one year.
    """
    if any(telling.ambiguous for telling in chapter.tellings):
        return False
    if bool(_YEARS.search(promise.statement.text)) != bool(_YEARS.search(result.statement.text)):
        return False
    a, b = promise.terms, result.terms
    same = a.head == b.head or (a.indicator is not None and a.indicator == b.indicator)
    return same and story.thread.joined[result.id][1] >= EQUAL


def _plausible(story: Story, promise: Mention, result: Mention, shelf: Shelf) -> bool:
    """Whether the figures are near enough to be of one thing.

    A known indicator says so, but a level promised once and far away may be due later, and a fall of
    several years looks like one. Else the thing must be set again and again, in words that stand for
    themselves, by the same deed, unit and size.
    """
    if shelf.answers.once("sketched", promise, promise.version, lambda: sketches_years(promise)):
        return False
    wanted, got = promise.statement.quantities[0], result.statement.quantities[0]
    share = got.value / wanted.value if wanted.value else Decimal(1)
    if promise.terms.indicator is not None:
        if promise.terms.base != "growth":
            return share >= (_LEAST_ONCE if story.commitment.life == "one-off" else _LEAST_AGAIN)
        return share >= _LEAST_SHARE or not promise.statement.subject.endswith("降幅")
    same = promise.statement.deed == result.statement.deed and promise.terms.head == result.terms.head
    alone = len(promise.terms.head) >= SAYS_ENOUGH and not promise.statement.subject.startswith("占")
    again = story.commitment.life == "recurring"
    return again and alone and same and got.unit == wanted.unit and share >= _LEAST_SHARE


def _same_base(promise: Mention, result: Mention) -> bool:
    """Bases decide unless both are named and differ; a level and a yearly flow of one indicator agree."""
    a, b = promise.terms.base, result.terms.base
    return a == b or None in (a, b) or {a, b} == {"flow", "stock"}


def _done(story: Story, result: Mention) -> _Outcome | None:
    """The last edition before the result that promises the deed."""
    told = years_of(result.statement.period)
    limit = told[1] if told else _told_in(result)
    chosen: Chapter | None = None
    for chapter in story.chapters:
        span = years_of(chapter.period)
        if span is None or span[0] > limit:
            break
        own = [t for t in chapter.tellings if t.version.sha256 == result.version.sha256]
        if own and len(chapter.tellings) == 1 and not _during(result, span[0]):
            break
        if told is None and span[0] == limit:
            continue
        chosen = chapter
    if chosen is None:
        return None
    promise = chosen.tellings[-1].main
    completed = result.terms.stage == "建成" or _COMPLETED.search(result.statement.text) is not None
    finished = completed or (result.terms.stage == promise.terms.stage == "开工")
    if finished and promise.terms.family == "deed":
        return _Outcome("fulfilled", chosen, promise, result, "told as completed")
    return _Outcome("reported", chosen, promise, result, "told as under way")


def _during(result: Mention, year: int) -> bool:
    """The result is dated within the edition's own year: news of that year tells both."""
    told = years_of(result.statement.period)
    return told is not None and told[1] == year and "-" in (result.statement.period or "")
