"""A ledger of the example texts on each database, the site over it, and the site served to a browser."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from audit.site.options import Options
from flows.serving import application
from storage.ledger import Ledger, open_ledger

LOCAL = "http://localhost"


def read_examples(url: str, folder: Path) -> None:
    """Read the example texts into a new ledger, as `duixian run --direct` does."""
    from flows.core import work
    from flows.jobs import job_for
    from flows.version import parser_version
    from parsers.reading import Declared

    work(job_for([folder], Declared(), url), version=parser_version())


@pytest.fixture(scope="session")
def example_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite ledger of the examples, to be read or copied."""
    path = tmp_path_factory.mktemp("site") / "examples.sqlite"
    read_examples(str(path), Path(__file__).resolve().parents[3] / "examples")
    return path


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def examples_ledger(request: pytest.FixtureRequest) -> Iterator[Ledger]:
    """The ledger of the examples on each database."""
    if request.param == "sqlite":
        url = str(request.getfixturevalue("example_file"))
    else:
        make: Callable[[], str] = request.getfixturevalue("postgres")
        url = make()
        read_examples(url, Path(__file__).resolve().parents[3] / "examples")
    with open_ledger(url) as ledger:
        yield ledger


@pytest.fixture(scope="session")
def client(examples_ledger: Ledger) -> Iterator[TestClient]:
    """The site of an operator, asked in this process."""
    app = application(examples_ledger, Options(language="en", requests_a_minute=1_000_000))
    with TestClient(app, base_url=LOCAL, headers={"accept-language": "en"}) as made:
        yield made


@pytest.fixture
def own_ledger(example_file: Path, tmp_path: Path) -> Iterator[Ledger]:
    """A copy of the example ledger that a test may write to."""
    path = tmp_path / "own.sqlite"
    shutil.copy(example_file, path)
    with open_ledger(path) as ledger:
        yield ledger


@pytest.fixture(scope="session")
def address(example_file: Path) -> Iterator[str]:
    """The site of the SQLite ledger, served on a port of this machine."""
    with open_ledger(example_file) as ledger, serving(application(ledger)) as url:
        yield url


class serving:  # noqa: N801 - used as a `with`
    """An application behind a real server, on a free port."""

    def __init__(self, app: Any) -> None:
        import uvicorn

        self._socket = socket.create_server(("127.0.0.1", 0))
        self._server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self._socket]}, daemon=True
        )

    def __enter__(self) -> str:
        self._thread.start()
        deadline = time.monotonic() + 30
        while not self._server.started and time.monotonic() < deadline:
            time.sleep(0.02)
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(20)
        self._socket.close()


DOUBTFUL = {
    2018: ("2018年，城镇新增就业8000人。", "2018年，新建中小学幼儿园校舍安全监测系统。"),
    2019: (
        "一、2018年工作回顾",
        "过去一年，累计实现城镇新增就业5000人。居民谭晓明说，日子越过越好。",
        "二、2019年工作安排",
        "2019年，全区将新建幼儿园校舍监测中心。",
    ),
}
"""A district that reported less than it promised, and one thing under two names."""


@pytest.fixture(scope="session")
def doubtful_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with an accusation and an unsure link; its texts are press texts."""
    from flows.core import work
    from flows.jobs import job_for
    from flows.version import parser_version
    from parsers.reading import Declared

    folder = tmp_path_factory.mktemp("doubtful")
    for year, lines in DOUBTFUL.items():
        file = folder / f"{year}.txt"
        file.write_text(f"云泽区{year}年工作安排\n\n" + "\n\n".join(lines) + "\n", encoding="utf-8")
        told = Declared(
            district="示例省云州市云泽区", level="district", published=str(year), type="plan", rights="press"
        )
        work(job_for([file], told, str(folder / "ledger.sqlite")), version=parser_version())
    return folder / "ledger.sqlite"


@pytest.fixture
def doubtful(doubtful_file: Path, tmp_path: Path) -> Iterator[Ledger]:
    """A copy of it that a test may write to."""
    path = tmp_path / "doubtful.sqlite"
    shutil.copy(doubtful_file, path)
    with open_ledger(path) as ledger:
        yield ledger
