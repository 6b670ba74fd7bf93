"""The boards of units that have ended: asked with the reader's rights, or as of their last day."""

from domain.days import day_of
from domain.directory import Unit
from domain.law.deadlines import working_days_after
from services.api.reading import SOON_WORKING_DAYS
from services.areas import area_of, placing_of
from services.units.deciding import former_unit
from services.web.present.past_board import PastFacts
from services.web.routes.door import Visit


def ended_unit(visit: Visit, ref: str) -> Unit | None:
    """A unit the reader looks over that has ended by today. Refuses: 403, ``UnknownUnit``."""
    unit_id = visit.reading.unit(ref)
    today = day_of(visit.parts.clock.now())
    unit = former_unit(visit.directory, unit_id, today)
    return unit if unit.valid_until is not None and unit.valid_until < today else None


def past_facts(visit: Visit, unit: Unit) -> PastFacts:
    """What of its work is open today, and in which unit of then it lay."""
    today = day_of(visit.parts.clock.now())
    last = unit.valid_until or today
    area = area_of(unit.unit_id, visit.directory, last)
    soon = working_days_after(today, SOON_WORKING_DAYS, visit.parts.calendar)
    return PastFacts(
        unit=unit,
        last=last,
        today=today,
        open=visit.parts.views.open_at(area.offices, today=today, soon_until=soon),
        placing=placing_of(visit.directory, last),
        freshness=visit.parts.views.freshness(),
    )
