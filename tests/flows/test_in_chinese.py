"""The command line speaks Chinese where the locale does: its help, and what is wrong with a line."""

from __future__ import annotations

import ast
import itertools
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.main import get_command

from flows.cli.app import app
from flows.cli.in_chinese import fault_in_chinese, help_texts, in_chinese
from tracking.words.sentences import sentence

ROOT = Path(__file__).resolve().parents[2]


def chinese(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "flows.cli.app", *words]
    env = {**os.environ, "DUIXIAN_LANG": "zh", "COLUMNS": "80"}
    return subprocess.run(command, capture_output=True, text=True, env=env, check=False)


def test_every_help_text_is_translated() -> None:
    texts = {text for _, _, text in help_texts(get_command(app))}
    assert len(texts) > 150
    left = [text for text in texts if in_chinese(text) == text]
    assert not left, f"add their paragraphs to tracking/words/locale/zh/LC_MESSAGES/duixian.po: {left}"


SAYING = {"Problem", "LedgerError", "BrokenInvariant", "NoTarget", "NothingToRead", "BadParameter", "say"}


def template(node: ast.expr) -> str | None:
    """A sentence of the code with {0}, {1} … where it names something; None where it is made elsewhere."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        numbers = itertools.count()
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else f"{{{next(numbers)}}}"
            for part in node.values
        )
    return None


def sentences() -> Iterator[tuple[str, str]]:
    """File and template of every sentence that tells what is wrong, or is said on the command line."""
    for room in ("flows", "storage", "audit"):
        for path in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Call) or not node.args:
                    continue
                called = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if called not in SAYING:
                    continue
                first = node.args[0]
                for one in (first.body, first.orelse) if isinstance(first, ast.IfExp) else (first,):
                    told = template(one)
                    # Two places side by side: the sentence itself is made elsewhere.
                    if told and "{0} {1}" not in told and re.search("[a-z]{3}", re.sub(r"\{\d\}", "", told)):
                        yield str(path.relative_to(ROOT)), told


def test_every_sentence_on_what_is_wrong_is_told_in_chinese_too() -> None:
    every = {told: path for path, told in sentences()}
    assert len(every) > 120
    left = {told: path for told, path in every.items() if sentence(told, "zh") == told}
    assert not left, f"add them (without the full stop) to tracking/words/locale/zh/…/duixian.po: {left}"


@pytest.mark.parametrize(
    ("told", "chinese"),
    [
        (
            "no place of this ledger is called 甲区: it has 乙区、丙区.",
            "此账本中没有名为 甲区 的地方：有 乙区、丙区。",
        ),
        (
            "the ledger a.db is append-only: its rows are never changed or deleted",
            "账本 a.db 只增不改：行从不修改或删除",
        ),
        ("甲.txt: 乙", "甲.txt: 乙"),
        ("something that nobody foresaw", "something that nobody foresaw"),
    ],
)
def test_a_sentence_keeps_what_it_names(told: str, chinese: str) -> None:
    assert sentence(told, "zh") == chinese
    assert sentence(told, "en") == told


def test_a_problem_is_told_in_chinese_on_the_command_line(tmp_path: Path) -> None:
    done = chinese("changes", "--db", str(tmp_path / "no.db"))
    assert done.returncode == 2 and "处没有账本：运行 `duixian run` 建一个" in done.stderr
    done = chinese("due", "--within", "soon")
    assert done.returncode == 2 and "请写天、周或月" in done.stderr


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
