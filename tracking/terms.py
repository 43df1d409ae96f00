"""A statement's normalised terms: what linking and comparing look at instead of whole sentences.

Whole clauses link badly (boilerplate outweighs the thing promised), parsed terms link well; so everything
that says *what* is promised is brought into one spelling here, and everything that says how much, how
surely or by when is left to `tracking.comparison`.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

import yaml

from parsers.statement import Quantity, Statement
from parsers.units import dimension as unit_dimension
from parsers.units import spellings
from tracking.at_hand import at_hand

Family = Literal["framework", "measure", "deed"]
Stage = Literal["规划", "开工", "建成"]

_MARKS = re.compile(r"[\s“”‘’\"'「」『』《》〈〉()（）\[\]【】·•,，、.。:：;；!！?？—\-_/]+")
_DIGITS = dict(zip("零〇一二两三四五六七八九", "001223456789", strict=True))
_NUMERAL = re.compile(r"[零〇一二两三四五六七八九十]+(?=[期号环纵横条个项大位件类级])")
_THRESHOLD = re.compile(
    r"(?:(\d+(?:\.\d+)?)|([一二两三四五六七八九十百千]+))?([万亿]?)(美?元)(?:及)?以[上下]"
)
_NUMBERED = re.compile(r"\d+(?:期|号|环|#)")
_AWAY = re.compile(r"([东西南北])(?=路|区|片区|站|线|段|街|城|门|部)")
_COMES_NEW = re.compile(
    "净增|新(?:增|建|创建|认定|认证|培育|开通|开办|登记|注册|签约|引进|投放|设立|评定|获批|发展|吸纳)|引进|招引|引育"
)
_IN_ALL = re.compile("占比|达到|总数|总量|总计|共有|累计|存量|保有|拥有|集聚|聚集")
_TAKEN_AWAY = re.compile("关停|关闭|淘汰|拆除|取缔|压减|化解")
_COUNTED = (("new", _COMES_NEW), ("total", _IN_ALL), ("taken away", _TAKEN_AWAY))
_STAGES: tuple[tuple[Stage, re.Pattern[str]], ...] = (
    ("建成", re.compile("建成|竣工|投用|投产|通车|投入使用|投运|启用|完工|开通")),
    ("开工", re.compile("新开工|开工|动工|奠基|破土")),
    ("规划", re.compile("规划|谋划|策划|选址|前期工作|可研")),
)


@cache
def words() -> dict[str, Any]:
    """The word lists of data/terms.yml."""
    text = files("tracking").joinpath("data/terms.yml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


@cache
def _same() -> tuple[re.Pattern[str], dict[str, str]]:
    table = {_fold(other): _fold(group[0]) for group in words()["same"] for other in group}
    return re.compile("|".join(sorted(map(re.escape, table), key=len, reverse=True))), table


@cache
def _deeds() -> re.Pattern[str]:
    return re.compile("|".join(sorted(words()["deeds"], key=len, reverse=True)))


@cache
def _parts() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(_fold, words()["parts"]), key=len, reverse=True)))


@cache
def _contrasts() -> tuple[re.Pattern[str], dict[str, int]]:
    rows = {_fold(word): row for row, group in enumerate(words()["contrasts"]) for word in group}
    return re.compile("|".join(sorted(map(re.escape, rows), key=len, reverse=True))), rows


def _fold(text: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFKC", text)).upper()


def _numeral(match: re.Match[str]) -> str:
    tens, mark, ones = match.group().partition("十")
    if not mark:
        return "".join(_DIGITS[c] for c in tens)
    return f"{_DIGITS.get(tens, '') or '1'}{_DIGITS.get(ones, '') or '0'}"


@at_hand(16_384)
def normal(text: str) -> str:
    """One spelling of a name: width, quotes, brackets, numerals before measure words, known synonyms.

    >>> normal("“四大强区”战略") == normal("4大强区战略")
    True
    """
    pattern, table = _same()
    folded = _NUMERAL.sub(_numeral, _fold(text))
    return pattern.sub(lambda m: table[m.group()], folded)


@at_hand(16_384)
def head(text: str) -> str:
    """The normalised text without deeds, fillers and measured tails: the thing itself.

    >>> head("加快推进滨河公园二期建设")
    '滨河公园2期'
    """
    plain = normal(text)
    bare = _deeds().sub("", plain).removesuffix("数").removeprefix("的").removesuffix("的")
    return bare or plain


class Terms(NamedTuple):
    """What a mention is about, in comparable form.

    name: normalised name of the project or system, "" where it has none of its own.
    head: normalised object for similarity. dimensions: of its amounts (money, area, count:所 …).
    scopes: (row, word) of contrasting words and thresholds that narrow what is counted.
    numbers: numerals that are part of the name (二期, 1号). horizon: a yearly promise or one due later.
    """

    family: Family
    indicator: str | None
    name: str
    head: str
    base: str | None
    dimensions: frozenset[str]
    stage: Stage | None
    scopes: frozenset[tuple[str, str]]
    numbers: frozenset[str]
    horizon: Literal["year", "long"]


def dimension_of(quantity: Quantity) -> str:
    """What an amount measures; counters of things stay apart by their word (18所 is not 18个)."""
    return _dimension(quantity.unit)


@cache
def _dimension(unit: str) -> str:
    found = unit_dimension(unit)
    return f"count:{unit}" if found in (None, "count") else str(found)


@cache
def _factor(unit: str) -> Decimal:
    known = spellings().get(unit)
    return known.factor if known is not None and known.factor is not None else Decimal(1)


def measure_of(quantity: Quantity) -> tuple[str, Decimal]:
    """What an amount measures, and by how much to multiply it to have one unit for all that measure that."""
    return dimension_of(quantity), _factor(quantity.unit)


@at_hand(16_384)
def scopes_of(text: str) -> frozenset[tuple[str, str]]:
    """Contrasting words, thresholds and points of the compass in a text."""
    folded = normal(text)
    pattern, rows = _contrasts()
    found = {(f"contrast {rows[m.group()]}", m.group()) for m in pattern.finditer(folded)}
    if "以" in folded:  # 以上, 以下: else there is none to look for
        found |= {("threshold", m.group()) for m in _THRESHOLD.finditer(_fold(text))}
    found |= {("compass", m.group(1)) for m in _AWAY.finditer(folded)}
    return frozenset(found)


def uncompassed(name: str) -> str:
    """A name without points of the compass before a road, area, line or gate."""
    return _AWAY.sub("", name)


def counted(text: str) -> frozenset[tuple[str, str]]:
    """Whether an amount is what comes new, what is taken away or what there is in all; nothing where words
    say none of these or several."""
    said = [word for word, pattern in _COUNTED if pattern.search(text)]
    return frozenset({("counted", said[0])}) if len(said) == 1 else frozenset()


@at_hand(16_384)
def stage_of(text: str) -> Stage | None:
    """The latest stage that the words name, None where they name none (建设 is none)."""
    return next((stage for stage, pattern in _STAGES if pattern.search(text)), None)


def stage(statement: Statement) -> Stage | None:
    """The reader's stage where it has one, else what the words say."""
    return next((s for s, _ in _STAGES if s == statement.stage), None) or stage_of(
        statement.subject + statement.text
    )


def base_of(statement: Statement) -> str | None:
    """Growth is told apart even where the reader has no base: a rate's subject ends in 增速."""
    if statement.subject.endswith(("增速", "增幅", "增长率", "涨幅", "降幅")):
        return "growth"
    return statement.base


def terms_of(statement: Statement, family: Family, horizon: Literal["year", "long"], name: str = "") -> Terms:
    """The terms of one mention; `name` is the project or part it is about, where it has one."""
    subject = statement.subject or statement.object or statement.text
    about = name or subject
    scopes = scopes_of(about)
    if not name:
        scopes |= scopes_of(statement.scope or "")
    if family == "measure":
        scopes |= {("part", found) for found in _parts().findall(normal(about))}
        if base_of(statement) != "growth":
            scopes |= counted(statement.text)
    return Terms(
        family=family,
        indicator=statement.indicator if family == "measure" else None,
        name=normal(name),
        head=head(about),
        base=base_of(statement) if family == "measure" else None,
        dimensions=frozenset(map(dimension_of, statement.quantities)) if family == "measure" else frozenset(),
        stage=None if family == "framework" else stage(statement),
        scopes=frozenset() if family == "framework" else scopes,
        numbers=frozenset(_NUMBERED.findall(normal(about))),
        horizon=horizon,
    )
