"""The review queue: what may do harm first, and everything that deciding needs."""

from __future__ import annotations

import pytest

PLACE = ("--district", "示例省云州市云泽区", "--level", "district")


@pytest.fixture
def doubtful(duixian, tmp_path):
    """A district that reported less than it promised, and one thing under two names."""
    ledger = tmp_path / "review.sqlite"
    for year, lines in (
        (2018, ("2018年，城镇新增就业8000人。", "2018年，新建中小学幼儿园校舍安全监测系统。")),
        (
            2019,
            (
                "一、2018年工作回顾",
                "过去一年，累计实现城镇新增就业5000人。",
                "二、2019年工作安排",
                "2019年，全区将新建幼儿园校舍监测中心。",
            ),
        ),
    ):
        file = tmp_path / f"{year}.txt"
        file.write_text(f"云泽区{year}年工作安排\n\n" + "\n\n".join(lines) + "\n", encoding="utf-8")
        told = (*PLACE, "--published", str(year), "--type", "plan")
        done = duixian("run", "--direct", "--db", ledger, *told, file)
        assert done.status == 0, done.err
    return ledger


def queue(duixian, ledger):
    return duixian("review", "--json", "--db", ledger).records


def run(duixian, ledger, command, *more):
    words = command.split()
    assert words[0] == "duixian"
    done = duixian(
        *words[1 : words.index("--reason")], "--reason", "因为", "--by", "乙", *more, "--db", ledger
    )
    assert done.status == 0, done.err
    return done


def test_accusations_come_first_with_their_words_and_the_commands_that_settle_them(duixian, doubtful):
    items = queue(duixian, doubtful)
    assert [item["harm"] for item in items] == sorted((i["harm"] for i in items), reverse=True)
    first = items[0]
    assert (first["kind"], first["entry"]["change"]) == ("accusation", "missed")
    assert {piece["side"] for piece in first["evidence"]} == {"old", "new"}
    assert all(piece["quote"] for piece in first["evidence"])
    shown = duixian("review", "--db", doubtful)
    assert first["decide"][0] in shown.out and "8000" in shown.out


def test_accusations_are_told_before_links_are_looked_for(duixian, tmp_path):
    """Of two that wait one is shown, and what comes after them is said."""
    ledger = tmp_path / "two.sqlite"
    for year, lines in (
        (2018, ("2018年，城镇新增就业8000人。", "2018年，新建停车泊位300个。")),
        (2019, ("一、2018年工作回顾", "2018年，新建停车泊位250个。", "2018年，城镇新增就业5000人。")),
    ):
        file = tmp_path / f"{year}.txt"
        file.write_text(f"云泽区{year}年工作安排\n\n" + "\n\n".join(lines) + "\n", encoding="utf-8")
        told = (*PLACE, "--published", str(year), "--type", "plan")
        assert duixian("run", "--direct", "--db", ledger, *told, file).status == 0
    first, second = queue(duixian, ledger)
    assert {first["kind"], second["kind"]} == {"accusation"}
    shown = duixian("review", "--limit", "1", "--db", ledger).out
    assert "1 more accusations" in shown.replace("\n", " ")
    assert first["id"] in shown and second["id"] not in shown
    headline = f"not met · {first['entry']['grade']}  {first['title']}"
    assert headline in shown, "whoever decides sees how strong the evidence is"


@pytest.mark.parametrize(("command", "left"), [(0, 1), (1, 0)])
def test_a_reviewed_accusation_leaves_the_queue(duixian, doubtful, command, left):
    [item] = [i for i in queue(duixian, doubtful) if i["kind"] == "accusation"]
    run(duixian, doubtful, item["decide"][command])
    assert not [i for i in queue(duixian, doubtful) if i["kind"] == "accusation"]
    found = duixian("changes", "--kind", "missed", "--json", "--db", doubtful).records
    assert [e["reviewed"]["by"] for e in found] == ["乙"] * left


@pytest.mark.parametrize("command", [0, 1, 2])
def test_an_unsure_link_is_settled_either_way_or_by_an_alias(duixian, doubtful, command):
    before = len(duixian("commitments", "--json", "--db", doubtful).records)
    [item] = [i for i in queue(duixian, doubtful) if i["kind"] == "unsure_link"]
    assert 0.5 <= item["harm"] < 1 and len(item["evidence"]) == 2
    run(duixian, doubtful, item["decide"][command])
    assert not [i for i in queue(duixian, doubtful) if i["kind"] == "unsure_link"]
    after = len(duixian("commitments", "--json", "--db", doubtful).records)
    assert before - after == (0 if command == 1 else 1)
    entries = duixian("changes", "--json", "--all", "--db", doubtful).records
    [first] = [e for e in entries if e["change"] == "new" and "安全监测系统" in e["evidence"][0]["quote"]]
    if command == 1:
        assert "安全监测系统" in first["commitment"]["title"] and "called" not in first
    else:  # the thread has its newest name beside the older year, which is shown with the name it had
        assert "监测中心" in first["commitment"]["title"] and "安全监测系统" in first["called"]


@pytest.mark.parametrize("command", [0, 1])
def test_a_part_under_another_name_is_asked_about_and_settled(duixian, doubtful, tmp_path, command):
    for year, part in ((2018, "招商引资"), (2019, "双招双引")):
        file = tmp_path / f"system{year}.txt"
        file.write_text(
            f"云泽区{year}年工作思路\n\n{year}年，全区坚持“三件大事”工作体系，即{part}、城市更新、乡村治理。\n",
            encoding="utf-8",
        )
        told = (*PLACE, "--published", str(year), "--type", "plan")
        assert duixian("run", "--direct", "--db", doubtful, *told, file).status == 0
    [item] = [i for i in queue(duixian, doubtful) if i["kind"] == "rename"]
    assert item["title"] == "招商引资 → 双招双引" and {e["side"] for e in item["evidence"]} == {"old", "new"}

    def parts():
        entries = duixian("changes", "--kind", "changed", "--json", "--db", doubtful).records
        return [e["fields"]["components"] for e in entries if "components" in e["fields"]]

    assert [p["renamed"] for p in parts()] == [[["招商引资", "双招双引"]]]
    run(duixian, doubtful, item["decide"][command])
    assert not [i for i in queue(duixian, doubtful) if i["kind"] == "rename"]
    assert len(parts()) == (0 if command == 0 else 1)
    [ruling] = duixian("rulings", "list", "--json", "--db", doubtful).records
    assert (ruling["kind"], ruling["body"].get("holds", True)) == ("alias", command == 0)
    assert ("=" if command == 0 else "≠") in duixian("rulings", "list", "--db", doubtful).out


def test_a_ruling_that_lost_its_words_is_in_the_queue(duixian, doubtful, monkeypatch):
    from dataclasses import replace

    from flows import rereading, version

    piece = queue(duixian, doubtful)[0]["evidence"][0]
    words = f"{piece['sha256']}:{piece['start']}-{piece['end']}"
    run(duixian, doubtful, f"duixian rulings add wrong_statement {words} --reason …")
    read = rereading.read

    def forgets(content, name, declared):
        reading = read(content, name, declared)
        kept = tuple(s for s in reading.statements if "就业" not in s.text)
        return replace(reading, statements=kept)

    monkeypatch.setattr(rereading, "read", forgets)
    monkeypatch.setattr(version, "parser_version", lambda: "newer")
    assert duixian("reparse", "--direct", "--db", doubtful).status == 0
    [item] = [i for i in queue(duixian, doubtful) if i["kind"] == "lost_ruling"]
    assert "因为" in item["why"] and item["evidence"][0]["sha256"] == piece["sha256"]


def test_only_what_can_be_a_name_is_proposed_as_an_alias(duixian, tmp_path):
    """One side lists several things: the two may be one promise, but its words are nobody's name."""
    ledger = tmp_path / "listed.sqlite"
    for year, line in (
        (2018, "2018年，将加快澄湖数字经济产业园建设。"),
        (2019, "2019年，云桥软件总部、澄湖区块链产业发展研究院、数字经济创新中心等一批好项目相继签约落户。"),
    ):
        file = tmp_path / f"{year}.txt"
        file.write_text(f"云泽区{year}年工作安排\n\n{line}\n", encoding="utf-8")
        assert duixian("run", "--direct", "--db", ledger, *PLACE, "--published", str(year), file).status == 0
    asked = [
        i for i in duixian("review", "--all", "--json", "--db", ledger).records if i["kind"] == "unsure_link"
    ]
    assert asked and not any(item["alias"] for item in asked)


def test_an_empty_queue_says_so(duixian, examples, tmp_path):
    ledger = tmp_path / "e.sqlite"
    duixian(
        "run", "--direct", "--db", ledger, *PLACE, "--published", "2018", examples / "2018-01-interview.txt"
    )
    for item in queue(duixian, ledger):
        run(duixian, ledger, item["decide"][-1])
    assert "Nothing waits" in duixian("review", "--db", ledger).out
