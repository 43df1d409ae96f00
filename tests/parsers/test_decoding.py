"""Encodings are decided on the bytes' evidence, and nothing comes out garbled."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.decoding import decode
from parsers.refusal import Refused

PROSE = "今年我区计划新建学校十二所，改造老旧小区三十个，力争地区生产总值增长百分之六，让群众得到更多实惠。"
TRADITIONAL = "今年我區計劃新建學校十二所，改造舊區三十處，為居民提供更多服務，讓大家過上更好的生活。"


def page(charset: str | None, text: str = PROSE) -> str:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">' if charset else ""
    return f"<html><head>{meta}<title>青禾区</title></head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
    ],
)
def test_a_byte_order_mark_decides_and_counts_as_a_character(mark: bytes, encoding: str) -> None:
    decoded = decode(mark + PROSE.encode(encoding))
    assert (decoded.text, decoded.encoding, decoded.decided_by) == ("\ufeff" + PROSE, encoding, "bom")


def test_the_header_outranks_the_meta_element() -> None:
    decoded = decode(page("big5").encode("gb18030"), header="text/html; charset=GBK", markup=True)
    assert (decoded.encoding, decoded.decided_by) == ("gb18030", "header")


@pytest.mark.parametrize("label", ["gb2312", "gbk", "GB18030", "x-gbk"])
def test_every_label_of_the_gb_family_means_gb18030(label: str) -> None:
    text = PROSE + "镕㛃𠮷"  # beyond GB 2312 and GBK, yet on pages that declare them
    decoded = decode(page(label, text).encode("gb18030"), markup=True)
    assert (decoded.encoding, decoded.decided_by) == ("gb18030", "meta")
    assert text in decoded.text


def test_a_meta_element_means_nothing_in_a_plain_text() -> None:
    assert decode(page("big5").encode("utf-8")).decided_by == "utf-8"


@pytest.mark.parametrize(
    ("declared", "real"), [("utf-8", "gb18030"), ("gb2312", "utf-8"), ("big5", "gb18030")]
)
def test_a_wrong_declaration_is_noticed(declared: str, real: str) -> None:
    decoded = decode(page(declared).encode(real), markup=True)
    assert PROSE in decoded.text
    assert decoded.encoding == real
    assert decoded.decided_by in {"utf-8", "detection"}
    assert any("declares" in note for note in decoded.notes)


def test_a_right_declaration_leaves_no_note() -> None:
    assert decode(page("gb2312").encode("gb18030"), markup=True).notes == ()


@pytest.mark.parametrize(("text", "encoding"), [(PROSE, "gb18030"), (TRADITIONAL, "big5hkscs")])
def test_undeclared_encodings_are_detected(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert (decoded.text, decoded.encoding, decoded.decided_by) == (text, encoding, "detection")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_text_cut_within_a_character_is_still_read(encoding: str) -> None:
    content = (PROSE * 3).encode(encoding)[:-1]
    decoded = decode(content)
    assert decoded.encoding == encoding
    assert decoded.text.startswith(PROSE * 2)
    assert any("replaced" in note for note in decoded.notes)


def test_a_stray_byte_costs_one_character() -> None:
    content = (PROSE * 4).encode("gb18030")
    decoded = decode(content[:100] + b"\xff" + content[100:200] + b"\0" + content[200:])
    assert decoded.encoding == "gb18030"
    assert decoded.text.replace("\ufffd", "").replace("\0", "") == PROSE * 4


def test_utf_16_without_a_mark_is_read() -> None:
    assert decode(("GDP 2020\r\n" + PROSE).encode("utf-16-le")).text.endswith(PROSE)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (bytes(range(256)) * 40, "binary"),
        (b"\x01\x02\x03\x04 data" * 50, "binary"),
        (b"\xff\xfa\xf5" * 100, "encoding"),
    ],
)
def test_what_is_no_text_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        decode(content)
    assert refused.value.code == code


@given(st.binary(max_size=400))
def test_decoding_again_as_recorded_gives_the_same_text(content: bytes) -> None:
    try:
        decoded = decode(content)
    except Refused:
        return
    assert content.decode(decoded.encoding, "replace") == decoded.text


@given(st.text(alphabet=st.sampled_from(PROSE + "0123456789\n "), min_size=40, max_size=200))
def test_chinese_prose_survives_both_encodings(text: str) -> None:
    assert decode(text.encode("utf-8")).text == text
