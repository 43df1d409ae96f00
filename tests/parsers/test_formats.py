"""Formats are known by their bytes; each gives paragraphs that stand in its source text, or a refusal."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.characters import fold
from parsers.extraction import LIMIT, extract
from parsers.refusal import REASONS, Refused
from parsers.text import Body

FIRST = "今年新建学校十二所，改造老旧小区三十个。"
SECOND = "到明年年底，全区生产总值突破八百亿元。"


def quotes(body: Body) -> list[str]:
    """What the evidence of each whole paragraph reads in the source."""
    return ["".join(body.source.text[s:e] for s, e in p.spans(0, len(p.text))) for p in body.paragraphs]


def lines(body: Body) -> list[tuple[str, str]]:
    return [(p.role, p.text) for p in body.paragraphs]


# Plain text


def test_a_text_gives_one_paragraph_a_line_with_exact_offsets() -> None:
    body = extract(f"\ufeff\r\n　　{FIRST} \r\n\r\n\t{SECOND}　\n".encode(), "a.txt")
    assert lines(body) == [("body", FIRST), ("body", SECOND)]
    assert quotes(body) == [FIRST, SECOND]
    assert body.source.text.startswith("\ufeff\r\n　　")


def test_full_width_figures_read_as_plain_ones_and_punctuation_stays() -> None:
    body = extract("增长６．５％，实施“１＋４４６”；".encode(), "a.txt")
    assert lines(body) == [("body", "增长6.5%，实施“1+446”；")]
    assert quotes(body) == ["增长６．５％，实施“１＋４４６”；"]


def test_a_word_with_an_invisible_character_inside_is_that_word() -> None:
    body = extract("\u200b新建学\u200b校\ufeff十二所。\u2060".encode(), "a.txt")
    assert lines(body) == [("body", "新建学校十二所。")]
    assert body.paragraphs[0].spans(2, 5) == ((3, 4), (5, 6), (7, 8))


@settings(max_examples=200)
@given(
    st.text(
        alphabet=st.sampled_from("今年新建校12０９％＋，。 　\t\r\n\u200b\ufeff\u2028|#*-[]"), max_size=80
    )
)
def test_every_paragraph_character_stands_in_the_source(text: str) -> None:
    for name in ("a.txt", "a.md"):
        try:
            body = extract(text.encode(), name)
        except Refused as refused:
            assert refused.code == "empty"
            continue
        for paragraph in body.paragraphs:
            for piece in paragraph.pieces:
                shown = paragraph.text[piece.at : piece.at + piece.length]
                if piece.length == piece.source_length and shown != "\t":
                    assert fold(body.source.text[piece.source : piece.source + piece.length]) == shown
            assert sum(piece.length for piece in paragraph.pieces) == len(paragraph.text)


# Markdown


def test_front_matter_is_metadata_and_not_read() -> None:
    front = "---\ntitle: '青禾区政府工作报告'\nsource: https://example.org/a\ndate: 2021年1月9日\n---\n"
    body = extract(f"{front}\n{FIRST}\n".encode(), "a.md")
    assert lines(body) == [("body", FIRST)]
    assert (body.title, body.url, body.published) == (
        "青禾区政府工作报告",
        "https://example.org/a",
        "2021-01-09",
    )


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert lines(extract(f"---\n{FIRST}\n---\n{SECOND}".encode(), "a.md")) == [
        ("body", FIRST),
        ("body", SECOND),
    ]


def test_headings_lists_and_marks() -> None:
    head = "# 青禾区报告 #\n\n## **一、** 目标\n"
    rest = f"- 新建[学校](http://example.org)**１２所**[3]。\n> {FIRST}\n![图](a.png)\n"
    body = extract((head + rest).encode(), "a.md")
    assert lines(body) == [
        ("title", "青禾区报告"),
        ("heading", "一、 目标"),
        ("body", "新建学校12所。"),
        ("body", FIRST),
    ]
    assert [p.depth for p in body.paragraphs] == [1, 2, 0, 0]
    assert quotes(body)[2] == "新建学校１２所。"


def test_an_asterisk_between_figures_is_no_emphasis() -> None:
    assert lines(extract("面积3*4公里，*号项目。".encode(), "a.md"))[0][1] == "面积3*4公里，号项目。"


def test_table_rows_have_tabs_for_borders() -> None:
    body = extract("| **任务** | 单位 |\n|---|---|\n| 新建学校 | 区教育局 |\n".encode(), "a.md")
    assert lines(body) == [("table", "任务\t单位"), ("table", "新建学校\t区教育局")]
    assert quotes(body)[1] == "新建学校 | 区教育局"


def test_a_text_file_with_markdown_headings_is_read_as_markdown() -> None:
    assert (
        extract(f"## 一、目标\n{FIRST}\n## 二、任务\n{SECOND}".encode(), "a.txt").source.media == "markdown"
    )
    assert extract(f"# 1 号项目\n{FIRST}".encode(), "a.txt").source.media == "text"


# Office files


def docx(body: str, styles: str = "") -> bytes:
    ns = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {ns}><w:body>{body}</w:body></w:document>")
        archive.writestr("word/styles.xml", f"<w:styles {ns}>{styles}</w:styles>")
    return packed.getvalue()


def test_a_word_document_gives_headings_paragraphs_and_rows_in_order() -> None:
    styles = '<w:style w:styleId="a3"><w:name w:val="heading 2"/></w:style>'
    heading = '<w:p><w:pPr><w:pStyle w:val="a3"/></w:pPr><w:r><w:t>一、目标</w:t></w:r></w:p>'
    paragraph = f"<w:p><w:r><w:t>{FIRST[:5]}</w:t></w:r><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
    paragraph += f"<w:r><w:t>{FIRST[5:]}</w:t></w:r></w:p>"
    cells = "".join(f"<w:tc><w:p><w:r><w:t>{c}</w:t></w:r></w:p></w:tc>" for c in ("新建学校", "区教育局"))
    body = extract(docx(heading + paragraph + f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>", styles), "a.bin")
    assert lines(body) == [("heading", "一、目标"), ("body", FIRST), ("table", "新建学校\t区教育局")]
    assert quotes(body) == [text for _, text in lines(body)]
    assert body.source.decided_by.startswith("extractor docx-extractor ")


def xlsx() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["任务", "数量", None, "时限"])
    sheet.append(["新建学校", 12.0, None, "2021年底"])
    sheet.append([None, None])
    sheet.append(["合计", "=B2", 0.1 + 0.2])
    sheet.append(["增速", 0.065])
    sheet["B5"].number_format = "0.0%"
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def test_a_spreadsheet_gives_its_filled_rows() -> None:
    body = extract(xlsx(), "a.xlsx")
    assert lines(body)[:2] == [("table", "任务\t数量\t\t时限"), ("table", "新建学校\t12\t\t2021年底")]
    assert lines(body)[2] == ("table", "合计\t\t0.3")  # a formula that no program has computed shows nothing
    assert quotes(body) == [text for _, text in lines(body)]
    assert any("1 formulas without a stored value" in note for note in body.notes)


def test_a_percent_is_read_as_shown() -> None:
    assert lines(extract(xlsx(), "a.xlsx"))[3] == ("table", "增速\t6.5%")


def test_a_formula_is_read_by_its_stored_value() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx())) as old, zipfile.ZipFile(packed, "w") as new:
        for item in old.namelist():
            content = old.read(item).replace(b"<f>B2</f><v />", b"<f>B2</f><v>12</v>")
            new.writestr(item, content.replace(b"<f>B2</f><v></v>", b"<f>B2</f><v>12</v>"))
    assert lines(extract(packed.getvalue(), "a.xlsx"))[2][1] == "合计\t12\t0.3"


# PDF


def pdf(pages: list[list[tuple[int, int, str]]]) -> bytes:
    """A PDF that prints each (x, y, text) in 10 points with a font that every reader must know."""
    parent = 4 + 2 * len(pages)
    objects = [
        "<</Type/Font/Subtype/Type0/BaseFont/STSong/Encoding/UniGB-UCS2-H/DescendantFonts[2 0 R]>>",
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)"
        "/Supplement 2>>/DW 1000/FontDescriptor 3 0 R>>",
        "<</Type/FontDescriptor/FontName/STSong/Flags 4/FontBBox[0 -120 1000 880]/Ascent 880/Descent -120"
        "/ItalicAngle 0/CapHeight 880/StemV 80>>",
    ]
    for page in pages:
        shown = "".join(
            f"BT /F1 10 Tf {x} {y} Td <{t.encode('utf-16-be').hex()}> Tj ET\n" for x, y, t in page
        )
        objects.append(f"<</Length {len(shown)}>>stream\n{shown}\nendstream")
        objects.append(
            f"<</Type/Page/Parent {parent} 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 1 0 R>>>>"
            f"/Contents {len(objects)} 0 R>>"
        )
    kids = " ".join(f"{5 + 2 * i} 0 R" for i in range(len(pages)))
    objects += [f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>", f"<</Type/Catalog/Pages {parent} 0 R>>"]
    out, places = "%PDF-1.4\n", []
    for number, written in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{written}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    tail = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root {size - 1} 0 R>>\n"
    return f"{out}{tail}startxref\n{len(out)}\n%%EOF".encode("ascii")


LONG = "建成道路九条改造老旧小区三十个新建学校十二所"


def test_columns_are_read_one_after_another_and_lines_are_joined() -> None:
    left = [(50, 740 - 16 * i, f"左{i}{LONG}") for i in range(4)] + [(50, 676, "左末。")]
    right = [(320, 740 - 16 * i, f"右{i}{LONG}") for i in range(4)] + [(320, 676, "右末。")]
    body = extract(
        pdf([[(50, 790, f"青禾区今年工作报告全文{LONG}{LONG}"), *left, *right, (290, 30, "- 1 -")]]), "a.pdf"
    )
    texts = [p.text for p in body.paragraphs]
    assert texts[-2:] == [
        "".join(f"左{i}{LONG}" for i in range(4)) + "左末。",
        "".join(f"右{i}{LONG}" for i in range(4)) + "右末。",
    ]
    assert not any("1 -" in text for text in texts)
    assert quotes(body) == texts
    assert body.source.decided_by.startswith("extractor pdf-extractor ")


def test_rows_of_a_printed_table_are_table_rows() -> None:
    printed = [("序号", "任务"), ("1", "修建道路"), ("2", "建校")]
    cells = [(100 * j, 700 - 20 * i, text) for i, row in enumerate(printed) for j, text in enumerate(row, 1)]
    assert lines(extract(pdf([cells]), "a.pdf")) == [("table", "\t".join(row)) for row in printed]


def test_a_sentence_goes_on_over_the_page() -> None:
    first = [(50, 700, LONG), (50, 684, LONG)]
    second = [(50, 700, LONG), (50, 684, "完成。")]
    assert [p.text for p in extract(pdf([first, second]), "a.pdf").paragraphs] == [LONG * 3 + "完成。"]


# Refusals


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.txt", "empty"),
        (b" \r\n\t\xef\xbb\xbf"[:4], "a.txt", "empty"),
        ("\ufeff\u200b　\n".encode(), "a.txt", "empty"),
        (b"<html><head><title>x</title></head><body></body></html>", "a.html", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "a.txt", "binary"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "a.doc", "binary"),
        (bytes(5000), "a.txt", "binary"),
        (b"PK\x03\x04" + bytes(50), "a.docx", "broken"),
        (docx(f"<w:p><w:r><w:t>{FIRST}</w:t></w:r></w:p>")[:-30], "a.docx", "broken"),
        (docx(""), "a.docx", "empty"),
        (b"%PDF-1.4 nothing of the kind", "a.pdf", "broken"),
        (pdf([[(290, 30, "1")], []]), "a.pdf", "scanned"),
        (b"a" * (LIMIT + 1), "a.txt", "too_large"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(content: bytes, name: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        extract(content, name)
    assert refused.value.code == code


def test_an_archive_of_other_files_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", FIRST)
    with pytest.raises(Refused) as refused:
        extract(packed.getvalue(), "a.docx")
    assert refused.value.code == "binary"


def test_the_bytes_outrank_the_name() -> None:
    markup = f"<!DOCTYPE html><html><body><p>{FIRST}</p><p>{SECOND}</p></body></html>".encode()
    assert extract(markup, "a.txt").source.media == "html"
    assert extract(FIRST.encode(), "a.pdf").source.media == "text"
    assert extract(f"<p>{FIRST}</p>".encode(), "a.txt").source.media == "text"
    assert extract(f"{FIRST}\n{SECOND}".encode(), "a.php").source.media == "text"


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(
        [b"", b"PK\x03\x04", b"%PDF-1.7\n", b"<html>", b"\xff\xfe", b"---\n", b"\xef\xbb\xbf", docx("")[:200]]
    ),
    st.binary(max_size=300),
    st.sampled_from(["a.txt", "a.md", "a.html", "a.docx", "https://example.org/x?y=1", ""]),
)
def test_arbitrary_bytes_are_read_or_refused(start: bytes, rest: bytes, name: str) -> None:
    try:
        body = extract(start + rest, name)
    except Refused as refused:
        assert refused.code in REASONS
        return
    for paragraph in body.paragraphs:
        for low, high in paragraph.spans(0, len(paragraph.text)):
            assert 0 <= low <= high <= len(body.source.text)
