"""An administrative unit and an office, as they stood on a day (đơn vị, cơ quan)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol, Self, TypeVar

from domain.events.directory import OfficeEstablished, UnitEstablished

COMMITTEE: Final = "peoples_committee"
"""The type of the office that answers for a whole unit (Ủy ban nhân dân)."""

RECEPTION_BOARD: Final = "reception_board"
"""The type of a unit's citizen reception board (Ban Tiếp công dân)."""


@dataclass(frozen=True, slots=True)
class Unit:
    """An administrative unit (đơn vị hành chính). ``valid_until`` is its last day."""

    unit_id: str
    code: str
    name: str
    level: str
    parent: str | None
    valid_from: date
    valid_until: date | None = None

    @classmethod
    def established(cls, fact: UnitEstablished) -> Self:
        """The unit as the fact says."""
        return cls(fact.unit_id, fact.code, fact.name, fact.level, fact.parent, fact.valid_from)


@dataclass(frozen=True, slots=True)
class Office:
    """An office of a unit (cơ quan). ``valid_until`` is its last day."""

    office_id: str
    type: str
    name: str
    unit: str
    superior: str | None
    fields: tuple[str, ...]
    valid_from: date
    valid_until: date | None = None

    @classmethod
    def established(cls, fact: OfficeEstablished) -> Self:
        """The office as the fact says."""
        return cls(
            fact.office_id,
            fact.type,
            fact.name,
            fact.of_unit,
            fact.superior,
            tuple(fact.fields),
            fact.valid_from,
        )


class Dated(Protocol):
    """Something that stands from a day on, until its last day or for good."""

    @property
    def valid_from(self) -> date: ...

    @property
    def valid_until(self) -> date | None: ...


D = TypeVar("D", bound=Dated)


def stands(thing: Dated, on: date) -> bool:
    """Whether it stood on that day, first and last day included."""
    return thing.valid_from <= on and (thing.valid_until is None or on <= thing.valid_until)


def newest(candidates: Iterable[D], on: date) -> D | None:
    """Of those that stood on a day the one established last: a reused code is the newer's."""
    standing = (candidate for candidate in candidates if stands(candidate, on))
    return max(standing, key=lambda candidate: candidate.valid_from, default=None)
