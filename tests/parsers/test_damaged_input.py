"""Texts as machines garble them: each is read right, or refused with a reason a person can act on."""

from __future__ import annotations

import pytest

from parsers.read import read
from parsers.reading import Declared
from parsers.refusal import Refused

SAID = "今年将新建小学8所，改造老旧小区12个。"
WANTED = [("新建小学", "8", "所"), ("改造老旧小区", "12", "个")]
NESTED = "<table><tr><td>" * 3 + SAID + "</td></tr></table>" * 3


def told(content: bytes, name: str = "a.txt") -> list[tuple[str, str, str]]:
    found = read(
        content, name, Declared("云川市澄湖区", "district", published="2021", type="news"), placed=False
    )
    for s in found.statements:
        assert all(0 <= start < end <= len(found.source.text) for start, end in s.spans)
    return [(s.subject, str(q.value), q.unit) for s in found.statements for q in s.quantities]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (SAID.encode("utf-16"), "a.txt"),
        (SAID.encode("gb18030"), "a.txt"),
        ("今年將新建小學8所，改造老舊小區12個。".encode(), "a.txt"),
        ("今年將新建小學8所，改造老舊小區12個。".encode("big5"), "a.txt"),
        ("今\u200b年将新建小\u00ad学8\u2060所，改造老旧小\ufeff区12个。".encode(), "a.txt"),
        ("今年将新建小学８所，改造老旧小区１２个。".encode(), "a.txt"),
        ("今年将新建⼩学8所，改造⽼旧⼩区12个。".encode(), "a.txt"),
        ("今年将新建小学 8\u00a0所，改造老旧小区 12 个。".encode(), "a.txt"),
        (f"<html><body>{NESTED}</body></html>".encode(), "a.html"),
        (f'<html><body><div><p>{SAID}</p><p class="x'.encode(), "a.html"),
        (f"<html><body><div><p>{SAID}<b>".encode()[:-2], "a.html"),
        (b'<meta charset="utf-8"><p>' + SAID.encode("gb18030") + b"</p>", "a.html"),
    ],
)
def test_what_can_be_made_out_is_read_right(content: bytes, name: str) -> None:
    assert told(content, name) == WANTED


def test_one_broken_byte_does_not_lose_a_text() -> None:
    assert told((SAID + "\n").encode() * 20 + SAID.encode() + b"\xff") == WANTED * 21


def test_two_encodings_in_one_text_are_refused_with_that_reason() -> None:
    with pytest.raises(Refused) as refused:
        told(SAID.encode() * 3 + b"\n" + SAID.encode("gb18030") * 3)
    assert refused.value.code == "encoding"


def test_two_hundred_pages_are_read_to_their_end() -> None:
    page = "".join(f"{n}、今年将新建小学{n}所，打通澄湖路。\n" for n in range(1, 26))
    found = told((page * 200).encode())
    assert len(found) == 25 * 200
    assert found[-1] == ("新建小学", "25", "所")
