"""How many cases `make soak` gives a property test."""

from __future__ import annotations

from types import SimpleNamespace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests import conftest


def test_the_cases_of_a_parametrized_property_are_twenty_times_as_many_once(monkeypatch):
    @settings(max_examples=10)
    @given(st.integers())
    def holds(number):
        pass

    monkeypatch.setenv("DUIXIAN_SOAK", "1")
    conftest._soaked([SimpleNamespace(obj=holds), SimpleNamespace(obj=holds)])
    assert holds._hypothesis_internal_use_settings.max_examples == 200
