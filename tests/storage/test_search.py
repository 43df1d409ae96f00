"""Chinese words are found on both databases, two characters or one, and only where they stand."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from storage.backups import backup
from storage.ledger import open_ledger
from storage.queries import search
from storage.queries.search import search_statements, search_texts
from storage.runs import start_run
from storage.searching.index import _distinct
from storage.searching.tokens import folded, holds, tokens, visible, wanted
from storage.write import record
from tracking.rulings import Cited, Ruling

HAN = "道路公园学校湖区个八〇"


def filled(ledger, world, *lines: str, name: str = "a.txt", year: str = "2020") -> None:
    run = start_run(ledger, kind="run", parser_version="p1")
    record(ledger, run, [world.arrival(name, world.text(*lines), year=year)], world.derive)


def quotes(ledger, words: str, **more) -> set[str]:
    return {s["text"] for s in search_statements(ledger, words, **more).entries}


def test_words_of_one_two_and_more_characters_are_found(ledger, world) -> None:
    filled(ledger, world, "新建公园 12", "学校道路 7", "公路 3")
    assert quotes(ledger, "公园") == {"新建公园 12"}
    assert quotes(ledger, "路") == {"学校道路 7", "公路 3"}
    assert quotes(ledger, "新建公园") == {"新建公园 12"}
    assert quotes(ledger, "学校 7") == {"学校道路 7"}
    assert quotes(ledger, "道路 学校") == {"学校道路 7"}
    assert quotes(ledger, "园新") == quotes(ledger, "公园 学校") == set()
    assert quotes(ledger, "校 路 公") == set()


def test_a_statement_is_found_with_its_commitment_and_a_text_with_its_passage(ledger, world) -> None:
    filled(ledger, world, "新建公园 12")
    [said] = search_statements(ledger, "公园").entries
    assert said["commitment"]["title"] == "新建公园"
    [told] = search_texts(ledger, "公园").entries
    assert told["sha256"] == said["sha256"] and "新建公园" in told["passage"]


def test_a_search_in_one_place_does_not_go_through_the_others(ledger, world, monkeypatch) -> None:
    run = start_run(ledger, kind="run", parser_version="p1")
    lone = world.arrival("远.txt", world.text("公园 7"), year="2020", district="云泽区")
    record(ledger, run, [lone], world.derive)
    filled(ledger, world, *(f"公园{number} {number}" for number in range(60)))
    monkeypatch.setattr(search, "MOST_LOOKED_AT", 1)
    place = "示例省云州市云泽区"
    assert quotes(ledger, "公园", district=place) == {"公园 7"}
    assert [t["document"] for t in search_texts(ledger, "公园", district=place).entries] == ["远.txt"]
    assert quotes(ledger, "公园", district="示例省云州市") == set()


def test_what_looks_like_a_question_to_the_database_is_text(ledger, world) -> None:
    filled(ledger, world, "公园 12")
    for words in (
        '"',
        '公园"*',
        "' OR 1=1 --",
        "NEAR(公园)",
        "公园 AND",
        "*",
        "%",
        "\\",
        "",
        "   ",
        "&|!():*",
    ):
        assert quotes(ledger, words) <= {"公园 12"}
        search_texts(ledger, words)


def test_an_edited_page_is_found_by_both_its_words_and_a_later_reading_only_once(ledger, world) -> None:
    filled(ledger, world, "公园 12")
    run = start_run(ledger, kind="run", parser_version="p2")
    record(ledger, run, [world.arrival("a.txt", world.text("公园 12"), year="2020")], world.derive)
    assert len(search_statements(ledger, "公园").entries) == 1
    record(ledger, run, [world.arrival("a.txt", world.text("公园 13"), day=9, year="2020")], world.derive)
    assert quotes(ledger, "公园") == {"公园 12", "公园 13"}


def test_the_ledger_finds_only_what_it_knew_then(ledger, world) -> None:
    filled(ledger, world, "公园 12")
    then = ledger.clock()
    filled(ledger, world, "公园 30", name="b.txt", year="2021")
    assert quotes(ledger, "公园", known_at=then) == {"公园 12"}
    assert quotes(ledger, "公园") == {"公园 12", "公园 30"}


def test_pages_go_on_where_the_last_one_ended(ledger, world) -> None:
    filled(ledger, world, *(f"公园{n} 1{n}" for n in range(9)))
    got: list[str] = []
    after = None
    while True:
        found = search_statements(ledger, "公园", after=after, limit=2)
        got += [s["text"] for s in found.entries]
        after = found.next
        if after is None:
            break
    assert sorted(got) == sorted(f"公园{n} 1{n}" for n in range(9))


@settings(max_examples=200)
@given(st.text(st.sampled_from(HAN + "ab1 。\n\u3000"), max_size=60))
def test_lines_taken_one_by_one_have_the_tokens_of_the_whole(shown) -> None:
    # By the text as it is folded: a line that ends inside Chinese goes on in the next.
    assert _distinct(folded(shown)).split() == list(dict.fromkeys(tokens(folded(shown))))


def test_what_is_withheld_is_not_found_and_what_is_erased_leaves_the_index(ledger, world) -> None:
    from storage.rulings import record_rulings

    filled(ledger, world, "公园 12", "学校 7")
    [said] = search_statements(ledger, "公园").entries
    run = start_run(ledger, kind="ruling", parser_version="p1")
    cited = Cited(said["sha256"], tuple(map(tuple, said["spans"])))
    ruling = Ruling("withhold", (cited,), "编辑", "court", ledger.clock(), {"erase": True})
    record_rulings(ledger, run, [ruling], world.derive)
    assert quotes(ledger, "公园") == set()
    assert quotes(ledger, "学校") == {"学校 7"}
    with ledger.reading() as connection:
        count = "SELECT count(*) FROM search_statements WHERE "
        asked = (
            "search_statements MATCH '\"公园\"'"
            if ledger.dialect == "sqlite"
            else "tokens @@ '''公园'''::tsquery"
        )
        assert connection.exec_driver_sql(count + asked).scalar() == 0


def test_a_copy_is_searched_like_the_ledger(ledger, world, tmp_path) -> None:
    filled(ledger, world, "公园 12")
    backup(ledger, tmp_path / "copy.db")
    with open_ledger(tmp_path / "copy.db") as copy:
        assert quotes(copy, "公园") == {"公园 12"}


@settings(max_examples=200, deadline=None)
@given(st.text(HAN + "ab1 +%", min_size=1, max_size=30), st.data())
def test_the_index_proposes_every_text_that_holds_the_words(text, data) -> None:
    shown = folded(text)
    start = data.draw(st.integers(0, len(shown) - 1)) if shown else 0
    words = shown[start : start + data.draw(st.integers(1, 8))]
    asked = wanted(words)
    if asked is None or not holds(text, words):
        return
    there = tokens(shown)
    whole, beginnings = asked
    assert set(whole) <= set(there)
    # A word of letters that was cut out of a longer one is not looked for inside words.
    for beginning in beginnings:
        inside = any(beginning in token for token in there)
        assert any(token.startswith(beginning) for token in there) or (beginning.isascii() and inside)


def test_of_markup_only_what_people_read_is_searched() -> None:
    page = "<html><script>公园 = 1 < 2</script><p class='道路'>学<b>校</b>8所</p><style>湖</style>"
    shown = folded(visible(page, "html"))
    assert "学校8所" in shown and not set("公园道路湖") & set(shown)
    assert visible("a < b > c", "text") == "a < b > c"
