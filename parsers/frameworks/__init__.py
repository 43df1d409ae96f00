"""Named work systems: numbered formulas, headcounts with their lists, campaign years."""

from __future__ import annotations

from parsers.frameworks.find import find_frameworks
from parsers.frameworks.mention import FrameworkMention

__all__ = ["FrameworkMention", "find_frameworks"]
