"""What is withheld, kept out of exports: the same veil that lies over the questions."""

from storage.queries.veil import Record, Veil
from storage.withholding import LABEL

__all__ = ["LABEL", "Record", "Veil"]
