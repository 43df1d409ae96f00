"""What is said of sources, in the reader's language: kinds, alarms, faults."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flows.observing import Unobserved
    from flows.watching import Watch
    from parsers.sources.health import Alarm

Say = Callable[[str], str]


def alarm_words(alarm: Alarm, _: Say) -> str:
    """An alarm as a sentence."""
    words = {
        "never": _("never looked at"),
        "unlooked": _("not looked at since {since}"),
        "silent": _("nothing new since {since}, expected every {expected} days"),
        "few": _("{found} entries on the list, usually {expected}"),
        "faults": _("faults in {found} looks in a row, since {since}"),
        "waits": _("asks not to be asked before {since}"),
        "hand_in": _("to be handed in by a person, due since {since}"),
    }
    if alarm.kind == "hand_in" and alarm.since is None:
        return _("to be handed in by a person, nothing yet")
    return words[alarm.kind].format(
        since=moment(alarm.since), found=_figure(alarm.found), expected=_figure(alarm.expected)
    )


def alarms_of(one: Watch, _: Say) -> list[str]:
    """The alarms of a source as sentences; to what a person has to hand in: who, and what they do."""
    told = [alarm_words(alarm, _) for alarm in one.health.alarms]
    spec = one.source.spec
    if spec.kind == "by_hand":
        aside = _("{field}: {change}").format(field=spec.keeper, change=spec.how) if spec.keeper else spec.how
        told = [_("{field}: {change}").format(field=sentence, change=aside) for sentence in told]
    return told


def kind_words(kind: str, _: Say) -> str:
    """What a source is, in words."""
    words = {
        "list": _("list page"),
        "paged_list": _("paged list"),
        "json": _("JSON list"),
        "feed": _("RSS or Atom"),
        "sitemap": _("sitemap"),
        "epaper": _("e-paper"),
        "folder": _("folder"),
        "by_hand": _("by hand"),
    }
    return words[kind]


def state_words(state: str, _: Say) -> str:
    """The state that an address was found in: five that are kept apart, and three good ones."""
    words = {
        "new": _("new"),
        "changed": _("really changed"),
        "unchanged": _("unchanged"),
        "left": _("left out"),
        "gone": _("page gone"),
        "down": _("source down"),
        "blocked": _("blocked"),
        "unread": _("parser failed"),
    }
    return words[state]


def fault_words(fault: Mapping[str, Any], _: Say) -> str:
    """What is wrong at an address: its state, and why, as far as there is a word for the code."""
    code = str(fault["code"])
    words = {
        "soft_404": _("another page stands in its place"),
        "error_page": _("an error page stands in its place"),
        "block_page": _("a block or verification page stands in its place"),
        "login_page": _("a login page stands in its place"),
        "selectors": _("the page has another layout: mend the selectors"),
        "list": _("the list is no longer what it was: look at its address"),
        "no_entries": _("no entry is found on the list: mend the selectors"),
        "few_entries": _("fewer entries on the list than expected"),
        "many_entries": _("more entries on the list than expected: nothing is taken"),
        "robots": _("robots.txt asks not to fetch it"),
        "forbidden_address": _("it leads to an address that is not fetched"),
        "timeout": _("no answer in time"),
        "endless": _("the page does not end"),
        "connection": _("no connection"),
        "too_large": _("the page is too large"),
        "packing": _("the page is packed wrongly"),
        "cut_off": _("the page ended in the middle"),
        "redirects": _("sent on too many times"),
        "broken": _("the reader failed: please report it"),
        "no_folder": _("there is no such folder"),
    }
    status = code.removeprefix("http_")
    why = words.get(code) or (
        _("the server answered {status}").format(status=status) if status != code else ""
    )
    told = state_words(str(fault["state"]), _)
    return _("{field}: {change}").format(field=told, change=why or fault["detail"])


def left_words(why: str, _: Say) -> str:
    """Why an entry is left out: in the words of the source's file, or because it lacks what that asks for."""
    reason, of, pattern = why.partition(" has nothing of ")
    words = {"its title": _("its title has nothing of {pattern}"),
             "its address": _("its address has nothing of {pattern}")}  # fmt: skip
    return words[reason].format(pattern=pattern) if of and reason in words else why


def unobserved_words(one: Unobserved, _: Say) -> str:
    """When a source was not seen, so that its silence means nothing."""
    until = moment(one.until) if one.until else _("now")
    if one.since is None:
        told = _("not looked at before {until}").format(until=until)
    else:
        told = _("not looked at from {since} to {until}").format(since=moment(one.since), until=until)
    return _("not observed: {source} {told}").format(source=one.source, told=told)


def moment(at: datetime | None) -> str:
    """A moment to the minute, in the local zone."""
    return at.astimezone().strftime("%Y-%m-%d %H:%M") if at else ""


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
