"""Repair of what page layout broke: roles of paragraphs, and sentences torn apart put together again.

A page with whole paragraphs passes through with roles only. Nothing is dropped or re-typed: every
character of the result stands where its pieces say, and every line of the page is in one paragraph.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parsers import joins, roles
from parsers.lines import is_final
from parsers.text import Body, Join, Paragraph, Piece

_QUOTES = "“‘「"


def repair(body: Body) -> Body:
    """The body with a role for each paragraph and broken sentences joined.

    A joined paragraph stands where its beginning stood and has a `Join` at each seam, `sure` False where
    the evidence is weak; a sentence whose continuation is not in the text has `open_end`. Title and
    author are filled from title and byline lines where the page declares none.
    """
    source = body.source.text
    paragraphs = roles.assign(
        body.paragraphs, source, body.title, gaps=body.source.media in ("text", "markdown")
    )
    found = joins.heads(paragraphs)
    notes = body.notes
    if found:
        document = "\n".join(p.text for p in paragraphs)
        links = joins.links(paragraphs, found, document)
        paragraphs = _joined(paragraphs, found, links, document)
        if links:
            notes = (*notes, f"layout: {len(links)} broken sentences joined")
    title = body.title or " ".join(p.text.strip("#* ") for p in paragraphs if p.role == "title") or None
    author = body.author or " ".join(roles.reporters(paragraphs)) or None
    return replace(body, paragraphs=tuple(paragraphs), title=title, author=author, notes=notes)


def _joined(
    paragraphs: Sequence[Paragraph], found: Sequence[int], links: Sequence[joins.Link], document: str
) -> list[Paragraph]:
    following = {link.head: link for link in links}
    tails = {link.tail for link in links}
    result = list(paragraphs)
    for link in links:
        for at in range(min(link.head, link.tail) + 1, max(link.head, link.tail)):
            if at not in tails and at not in following:
                result[at] = _inset(result[at], document) if link.head < link.tail else result[at]
    done: list[Paragraph] = []
    for at, paragraph in enumerate(result):
        if at in tails:
            continue
        whole, last = paragraph, at
        while last in following:
            link = following[last]
            last = link.tail
            whole = _append(whole, paragraphs[last], link)
        if last in found and joins.is_open(whole.text, document):
            whole = replace(whole, open_end=True)
        done.append(whole)
    return done


def _append(left: Paragraph, right: Paragraph, link: joins.Link) -> Paragraph:
    left, right = _cut(left, 0, len(left.text.rstrip())), _cut(right, _indent(right.text), len(right.text))
    seam = len(left.text)
    shifted = tuple(Piece(p.at + seam, p.source, p.length, p.source_length) for p in right.pieces)
    moved = tuple(replace(j, at=j.at + seam) for j in right.joins)
    return replace(
        left,
        text=left.text + right.text,
        pieces=left.pieces + shifted,
        joins=(*left.joins, Join(seam, link.sure, link.why), *moved),
    )


def _cut(paragraph: Paragraph, start: int, end: int) -> Paragraph:
    """The paragraph without what stands before `start` and from `end` on."""
    if start == 0 and end == len(paragraph.text):
        return paragraph
    pieces = []
    for piece in paragraph.pieces:
        low, high = max(start, piece.at), min(end, piece.at + piece.length)
        if low >= high:
            continue
        if piece.length == piece.source_length:
            pieces.append(Piece(low - start, piece.source + low - piece.at, high - low, high - low))
        else:
            pieces.append(replace(piece, at=low - start))
    return replace(paragraph, text=paragraph.text[start:end], pieces=tuple(pieces))


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _inset(paragraph: Paragraph, document: str) -> Paragraph:
    """A short complete sentence between the halves of another: a pull quote if the text says it too."""
    text = paragraph.text.strip()
    if (
        paragraph.role != "body"
        or not is_final(text)
        or len(text) > 60
        or "。" in text.rstrip("”’」")[:-1]
        or text[-1:] in "：:"
    ):
        return paragraph
    quoted = text.strip("“”‘’「」。！ ")
    repeated = len(quoted) >= 8 and document.count(quoted) > 1
    return replace(paragraph, role="pull_quote" if repeated or text[0] in _QUOTES else "caption")
