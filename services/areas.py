"""Which units and offices an officer may look over (địa bàn được xem).

Dossiers have circles (:mod:`services.access`); boards and lists have areas. An officer
looks over the unit of his or her office and everything below it, never over a neighbour
or the level above: those see what is theirs on their own boards.
"""

from datetime import date

from domain.directory import Directory, Unit
from domain.errors import NotPermitted
from domain.values import Officer
from projections.asks import Area
from services.access import SYSTEM


class AreaNotForReader(NotPermitted):
    """A board or list is for the offices of its unit and of the units above it."""

    code = "area_not_for_reader"
    title = "Ngoài địa bàn được xem"


def may_look_over(reader: Officer, unit_id: str, offices: Directory, on: date) -> bool:
    """Whether a unit is the reader's own or lies below it. Roles that keep the house: never."""
    own = offices.find_office(reader.office, on)
    if own is None or reader.role in SYSTEM or offices.find_unit(unit_id, on) is None:
        return False
    above = (unit.unit_id for unit in offices.ancestors(unit_id, on))
    return own.unit in (unit_id, *above)


def looked_over(
    reader: Officer, ref: str, offices: Directory, on: date, *, pointer: str = "unit"
) -> Unit:
    """The unit by id or code. Refuses: ``UnknownUnit``, :class:`AreaNotForReader`."""
    unit = offices.get_unit(ref, on, pointer=pointer)
    if not may_look_over(reader, unit.unit_id, offices, on):
        raise AreaNotForReader(
            f"Cơ quan của bạn không xem được số liệu của {unit.name}.",
            pointer=pointer,
            mend="Chọn đơn vị của mình hoặc đơn vị trực thuộc.",
        )
    return unit


def area_of(unit_id: str, offices: Directory, on: date) -> Area:
    """A unit with everything below it, as queries want it."""
    below = offices.units_under(unit_id, on)
    return Area(
        offices=tuple(office.office_id for office in offices.offices_under(unit_id, on)),
        units=(unit_id, *(unit.unit_id for unit in below)),
    )
