"""Why statements were put together and entries made, in a reader's language; tracking tells it in English."""

from __future__ import annotations

from tracking.words.catalogue import translator
from tracking.words.labels import Lang
from tracking.words.marking import marked as _

_REASONS = (
    # Links
    _("first statement"),
    _("same indicator or words"),
    _("same project or words"),
    _("same list of parts"),
    _("same formula"),
    _("same system"),
    _("same words"),
    _("similar words"),
    _("told of"),
    _("one holds the words of the other"),
    _("ruled by"),
    # Entries
    _("in no earlier edition that is known"),
    _("told in retrospect"),
    _("another text of the edition, which adds to it"),
    _("an edited page"),
    _("a later text of the same body"),
    _("two texts of one edition differ; dates and issuers leave it open"),
    _("the text says that none is set"),
    _("in the whole text of the next year nothing is found of it; another series is set in its place"),
    _("nothing is found of it, but too many targets of the year seem gone at once"),
    _("nothing is found of it in a text that treats its area, as a person ruled"),
    _("in the whole text of the next year nothing is found of it"),
    _("in the text of the next year only similar passages are found"),
    _("in the whole text of the next year only similar passages are found"),
    # Results
    _("by arithmetic"),
    _("by arithmetic, but perhaps of another thing or of other years"),
    _("provisional (预计)"),
    _("told as completed"),
    _("told as under way"),
    _("progress, or words that leave it open"),
    _("a threshold told as crossed; when is open"),
    _("a figure for a promise without one"),
    _("a figure of another base"),
    _("on another basis"),
    _("as of the text's own date: the year may go on"),
    _("above it, but perhaps over several years"),
    _("above it, but perhaps of a part of the year"),
    _("below it, but perhaps of another thing"),
    _("below it, but perhaps of the year before: one text tells both"),
    _("below it, but perhaps over several years"),
    _("below it, but perhaps of a part of the year"),
    _("below it, but perhaps of a part of the place"),
    _("below it, but perhaps of a part of what was promised"),
    _("below it, but perhaps on another basis"),
    _("below it, but perhaps of what came new"),
    _("below it, but perhaps a promise: it stands among them"),
    _("below it, but perhaps of another year than it was promised for"),
    _("below it, but perhaps beside its level, which was met"),
)
_NAMED = (_("overall work system"),)
"""What a reason names by a name of ours."""
_LONGEST_FIRST = sorted(_REASONS, key=len, reverse=True)


def reason(why: str, lang: Lang) -> str:
    """A reason in a language; what it names stays as it is, and one that is not known comes back unchanged.

    >>> reason("same words: 亿元项目", "zh")
    '用语相同：亿元项目'
    >>> reason("by arithmetic; provisional (预计)", "zh")
    '按数字计算；预计数，暂定'
    >>> reason("same system: overall work system", "zh")
    '同一工作体系：总体工作体系'
    """
    told, rest = [], why
    while rest and lang == "zh":
        known = next((one for one in _LONGEST_FIRST if rest.startswith(one)), None)
        if known is None:
            break
        told.append(translator(lang)(known))
        rest = rest[len(known) :]
        if not rest.startswith("; "):
            break
        rest = rest.removeprefix("; ")
    rest = rest.strip(": ")
    rest = translator(lang)(rest) if rest in _NAMED else rest
    return "：".join(filter(None, ("；".join(told), rest)))
