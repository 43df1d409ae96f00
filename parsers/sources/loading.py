"""A source's YAML text to a checked source; what is wrong with it is one sentence that names file and key."""

from __future__ import annotations

import difflib
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args

import yaml
from pydantic import BaseModel, ValidationError

from parsers.sources.spec import ADAPTER, AnySource, Fetched

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,60}\Z")
_UNION = get_args(get_args(AnySource)[0])
KINDS: dict[str, type[BaseModel]] = {get_args(k.model_fields["kind"].annotation)[0]: k for k in _UNION}


class SourceFault(Exception):  # noqa: N818 - a sentence for the person who wrote the file
    """A source file that cannot be used; the sentence names the file and the key."""


@dataclass(frozen=True, slots=True)
class Source:
    """A configured source. id: the file's name without ending, which documents are filed under for good.

    spec_sha256: hash of how lists are read; a list read otherwise is fetched anew, whatever the server says.
    """

    id: str
    spec: AnySource
    spec_sha256: str

    @property
    def on_the_web(self) -> Fetched | None:
        """What it says of fetching, None for folders and sources by hand."""
        return self.spec if isinstance(self.spec, Fetched) else None


def load(text: str, file: str) -> Source:
    """The source in a YAML text; `file` is the name it has. Raises SourceFault."""
    stem = file.rsplit("/", 1)[-1].removesuffix(".yml")
    if not NAME.match(stem):
        raise SourceFault(
            f"{file}: the file's name is the source's: use a-z, 0-9 and - only, as in chenghu-news.yml"
        )
    try:
        content = yaml.load(text, _Strict)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" in line {mark.line + 1}" if mark else ""
        raise SourceFault(f"{file} is no YAML{where}: {getattr(error, 'problem', error)}") from error
    if not isinstance(content, dict):
        raise SourceFault(f"{file} must hold keys and values, as the examples in docs/sources.md")
    if content.get("kind") not in KINDS:
        told = f"not {content['kind']!r}" if "kind" in content else "which is missing"
        raise SourceFault(f"{file}: kind must be one of {', '.join(KINDS)}, {told}")
    try:
        spec = ADAPTER.validate_python(content)
    except ValidationError as error:
        raise SourceFault(f"{file}: {_sentence(error, content['kind'])}") from error
    return Source(stem, spec, _hash(spec))


def schema() -> dict[str, Any]:
    """The JSON schema of a source file, for editors."""
    made = ADAPTER.json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Duixian source", **made}


def _hash(spec: AnySource) -> str:
    """Hash of what decides which entries a list is read to have."""
    asks = ("rate", "rhythm", "verified", "reread", "name", "publisher", "private")
    facts = {key: value for key, value in spec.model_dump(mode="json").items() if key not in asks}
    return hashlib.sha256(json.dumps(facts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _sentence(error: ValidationError, kind: str) -> str:
    """The first thing that is wrong, with the key it is wrong at."""
    faults = sorted(error.errors(), key=lambda f: f["type"] != "extra_forbidden")
    fault = faults[0]
    path = [part for part in fault["loc"] if part not in KINDS]
    key = ".".join(map(str, path)) or "the whole"
    more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
    if fault["type"] == "extra_forbidden":
        known = _keys(KINDS[kind], path[:-1])
        near = difflib.get_close_matches(str(path[-1]), known, 1)
        hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}"
        return f"{key} is no key of a {kind} source{more}: {hint}"
    if fault["type"] == "missing":
        return f"{key} is missing{more}"
    message = fault["msg"].removeprefix("Value error, ")
    return f"{key}: {message}{more}"


def _keys(model: type[BaseModel], path: list[Any]) -> list[str]:
    """Keys that are known at a place of the file."""
    for part in path:
        field = model.model_fields.get(str(part))
        if field is None:
            continue
        inner = [t for t in (field.annotation, *get_args(field.annotation)) if _is_model(t)]
        if inner:
            model = inner[0]
    return [name for name in model.model_fields if name != "kind"] + ["kind"][: "kind" in model.model_fields]


def _is_model(candidate: object) -> bool:
    return isinstance(candidate, type) and issubclass(candidate, BaseModel)


class _Strict(yaml.SafeLoader):
    """Refuses a key that stands twice: YAML would silently take the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """A mapping whose keys differ."""
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"{key} stands twice", key_node.start_mark
                )
            seen.add(key)
        made: Mapping[Any, Any] = super().construct_mapping(node, deep=deep)
        return dict(made)
