"""The circle of a row: as of its dossier, as far as a view knows it (phạm vi của một dòng).

A view knows less of the past than the dossier, so a list may leave out what its own page
would still show; never the other way round.
"""

from collections.abc import Sequence
from uuid import UUID

from domain.codes import DataClass, PetitionKind
from projections.answers import Awaiting
from projections.case_row import CaseRow
from projections.gatherings import GatheringRow
from projections.petition_row import PetitionRow
from projections.queries import Views
from projections.reminders import OpenReminder
from projections.return_missions import MissionRow
from services.sight import Circle

File = PetitionRow | CaseRow | GatheringRow | MissionRow


def of_petition(row: PetitionRow) -> Circle:
    """Holders: who answers, who is asked to, who must decide. Told: who received it.

    Sealed is what ever was a denunciation, whatever it is sorted as now.
    """
    denounced = row.data_class == DataClass.SEALED
    told = () if denounced else (row.received_office,)
    holders = _known(row.in_charge, row.offered_to, row.disputed_superior)
    return Circle(holders, frozenset(told), row.accused_office, denounced)


def of_case(row: CaseRow) -> Circle:
    """Holder: who handles it. Told: the superiors it was taken to."""
    told = _known(row.reported_to, row.escalated_to, row.directed_by)
    denounced = row.kind == PetitionKind.DENUNCIATION
    return Circle(frozenset({row.office}), told, row.accused_office, denounced)


def of_files(views: Views, petitions: Sequence[UUID], cases: Sequence[UUID]) -> dict[UUID, Circle]:
    """Those of these files that the views know. Raises ``ViewsUnavailable``."""
    circles = {row.petition_id: of_petition(row) for row in views.find_petitions(petitions)}
    return circles | {row.case_id: of_case(row) for row in views.find_cases(cases)}


def of_gathering(row: GatheringRow) -> Circle:
    """Holders: who reported it, who must receive it, who must come. Told: who said so."""
    holders = frozenset({row.office, row.must_receive, *row.must_come})
    return Circle(holders, frozenset(row.acknowledged))


def of_mission(row: MissionRow) -> Circle:
    """Holders: who asked, who leads, the home office, who holds the reception at home."""
    return Circle(_known(row.home_office, row.lead_office, row.office, row.follow_up_office))


def of_file(row: File) -> Circle:
    """That of a row of whatever sort of file."""
    match row:
        case PetitionRow():
            return of_petition(row)
        case CaseRow():
            return of_case(row)
        case GatheringRow():
            return of_gathering(row)
    return of_mission(row)


def of_awaiting(row: Awaiting) -> Circle:
    """That of the petition or case that waits, with the superior it waits for."""
    if row.petition is not None:
        circle = of_petition(row.petition)
    elif row.case is not None:
        circle = of_case(row.case)
    else:
        return Circle(frozenset())
    holders = circle.holders | {row.superior}
    return Circle(holders, circle.told, circle.accused, circle.denunciation)


def of_reminder(item: OpenReminder) -> Circle | None:
    """That of the file it is about; None while no view knows the file."""
    if item.petition is not None:
        return of_petition(item.petition)
    if item.case is not None:
        return of_case(item.case)
    if item.gathering is not None:
        return of_gathering(item.gathering)
    return None if item.mission is None else of_mission(item.mission)


def _known(*offices: str | None) -> frozenset[str]:
    return frozenset(office for office in offices if office is not None)
