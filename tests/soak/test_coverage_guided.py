"""Coverage-guided fuzzing of the reader: inputs that reach new code are kept and changed further.

Some hundred in CI with a fixed seed, 20,000 in `make soak` (DUIXIAN_SOAK=1). DUIXIAN_SEED repeats a run.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

RUNS = 20_000 if os.environ.get("DUIXIAN_SOAK") == "1" else 400
HARNESS = Path(__file__).with_name("coverage_guided.py")


@pytest.mark.soak
def test_no_input_that_reaches_new_code_breaks_the_reader(
    tmp_path: Path, tell: Callable[[str], None], seed: int
) -> None:
    pytest.importorskip("atheris", reason="atheris has no wheel for this system")
    corpus = tmp_path / "corpus"
    limits = ["-max_len=3100", "-timeout=120", "-rss_limit_mb=0", f"-artifact_prefix={tmp_path}/"]
    command = [sys.executable, str(HARNESS), str(corpus), f"-runs={RUNS}", f"-seed={seed}", *limits]
    root = str(HARNESS.parent.parent.parent)
    environment = os.environ | {
        "PYTHONPATH": root,
        "DUIXIAN_SHARED": "/nonexistent",
    }  # our own seeds: the same anywhere
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, errors="replace", check=False
    )
    told = done.stderr + done.stdout
    assert done.returncode == 0, told[-3000:]
    last = re.findall(r"#(\d+)\s+(?:DONE|NEW|REDUCE|pulse).*?cov: (\d+)", told)[-1]
    tell(f"{last[0]} coverage-guided inputs: {last[1]} places in the code reached")
    assert int(last[1]) > 2000  # an uninstrumented reader would reach none
