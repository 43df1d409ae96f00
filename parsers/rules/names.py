"""Rule names taken out of what readings carry: joined names apart, parameters off."""

from __future__ import annotations

import re

_CLUES = re.compile(
    r"^inferred from the text|the title (?:says|names)|reports on|printed(?=:)|a report given in December"
    r"|a plan for .{4} that calls it 明年|the year (?:just past|is made something|is decisive|was|saw)"
    r"|a campaign for the year|an account of the year so far|a review of the year|tasks for the year"
    r"|the work ahead|plans for the year|an event of the year|the plan's first or last year"
)

_PLACE_CLUES = re.compile(
    r"the text names|its leader or body speaks|named in the title|is several places|speaks of its own"
    r"|the title or first lines name|the nation speaks"
)
_JOIN_CLUES = re.compile(
    r"next|after an inset|stands before its beginning|a list goes on|asks for more"
    r"|stands in this text unbroken|is a word|a verb is missing|closes a quote or bracket"
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


def names_in_place_clue(why: str) -> list[str]:
    """Names of the rules that settled a place."""
    return [f"place.{name}" for name in _PLACE_CLUES.findall(why)]


def names_in_join(why: str) -> list[str]:
    """Names of the rules that a join of fragments rests on; one part of `why` each.

    >>> names_in_join("next, “山东” is a word")
    ['join.next', 'join.is a word']
    """
    parts = ((_JOIN_CLUES.search(part), part) for part in why.split(", ") if part)
    return [f"join.{found.group() if found else part}" for found, part in parts]


def names_in_clue(why: str) -> list[str]:
    """Names of the dating rules in a clue's words.

    >>> names_in_clue("inferred from the text: tasks for the year: 2017年重点工作")
    ['dating.inferred from the text', 'dating.tasks for the year']
    """
    found = (re.sub(r"a plan for .{4} that", "a plan that", m.group()) for m in _CLUES.finditer(why))
    return [f"dating.{name}" for name in dict.fromkeys(found)]
