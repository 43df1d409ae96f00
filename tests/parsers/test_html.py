"""Web pages: the article with exact places in the source, and what the page says of itself."""

from __future__ import annotations

import statistics
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.characters import fold
from parsers.extraction import Selectors, extract
from parsers.refusal import Refused
from parsers.text import Body

FIRST = "青禾区今年新建学校十二所，改造老旧小区三十个，开工道路九条，让更多居民受益。"
SECOND = "区委提出，到明年年底，全区生产总值突破八百亿元，城镇新增就业两万人以上。"
MENU = "".join(f'<li><a href="/c{i}/">栏目{i}</a></li>' for i in range(12))
PAGE = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>青禾区亮出全年目标_云泽日报网</title>
<script>var date = "1999-01-01"; document.write("<p>{SECOND * 3}</p>");</script></head><body>
<div class="nav"><ul>{MENU}</ul></div>
<h1>青禾区亮出全年目标</h1>
<div class="info">2021年3月5日 09:30　来源：云泽日报　作者：林知远</div>
<div id="content"><p>　　{FIRST}</p><p>&nbsp;&nbsp;{SECOND}</p><p>责任编辑：许明</p></div>
<div class="rel"><h3>相关新闻</h3><ul>{MENU}</ul></div>
<div class="foot">版权所有 云泽日报社 未经授权不得转载 ICP备00000000号 2008-12-31</div></body></html>"""


def read(markup: str, **options: Selectors) -> Body:
    return extract(markup.encode("utf-8"), "page.html", **options)


def texts(body: Body, *roles: str) -> list[str]:
    return [p.text for p in body.paragraphs if p.role in (roles or ("body",))]


def assert_true_to_source(body: Body) -> None:
    """Every character of every paragraph stands in the source where its piece says."""
    source = body.source.text
    for paragraph in body.paragraphs:
        at = 0
        for piece in paragraph.pieces:
            assert piece.at == at
            at += piece.length
            assert 0 <= piece.source <= piece.source + piece.source_length <= len(source)
            shown = paragraph.text[piece.at : piece.at + piece.length]
            spelled = source[piece.source : piece.source + piece.source_length]
            if piece.length == piece.source_length:
                assert fold(spelled).split() == shown.split()
            elif shown in " \t":
                assert not unescape(spelled).replace("|", "").strip()
            else:
                assert fold(unescape(spelled)) == shown
        assert at == len(paragraph.text)


def test_the_article_is_read_and_the_furniture_is_not() -> None:
    body = read(PAGE)
    assert texts(body) == [FIRST, SECOND]
    assert texts(body, "title") == ["青禾区亮出全年目标"]
    assert_true_to_source(body)


def test_the_page_says_who_and_when() -> None:
    body = read(PAGE)
    assert (body.title, body.published) == ("青禾区亮出全年目标", "2021-03-05")
    assert (body.publisher, body.author, body.editor) == ("云泽日报", "林知远", "许明")
    assert "2021年3月5日" in (body.published_clue or "")


def test_evidence_skips_tags_and_keeps_entities_as_written() -> None:
    body = read(
        f"<html><body><p>{FIRST}</p><p>投资<b>30</b>亿元&mdash;&mdash;产值&gt;９亿元。</p></body></html>"
    )
    last = body.paragraphs[-1]
    assert last.text == "投资30亿元——产值>9亿元。"
    quoted = [body.source.text[s:e] for s, e in last.spans(0, len(last.text))]
    assert quoted == ["投资", "30", "亿元&mdash;&mdash;产值&gt;９亿元。"]


def test_blanks_fold_and_a_line_end_between_hanzi_is_none() -> None:
    body = read("<p>今年新建\n   学校十二\u200b所，GDP&nbsp;&nbsp;\n growth of\n6% was set。</p>")
    assert texts(body) == ["今年新建学校十二所，GDP growth of 6% was set。"]
    assert_true_to_source(body)


def test_hidden_text_and_comments_are_not_read() -> None:
    hidden = f'<p style="display: none">{SECOND}</p><p hidden>{SECOND}</p><!-- <p>{SECOND}</p> -->'
    assert texts(read(f"<body><div><p>{FIRST}</p>{hidden}</div></body>")) == [FIRST]


def test_a_page_that_shows_its_text_by_script_is_still_read() -> None:
    assert texts(read(f'<body><div style="display:none"><p>{FIRST}</p><p>{SECOND}</p></div></body>')) == [
        FIRST,
        SECOND,
    ]


def test_nested_layout_tables_are_read_as_running_text() -> None:
    cell = f"<table><tr><td><table><tr><td><p>{FIRST}</p><p>{SECOND}</p></td></tr></table></td></tr></table>"
    body = read(f"<table><tr><td><ul>{MENU}</ul></td><td>{cell}</td></tr></table>")
    assert texts(body) == [FIRST, SECOND]


def test_rows_of_a_data_table_stay_together() -> None:
    rows = "<tr><th>任务</th><th>责任单位</th></tr><tr><td>新建<br>学校十二所</td><td>区教育局</td></tr>"
    body = read(f"<p>{FIRST}</p><table>{rows}</table><p>{SECOND}</p>")
    assert texts(body, "table") == ["任务\t责任单位", "新建 学校十二所\t区教育局"]
    assert_true_to_source(body)


def test_a_gbk_page_with_a_wrong_declaration_is_read() -> None:
    content = PAGE.encode("gb18030")  # the page says utf-8
    body = extract(content, "page.html")
    assert texts(body) == [FIRST, SECOND]
    assert body.source.encoding == "gb18030"
    assert any("declares utf-8" in note for note in body.notes)


def test_traditional_script_passes_through() -> None:
    text = "本區今年興建學校十二所，改善舊區三十處，為居民提供更多服務。"
    body = extract(f"<meta charset=big5><p>{text}</p>".encode("big5"), "page.html")
    assert texts(body) == [text]


def test_a_page_cut_off_in_a_tag_keeps_what_came_before() -> None:
    whole = f"<html><body><div><p>{FIRST}</p><p>{SECOND}</p><img src='pic"
    assert texts(read(whole)) == [FIRST, SECOND]


def test_selectors_of_the_source_come_first() -> None:
    markup = (
        f"<body><div class=main><p>{SECOND * 4}</p></div><span class=when>2020-05-06</span>"
        f"<i id=by>周一鸣</i><b id=t>小标题</b>"
        f"<div class=zoom><p>{FIRST}</p><p class=ad>{SECOND}</p></div></body>"
    )
    chosen = Selectors(body=".zoom", title="#t", date=".when", author="#by", drop=(".ad",))
    body = read(markup, selectors=chosen)
    assert texts(body) == [FIRST]
    assert (body.title, body.published, body.author) == ("小标题", "2020-05-06", "周一鸣")


def test_selectors_that_match_nothing_are_said_and_passed_over() -> None:
    body = read(PAGE, selectors=Selectors(body="#gone", title="[[["))
    assert texts(body) == [FIRST, SECOND]
    assert any("#gone matches nothing" in note for note in body.notes)


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("发布时间：2019-7-3 10:00", "2019-07-03"),
        ("二〇二二年二月十三日", "2022-02-13"),
        ("2020/11/02 来源：区政府办", "2020-11-02"),
        ("发布日期：2020年13月40日", None),
        ("发布时间：1021-01-01", None),
        ("今天是2022年1月1日 星期六", None),
    ],
)
def test_dates_beside_the_title(line: str, date: str | None) -> None:
    head = f"<title>青禾区公布清单</title><h1>青禾区公布清单</h1><div>{line}</div>"
    assert read(f"{head}<div><p>{FIRST}</p><p>{SECOND}</p></div>").published == date


def test_a_declared_date_outranks_a_printed_one_and_the_address_comes_last() -> None:
    declared = '<meta name="PubDate" content="2020-01-02 08:00">'
    assert read(PAGE.replace("<title>", declared + "<title>")).published == "2020-01-02"
    address = '<link rel="canonical" href="https://example.org/news/202103/t20210307_1.html">'
    body = read(f"<head>{address}</head><p>{FIRST}</p>")
    assert (body.published, body.url) == ("2021-03-07", "https://example.org/news/202103/t20210307_1.html")


def page_with(line: str) -> Body:
    return read(f"<title>青禾区公布清单_云泽网</title><div><p>{line}</p><p>{FIRST}</p><p>{SECOND}</p></div>")


def test_the_name_of_the_site_is_no_part_of_the_title() -> None:
    assert page_with("全年清单如下。").title == "青禾区公布清单"


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("（云泽日报记者 林知远）", "林知远"),
        ("作者：林知远、许明", "林知远、许明"),
        ("本报记者 林知远 许明", "林知远 许明"),
        ("记者走访了多个小区，居民都说环境变好了。", None),
    ],
)
def test_who_wrote_it(line: str, author: str | None) -> None:
    assert page_with(line).author == author


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("2021-03-05 09:30 来源：云泽日报", "byline"),
        ("2021年3月5日", "byline"),
        ("（2021年3月5日在青禾区人民代表大会上）", "body"),
        ("2021年3月5日，全区新建学校开工。", "body"),
    ],
)
def test_a_byline_says_when_and_where_it_was_published_and_nothing_else(line: str, role: str) -> None:
    assert [p.role for p in page_with(line).paragraphs if p.text == line] == [role]


BROKEN = """<p> </p> <div> </div> <table><tr><td> </td><td> </table> <br> &nbsp; &lt; &#20013; &#x0; &bogus;
&amp <!-- --> <script> </script> <a> </a> ９％ < > " <b <p\ttitle=' <h2> <![CDATA["""
PARTS = st.sampled_from(
    [FIRST, SECOND, "\u200b", "\u3000", "\n", "\r\n", "\ue000", "\ue0015", *BROKEN.split()]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PARTS, max_size=40), st.integers(0, 30))
def test_whatever_is_broken_every_character_maps_to_its_source(parts: list[str], cut: int) -> None:
    markup = "<html>" + "".join(parts)
    try:
        body = read(markup[: len(markup) - cut] if cut < len(markup) else markup)
    except Refused:
        return
    assert_true_to_source(body)


@pytest.mark.parametrize(
    "markup",
    [
        "<div>建成一所学校。" * 8000,
        '<a "' * 25000,
        "<!--" * 25000,
        "&nbsp;" * 16000,
        "<a" * 50000,
        "<td>建<tr>" * 12000,
    ],
)
def test_hostile_markup_is_read_in_linear_time(markup: str) -> None:
    import time

    begun = time.process_time()
    try:
        read("<html><body>" + markup)
    except Refused as refused:
        assert refused.code == "empty"
    assert time.process_time() - begun < 5  # about 0.3 s; quadratic reading takes 20 s and more


@pytest.mark.shared
def test_annotated_pages(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2]))
    from benchmarks.pages import names, score

    folder = shared / "corpus" / "pages"
    scores = [score(folder, name) for name in names(folder, "all")]
    assert statistics.median(s.f1 for s in scores) >= 0.95
    assert statistics.mean(s.f1 for s in scores) >= 0.90
    dated = [s.date_right for s in scores if s.date_right is not None]
    assert sum(dated) >= 0.9 * len(dated)
    assert not any(s.mojibake for s in scores)
