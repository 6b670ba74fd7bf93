"""An administrative unit and an office, as they stood on a day (đơn vị, cơ quan)."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Self

from domain.events.directory import OfficeEstablished, UnitEstablished
from domain.held_once import one_day, one_list, one_name, one_name_or_none
from domain.names import in_running_text

COMMITTEE: Final = "peoples_committee"
"""The type of the office that answers for a whole unit (Ủy ban nhân dân)."""

RECEPTION_BOARD: Final = "reception_board"
"""The type of a unit's citizen reception board (Ban Tiếp công dân)."""


def unit_id_of(code: str, valid_from: date) -> str:
    """A unit's identity: code and first day, for codes are used again."""
    return f"{code}-{valid_from:%Y%m%d}"


def committee_id_of(unit_id: str) -> str:
    """The identity of a unit's People's Committee."""
    return f"ubnd-{unit_id}"


def committee_name(unit_name: str) -> str:
    """What a unit's People's Committee is called: ``UBND xã Tam Dị``."""
    return f"UBND {in_running_text(unit_name)}"


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
        return cls(
            one_name(fact.unit_id),
            one_name(fact.code),
            one_name(fact.name),
            one_name(fact.level),
            one_name_or_none(fact.parent),
            one_day(fact.valid_from),
        )


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
            one_name(fact.office_id),
            one_name(fact.type),
            one_name(fact.name),
            one_name(fact.of_unit),
            one_name_or_none(fact.superior),
            one_list(fact.fields),
            one_day(fact.valid_from),
        )
