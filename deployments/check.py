"""All checks that are no tests, in one go: every one runs, the first failure does not hide the rest."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
COMMANDS = {
    "ruff check": ["ruff", "check", "."],
    "ruff format": ["ruff", "format", "--check", "."],
    "mypy --strict": ["mypy"],
    "import-linter": ["lint-imports"],
}


def pins(lock: str) -> dict[str, str]:
    """Name to version of a lock file."""
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    found = (Requirement(line.rstrip("\\ ")) for line in lines if line[:1].isalnum())
    return {canonicalize_name(r.name): next(iter(r.specifier)).version for r in found}


def lock_faults() -> list[str]:
    """What is wrong with the lock files; that they are closed and hashed is proved by installing them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    run, groups = project["project"]["dependencies"], project["dependency-groups"]
    wanted = {"requirements.lock": run, "requirements-dev.lock": run + groups["dev"]}
    faults = [
        f"{lock} holds an address" for lock in wanted if "://" in (ROOT / lock).read_text(encoding="utf-8")
    ]
    for lock, requirements in wanted.items():
        pinned = pins(lock)
        for requirement in map(Requirement, requirements + groups["build"]):
            version = pinned.get(canonicalize_name(requirement.name))
            if version is None or version not in requirement.specifier:
                faults.append(f"{lock}: {requirement} of pyproject.toml, pinned {version} (run `make lock`)")
    dev = pins("requirements-dev.lock")
    faults += [
        f"{name} is {version} in requirements.lock and {dev.get(name)} in requirements-dev.lock"
        for name, version in pins("requirements.lock").items()
        if dev.get(name) != version
    ]
    return faults


def main() -> int:
    """Run all checks; exit status 1 if any failed."""
    failed = []
    started = {
        name: subprocess.Popen(
            [BIN / command[0], *command[1:]],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for name, command in COMMANDS.items()
    }
    for name, done in started.items():
        said, _ = done.communicate()
        print(f"{name}: {'ok' if done.returncode == 0 else 'FAILED'}", flush=True)
        if done.returncode:
            failed.append(name)
            print(said)
    faults = lock_faults()
    print("lock files: " + ("FAILED\n" + "\n".join(faults) if faults else "ok"))
    return 1 if failed or faults else 0


if __name__ == "__main__":
    sys.exit(main())
