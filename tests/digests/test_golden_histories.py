"""Histories that people know: the mails say what a reader would."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from digests.links import Links
from flows.mailing.making import put_in_outbox
from parsers.reading import Declared
from storage.mails.delivery import mails
from storage.mails.outbox import Content, contents


@pytest.fixture
def told(desk) -> Callable[..., dict[tuple[str, str], Content]]:
    """Reads texts on a day and makes the mails: contents by subscriber and kind."""
    seen: set[int] = set()

    def make(day, paths, subscriptions, declared=None) -> dict[tuple[str, str], Content]:
        if not seen:
            put_in_outbox(desk.ledger, subscriptions, desk.clock(), Links(), "x.example")
            seen.add(0)
        desk.clock.set(*day)
        desk.read(paths, declared=declared)
        put_in_outbox(desk.ledger, subscriptions, desk.clock(), Links(), "x.example")
        with desk.ledger.reading() as connection:
            fresh = [mail for mail in mails(connection) if mail.seq not in seen]
            seen.update(mail.seq for mail in fresh)
            held = contents(connection, [mail.content_sha256 for mail in fresh])
        found = {(mail.subscriber, mail.kind): held[mail.content_sha256] for mail in fresh}
        assert all(content is not None for content in found.values())
        return found  # type: ignore[return-value]

    return make


def item(content: Content, title: str) -> str:
    """An item of a mail as text, by its title's words."""
    return next(part for part in content.text.split("\n\n") if part.startswith("[") and title in part)


def test_three_years_of_the_example_district(told, subscribe, examples) -> None:
    readers = [subscribe("li"), subscribe("en", lang="en")]
    first = told((2018, 1, 20), [examples / "2018-01-interview.txt"], readers)
    assert "1234 → 1+446" in first["li", "digest"].subject
    halfway = told((2018, 7, 20), [examples / "zz-archive-2018-07-midyear.txt"], readers)
    assert "提出 18个，回报 11个" in item(halfway["li", "digest"], "启动旧村改造")
    plenum = told((2019, 1, 20), [examples / "2019-01-plenum.txt"], readers)
    assert "启动旧村改造 18个 → 12个（降低）" in plenum["li", "digest"].subject
    assert "启动旧村改造 18 → 12 (lowered)" in plenum["en", "digest"].subject
    reprint = told((2019, 2, 20), [examples / "2019-02-reprint.txt"], readers)
    assert reprint == {}  # the same words at another address are no news
    report = told((2020, 1, 20), [examples / "2020-01-report.md"], readers)
    special = report["li", "special"]
    assert (
        special.subject == "兑现｜专刊：2020年澄湖区政府工作报告 · 新开工建设学校和幼儿园 15所 → 8所（降低）"
    )
    schools = item(special, "新开工建设学校和幼儿园")
    assert "> 新开工建设学校和幼儿园15所" in schools and "> 新开工建设学校和幼儿园8所" in schools
    assert "2020-01-09" in schools
    softer = item(special, "规模以上工业增加值增速")
    assert "至少 → 左右（措辞变软）" in softer
    assert softer.index("措辞变软") < special.text.index("已达到")  # what became less before what was met


@pytest.mark.shared
def test_the_national_reports_of_2019_to_2021(told, subscribe, shared) -> None:
    both = [
        subscribe("reader"),
        subscribe("editor", role="editor", indicators=["生产总值增速", "失业率", "赤字率"]),
    ]
    nation = Declared(district="全国", level="nation", type="report")
    folder = shared / "corpus" / "reports" / "nation" / "全国"
    found = {year: told((year, 3, 8), [folder / f"{year}.md"], both, nation) for year in (2019, 2020, 2021)}
    hard_year = found[2020]["editor", "special"]
    growth = item(hard_year, "地区生产总值增速")
    assert growth.startswith("[明确取消]") and "[待核]" in growth
    assert "明确取消" not in found[2020]["reader", "special"].text  # nobody has reviewed it
    assert "城镇登记失业率 不超过4.5% → 5.5%左右" in found[2020]["reader", "special"].subject
    after = found[2021]["editor", "special"]
    assert "后续未再列入 [待核]：城镇登记失业率" in after.subject  # the report names the surveyed rate only
    assert "数额：3.6% → 3.2%左右（降低）" in item(after, "赤字率")
    assert "[后续未再列入]" not in found[2021]["reader", "special"].text
    for mails_of_year in found.values():
        assert all(
            word not in mail.text for mail in mails_of_year.values() for word in ("放弃", "失信", "已核实")
        )


@pytest.mark.shared
def test_the_seed_articles(told, subscribe, shared) -> None:
    reader = [subscribe("reader")]
    by_name = {path.name[:3]: path for path in (shared / "seeds").glob("*.txt")}
    years = [
        told((year, 2, 20), [by_name[name]], reader)["reader", "digest"]
        for year, name in ((2018, "003"), (2019, "004"), (2020, "001"))
    ]
    assert "1234 → 1+446" in years[0].subject
    assert "1+446 → 1+456" in years[1].subject
    assert all("济南市市中区" in mail.text for mail in years)
    assert all(len(mail.text.encode()) + len((mail.html or "").encode()) < 72_000 for mail in years)
