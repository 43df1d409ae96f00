"""The API keeps its own description, whatever it is asked; hostile words change nothing."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from audit.site.options import Options
from flows.serving import application
from storage.ledger import Ledger, open_ledger

EXAMPLES = 200 if os.environ.get("DUIXIAN_SOAK") == "1" else 4
"""Of each kind for each question on each database."""
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' OR 1=1 --",
    "'; DROP TABLE changes; --",
    "../../../etc/passwd",
    "..%2f..%2fetc%2fpasswd",
    "{{7*7}}${7*7}<%= 7*7 %>",
    '=HYPERLINK("http://evil.example")',
    "\u202egnp.exe",
    "%s%n%x",
    "a\r\nSet-Cookie: evil=1",
    "\ufeff\u0000"[0],
    "澄湖区' UNION SELECT sql FROM sqlite_master --",
    "𠮷" * 20,
    "1" * 5000,
    "-1",
    "1e999",
]
PARAMETERS = [
    "district", "level", "kind", "grade", "edition", "commitment_kind", "area", "issuer", "document", "since",
    "until", "direction", "sort", "after", "limit", "as_of", "known_at", "subject", "period", "against",
    "state", "within", "q", "in", "rights", "life", "lang", "back",
]  # fmt: skip
PAGES = [
    "/changes",
    "/commitments",
    "/documents",
    "/search",
    "/due",
    "/indicators",
    "/places/澄湖区",
    "/corrections",
]


@pytest.fixture
def api(examples_ledger: Ledger) -> Any:
    """The API's description, and the application behind it."""
    app = application(examples_ledger, Options(language="en", requests_a_minute=10_000_000))
    return schemathesis.openapi.from_asgi("/api/openapi.json", app, headers={"host": "localhost"})


def refused(context: Any, response: Any, case: Any) -> bool | None:
    """What does not fit is refused; an address that is too long is so before it is read."""
    return None if response.status_code == 414 else negative_data_rejection(context, response, case)


CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    refused,
]


@pytest.mark.parametrize(
    "mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["fitting", "broken"]
)
def test_the_api_keeps_its_description(api: Any, mode: GenerationMode) -> None:
    operations = [found.ok() for found in api.get_all_operations()]
    assert len(operations) >= 10
    for operation in operations:

        @settings(
            max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case: Any) -> None:
            case.call_and_validate(headers={"host": "localhost"}, checks=CHECKS)

        ask()


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_in_any_parameter_are_text(client: TestClient, words: str) -> None:
    for path in PAGES:
        for name in PARAMETERS if words in HOSTILE[:2] else ("district", "q", "after"):
            required = {"district": "澄湖区", "subject": "x"} if path == "/indicators" else {}
            answer = client.get(path, params={**required, name: words})
            assert answer.status_code < 500, (path, name, answer.text[:300])
            assert "<script>alert" not in answer.text and "onerror=alert(1)>" not in answer.text
            assert "Traceback" not in answer.text and "evil" not in str(answer.headers)


@pytest.mark.parametrize(
    "path",
    [
        "/static/../../../etc/passwd",
        "/static/%2e%2e/%2e%2e/app.py",
        "/documents/..%2f..%2fetc",
        "/commitments/%00",
        "/plans/<script>/2020",
        "/changes.exe",
        "/places/" + "x" * 300,
        "/" + "x" * 5000,
    ],
)
def test_no_path_leads_out_of_the_site(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert 400 <= answer.status_code < 500
    assert "root:" not in answer.text and "<script>/" not in answer.text


def test_too_many_requests_are_put_off(example_file: Path) -> None:
    with open_ledger(example_file) as ledger:
        app = application(ledger, Options(language="en", requests_a_minute=3))
        with TestClient(app, base_url="http://localhost") as client:
            told = [client.get("/api/due?as_of=2020").status_code for _ in range(4)]
    assert told == [200, 200, 200, 429]


def test_a_body_that_is_too_large_is_refused_unread(client: TestClient) -> None:
    answer = client.post("/sign-in", data={"name": "x" * 100_000, "password": "y"})
    assert answer.status_code == 413
