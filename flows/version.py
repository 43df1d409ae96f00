"""The parser version: a hash of the rules and data files that turn bytes into conclusions. Never typed."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from flows.home import PACKAGE_ROOT

ROOMS = ("parsers", "tracking")
KEPT_APART = frozenset({"__pycache__", "words", "rules", "sources"})
"""`words` only changes how conclusions are called, `rules` how they are explained, and `sources` where texts
are looked for: none of them what they say."""


@lru_cache(maxsize=1)
def parser_version() -> str:
    """Sixteen hex digits that change with any rule or data file, and with nothing else."""
    digest = hashlib.sha256()
    for room in ROOMS:
        for path in sorted((PACKAGE_ROOT / room).rglob("*")):
            inside = path.relative_to(PACKAGE_ROOT)
            if path.is_file() and path.suffix != ".pyc" and not KEPT_APART.intersection(inside.parts):
                # Line ends are no rule: a checkout on Windows reads the same.
                content = path.read_bytes().replace(b"\r\n", b"\n")
                digest.update(inside.as_posix().encode() + b"\0" + hashlib.sha256(content).digest())
    return digest.hexdigest()[:16]
