"""What came and what went of a place and level since it was concluded last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tracking.memory.marks import Mark
from tracking.memory.texts import Text, Trace
from tracking.model import Version
from tracking.owners import Owner


def moved(
    owner: Owner,
    own: Sequence[tuple[Version, Text]],
    before: Mapping[str, Mapping[Owner, Sequence[Mark]]],
    stale: Iterable[Mapping[Owner, Sequence[Trace]]],
) -> list[Trace]:
    """Traces of marks that are new and of those that are no more.

    own: the texts as they are now. before: by hash and owner the marks of those that were remembered. stale:
    traces of texts that are gone, or are read otherwise now.
    """
    found = [trace for traces in stale for trace in traces.get(owner, ())]
    here = {version.sha256: text for version, text in own}
    for sha in here.keys() | before.keys():
        text, old = here.get(sha), before.get(sha, {}).get(owner, [])
        if text is None or text.changed or sha not in before:
            now = list(text.told[owner].marks()) if text else []
            same = {(m.digest, m.guise) for m in old} & {(m.digest, m.guise) for m in now}
            other = (m for m in (*old, *now) if (m.digest, m.guise) not in same)
            found += (Trace(m.guise, m.face, m.said) for m in other)
    return found
