"""The lists of administrative units the project carries (danh mục đơn vị hành chính).

Facts with their source: see ``data/README.txt``. A user's own lists are read by the same
readers (:mod:`infra.units.unit_list`, :mod:`infra.units.succession_list`).
"""

import csv
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from enum import Enum
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from pathlib import Path


class Edition(Enum):
    """A carried list: its file, its hex grid, the first day it is imported for.

    The three-tier list is valid from 1/1/2025, the day after the last mergers in it.
    """

    THREE_TIER = ("three-tier-until-2025-06-30.csv", date(2025, 1, 1))
    TWO_TIER = ("two-tier-from-2025-07-01.csv", date(2025, 7, 1))

    def __init__(self, file_name: str, valid_from: date) -> None:
        self.file_name = file_name
        self.valid_from = valid_from


@dataclass(frozen=True, slots=True)
class HexRow:
    """A commune's cell in its province's grid: odd rows stand half a cell to the right."""

    code: str
    column: int
    row: int


def unit_list_file(edition: Edition) -> AbstractContextManager[Path]:
    """The carried list as a file on disk, for as long as the context is open."""
    return as_file(_data(edition.file_name))


def hex_rows(edition: Edition) -> tuple[HexRow, ...]:
    """The cells of every commune of an edition, in file order."""
    return tuple(
        HexRow(row["code"], int(row["column"]), int(row["row"]))
        for row in _rows(f"hex-{edition.file_name}")
    )


def succession_file() -> AbstractContextManager[Path]:
    """What the reform of 1/7/2025 made of each old unit, as far as known: a file on disk."""
    return as_file(_data("successions-2025-07-01.csv"))


def _data(name: str) -> Traversable:
    return files(__name__).joinpath("data", name)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with _data(name).open(encoding="utf-8") as lines:
        yield from csv.DictReader(lines)
