"""Interface texts in Chinese and English: English in the code, Chinese in one gettext catalogue.

The .po file is compiled in memory, so what a translator edits is what runs and nothing can go stale.
"""

from __future__ import annotations

import io
import locale
import os
from collections.abc import Callable, Mapping
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tracking.words.labels import Lang

DOMAIN = "duixian"


def chosen_language(environment: Mapping[str, str] | None = None) -> Lang:
    """The language of DUIXIAN_LANG, else of the locale: zh for Chinese, en for everything else."""
    env = os.environ if environment is None else environment
    told = env.get("DUIXIAN_LANG") or env.get("LC_ALL") or env.get("LC_MESSAGES") or env.get("LANG")
    if not told and environment is None:
        told = locale.getlocale()[0]
    return "zh" if (told or "").lower().startswith(("zh", "chinese")) else "en"


@cache
def translations(lang: Lang) -> NullTranslations:
    """The catalogue of a language as gettext translations (for Jinja: `env.install_gettext_translations`)."""
    if lang == "en":
        return NullTranslations()
    text = files("tracking.words").joinpath(f"locale/{lang}/LC_MESSAGES/{DOMAIN}.po").read_bytes()
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(text), locale=lang, domain=DOMAIN))
    compiled.seek(0)
    return GNUTranslations(compiled)


def translator(lang: Lang | None = None) -> Callable[[str], str]:
    """A gettext-like function; an unknown text comes back as it is. lang None: `chosen_language()`.

    >>> translator("en")("promise")
    'promise'
    """
    return translations(lang or chosen_language()).gettext
