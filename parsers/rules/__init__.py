"""The registry of reading rules: what each does, with an example and a counter-example (docs/rules.md)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from parsers.rules.amounts import AMOUNTS
from parsers.rules.claims import CLAIMS, DEEDS, SUBJECTS
from parsers.rules.dating import DATING
from parsers.rules.layout import JOINS
from parsers.rules.model import Rule
from parsers.rules.names import names_in_clue, names_in_join, names_in_place_clue, names_of, names_of_amount
from parsers.rules.places import PLACES
from parsers.rules.systems import NAMES, PARTS
from parsers.rules.tables import DEADLINES, TABLES
from parsers.rules.times import TIMES
from parsers.rules.when import PERIODS, TENSE

__all__ = [
    "FAMILIES",
    "RULES",
    "Rule",
    "names_in_clue",
    "names_in_join",
    "names_in_place_clue",
    "names_of",
    "names_of_amount",
]

FAMILIES: dict[str, tuple[Rule, ...]] = {
    "What makes a statement": CLAIMS,
    "Deeds, milestones, bounds": DEEDS,
    "What a statement is about": SUBJECTS,
    "Said of what has been or of what is to come": TENSE,
    "When it is due or was so": PERIODS,
    "Task tables and lists that assign": (*TABLES, *DEADLINES),
    "Amounts": AMOUNTS,
    "Names of work systems": NAMES,
    "Parts of work systems": PARTS,
    "Times": TIMES,
    "The year of a document": DATING,
    "The place of a document": PLACES,
    "Sentences that a page broke": JOINS,
}
"""Rules by what they decide, in reading order of docs/rules.md."""

RULES: Mapping[str, Rule] = MappingProxyType(
    {rule.name: rule for family in FAMILIES.values() for rule in family}
)
"""Every rule by its name."""
