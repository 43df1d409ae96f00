"""What looking into whole texts came to, for whoever asks the same of the same texts again.

A story that one text more has joined asks of each of its earlier editions what it asked before. Searching a
text for one target takes a hundred times what its answer takes to keep.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from tracking.mentions import Mention
from tracking.model import Version

T = TypeVar("T")


class Answers:
    """Answers to questions about a mention and a text. None is kept here, but by those of `tracking.memory`.

    An answer is plain JSON (no tuples), and follows from the mention and the two texts alone.
    """

    def once(self, question: str, mention: Mention, text: Version, ask: Callable[[], T], of: str = "") -> T:
        """The answer to a question that one name stands for. of: what else it is about, by name."""
        return ask()


NO_ANSWERS = Answers()
