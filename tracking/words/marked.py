"""Which texts the code marks for translation: `_("…")` and `gettext("…")`, in Python and in Jinja."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from babel.messages.extract import extract_from_file

PACKAGES = ("flows", "digests", "audit", "storage", "tracking", "parsers")
TEMPLATES = (".html", ".txt", ".jinja", ".j2")
_KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}


def marked_texts(root: Path, packages: Iterable[str] = PACKAGES) -> dict[str, str]:
    """Every marked text below the packages of a root, with the file that marks it first.

    Templates are those files with a template's ending that lie in a folder named `templates`.
    """
    found: dict[str, str] = {}
    for package in packages:
        for path in sorted((root / package).rglob("*")):
            if path.suffix == ".py":
                method = "python"
            elif path.suffix in TEMPLATES and "templates" in path.parts:
                method = "jinja2.ext:babel_extract"
            else:
                continue
            for _, message, _, _ in extract_from_file(method, path, keywords=_KEYWORDS):
                for text in (message,) if isinstance(message, str) else message:
                    if text:
                        found.setdefault(text, str(path.relative_to(root)))
    return found
