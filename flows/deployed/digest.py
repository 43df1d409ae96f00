"""The flow `digest`: makes the mails that are due and sends what waits; again, it sends nothing twice."""

from __future__ import annotations

from prefect import flow
from prefect.artifacts import create_markdown_artifact

from digests.chat import post_to_chat
from flows.alarms import alarm
from flows.deployed.hooks import tell_failure
from flows.ledgers import choose
from flows.mailing import making
from flows.mailing.sending import send_due
from flows.mailing.setup import domain, links, post, subscriptions
from storage.ledger import open_ledger


@flow(name="digest", on_failure=[tell_failure], on_crashed=[tell_failure])
def digest() -> dict[str, int]:
    """Mails of the ledger of the settings (DUIXIAN_DB) by what became of them; nothing without subscribers.

    What was refused for good, or hangs in doubt, goes to the alarm address.
    """
    listed = subscriptions()
    if not listed:
        return {}
    with open_ledger(choose(None).url) as ledger:
        made = making.put_in_outbox(ledger, listed, ledger.clock(), links(), domain())
        sent = send_due(ledger, post, listed, post_to_chat)
    counts = {"made": made, **dict(sorted(sent.counts.items()))}
    told = "".join(f"| {state} | {count} |\n" for state, count in counts.items())
    reports = "".join(f"\n- {report}" for report in sent.reports)
    create_markdown_artifact(
        f"| mails | |\n| --- | --- |\n{told}{reports}", key="digest", description="简报 · digests"
    )
    if sent.reports:
        alarm("兑现 digest", "\n".join(sent.reports))
    return counts
