"""Shares with their uncertainty: how few were seen, and how often our own links are wrong or missing."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

ENOUGH = 30
"""Commitments below which a rate says too little to be shown as one."""
Z = 1.96
"""Standard normal quantile of 95 % intervals."""


@dataclass(frozen=True, slots=True)
class Rate:
    """k of n as a share, with an interval that holds the true share in 95 of 100 cases.

    The interval allows for the sample (Wilson) and for the measured error of links. enough: whether n allows
    to speak of a rate. coverage: which part of what should be counted n is. reviewed: which part of the k
    a person has looked at.
    """

    k: int
    n: int
    share: float | None
    low: float
    high: float
    enough: bool
    coverage: float | None = None
    reviewed: float | None = None


@dataclass(frozen=True, slots=True)
class LinkError:
    """What reading a sample of links by hand came to, as the worse ends of 95 % intervals.

    precision: of the links drawn, the share that is right. recall: of those a reader would draw, the share
    that is drawn.
    """

    precision: float
    recall: float


NO_ERROR = LinkError(1.0, 1.0)


@cache
def measured() -> LinkError:
    """The error in data/link_error.yml, which `python -m benchmarks.links FOLDER --again SAMPLE` prints."""
    told = yaml.safe_load(files("tracking").joinpath("data/link_error.yml").read_text(encoding="utf-8"))
    made, found = told["made"], told["found"]
    return LinkError(
        wilson(made["right"], made["read"])[0], wilson(found["share"] * found["read"], found["read"])[0]
    )


@cache
def accused() -> Mapping[str, float]:
    """By kind of accusation the share that held when read by hand, at the worse end of its 95 % interval."""
    return {kind: wilson(one["right"], one["read"])[0] for kind, one in accusations_read().items()}


@cache
def accusations_read() -> Mapping[str, Mapping[str, int]]:
    """By kind of accusation how many a person read, and how many held: data/accusation_error.yml, which
    `python -m benchmarks.accusations FOLDER --again SAMPLE` prints."""
    text = files("tracking").joinpath("data/accusation_error.yml").read_text(encoding="utf-8")
    told: dict[str, dict[str, int]] = yaml.safe_load(text)
    return told


def wilson(k: float, n: int) -> tuple[float, float]:
    """The 95 % Wilson interval of k in n, which stays within 0..1 and is wide where n is small.

    >>> wilson(0, 10)[0], round(wilson(0, 10)[1], 2)
    (0.0, 0.28)
    """
    if n == 0:
        return 0.0, 1.0
    p = k / n
    centre = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
    low = 0.0 if k <= 0 else max(0.0, centre - half)
    high = 1.0 if k >= n else min(1.0, centre + half)
    return low, high


def rate(
    k: int,
    n: int,
    *,
    error: LinkError = NO_ERROR,
    absence: bool = False,
    of: int | None = None,
    reviewed: int | None = None,
) -> Rate:
    """k of n. absence: the k are those that no link was found for, so that links err the other way.

    error: of the links that k rests on: of k seen, k times the precision may be all that is there, and k
    divided by the recall may be. of: how many there are that should be counted. reviewed: of the k.

    >>> found = rate(30, 100, error=LinkError(0.9, 0.5))
    >>> found.low < wilson(30, 100)[0] and found.high > wilson(30, 100)[1]
    True
    """
    seen = n - k if absence else k
    least, most = seen * error.precision, min(float(n), seen / error.recall)
    if absence:
        least, most = n - most, n - least
    return Rate(
        k,
        n,
        k / n if n else None,
        wilson(least, n)[0],
        wilson(most, n)[1],
        n >= ENOUGH,
        None if of is None or of == 0 else n / of,
        None if reviewed is None or k == 0 else reviewed / k,
    )
