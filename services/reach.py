"""What a list need not read for a reader: files of offices far from his or hers (tầm với).

It only saves reading. Whether a file is seen :mod:`services.sight` says, of each row.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Final

from domain.codes import Role
from domain.directory import Directory
from domain.homes import OfficesOn
from domain.values import Officer
from projections.asks import Reach
from services.access import HEADS

WATCHING: Final = frozenset({Role.AUDITOR, Role.MONITOR})


def reach_of(reader: Officer, offices: Directory, on: date) -> Reach:
    """Every file that ``sight.may_see`` shows this reader is within it."""
    return Reach(
        own=reader.office,
        offices=_near(reader, offices, on),
        denunciations=reader.role in HEADS | {Role.AUDITOR},
    )


def _near(reader: Officer, offices: Directory, on: date) -> tuple[str, ...] | None:
    """The own office and those in whose place it stands; None for who looks over others."""
    if reader.role in WATCHING or reader.office in _directing(offices, on):
        return None
    return (reader.office, *_in_whose_place(offices, on).get(reader.office, ()))


@lru_cache(maxsize=4)
def _directing(offices: Directory, on: date) -> frozenset[str]:
    """The offices above any other."""
    standing = [name for name in offices.offices.names() if offices.offices.on(name, on)]
    above = (offices.superior_of(name, on) for name in standing)
    return frozenset(office.office_id for office in above if office is not None)


@lru_cache(maxsize=4)
def _in_whose_place(offices: Directory, on: date) -> Mapping[str, tuple[str, ...]]:
    """The abolished offices whose work each office took over, or answers for meanwhile."""
    tree, found = OfficesOn(offices, on), dict[str, list[str]]()
    for gone in offices.offices.names():
        if not tree.stands(gone):
            home = tree.home_of(gone)
            meanwhile = set() if home is None else {home.office.office_id}
            for office in tree.in_place_of(gone) | meanwhile:
                found.setdefault(office, []).append(gone)
    return {office: tuple(gone) for office, gone in found.items()}
