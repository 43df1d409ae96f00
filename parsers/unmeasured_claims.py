"""Claims of clauses without amounts: a target said not to be set, a bound in words, a deed, a milestone."""

from __future__ import annotations

from parsers.bounds import bound_in
from parsers.claim import Claim, Genre, Thread
from parsers.claim_periods import PeriodReader
from parsers.claim_signs import FOLLOWED, NO_AMOUNT, OTHERS, TITLE
from parsers.clauses import Clause
from parsers.deed_subjects import needs_topic, subject_of_bound, subject_of_deed
from parsers.deed_things import nameless
from parsers.deeds import Deed, find_deed
from parsers.milestones import find_milestone
from parsers.reviewed_deeds import carried_out
from parsers.statement import Kind
from parsers.subjects import Subject, subject_of
from parsers.told_clauses import Told
from parsers.wording import absent_subject, says_none_set

_UNFINISHED = frozenset(("deed.made", "deed.advanced", "deed.into", "deed.trial", "deed.programme"))
"""Rules of deeds that may be under way; by themselves they are no result."""
_UNMEASURED = ("deed.improved", "deed.trial", "deed.programme", "deed.reviewed")
"""Rules of campaigns and arrangements: a figure behind one (开展整治，12个小区完工) is of something else."""


def unmeasured_claim(
    told: Told,
    number: int,
    text: str,
    thread: Thread,
    dates: PeriodReader,
    tense_rule: str,
    genre: Genre,
    verb: int | None = None,
) -> Claim | None:
    """The claim that is a whole clause of paragraph `number`, None where it makes none.

    verb: where the first verb of a deed begins in its words, -1 where they hold none, if that is known.
    """
    clause, words, tense = told.clause, told.words, told.tense
    absent = False
    kind: Kind
    if "标" in words and says_none_set(words):
        what = absent_subject(words)
        subject = Subject(what, None, "", what, None, None, "subject.absent")
        kind, absent, made = "target", True, f"claim.absent;{subject.rule}"
    elif (clause.mark == "：" and len(words) < 30) or (genre.local and OTHERS.match(words)):
        return None
    elif (bound := bound_in(words)) is not None:
        kind = "result" if tense == "past" else "target"
        subject = subject_of(words, [(*bound, NO_AMOUNT)], thread.before)
        subject = subject_of_bound(subject, words[bound[0] :])
        made = f"claim.{kind};bound.words;{subject.rule}"
    else:
        deed = _done(words, verb, genre) if tense == "past" else find_deed(words, verb)
        if deed is None:
            return None
        kind = "result" if tense == "past" else "action"
        topic = thread.topics.name(text, number, clause) if needs_topic(deed) else ""
        subject = subject_of_deed(deed, topic)
        if not deed.rule.endswith(_UNMEASURED):
            thread.before = subject.text
            thread.topics.tell(subject, number, clause)
        made = f"claim.{kind};{deed.rule}"
    period = dates.of(kind, told.when, words=words)  # first: dating leaves the rule it was dated by
    rule = f"{made};{tense_rule};{dates.rule}"
    return Claim(kind, number, clause.start, clause.end, words, (), subject, period, absent, tense, rule)


def _done(words: str, verb: int | None, genre: Genre) -> Deed | None:
    """A milestone, or a deed that the words say is finished or that a review tells as done."""
    deed = find_milestone(words) or find_deed(words, verb)
    if deed is None:
        return None
    if deed.rule in _UNFINISHED and "了" not in words:
        return None if genre.news else carried_out(deed, words)
    if deed.verb in ("加快建设", "加速建设") and nameless(deed.object):
        return None
    return deed


def is_topic(text: str, clause: Clause) -> bool:
    """A short sentence at a paragraph's head, followed by more, is its title, unless it quotes a name."""
    return (
        clause.first
        and clause.sentence == 0
        and clause.mark == "。"
        and clause.end - clause.start <= TITLE
        and len(text) - clause.end >= FOLLOWED
        and "“" not in text[clause.start : clause.end]
    )
