"""Where a text names work systems: quoted names, listed headcounts, names its glossary defines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from parsers.frameworks.beside import list_after, list_before
from parsers.frameworks.glossary import Glossary, headword_forms
from parsers.frameworks.names import SUFFIX, Form, campaign_cue, defined_form, form_of, stock
from parsers.frameworks.sheet import Sheet
from parsers.lazily import lazily

_QUOTED = lazily(
    r"“(?=[^“”\n]{0,12}[一二两三四五六七八九十百千万双\d+东西南北中]|[^“”\n]{1,11}年”)([^“”\n]{2,48})”"
)
_HEADCOUNT = lazily(r"[两三四五六七八九十](?:大|位一体|项重[点大])")
_TASKS = lazily(r"项重[点大]")
_DEED = lazily(
    r".*(?:实施|推进|推动|建成|建设|开展|打造|抓好|打好|启动|落实|推出|围绕)(?P<of>[\u4e00-\u9fff]{0,10})$"
)
_DEED_NOUN = lazily(r"[\u4e00-\u9fff]{0,6}(?:工程|行动|计划|战略|项目|体系|会战|战役)(?=[，。；,;\n])")
_AWARD = lazily(r"(?:获|获得|荣获|获评|评为|入选|入围|跻身|命名为|授予|称为)[全国省市首批]{0,3}$")
_VERB = lazily(
    r"(?:抓好|落实|做到|实现|推进|构建|打造|实施|坚持|开展|推行|深化|健全|完善|加强|突出|做好|守住|建成|形成|创建|争创|"
    r"达到|按照|围绕|聚焦|建立|提升|强化|推动|统筹|发展)[\u4e00-\u9fff]{0,6}$"
)


@dataclass(slots=True)
class Name:
    """A name in the sheet: [start, core_end) with its quotes, [start, end) with the type word behind."""

    start: int
    core_end: int
    end: int
    form: Form
    rule: str


def search(page: Sheet, glossary: Glossary) -> list[Name]:
    """All mentions of named systems, in reading order."""
    quoted = list(_quoted_names(page.text, glossary))
    taken = {name.start for name in quoted}
    names = [*quoted, *_headcounts(page.text), *_defined(page.text, glossary, taken)]
    return sorted(names, key=lambda n: (n.start, -n.end))


def _quoted_names(text: str, glossary: Glossary) -> Iterator[Name]:
    accepted_end = -1
    for found in _QUOTED.finditer(text):
        core, start, close = found[1], found.start(), found.end()
        defined = core in glossary.by_core
        form = defined_form(core) if defined else form_of(core)
        if form is None:
            if "、" in core and not defined:
                yield from _several_in_one(text, core, start + 1)
            continue
        name: Name | None
        if defined:
            name = _named(text, start, close, form, "glossary-name")
        else:
            name = None if stock(form) else _quoted(text, start, close, form, accepted_end)
        if name is not None:
            accepted_end = close
            yield name


def _several_in_one(text: str, core: str, at: int) -> Iterator[Name]:
    """“十个新变化、十大动作”: two names in one pair of quotes."""
    for piece in core.split("、"):
        form = form_of(piece)
        if form is not None and form.kind == "count" and not form.weak:
            yield Name(at, at + len(piece), at + len(piece), form, "count-name")
        at += len(piece) + 1


def _named(text: str, start: int, close: int, form: Form, rule: str) -> Name:
    suffix = SUFFIX.match(text, close)
    return Name(start, close, suffix.end() if suffix else close, form, rule)


def _quoted(text: str, start: int, close: int, form: Form, accepted_end: int) -> Name | None:
    name = _named(text, start, close, form, f"{form.kind}-name")
    if form.kind == "year":
        cue = campaign_cue(text[max(0, start - 10) : start], text[close : close + 4])
        return name if cue else None
    if _AWARD.search(text, max(0, start - 6), start) or text.startswith(
        ("奖", "称号", "荣誉", "问题", "现象"), close
    ):
        return None
    if text.startswith("热线", close) or (form.kind == "formula" and "白" in text[close : close + 4]):
        return None
    if not form.weak or name.end > close or _listed(text, form, start, close):
        return name
    joined = accepted_end >= 0 and text[accepted_end:start] in ("", "、", "和")
    led = (
        form.kind == "short"
        and form.labels[0][1] not in (2, 3)
        and _VERB.search(text, max(0, start - 12), start)
    )
    return name if joined or led else None


def _listed(text: str, form: Form, start: int, end: int) -> bool:
    count = form.labels[0][1] if len(form.labels) == 1 else None
    return list_before(text, start, count) is not None or list_after(text, (end,), count) is not None


def _headcounts(text: str) -> Iterator[Name]:
    """Unquoted headcounts with their list before (A、B、C三大片区), or as the object of a deed."""
    # Two scans that each begin with one set of characters are four times as fast as one alternation.
    counts = [(m.start(), m.end()) for m in _HEADCOUNT.finditer(text)]
    counts += [(m.start() - 1, m.end()) for m in _TASKS.finditer(text) if text[m.start() - 1].isdigit()]
    for start, stop in counts:
        if text[start - 1] in "十0123456789" and text[start] != "十":
            start -= 1
        if start <= 0 or text[start - 1] in "“.第十百千" or text[start - 1].isdigit():
            continue
        noun = SUFFIX.match(text, stop)
        if noun is None or text.startswith("为“", noun.end()):
            continue
        form = form_of(text[start : noun.end()])
        if form is None or len(form.labels) != 1 or stock(form):
            continue
        listing = list_before(text, start, form.labels[0][1])
        if listing is not None and not listing.open_ended:
            yield Name(start, noun.end(), noun.end(), form, "listed-headcount")
        elif listing is None and not form.weak:
            deed = _DEED.match(text[max(0, start - 14) : start])
            noun = _DEED_NOUN.match(text, stop)
            if deed is not None and noun is not None:
                # 产业十大工程 and 服务业十大工程 are two systems: what they are of belongs to the name.
                of = replace(form, key=deed["of"] + form.key)
                yield Name(start - len(deed["of"]), noun.end(), noun.end(), of, "headcount-deed")


def _defined(text: str, glossary: Glossary, taken: set[int]) -> Iterator[Name]:
    """Names that the text's own glossary defines, where they stand unquoted or in other quotes."""
    for entry in glossary.headwords:
        for core, form in headword_forms(entry):
            at = text.find(core)
            if at < 0:
                continue
            quoted = at > 0 and text[at - 1] == "“" and text[at + len(core) : at + len(core) + 1] == "”"
            start, end = (at - 1, at + len(core) + 1) if quoted else (at, at + len(core))
            if start not in taken:
                yield Name(start, end, end, form, "glossary-name")
