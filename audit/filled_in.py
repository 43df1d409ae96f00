"""Spreadsheets that people filled in, opened for reading."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from audit.targets import NoTarget

if TYPE_CHECKING:
    from openpyxl import Workbook


@contextmanager
def filled_in(path: Path) -> Iterator[Workbook]:
    """The workbook of a file, values only; NoTarget says why there is none."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except OSError as error:
        raise NoTarget(f"{path} cannot be read ({error.strerror or error})") from error
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise NoTarget(f"{path} is no XLSX file: save it as one in your spreadsheet program") from error
    try:
        yield book
    finally:
        book.close()
