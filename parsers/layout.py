"""Repair of what page layout broke: roles of paragraphs, and sentences torn apart put together again.

A page with whole paragraphs passes through with roles only. Nothing is dropped or re-typed: every
character of the result stands where its pieces say, and every line of the page is in one paragraph.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parsers import joins, roles
from parsers.lines import FINAL, is_final
from parsers.text import Body, Join, Paragraph, Piece

ENOUGH = 200_000
"""Characters of a document that its words are learnt from: no report is longer."""
MANY = 1000
"""More open lines than this are a list or a table."""

_QUOTES = "“‘「"


def repair(body: Body) -> Body:
    """The body with a role for each paragraph and broken sentences joined.

    A joined paragraph stands where its beginning stood and has a `Join` at each seam, `sure` False where
    the evidence is weak; a sentence whose continuation is not in the text has `open_end`. Title and
    author are filled from title and byline lines where the page declares none.
    """
    source = body.source.text
    document = _words(body.paragraphs)
    paragraphs = roles.assign(
        body.paragraphs, source, document, body.title, gaps=body.source.media in ("text", "markdown")
    )
    loose = joins.strays(paragraphs)
    found = joins.heads(paragraphs, loose, document)
    notes = body.notes
    if found:
        links = joins.links(paragraphs, found, document)
        paragraphs = _joined(paragraphs, found, links, document)
        if links:
            notes = (*notes, f"layout: {len(links)} broken sentences joined")
    title = body.title or " ".join(p.text.strip("#* ") for p in paragraphs if p.role == "title") or None
    author = body.author or " ".join(roles.reporters(paragraphs)) or None
    return replace(body, paragraphs=tuple(paragraphs), title=title, author=author, notes=notes)


def _words(paragraphs: Sequence[Paragraph]) -> str:
    """The text that broken words are looked up in; none where so many lines are open that none is telling."""
    lines = sum(1 for p in paragraphs if p.text and p.text[-1] not in FINAL)
    return "\n".join(p.text for p in paragraphs)[:ENOUGH] if lines <= MANY else ""


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
    broken = set(found)
    done: list[Paragraph] = []
    for at, paragraph in enumerate(result):
        if at in tails:
            continue
        chain, last = [], at
        while last in following:
            chain.append(following[last])
            last = following[last].tail
        whole = (
            _whole([paragraphs[i] for i in (at, *(link.tail for link in chain))], chain)
            if chain
            else paragraph
        )
        if last in broken and joins.is_open(whole.text, document):
            whole = replace(whole, open_end=True)
        done.append(whole)
    return done


def _whole(fragments: Sequence[Paragraph], chain: Sequence[joins.Link]) -> Paragraph:
    """One paragraph of the fragments in reading order, with a seam where each but the first begins."""
    texts: list[str] = []
    pieces: list[Piece] = []
    seams: list[Join] = []
    length = 0
    for number, fragment in enumerate(fragments):
        text = fragment.text
        start = len(text) - len(text.lstrip()) if number else 0
        end = len(text.rstrip()) if number < len(chain) else len(text)
        part = _cut(fragment, start, end)
        if number:
            seams.append(Join(length, chain[number - 1].sure, chain[number - 1].why))
        seams.extend(replace(join, at=join.at + length - start) for join in fragment.joins)
        pieces.extend(Piece(p.at + length, p.source, p.length, p.source_length) for p in part.pieces)
        texts.append(part.text)
        length += len(part.text)
    return replace(fragments[0], text="".join(texts), pieces=tuple(pieces), joins=tuple(seams))


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
