"""Files and offices to pick in a form: by receipt number, or named in the file itself."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from domain.events.base import OfficeEvent
from domain.events.petition import CompetenceDisputed, PetitionClassified
from projections.case_row import CaseRow
from projections.petition_row import PetitionRow
from services.api import row_circles
from services.web.models import Choice
from services.web.present.asking import ActKind, Ask
from services.web.routes.door import Visit


def files_to_pick(visit: Visit, kind: ActKind, values: Mapping[str, str]) -> Sequence[Choice]:
    """What was searched for and what was chosen before, of every question for a file."""
    asks = [ask for ask in kind.asks if ask.picks in ("petition", "case")]
    return tuple(choice for ask in asks for choice in _choices(visit, ask, values))


def offices_spoken_of(facts: Sequence[OfficeEvent]) -> Sequence[str]:
    """The offices that dispute a petition, else the one it was sorted to."""
    for fact in reversed(facts):
        if isinstance(fact, CompetenceDisputed):
            return fact.offices
        if isinstance(fact, PetitionClassified):
            return (fact.competent_office,)
    return ()


def _choices(visit: Visit, ask: Ask, values: Mapping[str, str]) -> Iterable[Choice]:
    number = values.get(f"{ask.name}.q", "").strip()
    chosen = _id(values.get(ask.name, ""))
    views = visit.parts.views
    petition = views.find_petition_by_number(number) if number else None
    if ask.picks == "petition":
        before = views.find_petition(chosen) if chosen else None
        return _once(_petition(visit, row) for row in (petition, before))
    related = views.find_case(petition.case_id) if petition and petition.case_id else None
    before_case = views.find_case(chosen) if chosen else None
    return _once(_case(visit, row) for row in (related, before_case))


def _once(found: Iterable[Choice | None]) -> Iterable[Choice]:
    return {each.value: each for each in found if each is not None}.values()


def _id(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None


def _petition(visit: Visit, row: PetitionRow | None) -> Choice | None:
    if row is None or not visit.reading.sees(row_circles.of_petition(row)):
        return None
    return Choice(str(row.petition_id), row.number, visit.seat.names.office(row.in_charge))


def _case(visit: Visit, row: CaseRow | None) -> Choice | None:
    if row is None or not visit.reading.sees(row_circles.of_case(row)):
        return None
    return Choice(str(row.case_id), row.number, visit.seat.names.office(row.office))
