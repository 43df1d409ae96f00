"""Whose words a document is: issuer, authority and, in articles, the leader who speaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parsers.lazily import lazily
from parsers.reading import DocumentType
from parsers.text import Paragraph

_PARTY = lazily(
    "(?:省|市|区|县|州|盟|旗|党|工)委书记|党委书记|全委会|党代会|委员会(?:第[一二三四五六七八九十]+次)?全体(?:会议|\\(扩大\\))"
)
_GOVERNMENT = lazily("(?:省|市|区|县|州|盟)长|政府主席|人民政府|总理|区政府|市政府|县政府|省政府")
_CONGRESS = lazily("人大常委会")
_SPEAKER = lazily(
    r"(?:省|市|区|县|州|旗)(?:委书记|长|委副书记)[、，]?(?:[\u4e00-\u9fa5]{1,8}(?:书记|主任|"
    r"组长)[、，]?)?(?P<name>[\u4e00-\u9fa5]{2,4}?)"
    r"(?=[——:：，。,、）)]|$|做客|表示|说|介绍|指出|强调|认为|称|在|发出|代表|向)"
)


@dataclass(frozen=True, slots=True)
class Author:
    """issuer: party | government | congress | department | third_party | unknown.

    authority, strongest first: adopted (a report or plan) | official | leader (quoted) | reporter.
    """

    issuer: str
    authority: str
    speaker: str | None


def authors(paragraphs: Sequence[Paragraph], kind: DocumentType, title: str | None) -> Author:
    """Author of a document as a whole, by its kind and its first lines."""
    head = "\n".join([title or "", *(p.text[:300] for p in paragraphs[:14])])
    if kind in ("report", "plan", "list"):
        return Author("government", "adopted", None)
    if kind == "communique":
        return Author("department", "official", None)
    speaker = _SPEAKER.search(head)
    party, government = _PARTY.search(head), _GOVERNMENT.search(head)
    if party and (not government or party.start() <= government.start()):
        issuer = "party"
    elif government:
        issuer = "government"
    else:
        issuer = "congress" if _CONGRESS.search(head) else "unknown"
    if speaker is None:
        return Author(issuer, "reporter", None)
    return Author(issuer, "leader", speaker["name"])
