"""What stands in the cells of the office ledger. What the texts do not say is left out, never guessed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from storage.exports.flat import replies_told
from storage.exports.office import VERDICTS
from storage.exports.rows import Source
from storage.queries.veil import Record
from tracking.model import ACCUSATIONS
from tracking.words import labels
from tracking.words.catalogue import translator
from tracking.words.labels import Lang

Values = dict[str, str]
Tell = Callable[[Mapping[str, Mapping[str, Any]], Lang], list[str]]
"""Field changes of an entry as phrases."""
PROGRESS = ("fulfilled", "missed", "reported", "unreported", "dropped", "revived", "conflict")
"""Kinds of change that say what became of a promise."""
_QUOTED = 3
"""Sentences cited in one cell: the first and the last ones; the table of statements has all."""
_ROOM = 600
"""Characters of sentences that one row of a sheet can show."""


def ledger_rows(source: Source, lang: Lang) -> Iterator[Values]:
    """Rows of 台账: one a commitment."""
    for page in source.ordered_commitments():
        entries = source.changes_of([c["id"] for c in page])
        said = source.statements_by_key([m for c in page for m in c["members"]])
        for commitment in page:
            yield _commitment(commitment, said, entries[commitment["id"]], lang)


def _commitment(c: Record, said: Mapping[str, Record], entries: Sequence[Record], lang: Lang) -> Values:
    told = [(m, said[m["key"]]) for m in c["members"] if m["key"] in said]
    told.sort(key=lambda one: (one[0]["period"] or "", one[1]["published_on"] or "", one[1]["start"]))
    promises = [one for one in told if one[0]["role"] != "result"]
    latest = promises[-1][1] if promises else None
    found = {
        "id": c["id"],
        "place": c["district"],
        "kind": _kind(c, lang),
        "editions": "\n".join(c["editions"]),
        "task": _task(c, latest),
        "indicator": _indicator(c, promises),
        "unit_in_charge": _in_charge(promises),
        "due": due(latest["period"], lang) if latest and latest["period"] else "",
        "progress": "\n".join(
            _progress(e, lang) for e in sorted(entries, key=_judged) if e["change"] in PROGRESS
        ),
        "verdict": _verdict([e for e in entries if e["change"] in ACCUSATIONS], lang),
        "evidence": _evidence(told, lang),
    }
    return {name: value for name, value in found.items() if value}


def _kind(c: Record, lang: Lang) -> str:
    return f"{labels.label('kind', c['kind'], lang).word}\n{labels.label('life', c['life'], lang).word}"


def _in_charge(promises: Sequence[tuple[Record, Record]]) -> str:
    """Who is in charge, as the latest text that says so prints it."""
    return next((s["responsible"] for _, s in reversed(promises) if s.get("responsible")), "")


def _task(c: Record, latest: Record | None) -> str:
    """The latest words of the promise; a work system's name first, which its sentence may not hold."""
    words = closed_up(latest["text"]) if latest else ""
    named = c["kind"] == "framework" and c["title"] not in words
    return f"{c['title']}\n{words}".strip() if named or not words else words


def _indicator(c: Record, promises: Sequence[tuple[Record, Record]]) -> str:
    """What is measured, and how much in each edition, in the words of the texts; of systems the formula."""
    lines: dict[str, None] = {}
    for member, statement in promises:
        if c["kind"] == "framework":
            amounts = (statement["framework"] or {}).get("formula")
        else:
            told = (_amount(statement, q) for q in statement["quantities"])
            amounts = "、".join(dict.fromkeys(filter(None, told)))
        if amounts:
            lines[f"{member['period']}: {amounts}" if member["period"] else amounts] = None
    heading = [] if c["kind"] == "framework" else [c["subject"]]
    return "\n".join([*heading, *lines]) if lines else ""


def _amount(statement: Record, q: Record) -> str:
    """The words of an amount, cut from the statement's quote."""
    at = 0
    for start, end in statement["spans"]:
        if start <= q["start"] and q["end"] <= end:
            return closed_up(statement["quote"][at + q["start"] - start : at + q["end"] - start])
        at += end - start
    return ""


def due(period: str, lang: Lang) -> str:
    """A period as offices write it: 2020年, 2020年6月, 2016—2020年.

    >>> due("2016..2020", "zh"), due("2020-06", "zh"), due("2020-06", "en")
    ('2016—2020年', '2020年6月', '2020-06')
    """
    if lang == "en":
        return period.replace("..", "–")
    if ".." in period:
        return period.replace("..", "—") + "年"
    year, *rest = period.split("-")
    return f"{year}年" + "".join(f"{int(n)}{unit}" for n, unit in zip(rest, "月日", strict=False))


def _progress(entry: Record, lang: Lang) -> str:
    marks = [_word(entry, lang), *_marks(entry, lang)]
    line = f"{_judged(entry)} {marks[0]}".strip()
    if marks[1:]:
        line += f"（{'，'.join(marks[1:])}）" if lang == "zh" else f" ({', '.join(marks[1:])})"
    new = [piece for piece in entry["evidence"] if piece["side"] == "new"]
    return f"{line}\n“{sentence(new[-1])}”" if new else line


def _judged(entry: Record) -> str:
    return str(entry["edition_from"] or entry["edition_to"] or "")


def _word(entry: Record, lang: Lang) -> str:
    return labels.label("change", entry["change"], lang, grade=entry["grade"]).word


def _marks(entry: Record, lang: Lang) -> list[str]:
    """How sure it is, and whether a person has looked at it; of accusations, and where it is not stated."""
    accuses, grade = entry["change"] in ACCUSATIONS, entry["grade"]
    found = [labels.label("grade", grade, lang).word] if grade and (accuses or grade != "stated") else []
    if accuses and not entry["reviewed"]:
        found.insert(0, labels.label("review", "pending", lang).word)
    return found


def _verdict(accusing: Sequence[Record], lang: Lang) -> str:
    """That all of them were confirmed; rejected ones are not in the ledger any more."""
    return VERDICTS["confirmed"][lang] if accusing and all(e["reviewed"] for e in accusing) else ""


def _evidence(told: Sequence[tuple[Record, Record]], lang: Lang) -> str:
    _ = translator(lang)
    cited = list({s["key"]: (m, s) for m, s in told}.values())
    shown = cited if len(cited) <= _QUOTED else [cited[0], *cited[1 - _QUOTED :]]
    while len(shown) > 1 and sum(len(s["text"]) for _, s in shown) > _ROOM:
        shown = shown[1:]
    lines = []
    for member, s in shown:
        source = "，".join(filter(None, (_titled(s, lang), s["published_on"])))
        lines.append(f"{member['period'] or ''} {source}\n“{closed_up(s['text'])}”".strip())
    if len(cited) > len(shown):
        lines.append(
            _("{count} more sentences in the table of statements").format(count=len(cited) - len(shown))
        )
    return "\n".join(lines)


def _titled(s: Record, lang: Lang) -> str:
    title = s["document_title"]
    if not title:
        return str(s["document"])
    return f"《{title}》" if lang == "zh" else f"“{title}”"


def log_rows(source: Source, lang: Lang, tell: Tell) -> Iterator[Values]:
    """Rows of 变动: one an entry, without mere repetitions."""
    about = {d["sha256"]: d for d in source.documents()}
    for page in source.ordered_changes():
        for entry in page:
            found = {
                "id": entry["id"],
                "place": entry["district"],
                "change": "\n".join([_word(entry, lang), *_marks(entry, lang)[:1]])
                if entry["change"] in ACCUSATIONS
                else _word(entry, lang),
                "title": _named(entry, lang),
                "editions": _editions(entry),
                "fields": "\n".join(tell(entry["fields"], lang)),
                "said_on": entry["said_on"] or "",
                "grade": labels.label("grade", entry["grade"], lang).word if entry["grade"] else "",
                "replies": replies_told(entry),
                "verdict": _verdict([entry], lang) if entry["change"] in ACCUSATIONS else "",
                "commitment": entry["commitment"]["id"],
            }
            for side in ("old", "new"):
                pieces = [piece for piece in entry["evidence"] if piece["side"] == side]
                found[f"{side}_words"] = "\n".join(f"“{sentence(piece)}”" for piece in pieces)
                sources = dict.fromkeys(_source(piece, about) for piece in pieces)
                found[f"{side}_source"] = "\n".join(sources)
            yield {name: value for name, value in found.items() if value}


def _named(entry: Record, lang: Lang) -> str:
    """What it is about, and what its text called it then."""
    then = entry.get("called")
    told = translator(lang)("then called {name}").format(name=then) if then else ""
    return "\n".join(filter(None, (entry["commitment"]["title"], told)))


def _editions(entry: Record) -> str:
    old, new = entry["edition_from"], entry["edition_to"]
    return f"{old} → {new}" if old and new and old != new else str(new or old or "")


def _source(piece: Record, about: Mapping[str, Record]) -> str:
    """Where a sentence stands: title, file or address, date, offsets."""
    text = about.get(piece["sha256"], {})
    place = f"{piece['document']} [{piece['start']}–{piece['end']}]"
    return "\n".join(filter(None, (text.get("title"), text.get("published_on"), place)))


def sentence(piece: Record) -> str:
    """A quote for reading: stretches that stand apart in the text are set apart."""
    at, stretches = 0, []
    for start, end in piece["spans"]:
        stretches.append(closed_up(piece["quote"][at : at + end - start]))
        at += end - start
    # What is withheld has no words to cut at spans.
    return " … ".join(filter(None, stretches)) if at == len(piece["quote"]) else closed_up(piece["quote"])


def closed_up(text: str) -> str:
    """Text without the line breaks and blanks that layout made."""
    return " ".join(text.split())


GROUPS = ("change", "change_stated", "grade", "review", "direction", "kind", "life")


def word_rows(lang: Lang, facts: Mapping[str, str]) -> Iterator[list[str | None]]:
    """Rows of 用语: what the file is, then each word with its meaning; a heading begins with None."""
    _ = translator(lang)
    yield [None, _("this file"), "", "", ""]
    for name, told in _facts(lang).items():
        if facts.get(name):
            yield [told, _(facts[name])]
    yield []
    yield [None, _("where"), _("word"), _("what it means"), _("what it does not mean")]
    for group, told in zip(GROUPS, _groups(lang), strict=True):
        for name in labels.names(group):
            label = labels.label(group, name, lang)
            yield [told, label.word, label.means, label.means_not]


def _facts(lang: Lang) -> dict[str, str]:
    """What facts of the export are called, those that a reader of the file needs."""
    _ = translator(lang)
    return {
        "notice": _("notice"),
        "audience": _("made for"),
        "district": _("place"),
        "known_at": _("state of the ledger at"),
        "ledger_head": _("last hash of the ledger"),
        "parser_version": _("version of the reading rules"),
        "rights": _("rights"),
    }


def _groups(lang: Lang) -> list[str]:
    _ = translator(lang)
    change, grade = _("change"), _("grade")
    return [change, change, grade, _("review"), _("direction"), _("kind"), _("life")]
