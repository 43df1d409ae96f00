"""The checklist that stands before a public site: a file that says what was settled, by whom and when."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

ITEMS = {
    "rights": "Whose texts these are is settled: official texts are marked so, press texts are only quoted.",
    "review": "Every accusation is reviewed by a person before it can be seen; who does it is named.",
    "people": "Names of private people are masked by pattern; somebody has read the pages for the others.",
    "contact": "Somebody answers errors and replies within days, under the contact below.",
    "https": "A proxy in front of the site speaks HTTPS and passes on the host name.",
    "filings": "In China: the filings of the site (ICP备案, 公安联网备案) and, for news, the licence.",
    "backup": "Backups are made and one was restored for a test.",
}
"""What must be settled, each with what it means."""


@dataclass(frozen=True, slots=True)
class Checklist:
    """contact: who answers; address: where the site stands (https://…). open: what is not settled."""

    contact: str
    address: str
    open: list[str]


def blank() -> str:
    """The file to fill in."""
    lines = ["# Fill in and name it: duixian serve --public FILE", 'contact = ""', 'address = "https://"', ""]
    for name, meaning in ITEMS.items():
        lines += [f"# {meaning}", f"[{name}]", 'settled_by = ""', 'on = ""', ""]
    return "\n".join(lines)


def read(path: Path) -> Checklist:
    """A checklist; ValueError with a sentence for a file that is none."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ValueError(
            f"{path} is no checklist: `duixian serve --checklist` prints one to fill in"
        ) from error
    missing = []
    for name, meaning in ITEMS.items():
        facts = told.get(name)
        settled = isinstance(facts, dict) and all(
            str(facts.get(key) or "").strip() for key in ("settled_by", "on")
        )
        if not settled:
            missing.append(f"{name}: {meaning}")
    contact, address = (str(told.get(key) or "").strip() for key in ("contact", "address"))
    if not contact:
        missing.append("contact: who answers for the site")
    if not address.startswith("https://") or len(address) < 12:
        missing.append("address: where it stands, https://…")
    return Checklist(contact, address, missing)
