"""What runs when: read from deployments/prefect.yaml, and installed on a Prefect server with all it needs.

Nothing here imports Prefect before it has to, so that the list is quick to show.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from flows.home import clone
from flows.settings import settings

POOL = "duixian"
"""The work pool that workers take runs from: `prefect worker start --pool duixian`."""


class NoSchedules(Exception):  # noqa: N818 - a wish that cannot be met, told to a person
    """There is no file of schedules, or Prefect would not take it; the sentence says what to do."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One entry of the file. crons: cron expressions, empty for what only people start. entrypoint: module
    and flow, as `flows.deployed.ingest.ingest`."""

    name: str
    entrypoint: str
    description: str
    crons: tuple[str, ...]
    time_zone: str

    @property
    def full_name(self) -> str:
        """Flow and deployment, as Prefect names it."""
        return f"{self.entrypoint.rsplit('.', 1)[-1].replace('_', '-')}/{self.name}"


def file_of_schedules() -> Path:
    """The file: DUIXIAN_SCHEDULES, else that of the clone. Raises NoSchedules."""
    root = clone()
    path = settings().schedules or (root / "deployments" / "prefect.yaml" if root else None)
    if path is None or not path.is_file():
        raise NoSchedules(
            f"there is no file of schedules{f' at {path}' if path else ''}: "
            "set DUIXIAN_SCHEDULES to a copy of deployments/prefect.yaml"
        )
    return path


def planned(path: Path) -> list[Planned]:
    """The entries of the file, in its order. Raises NoSchedules where it cannot be read."""
    try:
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
        return list(_entries(told))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise NoSchedules(
            f"{path} is no file of schedules ({type(error).__name__}: {error}): "
            "compare it with deployments/prefect.yaml of the project"
        ) from error


def _entries(told: dict[str, Any]) -> Iterator[Planned]:
    for entry in told["deployments"]:
        times = entry.get("schedules") or []
        yield Planned(
            entry["name"],
            entry["entrypoint"],
            entry.get("description", ""),
            tuple(time["cron"] for time in times),
            times[0]["timezone"] if times else "",
        )


def install(path: Path) -> None:
    """Make the work pool and every deployment of the file on the configured server; again changes nothing.

    Raises NoSchedules with Prefect's own last words.
    """
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.actions import WorkPoolCreate
    from prefect.exceptions import ObjectAlreadyExists

    planned(path)  # a broken file is told in our words, before anything is made
    with get_client(sync_client=True) as client, suppress(ObjectAlreadyExists):
        client.create_work_pool(WorkPoolCreate(name=POOL, type="process"))
    command = [sys.executable, "-m", "prefect", "--no-prompt", "deploy", "--prefect-file", str(path), "--all"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        last = " ".join((done.stderr or done.stdout).split())[-300:]
        raise NoSchedules(f"Prefect did not take {path.name}: {last}")
