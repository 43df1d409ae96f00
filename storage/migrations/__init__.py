"""Bring a ledger's tables to this version, or back. Alembic is imported only when there is work for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection

HEAD = "0014"
"""Newest revision; a test keeps it equal to what the scripts say, so that opening needs no Alembic."""

KNOWN = frozenset(f"{number:04}" for number in range(1, 15))
"""Every revision this version can read or upgrade."""


def _config(connection: Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    config.attributes["connection"] = connection
    return config


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Run the migrations up to `revision` in the caller's transaction."""
    from alembic import command

    command.upgrade(_config(connection), revision)


def downgrade(connection: Connection, revision: str) -> None:
    """Run the migrations down to `revision`; refused by the scripts where rows would be lost."""
    from alembic import command

    command.downgrade(_config(connection), revision)
