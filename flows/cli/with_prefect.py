"""A command whose work is a Prefect flow in this process."""

from __future__ import annotations

import os

from flows.cli.out import say


def with_prefect(url: str) -> None:
    """Make ready for flows on the ledger at `url`; call it before anything imports prefect."""
    from flows import prefect_env
    from flows.settings import settings

    if prefect_env.prepare():
        say("starting Prefect's own server, which takes some seconds (--direct does without) ...")
    # Not as a parameter: Prefect stores parameters, and an address may hold a password.
    os.environ["DUIXIAN_DB"] = url
    settings.cache_clear()
