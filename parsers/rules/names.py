"""Rule names taken out of what readings carry: joined names apart, parameters off."""

from __future__ import annotations

import re

_CLUES = re.compile(
    r"^inferred from the text|the title (?:says|names)|reports on|printed(?=:)|a report given in December"
    r"|a plan for .{4} that calls it 明年|the year (?:just past|is made something|is decisive|was|saw)"
    r"|a review of the year|tasks for the year|the work ahead|plans for the year|an event of the year"
    r"|the plan's first or last year"
)


def names_of(rule: str) -> list[str]:
    """Names in a statement's `rule`, in order."""
    return [name for name in rule.split(";") if name]


def names_of_amount(rule: str) -> list[str]:
    """Names in an amount's `rule`: the reading first, then what relates it to its neighbours.

    >>> names_of_amount("number+old")
    ['amount.number', 'amount.+old']
    """
    reading, *marks = rule.split("+")
    return [f"amount.{reading}", *(f"amount.+{mark}" for mark in marks)]


def names_in_clue(why: str) -> list[str]:
    """Names of the dating rules in a clue's words.

    >>> names_in_clue("inferred from the text: tasks for the year: 2017年重点工作")
    ['dating.inferred from the text', 'dating.tasks for the year']
    """
    found = (re.sub(r"a plan for .{4} that", "a plan that", m.group()) for m in _CLUES.finditer(why))
    return [f"dating.{name}" for name in dict.fromkeys(found)]
