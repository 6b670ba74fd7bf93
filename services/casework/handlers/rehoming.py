"""Work of an abolished office goes to who stands in its place (việc kế thừa)."""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar
from uuid import UUID

from domain.case import Case
from domain.commands import rehoming as ask_for
from domain.commands.base import Command
from domain.gathering import Gathering
from domain.petition import Petition
from domain.rehoming import Resting
from domain.return_mission import ReturnMission
from services.casework.desk import Desk
from services.casework.handlers.row import Row

R = TypeVar("R", bound=Resting)
Named = Callable[[Any], UUID]


def _row(kind: type[R], named: str, act: Callable[[R, Any, Desk], None]) -> Row:
    """An act on a dossier of a kind, whose id the command gives by this name."""

    def subject(ask: Any) -> UUID:
        stream: UUID = getattr(ask, named)
        return stream

    return Row(lambda ask, desk: act(desk.open(kind, subject(ask)), ask, desk), subject)


def rehome(work: Resting, ask: Any, desk: Desk) -> None:
    """Let who stands in the place of the abolished office take its parts over."""
    work.rehome(ask.office, desk.signature)


def decide_home(work: Resting, ask: Any, desk: Desk) -> None:
    """Say which office takes them over for good."""
    to = desk.office(ask.to_office, "/to_office")
    above = desk.directory.superiors_of(to.office_id, desk.on)
    reach = frozenset({to.office_id, *(office.office_id for office in above)})
    work.decide_home(ask.office, desk.signature, to=to, within_reach=reach)


def rehome_case(case: Case, ask: ask_for.RehomeCase, desk: Desk) -> None:
    """The case, and with it every petition that it handles."""
    rehome(case, ask, desk)
    _take_petitions_along(case, desk)


def decide_case_home(case: Case, ask: ask_for.DecideCaseHome, desk: Desk) -> None:
    """The case, and with it every petition that it handles."""
    decide_home(case, ask, desk)
    _take_petitions_along(case, desk)


def _take_petitions_along(case: Case, desk: Desk) -> None:
    if case.newest_move is None:
        return
    for petition in case.petitions:
        desk.open(Petition, petition).go_with(case.newest_move, desk.signature)


HANDLERS: Final[Mapping[type[Command], Row]] = {
    ask_for.RehomePetition: _row(Petition, "petition_id", rehome),
    ask_for.RehomeCase: _row(Case, "case_id", rehome_case),
    ask_for.RehomeGathering: _row(Gathering, "gathering_id", rehome),
    ask_for.RehomeReturnMission: _row(ReturnMission, "mission_id", rehome),
    ask_for.DecidePetitionHome: _row(Petition, "petition_id", decide_home),
    ask_for.DecideCaseHome: _row(Case, "case_id", decide_case_home),
    ask_for.DecideGatheringHome: _row(Gathering, "gathering_id", decide_home),
    ask_for.DecideReturnMissionHome: _row(ReturnMission, "mission_id", decide_home),
}
