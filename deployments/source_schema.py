"""Write parsers/sources/source.schema.json, which editors complete and check source files with."""

from __future__ import annotations

import json
from pathlib import Path

from parsers.sources.loading import schema

TARGET = Path(__file__).resolve().parent.parent / "parsers" / "sources" / "source.schema.json"


def reference() -> str:
    """The schema as text."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    TARGET.write_text(reference(), encoding="utf-8")
