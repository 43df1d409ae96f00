"""Named work systems: which mentions are the same system, and what differs between two tellings of it.

A place's yearly overall work system changes its number from year to year (1+446, then 1+456) and stays one
thread; other systems are known by their own names. Parts are compared as sets.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from parsers.statement import Framework, Statement
from tracking.terms import normal

_OVERALL = re.compile(r"(?:总体)?工作(?:总)?思路|总体思路|发展思路|工作体系|工作布局|总体布局")
_MULTI = re.compile(r"^\d(?:\+?\d)+$")
_THEME = re.compile(r"^[\u4e00-\u9fa5]{2,10}年$")
_COUNTED_YEARS = re.compile(r"[一二三四五六七八九十\d]年$")
_FILLER = re.compile(r"(?:战略|体系|机制|模式|格局|工作|目标|工程|行动|思路|布局|制度|治理|管理|框架|建设)+$")
_INTRODUCED = re.compile(
    r"^(?:围绕|紧扣|锚定|聚焦|坚持|加快|努力|全力|大力|着力|奋力|继续|深入|就是|即|以)*(?:建设|打造|建成|实施)?"
)
_COUNT = re.compile(r"(\d)[大个项种类]")
_COUNTED = re.compile(r"^(\d+)([大个项种]*)(.*)$")


def is_overall(framework: Framework, statement: Statement) -> bool:
    """The yearly overall work system: a multi-digit formula with a head noun like 工作思路, 工作体系."""
    formula = re.sub(r"\s|“|”", "", framework.formula or "")
    if not _MULTI.match(formula):
        return False
    told = framework.name + statement.subject
    return bool(_OVERALL.search(told) or _OVERALL.search(_after(statement.text, formula)))


def _after(text: str, formula: str) -> str:
    at = text.find(formula)
    return text[at + len(formula) : at + len(formula) + 10] if at >= 0 else ""


def is_theme(framework: Framework) -> bool:
    """A named campaign year (攻坚突破年): the theme that a place gives a year."""
    name = re.sub(r"[“”\s]", "", framework.name)
    return not framework.components and bool(_THEME.match(name)) and not _COUNTED_YEARS.search(name)


def core(name: str) -> str:
    """A system's name without marks, head nouns and counters: “四大强区”战略 and 四个强区 are one.

    >>> core("“345”网格化治理模式") == core("345网格化治理体系")
    True
    """
    plain = _COUNT.sub(r"\1", normal(_numbers(name)))
    return _FILLER.sub("", plain) or plain


def _numbers(name: str) -> str:
    digits = dict(zip("一二三四五六七八九", "123456789", strict=True))
    return re.sub(r"[一二三四五六七八九](?=[大个项种])", lambda m: digits[m.group()], name)


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts a text lists: per digit or label, and all together. None stands for “not listed here”."""

    groups: tuple[tuple[str, frozenset[str]], ...]

    @property
    def all(self) -> frozenset[str]:
        """Every listed part."""
        return frozenset().union(*(items for _, items in self.groups)) if self.groups else frozenset()


@cache
def part_key(item: str) -> str:
    """A part in comparable spelling, without the verb that introduces it (围绕建设…, 打造…)."""
    plain = normal(item)
    return _INTRODUCED.sub("", plain) or plain


def parts_of(framework: Framework | None) -> Parts:
    """Listed parts in normalised spelling; labels without a list are left out: they say nothing."""
    if framework is None:
        return Parts(())
    groups = (
        (c.label, frozenset(part_key(item) for item in c.items)) for c in framework.components if c.items
    )
    return Parts(tuple(groups))


def same_parts(left: Parts, right: Parts) -> bool:
    """Mostly the same parts under whatever name: at least three in common and half of all."""
    common = left.all & right.all
    return len(common) >= 3 and 2 * len(common) >= len(left.all | right.all)


def digits(formula: str | None) -> str:
    """The digits of a formula in order; "" for none."""
    return "".join(re.findall(r"\d", formula or ""))


def grown(old: str | None, new: str | None) -> list[tuple[int, int, int]]:
    """Which digit changed: (position from 1, old, new), where both formulas have as many digits.

    >>> grown("1+446", "1+456")
    [(3, 4, 5)]
    """
    a, b = digits(old), digits(new)
    if len(a) != len(b):
        return []
    return [(i, int(x), int(y)) for i, (x, y) in enumerate(zip(a, b, strict=True), 1) if x != y]
