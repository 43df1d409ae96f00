"""What a reader of the page is told of a text and of each statement, in Chinese and English."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from parsers.reading import Clue, Reading
from parsers.rules import RULES, names_of, names_of_amount
from parsers.statement import Quantity, Statement
from tracking.words.catalogue import translations
from tracking.words.labels import label
from tracking.words.marking import marked as _

_OPS = {"=": "", "~": "≈", ">=": "≥", "<=": "≤", ">": ">", "<": "<", "between": ""}


@dataclass(frozen=True, slots=True)
class Both:
    """The same words in both languages; what a text says itself is the same in both."""

    en: str
    zh: str
    code: str = ""
    """A name in front of the words that is the same everywhere."""

    def __str__(self) -> str:
        return self.en if self.en == self.zh else f"{self.zh} {self.en}"


@dataclass(frozen=True, slots=True)
class Row:
    """A property with its values; `note`: the values are explanations, not data."""

    name: Both
    values: tuple[Both, ...]
    note: bool = False


def both(text: str) -> Both:
    """An interface text with its translation."""
    return Both(text.replace("_", " "), translations("zh").gettext(text))


def raw(text: object) -> Both:
    """Words of the text, or figures: the same in both languages."""
    return Both(str(text), str(text))


def kind_word(kind: str) -> Both:
    """The word for a kind of statement."""
    return Both(label("kind", kind, "en").word, label("kind", kind, "zh").word)


def kind_means(kind: str) -> Both:
    """What a kind of statement is."""
    return Both(label("kind", kind, "en").means, label("kind", kind, "zh").means)


def summary(statement: Statement, source: str) -> str:
    """A statement in a few words: kind, subject, amounts, period."""
    amounts = "、".join("".join(source[q.start : q.end].split()) for q in statement.quantities)
    told = (kind_word(statement.kind), statement.subject, amounts, statement.period)
    return " · ".join(str(part) for part in told if part)


def amount_text(quantity: Quantity) -> str:
    """An amount with its comparator: ≥ 8 所, 6–6.5 %."""
    value = _number(quantity.value)
    if quantity.high is not None:
        value = f"{value}–{_number(quantity.high)}"
    return " ".join(part for part in (_OPS[quantity.op], value, quantity.unit) if part)


def _amount(quantity: Quantity, source: str) -> str:
    """As understood, and as printed where that differs."""
    understood, printed = amount_text(quantity), "".join(source[quantity.start : quantity.end].split())
    same = understood.replace(" ", "").replace(",", "") == printed
    return understood if same else f"{understood}（{printed}）"


def _number(value: Decimal) -> str:
    return f"{value:,f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:,f}"


def statement_rows(statement: Statement, source: str) -> list[Row]:
    """All that is known of a statement, the evidence and the rules last."""
    return [*_terms(statement, source), *_author(statement), *_system(statement), *_evidence(statement)]


def _terms(s: Statement, source: str) -> Iterator[Row]:
    yield Row(both(_("subject")), (raw(s.subject),))
    if s.quantities:
        yield Row(both(_("amount")), tuple(raw(_amount(q, source)) for q in s.quantities))
    if s.absent:
        yield Row(both(_("amount")), (both(_("the text says that none is set")),))
    if s.kind != "framework":
        yield Row(both(_("due")), (raw(s.period) if s.period else both(_("not stated")),))
    given = {
        _("base"): both(s.base) if s.base else None,
        _("project"): raw(s.project) if s.project else None,
        _("ambition"): raw(s.modality) if s.modality else None,
        _("stage"): raw(s.stage) if s.stage else None,
        _("scope"): raw(s.scope) if s.scope else None,
        _("nature"): raw(s.nature) if s.nature else None,
        _("vintage"): raw(s.vintage) if s.vintage else None,
        _("basis"): raw(s.basis) if s.basis else None,
    }
    for name, value in given.items():
        if value is not None:
            yield Row(both(name), (value,))


def _author(s: Statement) -> Iterator[Row]:
    if s.level:
        owner = both(s.level)
        place = s.district or ""
        yield Row(both(_("whose")), (Both(f"{place} ({owner.en})".strip(), f"{place}（{owner.zh}）"),))
    issuer, authority = both(s.issuer), both(s.authority)
    said = [
        Both(f"{issuer.en}, {authority.en}", f"{issuer.zh}，{authority.zh}"),
        *([raw(s.speaker)] if s.speaker else []),
    ]
    yield Row(both(_("who says so")), tuple(said))


def _system(s: Statement) -> Iterator[Row]:
    if s.framework is None:
        return
    if s.framework.formula:
        yield Row(both(_("formula")), (raw(s.framework.formula),))
    listed = [c for c in s.framework.components if c.items]
    if listed:
        parts = (f"{c.label}：{'、'.join(c.items)}{' 等' if c.open_ended else ''}" for c in listed)
        yield Row(both(_("parts")), tuple(raw(part) for part in parts))
    if s.framework.unlisted:
        yield Row(both(_("not listed in this text")), (raw("、".join(s.framework.unlisted)),))


def _evidence(s: Statement) -> Iterator[Row]:
    yield Row(both(_("stands at")), tuple(raw(f"{start}–{end}") for start, end in s.spans))
    if s.doubtful:
        yield Row(both(_("doubtful")), (both(_("the sentence was put together where layout broke it")),))
    names = names_of(s.rule) + [name for q in s.quantities for name in names_of_amount(q.rule)]
    yield Row(both(_("read by")), tuple(_rule(name) for name in dict.fromkeys(names)), note=True)


def _rule(name: str) -> Both:
    known = RULES.get(name)
    return Both(known.says, f"{known.zh}。", name) if known else Both("", "", name)


def text_rows(reading: Reading) -> list[Row]:
    """What is known of the whole text, each with the clue it rests on."""
    unknown = both(_("unknown"))
    rows = [
        Row(
            both(_("place")),
            _clued(raw(reading.place.name) if reading.place.name else unknown, reading.place_clue),
        ),
        Row(both(_("published")), _dated(reading.published) or (unknown,)),
        Row(both(_("edition")), _dated(reading.plan_year) or (unknown,)),
        Row(both(_("type")), (both(reading.type),)),
        Row(both(_("decoded as")), (raw(f"{reading.source.encoding} ({reading.source.decided_by})"),)),
    ]
    if reading.notes:
        rows.append(Row(both(_("notes")), tuple(raw(note) for note in reading.notes), note=True))
    return rows


def _clued(value: Both, clue: Clue) -> tuple[Both, ...]:
    return (value, raw(clue.why)) if clue.why else (value,)


def _dated(clue: Clue | None) -> tuple[Both, ...]:
    return _clued(raw(clue.value), clue) if clue else ()


def value_texts() -> tuple[str, ...]:
    """Fixed values that the rows show, marked for translation."""
    return (
        *(_("nation"), _("province"), _("city"), _("district"), _("street")),
        *(_("flow"), _("growth"), _("cumulative"), _("stock")),
        *(_("party"), _("government"), _("congress"), _("department"), _("third_party")),
        *(_("adopted"), _("official"), _("leader"), _("reporter")),
        *(_("report"), _("plan"), _("list"), _("communique"), _("speech"), _("news")),
        *(_("title"), _("heading"), _("byline"), _("caption")),
        *(_("pull_quote"), _("table"), _("glossary"), _("furniture")),
    )
