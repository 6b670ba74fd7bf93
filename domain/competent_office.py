"""Which office settles a matter, by the law and the tree of a day (cơ quan có thẩm quyền).

Who decides about whose act is the rulebook's to say, for the law of each day differs; which
office that is on that day is the directory's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from domain.codes import Field, PetitionKind
from domain.directory import Directory
from domain.homes import OfficesOn
from domain.law.provisions import Competence
from domain.law.terms import Condition, Official, Question
from domain.units import COMMITTEE, Office, Unit

MATTERS: Final = {
    PetitionKind.COMPLAINT: Condition.COMPLAINT,
    PetitionKind.DENUNCIATION: Condition.DENUNCIATION,
}
"""What the rules name somebody for; anything else is for who looks after the field."""

CHAIRS: Final[Mapping[str, Official]] = {
    "commune": Official.COMMUNE_CHAIR,
    "district": Official.DISTRICT_CHAIR,
    "province": Official.PROVINCE_CHAIR,
}
"""Who heads the People's Committee of a unit, by its level."""

HEADS: Final[Mapping[str, Official]] = {
    "commune": Official.COMMUNE_STAFF,
    "district": Official.DISTRICT_OFFICE_HEAD,
    "province": Official.DEPARTMENT_HEAD,
}
"""Who heads any other office of a unit, by its level."""


class CompetenceRules(Protocol):
    """What a rulebook knows of competence; :class:`domain.law.rulebook.Rulebook` does."""

    def competent(
        self, matter: Condition, about: Official, question: Question, day: date
    ) -> Competence | None:
        """Who decides about somebody's act; None where the book names nobody."""


@dataclass(frozen=True, slots=True)
class Competent:
    """Who decides, and by which rule (thẩm quyền giải quyết).

    ``office`` is None where the one who decides sits in none that the directory has: a
    minister, a Party body. ``rule`` is None where no law need name anybody: a proposal is
    for the office that looks after the field.
    """

    office: Office | None
    decides: Official
    rule: Competence | None


def competent_office(
    kind: PetitionKind,
    field: Field,
    unit: str,
    on: date,
    *,
    directory: Directory,
    rules: CompetenceRules,
    accused: str | None = None,
    question: Question = Question.FIRST,
) -> Competent | None:
    """Which office settles a matter of a unit by the law and the tree of a day.

    ``accused`` is the office whose act or decision it is about; without one it is the unit's
    People's Committee. None where the rules name nobody, and never the accused office where
    it is denounced. Refuses: ``UnknownUnit``.
    """
    home = directory.get_unit(unit, on)
    matter = MATTERS.get(kind)
    if matter is None:
        return _who_looks_after(field, home, directory, on)
    of = _answering(accused, directory, on) if accused else directory.find_office(unit, on)
    if of is None:
        return None
    about = _head_of(of, directory, on)
    rule = rules.competent(matter, about, question, on)
    if rule is None:
        return None
    office = of if rule.decides is about else _seat_of(rule.decides, of, directory, on)
    if matter is Condition.DENUNCIATION and office == of:
        return None
    return Competent(office, rule.decides, rule)


def _head_of(office: Office, directory: Directory, on: date) -> Official:
    """Who heads an office, as the law names such officials."""
    level = directory.get_unit(office.unit, on).level
    if office.type == COMMITTEE:
        return CHAIRS.get(level, Official.AGENCY_HEAD)
    head = HEADS.get(level, Official.AGENCY_HEAD)
    below = _department_above(office, directory, on) is not None
    return Official.DEPARTMENT_UNIT_HEAD if head is Official.DEPARTMENT_HEAD and below else head


def _seat_of(official: Official, of: Office, directory: Directory, on: date) -> Office | None:
    """The office where an official above sits, as seen from the office the act is of."""
    if official is Official.AGENCY_HEAD:
        return of
    if official is Official.DEPARTMENT_HEAD:
        return _department_above(of, directory, on)
    for unit in (directory.get_unit(of.unit, on), *directory.ancestors(of.unit, on)):
        if CHAIRS.get(unit.level) is official:
            return directory.find_office(unit.unit_id, on)
    return None


def _department_above(office: Office, directory: Directory, on: date) -> Office | None:
    """The department that directs it; a People's Committee is none."""
    above = directory.superiors_of(office.office_id, on)
    return next((each for each in above[:1] if each.type != COMMITTEE), None)


def _who_looks_after(field: Field, unit: Unit, directory: Directory, on: date) -> Competent | None:
    offices = directory.offices_of(unit.unit_id, on)
    found = next((office for office in offices if field in office.fields), None)
    office = found or directory.find_office(unit.unit_id, on)
    return None if office is None else Competent(office, Official.AGENCY_HEAD, None)


def _answering(office_id: str, directory: Directory, on: date) -> Office | None:
    """The office itself, or who answers for it on a day after its end."""
    standing = directory.offices.on(office_id, on)
    if standing is not None:
        return standing
    home = OfficesOn(directory, on).home_of(office_id)
    return None if home is None else home.office
