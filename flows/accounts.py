"""Who may sign in to the site: a file with names, roles and hashed passwords in the data folder."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from audit.site.options import Role
from flows.home import data_folder

if TYPE_CHECKING:
    from pwdlib import PasswordHash

SHORTEST = 10
"""Characters of a password."""


class UserFile:
    """The accounts of a file. It is read at each question, so that a change counts at once."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or data_folder() / "site-users.json"

    def check(self, name: str, password: str) -> Role | None:
        """The role of who knows the password."""
        held = self._read().get(name)
        # Somebody unknown costs as much time as a wrong password, so that names cannot be guessed by it.
        fits = _hasher().verify(password, held["password"] if held else _nobody())
        return self.role(name) if held and fits else None

    def role(self, name: str) -> Role | None:
        """The role that somebody has now."""
        told = self._read().get(name, {}).get("role")
        return next((role for role in get_args(Role) if role == told), None)

    def any(self) -> bool:
        """Whether anybody may sign in."""
        return bool(self._read())

    def put(self, name: str, role: Role, password: str) -> None:
        """Let somebody in, or change what they may; ValueError for a password that is too short."""
        if len(password) < SHORTEST:
            raise ValueError(f"a password needs {SHORTEST} characters or more")
        users = self._read()
        users[name] = {"role": role, "password": _hasher().hash(password)}
        self._write(users)

    def remove(self, name: str) -> bool:
        """Shut somebody out; False where there was nobody of that name."""
        users = self._read()
        if users.pop(name, None) is None:
            return False
        self._write(users)
        return True

    def names(self) -> dict[str, str]:
        """Everybody with their role."""
        return {name: str(facts["role"]) for name, facts in sorted(self._read().items())}

    def _read(self) -> dict[str, dict[str, str]]:
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        return found if isinstance(found, dict) else {}

    def _write(self, users: dict[str, dict[str, str]]) -> None:
        private(self._path, json.dumps(users, ensure_ascii=False, indent=1) + "\n")


def private(path: Path, content: str) -> None:
    """Write a file that only its owner may read, in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    with os.fdopen(
        os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
    ) as file:
        file.write(content)
    part.replace(path)


def secret() -> str:
    """What sessions are signed with: made once, kept in the data folder."""
    path = data_folder() / "site-secret"
    try:
        return path.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        private(path, secrets.token_urlsafe(48) + "\n")
        return path.read_text(encoding="utf-8").strip()


def _hasher() -> PasswordHash:
    from pwdlib import PasswordHash

    return PasswordHash.recommended()


def _nobody() -> str:
    global _NOBODY
    if not _NOBODY:
        _NOBODY = _hasher().hash(secrets.token_urlsafe(16))
    return _NOBODY


_NOBODY = ""
