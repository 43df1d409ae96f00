"""What a text says, as data: statements, quantities and named systems.

The vocabulary follows the project's semantics: a statement is the smallest span that carries one
checkable claim. All offsets are code points; see `parsers.text` for what they count in.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from parsers.records import record

Span = tuple[int, int]
"""Half-open [start, end) in code points."""

Kind = Literal["target", "action", "result", "framework"]
Op = Literal["=", ">=", "<=", ">", "<", "~", "between"]
Approx = Literal["below", "above", "around"]
Base = Literal["flow", "growth", "cumulative", "stock"]
Level = Literal["nation", "province", "city", "district", "street"]


@record(frozen=True, slots=True)
class Quantity:
    """An amount with its comparator.

    value: magnitudes expanded (1000亿元 is 100000000000), percent as printed (50% is 50).
    high: the upper end where op is "between".
    unit: the printed measure word without magnitude; money is always 元, 平米 is 平方米.
    approx: 近 = below, 余/多 = above, 约/左右/上下 = around.
    The span covers number, magnitude and unit with adjacent hedges (近, 余, 以上), not the verb.
    """

    start: int
    end: int
    op: Op
    approx: Approx | None
    value: Decimal
    high: Decimal | None
    unit: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Component:
    """One digit or word of a named system with the parts that the text lists for it (may be none)."""

    label: str
    items: tuple[str, ...] = ()
    open_ended: bool = False
    """The list ends in 等: it covers only what it names."""


@dataclass(frozen=True, slots=True)
class Framework:
    """A named work system: “1+446”工作思路, 四大强区, 三办一回访."""

    name: str
    formula: str | None
    components: tuple[Component, ...] = ()
    unlisted: tuple[str, ...] = ()
    """Labels whose parts this text does not list."""


@record(frozen=True, slots=True)
class Statement:
    """One checkable claim with its evidence.

    spans: evidence in reading order, in the source text; more than one where layout broke the sentence.
    text: the readable form; equal to the quote unless a join, tag or entity stands in between.
    subject: what is measured or done; the subject of a growth rate ends in 增速.
    indicator: id in the indicator dictionary, None for what the dictionary does not know.
    period: YYYY | YYYY-MM | YYYY-MM-DD | YYYY..YYYY, or None where the text does not say.
    district: full name of the place that owns the statement.
    rule: names of the rules that made it, joined by “;”.
    """

    kind: Kind
    spans: tuple[Span, ...]
    text: str
    subject: str
    quantities: tuple[Quantity, ...] = ()
    absent: bool = False
    indicator: str | None = None
    deed: str = ""
    """What is done to the object: 启动, 建成, 引进; empty for an indicator's level or growth."""
    object: str = ""
    """What it is done to, as printed and without numbers: 旧村改造."""
    base: Base | None = None
    dimension: str | None = None
    period: str | None = None
    stage: str | None = None
    scope: str | None = None
    project: str | None = None
    district: str | None = None
    level: Level | None = None
    issuer: str = "unknown"
    authority: str = "unknown"
    speaker: str | None = None
    modality: str | None = None
    nature: str | None = None
    vintage: str | None = None
    basis: str | None = None
    area: str | None = None
    framework: Framework | None = None
    doubtful: bool = False
    """Evidence runs over a join of fragments that is not certain."""
    rule: str = ""
    responsible: str = ""
    """Who is in charge, as a table's cell or a list's bracket prints it (区教育局；区财政局); else empty."""

    @property
    def start(self) -> int:
        """First code point of the outermost span."""
        return min(s for s, _ in self.spans)

    @property
    def end(self) -> int:
        """End of the outermost span."""
        return max(e for _, e in self.spans)
