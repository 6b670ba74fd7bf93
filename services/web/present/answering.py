"""Who answers for the work of a unit that ended (ai chịu trách nhiệm thay)."""

from datetime import date

from domain.directory import Directory, Office, Unit
from domain.homes import Home, OfficesOn


def who_answers(unit: Unit, directory: Directory, today: date) -> str:
    """A sentence about what its committee had, as of today."""
    committee, home = _home(unit, directory, today)
    if committee is None or home is None:
        return "Chưa có cơ quan nào chịu trách nhiệm thay."
    if home.interim:
        return f"{home.office.name} tạm chịu trách nhiệm thay {committee.name}, chờ quyết định."
    return f"{home.office.name} chịu trách nhiệm thay {committee.name}."


def unit_that_answers(unit: Unit, directory: Directory, today: date) -> Unit | None:
    """Where the office that answers sits; None where nobody does."""
    _, home = _home(unit, directory, today)
    return None if home is None else directory.get_unit(home.office.unit, today)


def _home(unit: Unit, directory: Directory, today: date) -> tuple[Office | None, Home | None]:
    committee = directory.find_office(unit.unit_id, unit.valid_until or today)
    if committee is None:
        return None, None
    return committee, OfficesOn(directory, today).home_of(committee.office_id)
