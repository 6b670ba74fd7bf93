"""Whom each kind of dossier concerns, for the reading rules of :mod:`services.access`."""

from collections.abc import Iterable
from datetime import date

from domain.case import Case
from domain.codes import PetitionKind
from domain.custody import Custody
from domain.directory import Directory
from domain.dossier import Dossier
from domain.gathering import Gathering
from domain.petition import Petition
from domain.return_mission import ReturnMission
from services.access import Circle


def circle_of(dossier: Dossier, offices: Directory, on: date) -> Circle:
    """The circle of a petition, case, gathering or return mission.

    A denunciation's former holders are outside: what they no longer handle they no longer
    need to know. Anything else concerns nobody.
    """
    match dossier:
        case Petition():
            denounced = dossier.kind is PetitionKind.DENUNCIATION
            told = () if denounced else (*dossier.holders, *dossier.returned_by)
            return Circle(_holders(dossier), frozenset(told), dossier.accused, denounced)
        case Case():
            denounced = dossier.kind is PetitionKind.DENUNCIATION
            handling = frozenset({dossier.handling})
            return Circle(handling, frozenset(dossier.told), dossier.accused, denounced)
        case Gathering():
            first = (dossier.reported_by, dossier.must_receive, *dossier.must_come)
            return Circle(frozenset(first), dossier.offices_told(offices, on))
        case ReturnMission():
            return Circle(_known((dossier.home_office, dossier.leading, dossier.requested_by)))
    return Circle(frozenset())


def _holders(petition: Custody) -> frozenset[str]:
    offered = None if petition.offer is None else petition.offer.to_office
    return _known((petition.in_charge, offered, petition.judge))


def _known(offices: Iterable[str | None]) -> frozenset[str]:
    return frozenset(office for office in offices if office is not None)
