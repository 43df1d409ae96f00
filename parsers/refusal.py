"""Why a document was not read: every refusal has a code, a sentence and what to do next."""

from __future__ import annotations

from dataclasses import dataclass

REASONS: dict[str, str] = {
    "empty": "the file holds no text",
    "binary": "the bytes are no text in any known format",
    "encoding": "the bytes fit no encoding that Chinese pages use",
    "too_large": "the file is larger than the limit",
    "unreadable": "the file could not be opened",
    "not_fetched": "the address could not be fetched",
    "scanned": "the PDF has no text layer (a scan): recognise its text first",
    "broken": "the file is damaged: its format could not be opened",
    "block_page": "this is a block or verification page, not the document",
    "login_page": "this is a login page, not the document",
    "error_page": "this is an error page, not the document",
    "no_statement": "nothing in the text could be read as a target, action, result or named system",
    "ambiguous_place": "several places fit the text: say which with --district or a side file",
    "unknown_place": "the text names no place that is known: say which with --district or a side file",
    "side_file": "the side file could not be read",
}


@dataclass
class Refused(Exception):  # noqa: N818 - a refusal is an outcome here, not a programming error
    """A document that cannot become statements, with what a person can do about it."""

    code: str
    detail: str = ""

    def __str__(self) -> str:
        reason = REASONS[self.code]
        return f"{reason}: {self.detail}" if self.detail else reason
