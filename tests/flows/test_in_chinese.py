"""The command line speaks Chinese where the locale does: its help, and what is wrong with a line."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from typer.main import get_command

from flows.cli.app import app
from flows.cli.in_chinese import fault_in_chinese, help_texts, in_chinese


def chinese(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "flows.cli.app", *words]
    env = {**os.environ, "DUIXIAN_LANG": "zh", "COLUMNS": "80"}
    return subprocess.run(command, capture_output=True, text=True, env=env, check=False)


def test_every_help_text_is_translated() -> None:
    texts = {text for _, _, text in help_texts(get_command(app))}
    assert len(texts) > 150
    left = [text for text in texts if in_chinese(text) == text]
    assert not left, f"add their paragraphs to tracking/words/locale/zh/LC_MESSAGES/duixian.po: {left}"


def test_help_is_in_chinese_and_nothing_is_cut_off() -> None:
    done = chinese("changes", "--help")
    assert done.returncode == 0 and "显示变化" in done.stdout and "选项" in done.stdout
    cells = done.stdout.replace("sqlite:///…", "").replace("postgresql://…", "").replace("government……", "")
    assert "…" not in cells
    assert max(map(len, done.stdout.splitlines())) <= 80


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("No such option: --nope (Possible options: --type)", "没有选项 --nope；是不是 --type"),
        ("No such option: --nope", "没有选项 --nope"),
        ("No such command 'shw'. Did you mean 'show'?", "没有命令 shw；是不是 'show'"),
        ("Missing argument 'ID'.", "缺少参数 ID"),
        ("Missing option '--reason'.", "缺少选项 --reason"),
        ("Option '--on' requires an argument.", "选项 --on 后面要写值"),
        ("Got unexpected extra argument(s) (a b)", "多余的内容：a b"),
        ("Invalid value for '--kind': foo is none of new, changed", "'--kind' 不能是 foo；应为 new, changed"),
        (
            "Invalid value for '--n': Input should be a valid integer, unable to parse string as an integer",
            "'--n' 应为数字",
        ),
        ("something else", "something else"),
    ],
)
def test_what_is_wrong_with_a_line_is_told_in_chinese(sentence: str, told: str) -> None:
    assert fault_in_chinese(sentence) == told


def test_a_wrong_line_ends_with_two_and_names_the_help() -> None:
    done = chinese("show")
    assert done.returncode == 2 and done.stdout == ""
    assert "缺少参数 ID" in done.stderr and "show --help" in done.stderr
