"""The command line in Chinese: what `--help` shows, and what is said of a line that cannot be understood.

Typer has no catalogue for either; the texts stay English in the code and are replaced when they are shown.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from typer import Context

from flows.cli.out import say
from flows.cli.problems import WRONG_USAGE
from tracking.words.catalogue import translator
from tracking.words.marking import marked as _
from tracking.words.sentences import sentence

_EXAMPLES = re.compile(r"\AExamples?:")
_PANELS = {
    "ARGUMENTS_PANEL_TITLE": _("Arguments"),
    "OPTIONS_PANEL_TITLE": _("Options"),
    "COMMANDS_PANEL_TITLE": _("Commands"),
    "REQUIRED_LONG_STRING": _("[required]"),
    "DEFAULT_STRING": _("[default: {}]"),
}
_FAULTS = (
    (r"No such option: (.+?)(?: \(Possible options: (.+)\))?", _("there is no option {0}"), _("perhaps {1}")),
    (
        r"No such command '(.+?)'\.(?: Did you mean (.+)\?)?",
        _("there is no command {0}"),
        _("perhaps {1}"),
    ),
    (r"Missing command\.", _("a command is missing"), ""),
    (r"Missing argument '(.+?)'\.(?: .*)?", _("the argument {0} is missing"), ""),
    (r"Missing option '(.+?)'\.(?: .*)?", _("the option {0} is missing"), ""),
    (r"Option '?(.+?)'? requires an argument\.", _("the option {0} needs a value"), ""),
    (r"Got unexpected extra argument(?:\(s\)|s)? \((.+)\)", _("this is too much: {0}"), ""),
    (
        r"Invalid value for (.+?): (?:Value error, )?'?(.*?)'? is (?:not one|none) of (.+?)\.?",
        _("{0} cannot be {1}; wanted is {2}"),
        "",
    ),
    (r"Invalid value for (.+?): Input should be a valid (?:integer|number),.*", _("{0} needs a number"), ""),
    (r"Invalid value for (.+?): (.+)", _("{0}: {1}"), ""),
)


def run_in_chinese(command: Any) -> None:
    """Run the command tree; ends the process as Typer's own way does, with the same statuses."""
    if _shows_help(command, sys.argv[1:]):
        translate(command)
    try:
        status = command(standalone_mode=False)
    except Exception as error:
        # Typer's own usage errors are private classes; what they offer is this.
        if not hasattr(error, "format_message"):
            raise
        _tell(error)
        sys.exit(getattr(error, "exit_code", WRONG_USAGE))
    sys.exit(status if isinstance(status, int) else 0)


def help_texts(command: Any) -> Iterator[tuple[Any, str, str]]:
    """Every text that `--help` shows below a command: where it stands, as what, and the text."""
    # Typer adds its own option when it is first asked for, and keeps it.
    for one in (command, *command.params, command.get_help_option(Context(command))):
        for name in ("help", "epilog", "short_help"):
            if text := getattr(one, name, None):
                yield one, name, text
    for inner in getattr(command, "commands", {}).values():
        yield from help_texts(inner)


def translate(command: Any) -> None:
    """Replace every text that `--help` shows, for the rest of the process."""
    from rich.console import Group
    from typer import rich_utils

    told = translator("zh")
    for one, name, text in help_texts(command):
        setattr(one, name, in_chinese(text))
    for name, text in _PANELS.items():
        setattr(rich_utils, name, told(text))
    parts: Any = rich_utils
    parts.Table, parts.Columns = _folding(parts.Table), lambda told: Group(*told)


def in_chinese(text: str) -> str:
    """A text of `--help`, paragraph by paragraph; examples are commands and keep their words."""
    told = translator("zh")
    return _EXAMPLES.sub("例：", "\n\n".join(told(one) for one in paragraphs(text)))


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, each as one line: so they stand in the catalogue."""
    return [" ".join(one.split()) for one in text.split("\n\n")]


def fault_in_chinese(fault: str) -> str:
    """What Typer says of a command line; a sentence that is not known comes back as it is.

    >>> fault_in_chinese("No such option: --nope (Possible options: --type)")
    '没有选项 --nope；是不是 --type'
    """
    told = translator("zh")
    for pattern, words, more in _FAULTS:
        if found := re.fullmatch(pattern, fault, re.S):
            # What is wrong with a value is a sentence of ours.
            parts = [told(words).format(*(sentence(part or "", "zh") for part in found.groups()))]
            if more and found[2]:
                parts.append(told(more).format(*found.groups()))
            return "；".join(parts)
    return fault


def _shows_help(command: Any, words: Sequence[str]) -> bool:
    if "--help" in words:
        return True
    for word in words:
        command = getattr(command, "commands", {}).get(word, command)
    return hasattr(command, "commands")


def _folding(table: Any) -> Any:
    """Tables whose cells go on in the next line at any character: Chinese has no blanks to break at."""

    class Folding(table):  # type: ignore[misc]
        def add_row(self, *cells: Any, **options: Any) -> None:
            super().add_row(*cells, **options)
            for column in self.columns:
                column.overflow = "fold"

    return Folding


def _tell(error: Any) -> None:
    if type(error).__name__ == "NoArgsIsHelpError":  # the help stands there already
        return
    say(fault_in_chinese(error.format_message()))
    context = getattr(error, "ctx", None)
    if context is not None:
        say(
            translator("zh")(_("`{command} --help` explains the command.")).format(
                command=context.command_path
            )
        )
