"""The one entry point from bytes to the text of a document: which format it is, and refusals."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from parsers.decoding import decode
from parsers.refusal import Refused
from parsers.selectors import Selectors
from parsers.text import Body, SourceText

__all__ = ["LIMIT", "Selectors", "extract"]

LIMIT = 20_000_000
"""Largest document that is read, in bytes; a five-hundred-page report is below a tenth of it."""
LIMIT_PACKED = 100_000_000
"""Largest PDF or office file (scans and pictures make them large), in bytes."""
_LIMIT_UNPACKED = 500_000_000

_BINARY: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0", "an old office file: save it as docx or xlsx"),
    (b"{\\rtf", "RTF: save it as docx"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"BM", ""),
    (b"\x1f\x8b", "a packed file: unpack it first"),
    (b"7z\xbc\xaf", "a packed file: unpack it first"),
    (b"Rar!", "a packed file: unpack it first"),
    (b"\x7fELF", "a program"),
    (b"MZ", ""),
)
_MARKUP = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|title|table|div|script|p|center|font)\b", re.I
)
_SURE_MARKUP = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*|<!--.{0,2000}?-->\s*){0,5}<(?:!doctype\s+html|html|head)\b", re.I | re.S
)
_ANY_TAG = re.compile(rb"<[!?/]?[A-Za-z]")
_HTML_NAMES = {".html", ".htm", ".shtml", ".xhtml", ".mhtml", ".jhtml", ".php", ".asp", ".aspx", ".jsp"}
_TEXT_NAMES = {".txt", ".text", ".md", ".markdown"}


def extract(
    content: bytes, name: str, *, content_type: str | None = None, selectors: Selectors | None = None
) -> Body:
    """Read the text of a document: `content` as fetched, `name` a path or address, `content_type` its header.

    The bytes decide on the format, then header and name. Refuses (parsers.refusal.Refused) what holds no
    text, is too large, damaged, a scan, or a block, login or error page; raises nothing else.
    """
    kind = _packed(content, name)
    if kind is not None:
        return _unpack(kind, content)
    if len(content) > LIMIT:
        raise Refused("too_large", f"{len(content) / 1e6:.0f} MB, at most {LIMIT / 1e6:.0f} MB are read")
    suffix = PurePosixPath(name.lower().split("?")[0].split("#")[0]).suffix
    markup = _is_markup(content, suffix, content_type)
    decoded = decode(content, header=content_type, markup=markup)
    media = "html" if markup else "text"
    if not markup and suffix in {".md", ".markdown"}:
        media = "markdown"
    source = SourceText(decoded.text, decoded.encoding, decoded.decided_by, media)
    if markup:
        from parsers.formats import html

        body = html.read(source, selectors or Selectors(), decoded.notes)
    else:
        from parsers.formats import markdown, text

        if media == "markdown" or markdown.looks_like(source.text):
            source = SourceText(source.text, source.encoding, source.decided_by, "markdown")
            body = markdown.read(source, decoded.notes)
        else:
            body = text.read(source, decoded.notes)
    if not body.paragraphs:
        raise Refused("empty")
    return body


def _packed(content: bytes, name: str) -> str | None:
    """docx, xlsx or pdf by the bytes; refuses other formats that are no text."""
    if not content.strip():
        raise Refused("empty")
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(b"PK\x03\x04"):
        if len(content) > LIMIT_PACKED:
            raise Refused("too_large", f"{len(content) / 1e6:.0f} MB")
        return _office(content, name)
    for magic, what in _BINARY:
        if content.startswith(magic) and (len(magic) > 2 or b"\0" in content[:64]):
            raise Refused("binary", what)
    return None


def _office(content: bytes, name: str) -> str:
    import io
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            unpacked = sum(item.file_size for item in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Refused("broken", "the office file or archive is damaged") from error
    if unpacked > _LIMIT_UNPACKED:
        raise Refused("too_large", f"unpacks to {unpacked / 1e6:.0f} MB")
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names:
        return "xlsx"
    raise Refused("binary", "an archive: hand in the files that are in it")


def _unpack(kind: str, content: bytes) -> Body:
    if len(content) > LIMIT_PACKED:
        raise Refused(
            "too_large", f"{len(content) / 1e6:.0f} MB, at most {LIMIT_PACKED / 1e6:.0f} MB are read"
        )
    if kind == "pdf":
        from parsers.formats import pdf

        return pdf.read(content)
    if kind == "docx":
        from parsers.formats import docx

        return docx.read(content)
    from parsers.formats import xlsx

    return xlsx.read(content)


def _is_markup(content: bytes, suffix: str, content_type: str | None) -> bool:
    head = content[:16_384].removeprefix(b"\xef\xbb\xbf")
    if b"\0" in head:
        head = head.replace(b"\0", b"").lstrip(b"\xff\xfe")  # markup in UTF-16, near enough
    if _SURE_MARKUP.match(head):
        return True
    if suffix in _TEXT_NAMES:
        return False
    declared = (content_type or "").lower()
    if "html" in declared or suffix in _HTML_NAMES:
        return _ANY_TAG.search(content) is not None
    return "text/plain" not in declared and _MARKUP.search(head) is not None
