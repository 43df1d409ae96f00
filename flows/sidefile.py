"""Side files: NAME.meta.yml beside NAME says what a plain file cannot."""

from __future__ import annotations

import datetime
import re
from dataclasses import fields, replace
from pathlib import Path
from typing import get_args

from parsers.reading import Declared, DocumentType, Rights
from parsers.refusal import Refused
from parsers.statement import Level

SUFFIX = ".meta.yml"
PUBLISHED = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?\Z")
CHOICES = {"level": get_args(Level), "type": get_args(DocumentType), "rights": get_args(Rights)}
KEYS = tuple(f.name for f in fields(Declared) if f.name != "selectors")


def is_side_file(path: Path) -> bool:
    """Whether the file describes another one and is itself no document."""
    return path.name.endswith(SUFFIX)


def declared_for(path: Path, options: Declared) -> Declared:
    """What is declared of a document: its side file first, the call's options where that is silent.

    Raises Refused("side_file") where the side file cannot be understood.
    """
    side = path.with_name(path.name + SUFFIX)
    return merged(read_side_file(side), options) if side.is_file() else options


def merged(first: Declared, second: Declared) -> Declared:
    """The first declaration, completed by the second."""
    gaps = {key: getattr(second, key) for key in KEYS if getattr(first, key) is None}
    return replace(first, **gaps)


def read_side_file(side: Path) -> Declared:
    """Parse and check a side file; raises Refused("side_file") naming the line or key at fault."""
    import yaml

    try:
        content = yaml.safe_load(side.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise Refused("side_file", f"{side.name}: {error}") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" in line {mark.line + 1}" if mark else ""
        raise Refused("side_file", f"{side.name} is no YAML{line}") from error
    if content is None:
        return Declared()
    if not isinstance(content, dict):
        raise Refused("side_file", f"{side.name} must hold keys and values")
    values: dict[str, str] = {}
    for key, value in content.items():
        if value is None and key in KEYS:
            continue
        if fault := fault_of(key, value):
            raise Refused("side_file", f"{side.name}: {fault}")
        values[key] = str(value).strip()
    return Declared(**values)  # type: ignore[arg-type]


def fault_of(key: object, value: object) -> str | None:
    """What is wrong with one declared fact, None if nothing."""
    if key not in KEYS:
        return f"unknown key {key!r}, known are {', '.join(KEYS)}"
    if not isinstance(value, (str, int, datetime.date)) or isinstance(value, (bool, datetime.datetime)):
        return f"{key} must be a plain value"
    text = str(value).strip()
    if key in CHOICES and text not in CHOICES[str(key)]:
        return f"{key} must be one of {', '.join(CHOICES[str(key)])}, not {text!r}"
    if key == "published" and not PUBLISHED.match(text):
        return f"published must be YYYY, YYYY-MM or YYYY-MM-DD, not {text!r}"
    return None
