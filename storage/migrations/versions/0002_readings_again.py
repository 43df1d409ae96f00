"""A parser that is gone back to reads again: its readings may stand twice, the last one counts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.models.triggers import create, drop

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLE = "readings"
UNIQUE = "uq_readings_version_seq_parser_version_declared_sha256"
COLUMNS = ("version_seq", "parser_version", "declared_sha256")
CLAUSE = f"CONSTRAINT {UNIQUE} UNIQUE ({', '.join(COLUMNS)})"


def upgrade() -> None:
    """Let a reading stand again; what the constraint's index was used for gets one of its own."""
    _alter(without=True)
    op.create_index("ix_readings_version_seq", TABLE, ["version_seq"], unique=False)


def downgrade() -> None:
    """Forbid it again; refused where a reading stands twice."""
    names = ", ".join(COLUMNS)
    twice = f"SELECT 1 FROM {TABLE} GROUP BY {names} HAVING count(*) > 1 LIMIT 1"
    if op.get_bind().execute(sa.text(twice)).first():
        raise RuntimeError("going back before revision 0002 would lose readings that stand again: refused")
    op.drop_index("ix_readings_version_seq", table_name=TABLE)
    _alter(without=False)


def _alter(*, without: bool) -> None:
    if op.get_bind().dialect.name == "sqlite":
        _rebuild(without=without)
    elif without:
        op.drop_constraint(UNIQUE, TABLE, type_="unique")
    else:
        op.create_unique_constraint(UNIQUE, TABLE, list(COLUMNS))


def _rebuild(*, without: bool) -> None:
    """SQLite cannot alter constraints: the table is made anew from its own words, with all rows.

    Alembic's batch mode is not used for it, since it forgets CHECK constraints. Foreign keys must be off
    meanwhile (`storage.connect.begin_writing`), or dropping the old table would count as deleting its rows.
    """
    bind = op.get_bind()
    if bind.execute(sa.text("PRAGMA foreign_keys")).scalar():
        raise RuntimeError("tables are rebuilt with foreign keys off only")
    objects = "SELECT sql FROM sqlite_master WHERE tbl_name = :table AND type = :type AND sql IS NOT NULL"
    [made] = bind.execute(sa.text(objects), {"table": TABLE, "type": "table"}).scalars().all()
    indexes = bind.execute(sa.text(objects), {"table": TABLE, "type": "index"}).scalars().all()
    if without:
        altered = "".join(part.rstrip().removesuffix(",") for part in made.split(CLAUSE)[:1])
        altered += made.split(CLAUSE)[1]
    else:
        altered = made.rstrip().removesuffix(")").rstrip() + f", {CLAUSE})"
    head, _, body = altered.partition("(")
    assert TABLE in head
    for statement in drop("sqlite", TABLE):
        op.execute(statement)
    op.execute(f"CREATE TABLE {TABLE}_anew ({body}")
    op.execute(f"INSERT INTO {TABLE}_anew SELECT * FROM {TABLE}")
    op.execute(f"DROP TABLE {TABLE}")
    op.execute(f"ALTER TABLE {TABLE}_anew RENAME TO {TABLE}")
    for statement in (*indexes, *create("sqlite", TABLE)):
        op.execute(statement)
    if broken := bind.execute(sa.text("PRAGMA foreign_key_check")).first():
        raise RuntimeError(f"a row of {broken[0]} would refer to nothing: refused")
