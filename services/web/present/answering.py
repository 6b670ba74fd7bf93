"""Who answers for the work of a unit that ended (ai chịu trách nhiệm thay)."""

from domain.directory import Unit
from domain.homes import OfficesOn
from services.web.present.frame import Seat


def who_answers(unit: Unit, seat: Seat) -> str:
    """A sentence about what its committee had, as of today."""
    committee = seat.directory.find_office(unit.unit_id, unit.valid_until or seat.today)
    home = None
    if committee is not None:
        home = OfficesOn(seat.directory, seat.today).home_of(committee.office_id)
    if committee is None or home is None:
        return "Chưa có cơ quan nào chịu trách nhiệm thay."
    if home.interim:
        return f"{home.office.name} tạm chịu trách nhiệm thay {committee.name}, chờ quyết định."
    return f"{home.office.name} chịu trách nhiệm thay {committee.name}."
