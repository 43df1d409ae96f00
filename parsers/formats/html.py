"""Web pages: the article, its title, date and makers; evidence stands in the decoded source."""

from __future__ import annotations

from parsers.selectors import Selectors
from parsers.text import Body, Paragraph, Role, SourceText
from parsers.web import lines, main_text, markup, tree


def read(source: SourceText, selectors: Selectors, notes: tuple[str, ...] = ()) -> Body:
    """Body of a web page."""
    page = markup.cut(source.text)
    root = tree.build(page)
    found = list(lines.lines(page, root))
    main_text.weigh(found)
    article = main_text.article(found)
    return Body(source, tuple(Paragraph(x.text, x.pieces, "body") for x in article), notes=notes)
