"""Tables brought up and back with all that is in them; what would lose rows is refused."""

from __future__ import annotations

import io

import pytest
from sqlalchemy import inspect, text

from storage import migrations
from storage.connect import begin_writing
from storage.export import export_full
from storage.ledger import Ledger, open_ledger
from storage.models import Base
from storage.models.triggers import names, present
from storage.proofs import missing_index
from storage.queries import counts
from storage.queries.search import search_statements
from storage.runs import start_run
from storage.verify import verify
from storage.write import record


def test_head_is_the_newest_script() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_current_head() == migrations.HEAD
    assert {script.revision for script in scripts.walk_revisions()} == migrations.KNOWN


@pytest.mark.filterwarnings("ignore:.*expression-based index.*")
def test_migrations_make_what_the_models_say(database) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with open_ledger(database, create=True) as ledger, ledger.reading() as connection:
        # No model describes what stands beside the ledger: search index, sketches, what is remembered.
        beside = ("search_", "sketches", "remembered")
        ours = {"compare_type": True, "include_name": lambda name, *_: not (name or "").startswith(beside)}
        context = MigrationContext.configure(connection, opts=ours)
        assert compare_metadata(context, Base.metadata) == []
        assert missing_index(connection)[1] is None
        wanted = {name for table in Base.metadata.tables for name in names(table)}
        assert wanted <= present(connection)


def test_every_check_has_a_name(database) -> None:
    with open_ledger(database, create=True) as ledger, ledger.reading() as connection:
        found = inspect(connection)
        named = [c["name"] for table in found.get_table_names() for c in found.get_check_constraints(table)]
    assert len(named) >= 10
    assert all(name and name.startswith("ck_") for name in named)


def down(ledger, revision):
    with begin_writing(ledger.engine, rebuilding=True) as connection:
        migrations.downgrade(connection, revision)


def test_migrations_go_down_and_up_again(database) -> None:
    with open_ledger(database, mode="demo", create=True) as ledger:
        down(ledger, "base")
        with ledger.reading() as connection:
            assert set(inspect(connection).get_table_names()) == {"alembic_version"}
    with open_ledger(database, mode="real", create=True) as ledger, ledger.reading() as connection:
        assert ledger.mode == "real"
        assert len(present(connection)) == 2 * len(Base.metadata.tables)


def test_a_way_down_that_would_lose_rows_is_refused(database, world) -> None:
    with open_ledger(database, create=True) as ledger:
        fill(ledger, world, "p1")
        with pytest.raises(RuntimeError, match="would lose"):
            down(ledger, "base")
        assert counts(ledger).documents == 2
        with ledger.reading() as connection:
            assert len(present(connection)) == 2 * len(Base.metadata.tables)


def fill(ledger, world, *versions) -> None:
    for version in versions:
        run = start_run(ledger, kind="run", parser_version=version)
        told = [
            world.arrival(f"{year}.txt", world.text(f"道路 {year}"), year=str(year)) for year in (2018, 2019)
        ]
        record(ledger, run, [*told, world.arrival("c.txt", world.text("拒"))], world.derive)


def rows(ledger) -> str:
    stream = io.StringIO()
    export_full(ledger, stream)
    return stream.getvalue()


def test_rows_outlive_the_way_down_and_up_and_stay_protected(database, world) -> None:
    with open_ledger(database, create=True) as ledger:
        fill(ledger, world, "p1", "p2")
        before = rows(ledger)
        down(ledger, "0001")
    with open_ledger(database, create=True) as ledger:
        assert rows(ledger) == before
        assert counted(ledger), "a server that has not counted what an index is by reads the table instead"
        assert [check.wrong for check in verify(ledger) if check.wrong] == []
        assert len(search_statements(ledger, "道路").entries) == 2
        fill(ledger, world, "p3")
        assert [check.wrong for check in verify(ledger) if check.wrong] == []


def counted(ledger: Ledger) -> bool:
    """Whether PostgreSQL knows what the indexes of keys hold; SQLite counts nothing."""
    if ledger.dialect == "sqlite":
        return True
    indexes = (
        "SELECT DISTINCT tablename FROM pg_stats WHERE tablename IN ('ix_statements_key', 'ix_members_key')"
    )
    with ledger.reading() as connection:
        return len(connection.execute(text(indexes)).all()) == 2


def test_readings_that_stand_again_are_not_lost_on_the_way_down(database, world) -> None:
    with open_ledger(database, create=True) as ledger:
        fill(ledger, world, "p1", "p2", "p1")
        before = rows(ledger)
        with pytest.raises(RuntimeError, match="would lose"):
            down(ledger, "0001")
        assert rows(ledger) == before
