"""What the demo enters of the reform besides the lists: offices, their heirs, who works on where.

The lists know units and their People's Committees. Which boards and departments the new
provinces have, which of them does the work of which old one, and in which office the
demo's accounts hold their posts from that day on, is said here (bố trí sau sắp xếp).
"""

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from typing import Final
from uuid import uuid5

from domain.codes import Role, SuccessionRelation
from domain.commands.base import Command
from domain.commands.directory import EstablishOffice, FillPost, NameOfficeSuccessor
from domain.directory import Directory
from domain.homes import OfficesOn
from domain.succession import sole_heir
from domain.units import Unit
from domain.values import Officer
from services.casework import Casework
from services.demo.accounts import SYSTEM_ACCOUNT, account_of, posts_of_the_demo, works_on_at
from services.demo.offices import PROVINCES, SINCE, OfficeKind, office_id, offices_of
from services.demo.steps import DEMO
from services.reform import CARRIED_DAY

BASIS: Final = "202/2025/QH15"
"""The resolution by which the provinces were merged."""

ENDED_LEVEL: Final = "district"
"""Of this level nothing stands from that day on."""

SYSTEM: Final = Officer(SYSTEM_ACCOUNT, "system", Role.SYSTEM)


def settle_in(casework: Casework, directory: Callable[[], Directory]) -> int:
    """Enter what is missing of it, once the reform is recorded; how many acts that took.

    ``directory`` reads the office tree afresh. Done twice it records nothing more.
    """
    acts = 0
    for missing in MISSING:
        for act in tuple(missing(directory())):
            _record(casework, act)
            acts += 1
    directory()
    return acts


def is_settled(directory: Directory) -> bool:
    """Whether the reform is recorded to its end, and all that the demo adds."""
    return is_reformed(directory) and not any(True for each in MISSING for _ in each(directory))


def is_reformed(directory: Directory) -> bool:
    """Whether nothing stands on its day that it ends: what ends, ends from the bottom up."""
    roots = directory.roots(CARRIED_DAY)
    return bool(roots) and not any(
        directory.units.heirs(root.unit_id)
        or any(unit.level == ENDED_LEVEL for unit in directory.children(root.unit_id, CARRIED_DAY))
        for root in roots
    )


def new_offices(directory: Directory) -> Iterator[EstablishOffice]:
    """Boards and departments of the provinces that took the place of the demo's."""
    for _, unit, kinds in _new_provinces(directory):
        for act in offices_of(unit, kinds, directory, CARRIED_DAY):
            if directory.find_office(act.office_id, CARRIED_DAY) is None:
                yield act


def heirs_of_offices(directory: Directory) -> Iterator[NameOfficeSuccessor]:
    """Which of them does the work of which old one: there are several of one type."""
    for code, unit, kinds in _new_provinces(directory):
        for kind in kinds:
            old = office_id(kind.short, code)
            if not directory.offices.heirs(old):
                yield NameOfficeSuccessor(
                    office_id=old,
                    successor=f"{kind.short}-{unit.unit_id}",
                    relation=SuccessionRelation.WHOLE,
                    basis=BASIS,
                )


def posts_held_on(directory: Directory) -> Iterator[FillPost]:
    """Everybody whose office has one sure heir works on there, in the same post."""
    tree = OfficesOn(directory, CARRIED_DAY)
    for office, roles in posts_of_the_demo():
        heir = None if tree.stands(office) else works_on_at(office, tree)
        if heir is None:
            continue
        for role in roles:
            account = account_of(office, role)
            if role not in directory.posts.posts_of(account, heir.office_id, CARRIED_DAY):
                yield FillPost(
                    office_id=heir.office_id, account=account, post=role, valid_from=CARRIED_DAY
                )


MISSING: Final = (new_offices, heirs_of_offices, posts_held_on)
"""What is not entered yet, in the order in which it must be."""


def _new_provinces(directory: Directory) -> Iterator[tuple[str, Unit, Sequence[OfficeKind]]]:
    for code, kinds in PROVINCES.items():
        old = directory.get_unit(code, SINCE)
        heir = sole_heir(directory.units, old.unit_id, CARRIED_DAY)
        if heir is not None and heir != old.unit_id:
            yield code, directory.get_unit(heir, CARRIED_DAY), kinds


def _record(casework: Casework, act: Command) -> None:
    said = repr(act)
    key = uuid5(DEMO, f"reform/{said}")
    asked = sha256(said.encode()).digest()
    casework.handle(act, SYSTEM, key=key, request=asked, correlation="demo/reform")
