"""Coverage-guided fuzzing of the reader, as a process of its own: atheris ends it when it is done.

python tests/soak/coverage_guided.py FOLDER -runs=1000 -seed=1 (options of libFuzzer; FOLDER keeps the
corpus). Any fault ends it with a status that is not 0, prints what was wrong and leaves the input behind.
"""

from __future__ import annotations

import runpy
import sys
import time
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["parsers"]):
    from parsers.read import read
    from parsers.refusal import REASONS, Refused

RULES = runpy.run_path(str(Path(__file__).with_name("test_fuzz_reading.py")))
NAMES = ("a.txt", "a.md", "a.html", "a", "a.docx", "a.pdf", "a.xlsx")
WORDS = """
今年 去年 力争 到2025年 增长 新建 亿元 万人 以上 左右 至少 分别 和 、
等 总投资 责任单位： 的 一是 “十四五” 全市 附件 百分之
"""
"""What libFuzzer may put in whole: bytes of Chinese are hard to come by one at a time."""
TIMES = 20
"""Instrumented code is slower than what people run, and a fuzzing machine is busy."""


class Fault(Exception):  # noqa: N818 - what fuzzing calls it
    """The reader did what it must never do."""


def one_input(data: bytes) -> None:
    """The first byte chooses the name, the rest is the document."""
    if not data:
        return
    name, content = NAMES[data[0] % len(NAMES)], data[1:]
    begins = time.thread_time()
    try:
        reading = read(content, name, placed=False)
    except Refused as refusal:
        if refusal.code not in REASONS:
            raise Fault(f"unknown refusal {refusal.code}") from refusal
    else:
        wrong = RULES["wrong"](reading)
        if wrong:
            raise Fault(wrong)
    taken = time.thread_time() - begins
    if taken > TIMES * (RULES["SECONDS"] + len(content) / 100_000):
        raise Fault(f"{taken:.2f} s for {len(content)} bytes")


def plant(folder: Path) -> None:
    """The seeds of the mutation fuzzing, each under the name that it is read by."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, (name, data) in enumerate(RULES["seeds"]()):
        kind = next((at for at, known in enumerate(NAMES) if known[1:] == Path(name).suffix), 3)
        (folder / f"seed-{number:03}").write_bytes(bytes([kind]) + data[: RULES["LONGEST"]])
    words = dict.fromkeys((*RULES["ODD"], *WORDS.split()))
    told = ["".join(f"\\x{byte:02x}" for byte in w.encode("utf-8", "surrogatepass")) for w in words if w]
    folder.with_suffix(".dict").write_text("".join(f'"{word}"\n' for word in told), encoding="ascii")


if __name__ == "__main__":
    corpus = Path(sys.argv[1])
    plant(corpus)
    atheris.Setup([*sys.argv, f"-dict={corpus.with_suffix('.dict')}"], one_input)
    atheris.Fuzz()
