"""What layout broke is put together again; what is whole stays as it is."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.layout import repair
from parsers.read import body_of
from parsers.text import Body, Paragraph, SourceText, plain

BYLINE = "本报记者 苏禾"
TAIL = "今年还将新建两所小学，让孩子在家门口读书。"


def page(*lines: str) -> Body:
    """A plain text page: one paragraph a line, blank lines between."""
    return read("\n\n".join(lines))


def read(text: str) -> Body:
    found: list[Paragraph] = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            found.append(plain(line, at))
        at += len(line) + 1
    return Body(SourceText(text, "utf-8", "utf-8", "text"), tuple(found))


def texts(body: Body, role: str = "body") -> list[str]:
    return [p.text for p in repair(body).paragraphs if p.role == role]


def one(body: Body, part: str) -> Paragraph:
    (found,) = [p for p in repair(body).paragraphs if part in p.text]
    return found


class TestJoins:
    def test_a_word_cut_by_captions_is_whole_again(self) -> None:
        body = page(
            "湖畔新貌",
            BYLINE,
            "全区集聚软件企业320家，云湖智造产",
            "▲夜色中的云湖。",
            "业园成为全市的创新高地，年产值超过60亿元。",
            "云湖智造产业园二期也已动工，计划后年投用。",
        )
        joined = one(body, "智造产业园成为")
        (join,) = joined.joins
        assert joined.text[: join.at].endswith("云湖智造产")
        assert join.sure and join.why
        assert len(joined.pieces) == 2
        assert "".join(body.source.text[a:b] for a, b in joined.spans(0, len(joined.text))) == joined.text

    def test_a_sentence_cut_by_a_pull_quote_goes_round_it(self) -> None:
        body = page(
            "湖畔新貌",
            BYLINE,
            "全区坚持两手抓，一手改造旧厂，一手引进新企，以技术",
            "“账本要经得起翻。”",
            "改造带动传统工厂转型，已有40家企业完成升级。",
        )
        assert one(body, "以技术改造带动").joins[0].sure
        assert texts(body, "pull_quote") == ["“账本要经得起翻。”"]

    def test_a_continuation_before_its_beginning_is_moved_behind_it(self) -> None:
        body = page(
            "湖畔新貌",
            BYLINE,
            "南岸的老码头已经修葺一新，游船重新开航。",
            "岸的仓库改成了书店，每到周末座无虚席。",
            TAIL,
            "老城更新没有停步，市民最熟悉的南",
        )
        joined = one(body, "最熟悉的南岸的仓库")
        assert [j.sure for j in joined.joins] == [True]
        assert joined.pieces[0].source > joined.pieces[1].source

    def test_an_open_quotation_finds_its_end(self) -> None:
        body = page("湖畔新貌", BYLINE, "大家说：我们要做到“让", "群众少跑腿”，把服务送到门口。")
        assert one(body, "“让群众少跑腿”")

    def test_a_missing_continuation_is_left_open(self) -> None:
        body = page("湖畔新貌", BYLINE, "新能源方面，全市首家充电互", TAIL)
        broken = one(body, "充电互")
        assert broken.open_end and not broken.joins
        assert TAIL in texts(body)

    def test_two_broken_sentences_each_find_their_own_end(self) -> None:
        body = page(
            "湖畔新貌",
            BYLINE,
            "去年工业园区产值增长一成，规模以上工",
            "湖东的老街区整治完成，惠及居民3000户，老旧小",
            "▲老街一角。",
            "业企业利润也同步回升，税收增长两成。",
            "区加装电梯40部，老人下楼不再犯难。",
            "规模以上工业企业户数全区第一，老旧小区改造也在提速。",
        )
        assert one(body, "规模以上工业企业利润")
        assert one(body, "老旧小区加装电梯")

    def test_several_fragments_make_one_paragraph(self) -> None:
        body = page("湖畔新貌", BYLINE, "今年建成学校、", "幼儿园、", "社区食堂等便民设施42处。")
        joined = one(body, "今年建成学校、幼儿园、社区食堂")
        assert len(joined.joins) == 2 and len(joined.pieces) == 3

    def test_weak_evidence_is_marked_and_not_silent(self) -> None:
        body = page(
            "湖畔新貌",
            BYLINE,
            "道路建设进展顺利，去年开工的三条主干道已经有两条完成路面铺设和绿化施工，沿线商业",
            "迎来一批特色小店，居民散步有了新去处，周边的生意也跟着红火，街道干部说明年再延长三公里。",
        )
        assert [j.sure for j in one(body, "沿线商业迎来").joins] == [False]


class TestNothingToRepair:
    @pytest.mark.parametrize(
        "lines",
        [
            ("一、去年工作回顾", "全年新建道路12公里。", "二、今年工作安排", "新建学校3所。"),
            ("春风拂过湖面", "柳枝绿了堤岸", "游人醉了黄昏"),
            ("1．湖东小学项目", "2．湖西医院项目", "3．环湖公路项目"),
            ("云湖晚报：今年有哪些打算？", "周禾：我们打算建成两座大桥。", "云湖晚报：难在哪里？"),
            (
                "全市人均收入稳步提高，城乡差距继续缩小，群众的日子越过越红火，社会大局保持和谐稳定",
                "各位代表：",
            ),
            ("增长4.9%.", "五年来，我们坚持改革。"),
        ],
    )
    def test_whole_lines_stay_apart(self, lines: tuple[str, ...]) -> None:
        result = repair(page(*lines)).paragraphs
        assert [p.text for p in result] == list(lines)
        assert not any(p.joins or p.open_end for p in result)

    def test_a_heading_does_not_swallow_the_text_below(self) -> None:
        body = page("湖畔新貌", BYLINE, "账本一笔一笔对", "会议晒出了去年的账本，件件有回音。")
        assert texts(body, "heading") == ["账本一笔一笔对"]

    def test_an_unbroken_report_keeps_its_very_paragraphs(self) -> None:
        body = page(*[f"第{n}项任务已经完成，群众普遍满意。" for n in range(50)])
        assert all(a is b for a, b in zip(repair(body).paragraphs, body.paragraphs, strict=True))


class TestRoles:
    NEWS = page(
        "■区县观察",
        "初夏的云湖。 何砚 摄",
        "云湖区委书记周禾——",
        "把湖水还给市民",
        "云湖晚报·云端",
        "记者 苏禾 通讯员 孟小舟",
        "区县",
        "一湖清水 半城绿荫",
        "去年新建口袋公园16处。",
    )

    @pytest.mark.parametrize(
        ("role", "lines"),
        [
            ("title", ["云湖区委书记周禾——", "把湖水还给市民"]),
            ("byline", ["云湖晚报·云端", "记者 苏禾 通讯员 孟小舟"]),
            ("caption", ["初夏的云湖。 何砚 摄"]),
            ("furniture", ["■区县观察", "区县"]),
            ("heading", ["一湖清水 半城绿荫"]),
            ("body", ["去年新建口袋公园16处。"]),
        ],
    )
    def test_each_line_of_a_newspaper_page_has_its_role(self, role: str, lines: list[str]) -> None:
        assert texts(self.NEWS, role) == lines

    def test_title_and_reporter_are_filled_in(self) -> None:
        body = repair(self.NEWS)
        assert (body.title, body.author) == ("云湖区委书记周禾—— 把湖水还给市民", "苏禾")

    def test_a_sentence_below_a_picture_hole_is_a_caption_only_on_a_signed_page(self) -> None:
        text = "湖畔新貌\n\n{}\n\n去年新建公园16处。\n\n\n\n\n老街整治后焕然一新。\n"
        signed, unsigned = text.format(BYLINE), text.format("各位代表：")
        assert texts(read(signed), "caption") == ["老街整治后焕然一新。"]
        assert texts(read(unsigned), "caption") == []

    def test_a_glossary_behind_a_report_is_no_body_but_an_appendix_of_tasks_is(self) -> None:
        body = page(
            "今年任务",
            "新建学校3所。",
            "谢谢大家！",
            "名词解释",
            "1.一湾一谷：指东湾和南谷。",
            "附件2：民生实事",
            "新建公园5处。",
        )
        assert texts(body, "glossary") == ["名词解释", "1.一湾一谷：指东湾和南谷。"]
        assert "新建公园5处。" in texts(body)

    def test_a_reporter_in_a_sentence_is_no_byline(self) -> None:
        line = "记者在现场看到，两座大桥已经合龙。"
        assert line in texts(page("湖畔新貌", BYLINE, line))


PARTS = st.one_of(
    st.sampled_from(
        ["全区新建学校", "3所，", "老旧小", "区改造", "。", "“让", "群众满意”", "云湖智造产", "业园"]
    ),
    st.sampled_from(["、", "的", "互", "色街区", "▲湖景", "本报记者 苏禾", "一、回顾", "名词解释", "周禾："]),
    st.sampled_from(["记者：", " ", "　", "（", "）", "12", "5G", "以技术", "《", "”"]),
)
LINES = st.lists(st.lists(PARTS, min_size=0, max_size=7).map("".join), max_size=14)


@settings(max_examples=300, deadline=None)
@given(LINES, st.integers(1, 5))
def test_every_character_stands_where_its_piece_says_and_none_is_lost(lines: list[str], blank: int) -> None:
    body = read(("\n" * blank).join(lines))
    source = body.source.text
    used: list[int] = []
    for paragraph in repair(body).paragraphs:
        covered = 0
        for piece in paragraph.pieces:
            assert piece.at == covered
            stands = source[piece.source : piece.source + piece.length]
            assert paragraph.text[piece.at : piece.at + piece.length] == stands
            used.extend(range(piece.source, piece.source + piece.length))
            covered += piece.length
        assert covered == len(paragraph.text)
        assert all(0 < join.at < len(paragraph.text) and join.why for join in paragraph.joins)
    assert len(used) == len(set(used))
    assert {at for at, char in enumerate(source) if not char.isspace()} <= set(used)


@settings(max_examples=50, deadline=None)
@given(LINES)
def test_repair_gives_the_same_result_twice(lines: list[str]) -> None:
    assert repair(read("\n".join(lines))) == repair(read("\n".join(lines)))


@pytest.mark.parametrize(
    "unit", ["“", "以技术", "（云", "、\n", "产\n业", "，以\n", "记者 ", "云湖，以技\n术，"]
)
def test_hostile_pages_take_linear_time(unit: str) -> None:
    body = read("湖畔新貌\n\n" + BYLINE + "\n\n" + unit * (20_000 // len(unit)))
    start = time.process_time()
    repair(body)
    assert time.process_time() - start < 2.0


@pytest.mark.shared
def test_the_joins_of_the_annotated_pages_are_found(shared: Path) -> None:
    for gold in sorted((shared / "gold" / "seeds").glob("*.jsonl")):
        record = json.loads(gold.read_text(encoding="utf-8").splitlines()[0])
        text = (shared / "seeds" / f"{gold.stem}.txt").read_bytes().decode()
        body = repair(read(text))
        seams = set()
        for paragraph in body.paragraphs:
            for join in paragraph.joins:
                left = paragraph.spans(join.at - 1, join.at)[0][1]
                seams.add((left, paragraph.spans(join.at, join.at + 1)[0][0]))
        assert seams == {tuple(pair) for pair in record["joins"]}, gold.stem
        furniture = {"caption", "byline", "furniture"}
        for start, end in record["non_body"]:
            (role,) = [p.role for p in body.paragraphs for q in p.pieces if 0 <= start - q.source < q.length]
            assert role in furniture, text[start:end]


CLOSING = "各位代表！让我们团结一心，为建设美好澄湖而不懈奋斗！"
TERMS = ["1.“六新澄湖”：指新产业等六个方面。", "2.“双百”行动：指联系百企百村。", "3.“三线”：指三条控制线。"]


@pytest.mark.parametrize("between", [[], ["附注"], ["解释和说明"], ["名词解释"], ["注 释"]])
@pytest.mark.parametrize("numbered", ["{}", "[{}"])
def test_terms_explained_behind_the_last_words_are_a_glossary(between: list[str], numbered: str) -> None:
    terms = [numbered.format(t).replace(".", "]", 1) if "[" in numbered else t for t in TERMS]
    lines = ["澄湖区政府工作报告", *["今年将新建小学8所。"] * 3, CLOSING, *between, *terms, *terms]
    roles = [p.role for p in body_of("\n\n".join(lines).encode(), "a.txt").paragraphs]
    assert roles[-6:] == ["glossary"] * 6
    assert "glossary" not in roles[:5]


def test_tasks_in_numbers_are_no_glossary() -> None:
    tasks = [
        "1.教育提升：今年将新建小学8所。",
        "2.道路畅通：今年将打通澄湖路。",
        "3.住房：今年将改造小区3个。",
    ]
    for lines in ([CLOSING.replace("！", "。"), *tasks], [*["今年将新建小学8所。"] * 8, *tasks, CLOSING]):
        text = "\n\n".join(["澄湖区政府工作报告", *lines]).encode()
        assert all(p.role != "glossary" for p in body_of(text, "a.txt").paragraphs)


def test_a_glossarys_heading_may_stick_to_the_last_words() -> None:
    lines = ["澄湖区政府工作报告", *["今年将新建小学8所。"] * 3, CLOSING * 2 + "主要名词解释：", *TERMS]
    roles = [p.role for p in body_of("\n\n".join(lines).encode(), "a.txt").paragraphs]
    assert roles[-3:] == ["glossary"] * 3
    assert roles[-4] == "body"
