"""Words that people say mean the same in one place and level: its own aliases, beside the general ones.

They change nothing that is shown: only what is compared, linked and looked for. What a text calls a thing
stays what it called it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from parsers.indicators import dictionary
from parsers.statement import Framework, Statement
from tracking.mentions import Mention
from tracking.terms import normal, terms_of


class Aliases:
    """Groups of words of which each stands for the others: one of them is taken for all.

    >>> Aliases([("双招双引", "招商引资")]).spelt("双招双引项目")
    '招商引资项目'
    """

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        """pairs: (word, what it means), in any order; a word may stand in several."""
        table = {normal(word): normal(means) for word, means in sorted(pairs) if word and means}
        self._means = {word: _end(word, table) for word in (*table, *table.values())}
        # What a word means may contain it (公园, 口袋公园): the longest match leaves that as it is.
        self._pattern = re.compile("|".join(sorted(map(re.escape, self._means), key=len, reverse=True)))

    def __bool__(self) -> bool:
        return bool(self._means)

    def spelt(self, text: str) -> str:
        """The text in normal spelling, with one word for all of a group."""
        plain = normal(text)
        return self._pattern.sub(lambda m: self._means[m.group()], plain) if self._means else plain

    def others(self, words: Iterable[str]) -> list[str]:
        """What else the words are called here: for each that stands for a group the rest of it."""
        known = {normal(word) for word in words}
        means = {self._means[word] for word in known & self._means.keys()}
        return sorted(word for word, end in self._means.items() if end in means and word not in known)

    def called(self, mention: Mention) -> Mention:
        """The mention with the terms that it has if its words are taken for what they mean here."""
        framework = mention.framework
        if framework is not None:
            return self._system(mention, framework)
        statement = self._statement(mention.statement)
        name = self.spelt(mention.terms.name)
        if statement is mention.statement and name == mention.terms.name:
            return mention
        terms = terms_of(statement, mention.terms.family, mention.terms.horizon, name)
        return replace(mention, terms=terms)

    def _statement(self, statement: Statement) -> Statement:
        subject, thing = statement.subject, statement.object
        if self.spelt(subject) == normal(subject) and self.spelt(thing) == normal(thing):
            return statement
        subject = self.spelt(subject)
        known = dictionary().by_alias.get(subject.removesuffix("增速"))
        other = subject != normal(statement.subject)
        indicator = (known.name if known else None) if other else statement.indicator
        return replace(statement, subject=subject, object=self.spelt(thing), indicator=indicator)

    def _system(self, mention: Mention, framework: Framework) -> Mention:
        parts = tuple(
            replace(component, items=tuple(map(self._part, component.items)))
            for component in framework.components
        )
        name = self.spelt(framework.name)
        if name == mention.terms.name and parts == framework.components:
            return mention
        terms = terms_of(mention.statement, "framework", mention.terms.horizon, name)
        return replace(mention, terms=terms, framework=replace(framework, components=parts))

    def _part(self, words: str) -> str:
        """The words as printed unless an alias stands in them."""
        spelt = self.spelt(words)
        return words if spelt == normal(words) else spelt


NO_ALIASES = Aliases()


def _end(word: str, table: dict[str, str]) -> str:
    """What a word means in the end; of words that mean each other in a circle the first."""
    seen = [word]
    while (following := table.get(seen[-1])) is not None:
        if following in seen:
            return min(seen[seen.index(following) :])
        seen.append(following)
    return seen[-1]
