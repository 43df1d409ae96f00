"""An example of Prefect's automations: after a failed `ingest`, check the ledger.

Run it against a server of your own: PREFECT_API_URL=http://… python deployments/automation.py. Without it,
failures are told to DUIXIAN_ALARM all the same.
"""

from __future__ import annotations

from datetime import timedelta

from prefect.automations import Automation
from prefect.client.orchestration import get_client
from prefect.events.actions import RunDeployment
from prefect.events.schemas.automations import EventTrigger, Posture

NAME = "兑现: verify after a failed ingest"


def main() -> None:
    """Make the automation, in place of an older one of the same name."""
    with get_client(sync_client=True) as client:
        verify = client.read_deployment_by_name("verify/daily").id
        for old in client.read_automations_by_name(NAME):
            client.delete_automation(old.id)
    Automation(
        name=NAME,
        trigger=EventTrigger(
            expect={"prefect.flow-run.Failed", "prefect.flow-run.Crashed"},
            match_related={"prefect.resource.role": "flow", "prefect.resource.name": "ingest"},
            posture=Posture.Reactive,
            threshold=1,
            within=timedelta(seconds=0),
        ),
        actions=[RunDeployment(source="selected", deployment_id=verify, parameters=None, job_variables=None)],
    ).create()
    print(f"made: {NAME}")


if __name__ == "__main__":
    main()
