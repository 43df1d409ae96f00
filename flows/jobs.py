"""What a run has to do: which texts go into which ledger, and whether that ledger is a demo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from flows import ledgers
from flows.home import examples_folder, seeds_folder
from flows.inputs import Input, from_paths, from_source
from parsers.reading import Declared


class NothingToRead(Exception):  # noqa: N818 - a wish that cannot be met, told to a person
    """There is no text to read, or it may not go into that ledger; the sentence says what to do."""


@dataclass(frozen=True, slots=True)
class Job:
    """Texts, and the ledger they go into.

    mode: what the ledger has to be. standard: one of the two ledgers in the data folder, to be remembered.
    """

    inputs: tuple[Input, ...]
    ledger: ledgers.Choice
    mode: ledgers.Mode
    standard: bool


def job_for(paths: Sequence[Path], options: Declared, db: str | None) -> Job:
    """The job that a call asks for: its paths, else seeds/, else the invented examples; no texts at all where
    other sources are configured, which the run looks at.

    Raises NothingToRead where a folder is empty or no text is at hand.
    """
    inputs, mode = _texts(paths, options)
    if paths and not inputs:
        raise NothingToRead(f"there is no text in {', '.join(map(str, paths))}")
    named = ledgers.named(db)
    if named is not None:
        return Job(tuple(inputs), named, mode, standard=False)
    path = str(ledgers.standard(mode))
    return Job(tuple(inputs), ledgers.Choice(path, path, "default"), mode, standard=True)


def _texts(paths: Sequence[Path], options: Declared) -> tuple[list[Input], ledgers.Mode]:
    examples = examples_folder()
    if paths:
        inputs = from_paths(paths, options)
        demo = examples is not None and all(_within(text.path, examples) for text in inputs)
        return inputs, "demo" if inputs and demo else "real"
    from flows.sources import DROP, configured  # takes longer to load than a folder to look through

    seeds = seeds_folder()
    inputs = from_source(DROP, seeds) if seeds is not None else []
    if inputs or any(source.id != DROP for source in configured().active()):
        return inputs, "real"
    if examples is not None and (inputs := from_source("examples", examples)):
        return inputs, "demo"
    raise NothingToRead("no texts are configured: name files or folders, as in `duixian run report.txt`")


def _within(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())
