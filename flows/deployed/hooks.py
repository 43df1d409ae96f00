"""What happens when a flow fails: somebody is told, where the settings name an address for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flows.alarms import alarm

if TYPE_CHECKING:
    from prefect import Flow
    from prefect.client.schemas.objects import FlowRun, State


def tell_failure(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:
    """Send one sentence on a failed or crashed run to the alarm address (DUIXIAN_ALARM), if there is one."""
    reason = " ".join((state.message or state.type.value).split())[:300]
    alarm(f"兑现 {flow.name}: {state.type.value.lower()}", f"{flow_run.name}: {reason}")
