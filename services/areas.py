"""Which units and offices an officer may look over (địa bàn được xem).

Dossiers have circles (:mod:`services.sight`); boards and lists have areas. An officer
looks over the unit of his or her office and everything below it, never over a neighbour
or the level above: those see what is theirs on their own boards.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from domain.codes import Role
from domain.directory import Directory, Unit
from domain.errors import NotPermitted
from domain.placing import Placing
from domain.values import Officer
from projections.asks import Area
from services.access import HEADS, SYSTEM
from services.units.deciding import former_unit


class AreaNotForReader(NotPermitted):
    """A board or list is for the offices of its unit and of the units above it."""

    code = "area_not_for_reader"
    title = "Ngoài địa bàn được xem"


@lru_cache(maxsize=8)
def placing_of(offices: Directory, on: date) -> Placing:
    """Where work counts on a day. Making it goes through the whole country, so it is kept."""
    return Placing(offices, on)


def may_look_over(reader: Officer, unit_id: str, offices: Directory, on: date) -> bool:
    """Whether a unit is the reader's own or lies below it. Roles that keep the house: never.

    A former unit lies where its one sure heir lies, or else what stood above it.
    """
    own = offices.find_office(reader.office, on)
    if own is None or reader.role in SYSTEM:
        return False
    unit = offices.find_unit(unit_id, on)
    place = unit.unit_id if unit is not None else placing_of(offices, on).of_unit(unit_id)
    if place is None or offices.find_unit(place, on) is None:
        return False
    above = (each.unit_id for each in offices.ancestors(place, on))
    return own.unit in (place, *above)


def sees_country(reader: Officer, offices: Directory, on: date) -> bool:
    """Whether an officer may read what the whole country adds up to (tổng số cả nước).

    Those who watch or lead from a unit below no other; of other such units they read no figure.
    """
    own = offices.find_office(reader.office, on)
    return (
        own is not None
        and reader.role in HEADS | {Role.AUDITOR, Role.MONITOR}
        and offices.get_unit(own.unit, on).parent is None
    )


def looked_over(
    reader: Officer,
    ref: str,
    offices: Directory,
    on: date,
    *,
    pointer: str = "unit",
    at: date | None = None,
) -> Unit:
    """The unit by id or code, a former one as it last stood. ``at``: the day the code is of.

    Refuses: ``UnknownUnit``, :class:`AreaNotForReader`.
    """
    unit = former_unit(offices, ref, at or on, pointer=pointer)
    if not may_look_over(reader, unit.unit_id, offices, on):
        raise AreaNotForReader(
            f"Cơ quan của bạn không xem được số liệu của {unit.name}.",
            pointer=pointer,
            mend="Chọn đơn vị của mình hoặc đơn vị trực thuộc.",
        )
    return unit


def area_of(unit_id: str, offices: Directory, on: date) -> Area:
    """A unit with everything below it, as queries want it.

    Offices that had ended are in the area in which their work counts, until it was taken over;
    so nothing open is left out. A former unit is as it was on its last day.
    """
    last = offices.units.of(unit_id)[-1:]
    ended = [unit.valid_until for unit in last if unit.valid_until is not None]
    placing = placing_of(offices, min((on, *ended)))
    units = (*placing.units_in(unit_id), *placing.former_units_in(unit_id))
    return Area(offices=placing.offices_in(unit_id), units=units)


@dataclass(frozen=True, slots=True)
class Scope:
    """Which work lists and sums of a unit mean: what lies there, of a former one what came from
    there. Views are asked for ``offices``; a row is in it if :meth:`holds` says so.
    """

    unit_id: str
    offices: tuple[str, ...]
    placing: Placing
    is_past: bool

    def holds(self, office: str, formers: Sequence[str]) -> bool:
        """Whether work at an office, which came there by others, counts in this unit."""
        came_by = formers if self.is_past else ()
        return self.placing.lies_in(self.placing.place(office, came_by).unit, self.unit_id)

    def of_office(self, office: str) -> "Scope":
        """What lies at one office of it alone."""
        return replace(self, offices=(office,))


def scope_of(unit_id: str, offices: Directory, on: date) -> Scope:
    """What counts in a unit today, in a former one on its last day."""
    periods = offices.units.of(unit_id)
    last = periods[-1].valid_until if periods else None
    is_past = last is not None and last < on
    placing = placing_of(offices, last if last is not None and is_past else on)
    return Scope(unit_id, placing.offices_in(unit_id), placing, is_past)
