"""Who gets which mails: the operator's file of subscriptions, read and checked.

One YAML file, kept by a person. What it cannot say (that somebody unsubscribed, that an address was refused)
stands in the ledger.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from tracking.model import ChangeKind
from tracking.words.areas import AREAS
from tracking.words.labels import Lang

Role = Literal["reader", "editor"]
Often = Literal["daily", "weekly", "monthly", "at once"]
Form = Literal["both", "text"]

_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}\Z")
# RFC 5321 without quoting, which no address in use needs and which hides line breaks and comments.
_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@(?=.{4,253}\Z)(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z0-9-]{2,63}\Z"
)


class Subscription(BaseModel):
    """One subscriber. Empty lists mean everything.

    mail or chat: where to. chat is the name of an environment variable that holds an Apprise address, since
    those contain secrets. places: full names; kinds: of changes; indicators, projects, systems: words that a
    commitment's title or subject holds. hour: when a digest is due, local time. archive_days: a text said
    longer before it was recorded is no news. empty: send even when there is nothing to tell.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    name: str = Field(default="", max_length=100)
    mail: str | None = None
    chat: str | None = None
    role: Role = "reader"
    places: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    kinds: tuple[ChangeKind, ...] = ()
    indicators: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    often: Often = "weekly"
    hour: Annotated[int, Field(ge=0, le=23)] = 7
    lang: Lang = "zh"
    zone: str = "Asia/Shanghai"
    format: Form = "both"
    archive_days: Annotated[int, Field(ge=0)] = 30
    empty: bool = False

    @field_validator("id")
    @classmethod
    def _plain_id(cls, value: str) -> str:
        if not _ID.match(value):
            raise ValueError("use small letters, digits, dots and dashes, at most 64")
        return value

    @field_validator("name")
    @classmethod
    def _one_line(cls, value: str) -> str:
        if not value.isprintable():
            raise ValueError("a name is one line without control characters")
        return value

    @field_validator("mail")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        if value is not None and (not _ADDRESS.match(value) or ".." in value or value.startswith(".")):
            raise ValueError(f"{value!r} is no mail address that can be written to (ASCII, name@host)")
        return value

    @field_validator("chat")
    @classmethod
    def _variable(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"[A-Z][A-Z0-9_]*", value):
            raise ValueError(
                "name an environment variable that holds the Apprise address (TEAM_CHAT): it is a secret"
            )
        return value

    @field_validator("zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError(f"{value!r} is no time zone (such as Asia/Shanghai)") from None
        return value

    @field_validator("areas")
    @classmethod
    def _known_areas(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        names = set(AREAS)
        if unknown := [one for one in value if one not in names]:
            raise ValueError(f"{unknown[0]!r} is none of the areas {', '.join(AREAS)}")
        return value

    @model_validator(mode="after")
    def _one_way(self) -> Subscription:
        if (self.mail is None) == (self.chat is None):
            raise ValueError("give either mail or chat")
        return self

    @property
    def channel(self) -> Literal["mail", "chat"]:
        """How it is reached."""
        return "mail" if self.mail is not None else "chat"

    @property
    def recipient(self) -> str:
        """The address, or the name of the variable that holds the chat's."""
        return str(self.mail or self.chat)


class Unreadable(Exception):  # noqa: N818 - told to the operator
    """The file of subscriptions is not what it should be; `faults` are sentences."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


def load(path: Path) -> list[Subscription]:
    """The subscriptions of a file; none where there is no file. Raises Unreadable with everything wrong."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable([f"{path} cannot be read: {error}"]) from error
    return parse(text, path.name)


def parse(text: str, name: str) -> list[Subscription]:
    """The subscriptions in a YAML text: a mapping with one list, `subscribers`."""
    try:
        loaded = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise Unreadable([f"{name} is no YAML: {' '.join(str(error).split())}"]) from error
    listed = {"subscribers": []} if loaded is None else loaded
    if not isinstance(listed, dict) or set(listed) != {"subscribers"}:
        raise Unreadable([f"{name} must hold one list named subscribers"])
    items = listed["subscribers"] or []
    if not isinstance(items, list):
        raise Unreadable([f"{name}: subscribers must be a list"])
    found: list[Subscription] = []
    wrong: list[str] = []
    for number, item in enumerate(items, start=1):
        try:
            found.append(Subscription.model_validate(item))
        except ValidationError as error:
            who = item.get("id", f"number {number}") if isinstance(item, dict) else f"number {number}"
            wrong += [f"{name}: {who}: {fault}" for fault in faults(error)]
    seen: set[str] = set()
    for one in found:
        if one.id in seen:
            wrong.append(f"{name}: {one.id} stands there twice: ids tell subscribers apart")
        seen.add(one.id)
    if wrong:
        raise Unreadable(wrong)
    return found


def faults(error: ValidationError) -> list[str]:
    """What is wrong with a subscription, a sentence each."""
    sentences = []
    for one in error.errors():
        where = ".".join(map(str, one["loc"]))
        what = str(one["msg"]).removeprefix("Value error, ")
        sentences.append(f"{where}: {what}" if where else what)
    return sentences


def add(path: Path, subscription: Subscription) -> None:
    """Append a subscription to the file, which keeps its comments. Raises Unreadable where it would break."""
    facts = subscription.model_dump(mode="json", exclude_defaults=True)
    order = ("id", *(name for name in Subscription.model_fields if name != "id"))
    item = {name: facts[name] for name in order if name in facts}
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    body = before if _lists(before) else "subscribers:\n"
    shown = yaml.safe_dump([item], allow_unicode=True, sort_keys=False, default_flow_style=None, width=1000)
    indent = _indent(body)
    after = body.rstrip("\n") + "\n" + "".join(f"{indent}{line}\n" for line in shown.splitlines())
    parse(after, path.name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(after, encoding="utf-8")


def remove(path: Path, name: str) -> bool:
    """Take a subscription out of the file; False where it has none of that id. Comments elsewhere stay."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    items = _items(text)
    for node in items:
        if yaml.safe_load(yaml.serialize(node)).get("id") == name:
            lines = text.splitlines(keepends=True)
            last = node.end_mark.line if node.end_mark.column == 0 else node.end_mark.line + 1
            # Blank lines and comments below belong to what follows.
            while last > node.start_mark.line + 1 and lines[last - 1].lstrip()[:1] in ("", "#"):
                last -= 1
            kept = lines[: node.start_mark.line] + lines[last:]
            if len(items) == 1:
                kept = [re.sub(r"^subscribers:\s*$", "subscribers: []", line) for line in kept]
            after = "".join(kept)
            parse(after, path.name)
            path.write_text(after, encoding="utf-8")
            return True
    return False


def _items(text: str) -> list[Any]:
    """The nodes of the list's items, with where they stand."""
    root = yaml.compose(text, Loader=yaml.SafeLoader) if text.strip() else None
    if not isinstance(root, yaml.MappingNode):
        return []
    for key, value in root.value:
        if key.value == "subscribers" and isinstance(value, yaml.SequenceNode):
            return list(value.value)
    return []


def _lists(text: str) -> bool:
    return bool(_items(text))


def _indent(text: str) -> str:
    """How far the dashes of the list stand in."""
    match = re.search(r"^([ ]*)- ", text, re.M)
    return match.group(1) if match else "  "


def schema() -> Mapping[str, Any]:
    """What may stand in a subscription, as JSON Schema."""
    return Subscription.model_json_schema()


KINDS: tuple[ChangeKind, ...] = get_args(ChangeKind)
