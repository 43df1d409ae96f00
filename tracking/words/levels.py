"""What levels of government are called."""

from __future__ import annotations

from tracking.words.catalogue import translator
from tracking.words.labels import Lang
from tracking.words.marking import marked as _

LEVELS = {
    "nation": _("nation"),
    "province": _("province"),
    "city": _("city"),
    "district": _("district"),
    "street": _("street"),
}
"""From the widest to the narrowest."""


def level_word(level: str, lang: Lang) -> str:
    """A level in a language."""
    return translator(lang)(LEVELS.get(level, level))
