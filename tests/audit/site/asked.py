"""Asking a site: an answer, and all pages of a list."""

from __future__ import annotations

from typing import Any

from fastapi.testclient import TestClient


def found(client: TestClient, path: str, **parameters: Any) -> Any:
    answer = client.get(path, params=parameters)
    assert answer.status_code == 200, answer.text[:500]
    return answer.json()


def every_page(client: TestClient, path: str, **parameters: Any) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = []
    while True:
        page = found(client, path, **parameters)
        entries += page["entries"]
        if page["next"] is None:
            return entries
        parameters["after"] = page["next"]
