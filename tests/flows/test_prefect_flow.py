"""The Prefect flow does what the core does."""

from __future__ import annotations

import os
from io import StringIO

import pytest
from sqlalchemy import select

from flows import prefect_env
from flows.settings import settings
from storage.export import export_current
from storage.ledger import open_ledger
from storage.models import RunRow


@pytest.fixture(scope="module")
def prefect_server(prefect):
    """Flows of this process run on that server, quiet, without heartbeats (each costs a second)."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in prefect.items():
            patch.setenv(name, value)
        prefect_env.prepare()
        from prefect.events.worker import EventsWorker
        from prefect.settings import PREFECT_API_URL, PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

        with temporary_settings(
            {PREFECT_API_URL: prefect["PREFECT_API_URL"], PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}
        ):
            yield
            EventsWorker.drain_all(timeout=10)  # else they are sent anew and anew to a server that has gone


@pytest.mark.prefect
def test_the_flow_gives_the_same_log_as_the_core(prefect_server, duixian, examples, tmp_path):
    by_flow, direct = tmp_path / "flow.sqlite", tmp_path / "direct.sqlite"
    done = duixian("run", "--db", by_flow, "--json", examples)
    assert done.status == 0, done.err
    assert duixian("run", "--direct", "--db", direct, examples).status == 0
    logs = [
        [
            {key: value for key, value in entry.items() if key not in ("recorded_at", "run", "entry_hash")}
            for entry in duixian("changes", "--db", ledger, "--json").records
        ]
        for ledger in (by_flow, direct)
    ]
    assert logs[0] == logs[1]


@pytest.mark.prefect
def test_a_broken_text_is_held_and_the_flow_goes_on(prefect_server, duixian, examples, tmp_path):
    broken = tmp_path / "broken.txt"
    broken.write_bytes(bytes(range(256)) * 10)
    done = duixian(
        "run", "--db", tmp_path / "l.sqlite", "--json", broken, *sorted(examples.glob("2019*.txt"))
    )
    assert done.status == 1
    assert done.records[0]["documents"] == 2
    assert done.records[0]["quarantined"] == 1


def test_prefect_sends_nothing_home_and_keeps_its_files_with_ours(monkeypatch, tmp_path):
    for name in (*prefect_env.DEFAULTS, *prefect_env.QUIET, "PREFECT_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DUIXIAN_VAR", str(tmp_path / "deep" / "var"))
    prefect_env.prepare()
    assert os.environ["DO_NOT_TRACK"] == "1"
    assert os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    assert (tmp_path / "deep" / "var" / "prefect").is_dir()


@pytest.mark.prefect
@pytest.mark.parametrize("dask", [None, "local"])
def test_a_backfill_by_other_processes_gives_the_same_log(
    prefect_server, duixian, examples, tmp_path, monkeypatch, dask
):
    if dask:
        pytest.importorskip("prefect_dask", reason="the extra dask is not installed")
        monkeypatch.setenv("DUIXIAN_DASK", dask)
    ledger = tmp_path / "backfill.sqlite"
    assert duixian("run", "--direct", "--db", tmp_path / "direct.sqlite", examples).status == 0
    monkeypatch.setenv("DUIXIAN_DB", str(ledger))
    settings.cache_clear()
    from flows.deployed.backfill import backfill
    from flows.deployed.runners import runner

    backfill.with_options(task_runner=runner())([str(examples)], since=2000)
    settings.cache_clear()
    exports: list[str] = []
    kinds: list[list[str]] = []
    for path in (ledger, tmp_path / "direct.sqlite"):
        with open_ledger(path) as held, held.reading() as connection, StringIO() as stream:
            kinds.append(connection.execute(select(RunRow.kind)).scalars().all())
            assert export_current(held, stream)
            exports.append(stream.getvalue())
    assert exports[0] == exports[1]
    assert kinds == [["backfill"], ["run"]]  # digests tell no news of the one


@pytest.mark.prefect
def test_the_password_of_the_mail_server_may_stand_in_a_prefect_block(prefect_server, monkeypatch):
    from prefect.blocks.system import Secret

    from flows.mailing.setup import NotSetUp, post

    Secret(value="right horse").save("mail-password", _sync=True)  # type: ignore[arg-type]
    for name, value in {
        "MAIL_SERVER": "smtp.example.org",
        "MAIL_FROM": "digest@example.org",
        "MAIL_LOGIN": "digest",
        "MAIL_SECRET": "s" * 32,
        "MAIL_PASSWORD_BLOCK": "mail-password",
    }.items():
        monkeypatch.setenv(f"DUIXIAN_{name}", value)
    settings.cache_clear()
    assert post().server.password == "right horse"
    assert "right horse" not in repr(post())
    monkeypatch.setenv("DUIXIAN_MAIL_PASSWORD_BLOCK", "mail-word")
    settings.cache_clear()
    with pytest.raises(NotSetUp, match="no Prefect block mail-word of type Secret"):
        post()
    settings.cache_clear()
