"""Which texts of a place are whole, and which do not belong where they are filed.

Only a whole text can be found silent. A text filed under the wrong place or year is set aside and said so:
comparing with it would tell changes that nobody made.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import NamedTuple

from parsers.gazetteer import gazetteer
from parsers.place_names import match_district
from parsers.reading import Reading
from tracking.aliases import NO_ALIASES, Aliases
from tracking.answers import NO_ANSWERS, Answers
from tracking.dates import plan_year
from tracking.model import Version
from tracking.owners import Owner
from tracking.rulings import RULED
from tracking.search import Searchable

_NONE: Mapping[str, frozenset[str]] = {}
OPENING = 900
"""Characters from the start within which a report says on whose behalf it is given."""
LEAST_SHARE = 0.5
"""Of its lineage's median length that a text must have to count as whole."""
_BEHALF = re.compile(r"代表([\u4e00-\u9fa5]{2,12}?(?:省|市|自治区|自治州|州|盟|地区|县|区))(?:人民)?政府")
_GIVEN_IN = re.compile(
    r"([\u4e00-\u9fa5]{2,12}?(?:省|市|自治区|自治州|州|盟|地区|县|区))"
    r"(?:第[一二三四五六七八九十]{1,3}届人民代表大会|人民政府(?:代|副)?(?:省长|市长|州长|县长|区长|主席)"
    r"|(?:人民)?政府工作报告)"
)
"""Whose congress, head or report it is, where nobody says on whose behalf."""
_PLANNED = re.compile(
    r"^[#*\s　]*(?:(?:第?[一二三四](?:部分)?|（[一二三四]）)[、\s　]*)?\**"
    r"(\d{4})年[^。，；：\d\n]{0,12}(?:工作安排|工作部署|主要任务|目标任务|工作任务|重点工作|主要工作任务)\**\s*$",
    re.M,
)
"""A heading of the part that plans a year."""
_REVIEW = re.compile(
    r"^[#*\s　]*(?:(?:第?[一二三](?:部分)?|（[一二三]）)[、\s　]*)?\**"
    r"(\d{4})年[^。，；：\d\n]{0,12}回\s*顾\**\s*$",
    re.M,
)


class Look(NamedTuple):
    """What a reading shows by itself. astray: why it does not belong where it is filed. itself: its opening
    names its place. given: that it was given before its year. length: in characters. programme: where it
    turns to what is promised."""

    astray: str | None
    itself: bool
    given: str | None
    length: int
    programme: int


@dataclass(frozen=True, slots=True)
class Shelf:
    """The texts of one place and level.

    whole: by plan year the text that is whole, the fullest where several are. remarks: what was noticed,
    by the text's hash. astray: texts that do not belong here.
    """

    whole: Mapping[int, Version] = field(default_factory=dict)
    remarks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    astray: frozenset[str] = frozenset()
    covering: Mapping[int, tuple[tuple[Version, frozenset[str]], ...]] = field(default_factory=dict)
    """By plan year the texts that people say treat some areas, with these areas."""
    aliases: Aliases = NO_ALIASES
    """What people say means the same there: a text is searched for every word for a thing."""
    answers: Answers = NO_ANSWERS
    """What looking into its texts came to before."""
    opened: dict[str, Searchable] = field(default_factory=dict)
    """Texts prepared for searching, by hash: each at most once."""
    programmes: dict[str, int] = field(default_factory=dict)
    """Where texts turn to what is promised, by hash."""

    def search(self, version: Version) -> Searchable:
        """The text, prepared for searching."""
        if version.sha256 not in self.opened:
            text = version.reading.source.text
            self.opened[version.sha256] = (
                Searchable(text, self.aliases.spelt) if self.aliases else Searchable(text)
            )
        return self.opened[version.sha256]

    def programme(self, version: Version) -> int:
        """Where the text turns from what was done to what is promised (`programme_from`)."""
        if version.sha256 not in self.programmes:
            self.programmes[version.sha256] = programme_from(version)
        return self.programmes[version.sha256]

    def notes(self) -> tuple[str, ...]:
        """What a person should know of the texts: set aside ones with the reason, years without one."""
        aside = [f"set aside {sha[:12]}: {'; '.join(self.remarks[sha])}" for sha in sorted(self.astray)]
        gaps = self.gaps()
        return (*aside, *([f"no whole text is known for {', '.join(gaps)}"] if gaps else []))

    def gaps(self) -> tuple[str, ...]:
        """The years between the first and the last whole text of which none is there."""
        years = sorted(self.whole)
        return tuple(str(y) for y in range(years[0], years[-1]) if y not in self.whole) if years else ()


def filed_twice(versions: Iterable[Version]) -> dict[str, frozenset[str]]:
    """Body hashes that stand under several places of one rank, with the names of these."""
    places: dict[str, set[str]] = defaultdict(set)
    for version in versions:
        places[version.reading.body_sha256].add(version.reading.place.name)
    return {body: frozenset(names) for body, names in places.items() if len(names) > 1}


def look_at(version: Version) -> Look:
    """What a text shows by itself."""
    reading = version.reading
    astray = _misplaced(reading) or _misdated(reading)
    length, programme = len(reading.source.text), programme_from(version)
    return Look(astray, _names_itself(reading), _given_before(reading), length, programme)


def shelf_of(
    owner: Owner,
    versions: Iterable[Version],
    shared: Mapping[str, frozenset[str]],
    covers: Mapping[str, frozenset[str]] = _NONE,
    aliases: Aliases = NO_ALIASES,
    look: Callable[[Version], Look] = look_at,
) -> Shelf:
    """The shelf of a place and level. shared: what `filed_twice` found. covers: by hash the areas that people
    say a text treats. look: `look_at`, or what is remembered of it."""
    remarks: dict[str, list[str]] = defaultdict(list)
    own = {v.sha256: v for v in versions if v.reading.place.code == owner.code}
    astray = set()
    seen = {sha: look(version) for sha, version in own.items()}
    for sha, version in own.items():
        reading = version.reading
        if (why := seen[sha].astray) is not None:
            remarks[sha].append(why)
            astray.add(sha)
        elif (others := shared.get(reading.body_sha256)) and not seen[sha].itself:
            names = "、".join(sorted(others - {reading.place.name}))
            remarks[sha].append(f"the same text is also filed under {names}")
            astray.add(sha)
        if (when := seen[sha].given) is not None:
            remarks[sha].append(when)
    reports = [v for sha, v in own.items() if _is_plan(v.reading, owner) and sha not in astray]
    whole, judged = _whole(reports, {sha: one.length for sha, one in seen.items()})
    for sha, why in judged.items():
        remarks[sha].append(why)
    covering: dict[int, list[tuple[Version, frozenset[str]]]] = defaultdict(list)
    for sha in sorted(covers.keys() & own.keys() - astray):
        year = plan_year(own[sha].reading)
        remarks[sha].append(f"treats {'、'.join(sorted(covers[sha]))}, as a person ruled")
        if year is not None and own[sha].reading.level == owner.level:
            covering[year].append((own[sha], covers[sha]))
    kept = {sha: tuple(found) for sha, found in sorted(remarks.items())}
    treated = {year: tuple(texts) for year, texts in covering.items()}
    programmes = {sha: one.programme for sha, one in seen.items()}
    return Shelf(whole, kept, frozenset(astray), treated, aliases, programmes=programmes)


def _is_plan(reading: Reading, owner: Owner) -> bool:
    whole = reading.type == "report" or reading.complete is not None
    return reading.level == owner.level and whole and plan_year(reading) is not None


def _whole(
    reports: Sequence[Version], lengths: Mapping[str, int]
) -> tuple[dict[int, Version], dict[str, str]]:
    """The whole text of each year, and why each text counts as whole or does not."""
    usual = median(lengths[v.sha256] for v in reports) if reports else 0
    replaced = {v.supersedes for v in reports}
    whole: dict[int, Version] = {}
    judged = {}
    for version in sorted(reports, key=lambda v: (lengths[v.sha256], v.sha256)):
        length = lengths[version.sha256]
        year = plan_year(version.reading)
        if version.reading.complete is None:
            judged[version.sha256] = "not the full text of a report, as far as can be seen"
        elif length < LEAST_SHARE * usual and not version.reading.complete.why.startswith(RULED):
            judged[version.sha256] = f"{length} characters, where reports of this place have {usual:.0f}"
        elif year is not None and version.sha256 not in replaced:
            whole[year] = version
            judged[version.sha256] = f"whole: {version.reading.complete.why}; {length} characters"
    return whole, judged


def _names_itself(reading: Reading) -> bool:
    """Whether the opening names the very place that the text is filed under, with or without those above."""
    tails = {entry.own for entry in gazetteer().by_code.get(reading.place.code, ())} | {reading.place.name}
    return any(tail in reading.source.text[:OPENING] for tail in tails)


def _misplaced(reading: Reading) -> str | None:
    """The report speaks for another government of the same rank."""
    match = _BEHALF.search(reading.source.text, 0, OPENING)
    if (
        match is not None
        and match.group(1) not in reading.place.name
        and _of_another(reading, match.group(1))
    ):
        return f"filed under {reading.place.name}, but given on behalf of {match.group(1)}"
    if reading.type != "report" or _names_itself(reading):
        return None
    for match in _GIVEN_IN.finditer(reading.source.text, 0, OPENING):
        name = match.group(1).lstrip("在为于")
        if _of_another(reading, name):
            return f"filed under {reading.place.name}, but given in {name}"
    return None


def _of_another(reading: Reading, name: str) -> bool:
    """Whether a name can only mean other places of the rank of the one the text is filed under."""
    meant = [place for place in match_district(name) if place.level == reading.place.level]
    return bool(meant) and all(place.code != reading.place.code for place in meant)


def _misdated(reading: Reading) -> str | None:
    """Its review part looks back on the plan year itself or a later one, or it plans other years only."""
    year = plan_year(reading)
    if year is None or reading.type != "report":
        return None
    match = _REVIEW.search(reading.source.text)
    if match is not None and int(match.group(1)) >= year:
        return f"filed under {year}, but looks back on {match.group(1)}"
    planned = {int(found) for found in _PLANNED.findall(reading.source.text)}
    if planned and year not in planned and match is None:
        return f"filed under {year}, but plans {', '.join(map(str, sorted(planned)))}"
    return None


def _given_before(reading: Reading) -> str | None:
    year, clue = plan_year(reading), reading.published
    if year is None or clue is None or not clue.value[:4].isdigit() or int(clue.value[:4]) >= year:
        return None
    return f"given in {clue.value}, before the year whose plan it is"


def programme_from(version: Version) -> int:
    """Where a text turns from what was done to what is promised: the place that parts results from
    promises best."""
    told = version.reading.statements
    # Statements in the store tell where they stand without being brought.
    outline = getattr(told, "outline", None) or [(s.start, s.kind) for s in told]
    places = sorted((start, kind) for start, kind in outline if kind != "framework")
    balance, best, at = 0, 0, 0
    for start, kind in places:
        balance += 1 if kind == "result" else -1
        if balance > best:
            best, at = balance, start + 1
    return at
