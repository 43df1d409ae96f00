"""An XLSX whose bytes depend on its content alone: fixed order, fixed times."""

from __future__ import annotations

import re
import shutil
import zipfile
from datetime import datetime
from pathlib import Path

_EPOCH = (1980, 1, 1, 0, 0, 0)
_CORE = "docProps/core.xml"
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def rewrite(rough: Path, path: Path, when: datetime) -> None:
    """Write the archive `rough` to `path`, members in order; when: the time of its last change, it says."""
    stamp = when.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(rough) as old, zipfile.ZipFile(path, "w") as new:
        # Readers want the list of content types first.
        for name in sorted(old.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system, info.external_attr = 3, 0o644 << 16
            with old.open(name) as content:
                if name == _CORE:
                    new.writestr(info, _MODIFIED.sub(rb"\g<1>" + stamp + rb"\g<2>", content.read()))
                else:
                    with new.open(info, "w", force_zip64=True) as target:
                        shutil.copyfileobj(content, target, 1 << 20)
