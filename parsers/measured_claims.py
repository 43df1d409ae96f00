"""Claims of clauses with amounts: targets and results, one for each thing that has amounts of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.asides import is_aside
from parsers.claim import Claim, Thread
from parsers.claim_periods import PeriodReader
from parsers.claim_signs import DURATION, OTHERS, RISE, SHORTENED, YEARLY
from parsers.deeds import find_deed
from parsers.joint_figures import joint_rule
from parsers.listed_claims import CONTINUES, claims_in, listed_first
from parsers.milestones import find_milestone
from parsers.statement import Kind
from parsers.subjects import Subject, listed_behind, subject_of
from parsers.told_clauses import Told


def counts(told: Told, local: bool) -> bool:
    """Whether the amounts of a clause make it a claim of its place; a bare time makes none without a deed.

    `local`: the document speaks for a place below the nation, whose facts are not its own.
    """
    words = told.words
    if local and OTHERS.match(words) and not re.search("第|首|前列", words):
        return False
    if is_aside(words):
        return False
    if any(amount.unit not in DURATION for amount in told.amounts):
        return True
    return bool(
        find_milestone(words)
        or find_deed(words)
        or (told.tense == "past" and "完成" in words)
        or SHORTENED.search(words)
    )


def listed_head(told: Told, text: str) -> Told | None:
    """The list without amounts that shares its verb with what is measured behind it, as a clause."""
    first = listed_first(text, told.clause, told.amounts[0].start)
    if first is None or told.tense == "past":
        return None
    return told._replace(words=text[told.clause.start : first], amounts=[])


def measured_claims(
    told: Told, number: int, text: str, thread: Thread, dates: PeriodReader, tense_rule: str
) -> Iterator[Claim]:
    """The claims of a clause of paragraph `number`, each with the amounts of one thing."""
    clause, amounts, tense, when = told.clause, told.amounts, told.tense, told.when
    kind: Kind = "result" if tense == "past" else "target"
    before: Subject | None = None
    for start, end, group in claims_in(text, clause, amounts):
        part = text[start:end]
        local = [(amount.start - start, amount.end - start, amount) for amount in group]
        subject = subject_of(part, local, thread.before)
        if before is not None:
            subject = listed_behind(subject, before)
        before = before or subject
        if not CONTINUES.match(part):
            ends = end - group[-1].end <= len(subject.object)
            subject = thread.topics.complete(subject, text, number, clause, ends)
            thread.before = RISE.sub("", subject.text)
        present = subject.base == "stock" or subject.dimension == "percent"
        present |= subject.indicator is None and subject.base != "cumulative"
        averaged = when is None and "年均" in part and (kind == "target" or YEARLY.search(part) is not None)
        period = dates.averaged(kind) if averaged else dates.of(kind, when, present, part)
        rule = f"claim.{kind};{subject.rule};{tense_rule};{dates.rule}"
        if "分别" in part and (joint := joint_rule(part, local)) is not None:
            rule += f";{joint}"
        yield Claim(
            kind, number, start, end, part, tuple(group), subject, period, False, tense, rule, told.introduced
        )
