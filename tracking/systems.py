"""Parts of overall work systems, and deeds that are really told of a system by its name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from parsers.statement import Component, Framework
from tracking import frameworks
from tracking.mentions import Mention, where_listed
from tracking.terms import normal, terms_of

MOSTLY = 0.6
"""Share of a deed's words that a part must make up for the deed to be that part."""


def overall_parts(own: Sequence[Mention]) -> list[Mention]:
    """Parts of the overall work systems of one text, as promises of their own."""
    editions: dict[str, list[Mention]] = defaultdict(list)
    for mention in own:
        if mention.framework is not None:
            editions[mention.edition].append(mention)
    return [
        part
        for group in editions.values()
        for mention in group
        if mention.framework is not None and frameworks.is_overall(mention.framework, mention.statement)
        for part in part_mentions(mention, group)
    ]


def part_mentions(whole: Mention, own: Sequence[Mention]) -> list[Mention]:
    """Parts of an overall work system that no statement of the same text and edition names by itself.

    own: the framework mentions of the same version and edition.
    """
    if whole.framework is None:
        return []
    known = [
        {normal(item) for component in m.framework.components for item in component.items}
        for m in own
        if m is not whole and m.framework is not None
    ]
    found = []
    for ordinal, component in enumerate(whole.framework.components):
        items = {normal(item) for item in component.items}
        if not items or any(len(items & other) * 2 >= len(items) for other in known):
            continue
        goal = normal(component.label) == "1"
        if goal and len(items) != 1:
            continue
        name = "总目标" if goal else f"{whole.framework.name}·{component.label}"
        part = Framework(name, None, (Component(component.label, component.items, component.open_ended),))
        found.append(_part(whole, part, f"part {ordinal}"))
    return found


def _part(whole: Mention, part: Framework, slot: str) -> Mention:
    terms = terms_of(whole.statement, "framework", whole.terms.horizon, part.name)
    listed = where_listed(part.components[0], whole.statement, whole.version)
    return replace(whole, slot=slot, terms=terms, spans=listed or whole.spans, framework=part)


def told_as_part(mention: Mention, parts: Sequence[Mention]) -> bool:
    """A deed whose words are just a part of the overall system told in the same text: told once is enough."""
    if mention.terms.family != "deed":
        return False
    words = normal(mention.statement.text)
    return any(
        normal(item) in words and len(normal(item)) >= MOSTLY * len(words)
        for part in parts
        if part.framework is not None
        for component in part.framework.components
        for item in component.items
    )


Known = Mapping[str, tuple[tuple[str, str], Framework]]
"""Counted systems by the core of their names, each with the id of the mention that tells it."""


def systems_told(promises: Iterable[Mention]) -> dict[str, tuple[tuple[str, str], Framework]]:
    """The counted systems that promises tell by name; of one name the mention with the smallest id."""
    known: dict[str, tuple[tuple[str, str], Framework]] = {}
    for mention in promises:
        if mention.framework is not None:
            core = frameworks.core(mention.framework.name)
            if core[:1].isdigit() and len(core) >= 3 and (core not in known or mention.id < known[core][0]):
                known[core] = mention.id, mention.framework
    return known


def endings(mention: Mention) -> list[str]:
    """What of a deed's object may be a counted system's name: it from each digit on."""
    core = frameworks.core(mention.statement.object)
    return [core[at:] for at, letter in enumerate(core) if letter.isdigit()]


def deeds_on_systems(promises: Sequence[Mention], known: Known) -> list[Mention]:
    """Deeds whose object is a counted system known by name (实施四大强区战略) told as that system."""
    return [_as_system(m, known) if m.terms.family == "deed" else m for m in promises]


def _as_system(mention: Mention, known: Known) -> Mention:
    system = next((known[name][1] for name in endings(mention) if name in known), None)
    if system is None:
        return mention
    named = Framework(system.name, system.formula)
    terms = terms_of(mention.statement, "framework", mention.terms.horizon, system.name)
    return replace(mention, terms=terms, framework=named, slot="")
