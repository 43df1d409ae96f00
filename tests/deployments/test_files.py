"""The files for servers say what the program understands; no container engine is needed to know that."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from flows.settings import Settings

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "deployments"
COMPOSE: dict[str, Any] = yaml.safe_load((FOLDER / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]


def _said(path: str) -> str:
    return (FOLDER / path).read_text(encoding="utf-8")


def test_every_setting_named_is_one() -> None:
    text = _said("compose.yaml") + _said("settings.env.example") + _said("Dockerfile")
    named = {name.lower() for name in re.findall(r"DUIXIAN_([A-Z_]+)(?=[:=])", text)}
    assert named - {"var"} <= set(Settings.model_fields)


def test_every_variable_that_compose_asks_for_is_in_the_example() -> None:
    asked = set(re.findall(r"\$\{(\w+)", _said("compose.yaml")))
    told = set(re.findall(r"^#?(\w+)=", _said("settings.env.example"), re.MULTILINE))
    assert asked and asked <= told


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_services_wait_only_for_services_and_nothing_listens_to_the_world(name: str) -> None:
    service = SERVICES[name]
    assert set(service.get("depends_on", {})) <= set(SERVICES)
    assert all(port.startswith("127.0.0.1:") for port in service.get("ports", ()))
    for volume in service.get("volumes", ()):
        source = volume.split(":")[0]
        assert (FOLDER / source).exists() if source.startswith(".") else source in COMPOSE["volumes"]


def test_commands_of_the_services_are_understood() -> None:
    from typer.testing import CliRunner

    from flows.cli.app import app

    words = [service["command"] for service in SERVICES.values() if "command" in service]
    duixian = [command[1:] for command in words if command[0] == "duixian"]
    assert len(duixian) >= 2
    for command in duixian:
        shown = CliRunner().invoke(app, [command[0], "--help"], env={"COLUMNS": "200"})
        assert shown.exit_code == 0
        assert all(word in shown.output for word in command if word.startswith("--")), command


def test_the_image_has_every_room_and_the_schedules() -> None:
    text = _said("Dockerfile")
    for room in ("flows", "parsers", "tracking", "storage", "digests", "audit"):
        assert f"COPY {room} {room}" in text
    assert "COPY deployments/prefect.yaml /etc/duixian/prefect.yaml" in text
    assert "--require-hashes" in text
    assert "duixian" in SERVICES["worker"]["command"] and SERVICES["worker"]["image"] == "duixian:0.1.0"


def test_prefect_is_the_one_that_is_locked() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    [locked] = re.findall(r"^prefect==(\S+)", lock, re.MULTILINE)
    assert yaml.safe_load(_said("prefect.yaml"))["prefect-version"] == locked
