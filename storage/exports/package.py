"""The description of an export for people and programs: datapackage.json, and metadata for Datasette."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from storage.exports.rows import Source
from storage.exports.sinks import Made
from storage.exports.sqlite_file import NAME as SQLITE
from storage.exports.tables import Table, tables
from storage.queries.facts import moment
from tracking.rates import accusations_read

Measured = Mapping[str, Any] | None
PACKAGE = "datapackage.json"
DATASETTE = "datasette-metadata.json"
RIGHTS = (
    "Quoted sentences belong to whoever published them: see `rights` of the table documents (official, "
    "press, unknown). Quote them with source and date. Who operates this ledger decides on what was compiled."
)
TITLE = {"real": "Duixian 兑现: ledger of promises", "demo": "Duixian 兑现: DEMO ledger of invented promises"}
ABOUT = (
    "What places promised, in which words, and what became of it, each with the sentence it rests on. "
    "Absence says what texts do not say, not what was not done; the table words has what every word means "
    "and does not mean."
)
INVENTED = "Demo: all texts, places and people in it are invented. "


def facts(source: Source) -> dict[str, str]:
    """What an export is: of which ledger, up to when, for whom, read by which rules."""
    readers = sorted({d["parser_version"] for d in source.documents()})
    found = {
        "demo": "true" if source.demo else "false",
        "audience": source.audience,
        "district": source.district or "",
        "ledger_head": source.head or "",
        "commits": str(source.upto),
        "known_at": moment(source.at) or "",
        "parser_version": " ".join(readers),
        "duixian_version": _version(),
        "rights": RIGHTS,
    }
    if source.demo:
        found["notice"] = INVENTED.strip()
    return found


def _version() -> str:
    try:
        return version("duixian")
    except PackageNotFoundError:
        return ""


def describe(
    root: Path, source: Source, told: Mapping[str, str], made: Sequence[Made], measured: Measured = None
) -> None:
    """Write datapackage.json (Data Package v1) for the files below root.

    measured: error rates that a check by hand found.
    """
    mode = "demo" if source.demo else "real"
    package: dict[str, Any] = {
        "profile": "data-package",
        "name": "duixian-demo" if source.demo else "duixian",
        "title": TITLE[mode],
        "description": (INVENTED if source.demo else "") + ABOUT,
        "version": told["duixian_version"],
        "licenses": [{"name": "rights-of-publishers", "title": RIGHTS}],
        "sources": [{"title": "Public texts of the places: see the table documents"}],
        "duixian": {
            **told,
            "demo": source.demo,
            "commits": source.upto,
            "parser_version": told["parser_version"].split(),
            "district": source.district,
            "accusations_read": {kind: dict(one) for kind, one in accusations_read().items()},
        },
        "resources": [_resource(root, one, source.demo) for one in made],
    }
    if measured is not None:
        package["duixian"]["hand_check"] = dict(measured)
    if source.at is not None:
        package["created"] = moment(source.at)
    _write(root / PACKAGE, package)


def _resource(root: Path, one: Made, demo: bool) -> dict[str, Any]:
    size, digest = 0, hashlib.sha256()
    with (root / one.path).open("rb") as stream:
        while block := stream.read(1 << 20):
            size += len(block)
            digest.update(block)
    found: dict[str, Any] = {
        "name": one.path.replace("/", "-").replace(".", "-").replace("_", "-"),
        "path": one.path,
        "format": one.format,
        "mediatype": one.mediatype,
        "bytes": size,
        "hash": f"sha256:{digest.hexdigest()}",
    }
    if one.rows is not None:
        found["rows"] = one.rows
    if one.title:
        found["title"] = one.title
    if one.table is None:
        return found
    table = tables(demo)[one.table]
    found |= {"title": f"{table.title['zh']} / {table.title['en']}", "description": table.means}
    found["profile"] = "tabular-data-resource"
    if one.format == "csv":
        found["encoding"] = "utf-8-sig"
        found["dialect"] = {"delimiter": ",", "lineTerminator": "\r\n", "header": True}
        found["description"] += (
            " Text that a spreadsheet program would take for a formula begins with an apostrophe."
        )
    found["schema"] = _schema(table)
    return found


def _schema(table: Table) -> dict[str, Any]:
    fields = []
    for field in table.fields:
        told = {"name": field.name, "type": field.type, "description": field.means}
        if field.unit:
            told["unit"] = field.unit
        fields.append(told)
    return {"fields": fields, "primaryKey": list(table.key), "missingValues": [""]}


VIEWS = {
    "change_log": "变动一览 / Change log: one row an entry, old and new words side by side",
    "promises": "承诺与原句 / Commitments with all their sentences",
    "figures": "数字 / Every amount with its subject, period and sentence",
}


def describe_for_datasette(root: Path, source: Source) -> Made:
    """Write the metadata that Datasette shows beside the SQLite file (`datasette FILE -m METADATA`)."""
    demo = source.demo
    described = {
        table.name: {
            "title": f"{table.title['zh']} / {table.title['en']}",
            "description": (INVENTED if demo else "") + table.means,
            "columns": {f.name: f.means + (f" ({f.unit})" if f.unit else "") for f in table.fields},
            **({"facets": list(table.facets)} if table.facets else {}),
            **({"label_column": "title"} if table.name in ("commitments", "documents") else {}),
            **({"sort": table.key[0]} if table.key else {}),
        }
        for table in tables(demo).values()
    }
    views = {name: {"title": title} for name, title in VIEWS.items()}
    metadata = {
        "title": TITLE["demo" if demo else "real"],
        "description": (INVENTED if demo else "") + ABOUT,
        "license": RIGHTS,
        "databases": {
            SQLITE.removesuffix(".sqlite"): {
                "description": (INVENTED if demo else "") + ABOUT + " Begin with the view change_log.",
                "tables": {**described, **views},
            }
        },
    }
    _write(root / DATASETTE, metadata)
    return Made(DATASETTE, "json", "application/json", title="Metadata for Datasette")


def _write(path: Path, content: Mapping[str, Any]) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")
