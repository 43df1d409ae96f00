"""Web pages: the article, its title, date and makers; evidence stands in the decoded source."""

from __future__ import annotations

from parsers import page_kinds
from parsers.refusal import Refused
from parsers.selectors import Selectors
from parsers.text import Body, Paragraph, Role, SourceText
from parsers.web import facts, lines, main_text, markup, tree
from parsers.web.dates import declared_date
from parsers.web.lines import Line


def read(source: SourceText, selectors: Selectors, notes: tuple[str, ...] = ()) -> Body:
    """Body of a web page; refuses block, login and error pages and pages without text.

    Selectors of the page's source come first; a part they do not match is found by the general rules.
    """
    page = markup.cut(source.text)
    root = tree.build(page)
    for selector in selectors.drop:
        tree.drop(root, selector)
    every = list(lines.lines(page, root))
    article, how = _article(page, root, every, selectors)
    if not article:
        every = list(lines.lines(page, root, hidden=True))
        article, how = _article(page, root, every, selectors)
        how += ", hidden text read"
    titled = _words(page, tree.select(root, "title")[:1])
    kind = page_kinds.recognise(
        titled,
        "\n".join(line.text for line in every),
        "\n".join(line.text for line in article),
        password=tree.asks_password(root),
    )
    if kind is not None:
        raise Refused(kind, (titled or "").strip()[:80])
    if not article:
        raise Refused("empty", "the page shows no text")
    found = facts.read(root, every, article, titled)
    title = _words(page, tree.select(root, selectors.title)) if selectors.title else None
    dated = _words(page, tree.select(root, selectors.date)) if selectors.date else None
    declared = declared_date(dated) if dated else None
    author = _words(page, tree.select(root, selectors.author)) if selectors.author else None
    return Body(
        source,
        tuple(_paragraphs(article, found.title_line)),
        title=title or found.title,
        published=declared or found.published,
        published_clue=f"selector {selectors.date}: {dated}" if declared else found.published_clue,
        author=author or found.author,
        editor=found.editor,
        publisher=found.publisher,
        url=found.url,
        notes=(*notes, how),
    )


def _article(
    page: markup.Markup, root: tree.Element, every: list[Line], selectors: Selectors
) -> tuple[list[Line], str]:
    how = "main text by weight of lines"
    if selectors.body:
        chosen = tree.outermost(tree.select(root, selectors.body))
        spans = {
            p.source for element in chosen for line in lines.lines(page, element) for p in line.pieces[:1]
        }
        inside = [line for line in every if line.pieces[0].source in spans]
        if inside:
            return inside, f"main text by selector {selectors.body}"
        how += f"; selector {selectors.body} matches nothing"
    main_text.weigh(every)
    return main_text.article(every), how


def _words(page: markup.Markup, elements: list[tree.Element]) -> str | None:
    """The elements' text, whatever they are (the walk leaves out the head)."""
    for element in elements:
        text = " ".join(line.text for line in lines.lines(page, element, hidden=True))
        if text:
            return text
    return None


def _paragraphs(article: list[Line], title: Line | None) -> list[Paragraph]:
    found = [
        Paragraph(line.text, line.pieces, *_role(i, len(article), line, title))
        for i, line in enumerate(article)
    ]
    if title is not None and not any(line is title for line in article):
        found.insert(0, Paragraph(title.text, title.pieces, "title", depth=1))
    return found


def _role(at: int, count: int, line: Line, title: Line | None) -> tuple[Role]:
    if line is title:
        return ("title",)
    if line.row:
        return ("table",)
    if (at < 6 or at >= count - 4) and facts.is_byline(line):
        return ("byline",)
    if line.block.name == "figcaption":
        return ("caption",)
    if line.heading and len(line.text) < 80:
        return ("heading",)
    return ("body",)
