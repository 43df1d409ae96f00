"""How a command ends when it cannot do what was asked: one sentence and an exit status."""

from __future__ import annotations

OK, PARTLY, WRONG_USAGE = 0, 1, 2


class Problem(Exception):  # noqa: N818 - told to a person, not to a programmer
    """A sentence for the person at the terminal: what is wrong and what to do next."""

    def __init__(self, sentence: str, status: int = WRONG_USAGE) -> None:
        super().__init__(sentence)
        self.status = status
