"""Due dates as a calendar that other programs read."""

from __future__ import annotations

from datetime import UTC, datetime

from audit.ical import calendar

NOW = datetime(2019, 11, 20, 8, tzinfo=UTC)


def row(title="滨河学校建成", quote="年内建成"):
    return {
        "due": "2019-12-31",
        "district": "云川市澄湖区",
        "edition": "2019",
        "commitment": {"id": "abc", "title": title},
        "evidence": [{"quote": quote}],
    }


def test_a_promise_is_an_all_day_event():
    lines = calendar([row()], NOW).split("\r\n")
    assert "DTSTART;VALUE=DATE:20191231" in lines
    assert "DTEND;VALUE=DATE:20200101" in lines
    assert "SUMMARY:云川市澄湖区 滨河学校建成" in lines


def test_marks_are_escaped_and_lines_folded_between_characters():
    text = calendar([row(quote="一所, 两所; 三所\n" + "很长的一句话" * 40)], NOW)
    assert "一所\\, 两所\\; 三所\\n" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "很长的一句话" * 40 in text.replace("\r\n ", "")


def test_an_empty_calendar_is_one():
    assert calendar([], NOW).endswith("END:VCALENDAR\r\n")
