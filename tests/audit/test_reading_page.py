"""The page of a reading: the text unchanged, each statement's words marked, nothing loaded from anywhere."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from audit.reading_facts import amount_text, value_texts
from audit.reading_page import Entry, Told, marked, render
from flows.cli.app import app
from parsers.read import body_of, read_body
from parsers.reading import Declared
from parsers.statement import Statement
from parsers.text import Body, SourceText, plain
from tracking.words.catalogue import translations

DECLARED = Declared("云川市澄湖区", "district", "2021-03-15")
BROKEN = (
    "澄湖区召开会议\n\n本报记者 苏禾\n\n今年全区将新建学校8所，建设湖滨体育中\n\n"
    "▲湖滨路新貌。 何砚 摄\n\n心和文化馆，力争年底前完成投资3亿元。\n"
)


def told(text: str | bytes, name: str = "a.txt") -> Told:
    body = body_of(text.encode() if isinstance(text, str) else text, name)
    return Told(name, body, read_body(body, DECLARED))


def parsed(html: str) -> BeautifulSoup:
    # Else the parser folds runs of blanks.
    return BeautifulSoup(html, "html.parser", preserve_whitespace_tags={"div"})


def page(*texts: Told) -> BeautifulSoup:
    return parsed(render(texts))


def shown(soup: BeautifulSoup) -> Tag:
    found = soup.select_one("div.text")
    assert found is not None
    return found


def words(within: Tag, anchor: str) -> str:
    """The marked words of a statement, its pieces in reading order."""
    pieces: dict[str, str] = {}
    for mark in within.select(f'mark[data-s="{anchor}"]'):
        pieces[str(mark.get("data-part"))] = pieces.get(str(mark.get("data-part")), "") + mark.get_text()
    order = sorted(pieces, key=lambda part: int(part.split("/")[0]) if "/" in part else 0)
    return "".join(pieces[part] for part in order)


def examples_in(folder: Path) -> list[Path]:
    return [p for p in sorted(folder.iterdir()) if p.suffix in (".txt", ".md", ".html")]


def check(soup: BeautifulSoup, it: Told) -> None:
    source = it.reading.source.text
    for at, statement in enumerate(it.reading.statements, 1):
        quote = "".join(source[start:end] for start, end in statement.spans)
        assert words(shown(soup), f"x1s{at}") == quote
        mark = shown(soup).select_one(f"#tx1s{at}")
        assert mark is not None and mark["tabindex"] == "0"
        described = soup.find(id=str(mark["aria-describedby"]))
        assert described is not None and statement.subject in described.get_text()
        note = soup.find(id=f"x1s{at}")
        assert note is not None and all(name in note.get_text() for name in statement.rule.split(";"))


def test_the_examples_marked_words_are_the_quotes(examples: Path) -> None:
    for path in examples_in(examples):
        it = told(path.read_bytes(), path.name)
        soup = page(it)
        check(soup, it)
        if it.body.source.media == "text":
            assert shown(soup).get_text() == it.reading.source.text


def test_the_seeds_marked_words_are_the_quotes(shared: Path) -> None:
    for path in sorted((shared / "seeds").glob("*.txt")):
        it = told(path.read_bytes(), path.name)
        check(page(it), it)


def test_a_broken_sentence_is_one_statement_in_pieces() -> None:
    it = told(BROKEN)
    at, statement = next((i, s) for i, s in enumerate(it.reading.statements, 1) if len(s.spans) > 1)
    soup = page(it)
    parts = [str(mark["data-part"]) for mark in soup.select(f'mark[data-s="x1s{at}"]')]
    assert parts == ["1/2", "2/2"]
    assert words(shown(soup), f"x1s{at}") == "建设湖滨体育中心和文化馆"
    assert len(soup.select("mark[tabindex]")) == len(it.reading.statements)
    assert statement.text == "建设湖滨体育中心和文化馆"
    assert [span["class"] for span in soup.select("div.text .join")] == [["join", "out"], ["join", "in"]]


def test_what_is_not_read_is_grey() -> None:
    unread = [span.get_text() for span in page(told(BROKEN)).select("div.text .unread")]
    assert unread == ["本报记者 苏禾", "▲湖滨路新貌。 何砚 摄"]


def test_a_system_inside_a_target_is_nested() -> None:
    soup = page(told("今年将实施“1+353”工作体系，推进六大重点项目建设和“4个100工程”覆盖60个村。"))
    assert soup.select("div.text mark mark, div.text mark .q")


def test_markup_in_a_text_stays_text() -> None:
    line = "今年将新建<script>alert(\"1\")</script>学校8所 & '公园'5处。"
    soup = page(told(line))
    assert line in shown(soup).get_text()
    assert len(soup.find_all("script")) == 1


def test_of_a_web_page_only_the_words_are_shown() -> None:
    html = (
        "<html><head><title>澄湖区实事</title></head><body><div id='c'><h1>澄湖区2021年实事</h1>"
        "<p>今年将新建<b>小学</b>8所&amp;幼儿园5所，改造道路12条，并且把老机车厂打造成文化创意产业园。</p>"
        "<p>到年底前将完成投资3亿元，引进企业60家。</p></div></body></html>"
    )
    it = told(html, "a.html")
    soup = page(it)
    check(soup, it)
    text = shown(soup).get_text()
    assert "<p>" not in text and "小学8所&amp;幼儿园5所" in text
    assert "产业园。\n到年底前" in text


def test_nothing_is_loaded_from_anywhere() -> None:
    html = render([told(BROKEN)])
    assert not re.search(r"(?:src|href)=[\"'](?!#|data:)|@import|url\(|https?:", html)


@pytest.mark.parametrize(("lang", "opens"), [("zh", "lang-zh"), ("en", "lang-en")])
def test_the_page_opens_in_a_language_and_holds_both(lang: str, opens: str) -> None:
    soup = parsed(render([told(BROKEN)], lang))  # type: ignore[arg-type]
    assert [str(radio["id"]) for radio in soup.select("input[name=lang][checked]")] == [opens]
    assert {"目标", "target"} <= {span.get_text() for span in soup.select(".badge span")}
    assert {str(box["data-kind"]) for box in soup.select("input[data-kind]")} == {
        *("target", "action", "result", "framework")
    }


def test_several_texts_are_sections_with_their_own_anchors() -> None:
    soup = page(told("今年将新建学校8所。", "a.txt"), told("今年将新建公园5处。", "b.txt"))
    assert [str(section["id"]) for section in soup.select("section")] == ["x1", "x2"]
    anchors = [str(tag["id"]) for tag in soup.select("[id]")]
    assert len(anchors) == len(set(anchors))


def test_fixed_values_have_chinese_words() -> None:
    known = translations("zh")
    assert not [text for text in value_texts() if known.gettext(text) == text]


def test_an_amount_reads_as_it_is_compared() -> None:
    (statement,) = told("今年地区生产总值将增长6%—6.5%。").reading.statements
    assert amount_text(statement.quantities[0]) == "6–6.5 %"
    (statement,) = told("今年将引进资金至少12.5亿元。").reading.statements
    assert amount_text(statement.quantities[0]) == "≥ 1,250,000,000 元"


LENGTH = 24
_spans = st.tuples(st.integers(0, LENGTH), st.integers(0, LENGTH)).map(
    lambda pair: (min(pair), max(pair) + (pair[0] == pair[1]))
)


@given(
    st.text("甲乙<>&\"'\n\r 丙", min_size=LENGTH + 1, max_size=LENGTH + 1),
    st.lists(st.lists(_spans, min_size=1, max_size=2), max_size=6),
)
def test_any_spans_are_marked_exactly(text: str, several: list[list[tuple[int, int]]]) -> None:
    several = [sorted(s) if len(s) == 1 or sorted(s)[0][1] <= sorted(s)[1][0] else s[:1] for s in several]
    statements = [Statement("target", tuple(spans), "", "") for spans in several]
    body = Body(SourceText(text, "utf-8", "utf-8", "text"), (plain(text, 0),))
    entries = [Entry(i, f"x1s{i}", s, "", "", []) for i, s in enumerate(statements, 1)]
    reading = told("今年将新建学校8所。").reading
    object.__setattr__(reading, "source", body.source)
    soup = parsed(f"<div>{marked(Told('a', body, reading), entries)}</div>")
    assert soup.get_text() == text
    for entry in entries:
        quote = "".join(text[start:end] for start, end in entry.statement.spans)
        assert words(soup, entry.anchor) == quote


def test_the_command_writes_the_page(tmp_path: Path) -> None:
    file, out = tmp_path / "a.txt", tmp_path / "made" / "a.html"
    file.write_text("今年将新建学校8所。", encoding="utf-8")
    done = CliRunner().invoke(
        app, ["parse", str(file), "--district", "云川市澄湖区", "--level", "district", "--html", str(out)]
    )
    assert (done.exit_code, done.stdout) == (0, "")
    assert str(out) in done.stderr
    assert "新建学校" in out.read_text(encoding="utf-8")


def test_a_text_of_no_known_place_is_shown_and_printed(tmp_path: Path) -> None:
    file, out = tmp_path / "a.txt", tmp_path / "a.html"
    file.write_text("今年将新建学校8所。", encoding="utf-8")
    done = CliRunner().invoke(app, ["parse", str(file), "--json", "--html", str(out)])
    assert done.exit_code == 1
    assert json.loads(done.stdout)["district"] is None
    assert out.exists()
