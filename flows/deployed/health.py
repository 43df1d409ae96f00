"""The flow `health`: alarms of sources that went silent, shrank, fail again and again or were missed."""

from __future__ import annotations

from prefect import flow
from prefect.artifacts import create_table_artifact

from flows.alarms import alarm
from flows.deployed.hooks import tell_failure
from flows.ledgers import choose
from flows.settings import language
from flows.source_words import alarms_of
from flows.watching import watch
from storage.ledger import open_ledger
from tracking.words.catalogue import translator


@flow(name="health", on_failure=[tell_failure], on_crashed=[tell_failure])
def health() -> list[tuple[str, str]]:
    """Look at the log of looks, not at the sources; what needs a person goes to the alarm address.

    Returns source and sentence of each alarm.
    """
    _ = translator(language())
    with open_ledger(choose(None).url) as ledger:
        found, faults = watch(ledger, ledger.clock())
    told = [("", fault) for fault in faults]
    told += [(one.source.id, words) for one in found if one.active for words in alarms_of(one, _)]
    create_table_artifact(
        [{"source": source, "alarm": sentence} for source, sentence in told] or [{"source": "", "alarm": ""}],
        key="health",
        description=f"来源状况 · health of {len(found)} sources: {len(told)} alarms",
    )
    if told:
        title = _("sources need somebody: {number}").format(number=len(told))
        alarm(f"兑现 {title}", "\n".join(f"{source} {sentence}".strip() for source, sentence in told))
    return told
