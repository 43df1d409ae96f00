"""Which place a name or a text means, and when it is asked back."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.gazetteer import Gazetteer, gazetteer
from parsers.level_cues import level_cue
from parsers.place_evidence import names_in
from parsers.places import ancestor, match_district, resolve_place
from parsers.reading import Clue, Declared, Place
from parsers.refusal import Refused
from parsers.text import Paragraph, plain


def names(query: str) -> list[str]:
    return [place.name for place in match_district(query)]


def paragraphs(*texts: str) -> list[Paragraph]:
    found, at = [], 0
    for text in texts:
        found.append(plain(text, at))
        at += len(text) + 1
    return found


def resolve(*texts: str, title: str | None = None, **declared: str) -> tuple[Place, Clue]:
    return resolve_place(paragraphs(*texts), title, Declared(**declared))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("济南市市中区", "济南市市中区"),
        ("济南市中区", "济南市市中区"),
        ("山东省济南市市中区", "济南市市中区"),
        ("海淀区", "北京市海淀区"),
        ("北京海淀", "北京市海淀区"),
        ("济南", "济南市"),
        ("黔南州", "黔南布依族苗族自治州"),
        ("仙桃市", "湖北省仙桃市"),
        ("广西", "广西壮族自治区"),
        ("全国", "全国"),
    ],
)
def test_a_tail_of_a_full_name_that_fits_one_place_finds_it(query: str, expected: str) -> None:
    assert names(query) == [expected]


@pytest.mark.parametrize(
    ("query", "count"), [("市中区", 4), ("鼓楼区", 4), ("吉林", 2), ("无此区", 0), ("枣庄市海淀区", 0)]
)
def test_a_tail_that_fits_several_places_or_none_gives_them_all(query: str, count: int) -> None:
    assert len(match_district(query)) == count


def test_codes_and_levels() -> None:
    assert match_district("济南市市中区") == [Place("370103", "济南市市中区", "district")]
    assert match_district("重庆市")[0].level == "province"
    assert match_district("重庆市渝中区")[0].level == "district"
    assert match_district("甘南藏族自治州")[0].level == "city"
    assert match_district("济南市市中区某某街道") == [Place("370103", "济南市市中区某某街道", "street")]


def test_renamed_places_go_on_under_their_name_of_today_and_merged_ones_stay() -> None:
    assert names("襄樊市") == ["襄阳市"]
    assert names("密云县") == ["北京市密云区"]
    assert names("莱芜市") == ["莱芜市"]
    (merged,) = (e for e in gazetteer().by_own["莱芜市"] if e.level == "city")
    assert (merged.last, merged.successor) == (2018, "370116")


def test_ancestors() -> None:
    (district,) = match_district("济南市市中区")
    assert ancestor(district, "city").name == "济南市"
    assert ancestor(district, "province").name == "山东省"
    assert ancestor(district, "nation").name == "全国"
    (beijing,) = match_district("海淀区")
    assert ancestor(beijing, "province").name == "北京市"
    assert ancestor(beijing, "city") == beijing
    assert ancestor(ancestor(district, "city"), "district").name == "济南市"


def test_declared_place_rules_over_the_text() -> None:
    place, clue = resolve("济宁市任城区委书记表示，将建设新园区。", district="枣庄市市中区")
    assert (place.code, clue.why) == ("370402", "declared")


def test_a_declared_short_name_is_settled_by_the_text_or_asked_back() -> None:
    assert resolve("枣庄市今年新建学校三所。", district="市中区")[0].name == "枣庄市市中区"
    with pytest.raises(Refused) as refused:
        resolve("今年新建学校三所。", district="市中区")
    assert refused.value.code == "ambiguous_place"
    assert "济南市市中区" in refused.value.detail


def test_an_unknown_declared_place_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        resolve("今年新建学校三所。", district="云雾市山南区")
    assert refused.value.code == "unknown_place"


def test_the_body_that_speaks_names_the_place() -> None:
    place, clue = resolve("临沂市兰山区委书记表示，今年新建学校三所。沂水县和蒙阴县代表参加。")
    assert place.name == "临沂市兰山区"
    assert clue.span is not None


def test_a_name_that_several_places_share_is_settled_by_the_cities_the_text_names() -> None:
    text = ("市中区委召开全会。市中区今年新建学校三所。", "枣庄经济技术学院落户。市中区乐山小区完成改造。")
    place, clue = resolve(*text)
    assert place.name == "枣庄市市中区"
    whole = "\n".join(text)
    assert clue.span is not None and whole[slice(*clue.span)] == "枣庄"


def test_a_shared_name_with_two_cities_or_none_is_asked_back() -> None:
    for second in ("枣庄产业园和内江产业园开工。", "产业园开工。"):
        with pytest.raises(Refused) as refused:
            resolve("市中区委召开全会。市中区今年新建学校三所。", second)
        assert refused.value.code == "ambiguous_place"


def test_a_name_in_passing_is_asked_back_with_what_it_may_mean() -> None:
    for text, code, named in (
        ("市中区今年将新建小学8所。", "ambiguous_place", 4),
        ("历下区今年将新建小学8所。", "unknown_place", 1),
    ):
        with pytest.raises(Refused) as refused:
            resolve(text)
        assert refused.value.code == code
        assert len(refused.value.detail.split(" / ")) == named


def test_a_citys_report_is_the_citys_though_it_names_its_districts() -> None:
    place, _ = resolve(
        "各位代表：现在向大会报告工作。",
        "全市生产总值增长7%。全市新增就业3万人。全市出口增长。",
        "郯城县、沂水县、蒙阴县和兰山区进展明显。",
    )
    assert place.name == "临沂市"


def test_the_nation_is_told_by_its_bodies() -> None:
    assert resolve("现在，我代表国务院，向大会报告政府工作。")[0].name == "全国"
    assert resolve("临沂市贯彻国务院部署，临沂市市长主持会议。")[0].name == "临沂市"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("江苏：制造业提速", "江苏省"),
        ("甘肃陇南：茶园增收", "陇南市"),
        ("吉林布局新赛道", "吉林省"),
        ("海南旅游升级", "海南省"),
    ],
)
def test_short_names_in_a_title(title: str, expected: str) -> None:
    assert resolve("当地今年新建产业园三个，带动就业。", title=title)[0].name == expected


def test_two_provinces_in_a_title_are_asked_back() -> None:
    with pytest.raises(Refused):
        resolve("两地今年新建产业园三个，带动就业。", title="贵州：茶园增收 江苏：工厂提速")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("创建全国双拥模范县、示范县。", []),
        ("融入南昌都市圈。", []),
        ("到范县调研，又去昌都市。", ["范县", "昌都市"]),
        ("中山西区街道", ["西区"]),
    ],
)
def test_a_name_across_two_words_is_none(text: str, names: list[str]) -> None:
    assert [name for _, _, name in names_in(text)] == names


@pytest.mark.parametrize("text", ["新区建设提速。", "老城区改造。", "大同市场繁荣。", "市区道路畅通。"])
def test_common_words_are_no_places(text: str) -> None:
    assert resolve_is_refused(text)


def resolve_is_refused(text: str) -> bool:
    try:
        resolve(text)
    except Refused as refused:
        return refused.code == "unknown_place"
    return False


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("按照市委“1+454”工作体系要求", "city"),
        ("对标全市‘1+474’工作体系", "city"),
        ("全市新增就业3万人", "city"),
        ("全省粮食增产", "province"),
        ("落实党中央“六稳”要求", "nation"),
        ("位居全市前列", None),
        ("全市第一", None),
        ("建设国家大学科技园", None),
        ("以“1+446”工作思路统领发展", None),
    ],
)
def test_level_cues(text: str, expected: str | None) -> None:
    assert level_cue(text) == expected


def test_level_cues_are_seen_from_the_documents_place() -> None:
    (county_city,) = match_district("仙桃市")
    (region,) = match_district("广西")
    (city,) = match_district("济南市")
    assert level_cue("全市新增就业3万人", county_city) == "district"
    assert level_cue("全区新增就业3万人", region) == "province"
    assert level_cue("全区新增就业3万人", city) is None


@given(st.text(alphabet="济南市中区海淀县临沂省全兰山", max_size=40))
def test_names_are_cut_from_the_text_in_order(text: str) -> None:
    last = 0
    for start, end, name in names_in(text):
        assert last <= start < end
        assert text[start:end] == name
        last = start


def test_the_table_is_whole_and_loads_fast() -> None:
    table = gazetteer()
    current = [e for e in table.entries if e.last is None]
    assert len({e.name for e in current}) == len(current)
    assert len({e.code for e in current}) == len(current)
    assert all(e.level == "nation" or table.by_code[e.parent] for e in table.entries)
    assert sum(e.level == "province" for e in current) == 34
    rows = (
        "code\tname\tshort\tlevel\tparent\tfrom\tto\tsuccessor\n"
        + "000000\t全国\t全国\tnation\t\t\t\t\n" * 7000
    )
    start = time.process_time()
    Gazetteer(rows)
    assert time.process_time() - start < 1.0
