"""An administrative unit and an office, as they stood on a day (đơn vị, cơ quan)."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Self

from domain.events.directory import OfficeEstablished, UnitEstablished

COMMITTEE: Final = "peoples_committee"
"""The type of the office that answers for a whole unit (Ủy ban nhân dân)."""

RECEPTION_BOARD: Final = "reception_board"
"""The type of a unit's citizen reception board (Ban Tiếp công dân)."""


@dataclass(frozen=True, slots=True)
class Unit:
    """An administrative unit in one period (đơn vị hành chính). ``valid_until`` is its last day.

    A rename or another parent begins a new period of the same ``unit_id``.
    """

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
    """An office of a unit in one period (cơ quan). ``valid_until`` is its last day."""

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
