"""What a stream is, and whom it concerns, for the reading rules of :mod:`services.sight`."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

from domain.case import Case
from domain.codes import PetitionKind
from domain.directory import Directory
from domain.dossier import Dossier
from domain.errors import NotFound
from domain.events.base import OfficeEvent
from domain.gathering import Gathering
from domain.petition import Petition
from domain.return_mission import ReturnMission
from services.sight import Circle


class Streams(Protocol):
    """Where dossiers come from; a fact store is one."""

    def load(self, stream: UUID) -> Sequence[OfficeEvent]:
        """The facts of a stream, oldest first; none for an unknown stream."""

    def last_version(self, stream: UUID) -> int:
        """The version of a stream's newest fact, 0 for an unknown stream."""


def circle_of(dossier: Dossier, offices: Directory, on: date) -> Circle:
    """The circle of a petition, case, gathering or return mission.

    A denunciation's former holders are outside: what they no longer handle they no longer
    need to know. A petition that ever was one stays one here, however it is sorted now
    (docs/decisions/denouncers.md). Anything else concerns nobody.
    """
    holders = holders_of(dossier)
    match dossier:
        case Petition():
            denounced = dossier.ever_denunciation
            told = () if denounced else (*dossier.holders, *dossier.returned_by)
            return Circle(holders, frozenset(told), dossier.accused, denounced)
        case Case():
            denounced = dossier.kind is PetitionKind.DENUNCIATION
            return Circle(holders, frozenset(dossier.told), dossier.accused, denounced)
        case Gathering():
            return Circle(holders, dossier.offices_told(offices, on))
    return Circle(holders)


def holders_of(dossier: Dossier) -> frozenset[str]:
    """Who is answerable for it now or asked to be: they see it, whoever else was told."""
    match dossier:
        case Petition():
            offered = None if dossier.offer is None else dossier.offer.to_office
            return _known((dossier.in_charge, offered, dossier.judge))
        case Case():
            return frozenset({dossier.handling})
        case Gathering():
            return frozenset((dossier.reported_by, dossier.must_receive, *dossier.must_come))
        case ReturnMission():
            led = (dossier.home_office, dossier.leading, dossier.requested_by, dossier.host)
            return _known(led)
    return frozenset()


def load_dossier(streams: Streams, stream: UUID) -> tuple[Dossier, Sequence[OfficeEvent]]:
    """Whatever dossier this stream is, and its facts. Refuses: ``NotFound``."""
    facts = streams.load(stream)
    return dossier_of(stream, facts), facts


def dossier_of(stream: UUID, facts: Sequence[OfficeEvent]) -> Dossier:
    """The state these facts of one stream add up to. Refuses: ``NotFound``."""
    for kind in (Petition, Case, Gathering, ReturnMission):
        if facts and isinstance(facts[0], kind.BEGINS_WITH):
            return kind.replay(stream, facts)
    raise NotFound("Không tìm thấy hồ sơ.")


def _known(offices: Iterable[str | None]) -> frozenset[str]:
    return frozenset(office for office in offices if office is not None)
