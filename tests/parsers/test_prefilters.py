"""Cheap looks that spare costly ones: whatever a pattern finds, the look in front of it lets pass."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parsers import asides, bounds, claim_signs, clause_tense, deeds, level_cues, milestones, projects, tense

LOOKS: list[tuple[str, re.Pattern[str], re.Pattern[str]]] = [
    ("milestones", milestones._MILESTONE, milestones._MILESTONE_WORD),
    ("words of the past", tense.PAST_WORD, tense.TELLING),
    ("words of what is to come", tense.FORWARD_WORD, tense.TELLING),
    ("words that carry a tense", clause_tense._CARRIES, tense.TELLING),
    ("words that look back", claim_signs.LOOKS_BACK, tense.TELLING),
    ("names of projects", projects._NAMED, projects._SIGN),
    ("asides", asides._ASIDE, asides._MAY_BE),
    ("owners of systems", level_cues.OWNER, level_cues.QUOTE),
]


@pytest.mark.parametrize(("pattern", "look"), [look[1:] for look in LOOKS], ids=[look[0] for look in LOOKS])
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_nothing_that_a_pattern_finds_is_passed_over(
    pattern: re.Pattern[str], look: re.Pattern[str], data: st.DataObject
) -> None:
    text = data.draw(st.from_regex(pattern, alphabet=st.characters(codec="gbk")))
    if pattern.search(text):
        assert look.search(text)


@given(st.from_regex(bounds._BOUND, alphabet=st.characters(codec="gbk")))
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_end_of_a_clause_tells_of_a_bound_in_words(text: str) -> None:
    clause = text.rstrip("\n")
    if bounds._BOUND.search(clause) and not clause.endswith(("工作", "机制", "制度")):
        assert bounds.bound_in(clause) is not None


@given(st.from_regex(deeds._TRAILING, alphabet=st.characters(codec="gbk")))
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_end_of_a_clause_tells_of_a_deed_behind_its_object(text: str) -> None:
    clause = text.rstrip("\n")
    known = deeds._TRAILING.search(clause)
    if known is not None and not known["done"].startswith("纳入"):  # 纳入… ends as its object does
        assert deeds._trailing(clause) is not None
