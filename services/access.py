"""Who may do what (phân quyền): the one place that says so.

:data:`ALLOWED` says which roles; the aggregates say which office. Who may read what stands in
:mod:`services.sight`; opening a protected text and replaying a history are acts, so they
stand in the table too, and are recorded.
"""

from collections.abc import Mapping
from typing import Final

from domain.codes import LABELS, Role
from domain.commands import (
    access,
    calendar,
    case,
    directory,
    filing,
    gathering,
    petition,
    rehoming,
    return_mission,
    review,
    settlement,
)
from domain.commands.base import Command
from domain.errors import NotPermitted
from domain.values import Officer

HEADS: Final = frozenset({Role.OFFICE_HEAD, Role.LEADER})
SETTLING: Final = HEADS | {Role.HANDLER}
DESK: Final = SETTLING | {Role.CLERK}
RETURNING: Final = HEADS | {Role.RETURN_LEAD}
SYSTEM: Final = frozenset({Role.ADMIN, Role.SYSTEM})
"""Roles that keep the house and never read a dossier."""

POLICY: Final = frozenset({Role.SYSTEM})
"""What the system asks of itself, whoever is there."""

DECIDING_HOMES: Final = HEADS | {Role.ADMIN}
"""Who says where the work of an abolished office goes; which head, the dossier says."""

ALLOWED: Final[Mapping[type[Command], frozenset[Role]]] = {
    petition.ReceivePetition: DESK,
    petition.ClassifyPetition: DESK,
    petition.GuideCitizen: DESK,
    petition.TransferPetition: DESK,
    petition.AcceptPetition: DESK,
    petition.ReturnPetition: DESK,
    petition.RecallPetition: DESK,
    petition.DecideCompetence: HEADS,
    filing.WidenCheck: SETTLING,
    filing.NameFurther: DESK,
    filing.DateFiling: DESK,
    case.OpenCase: SETTLING,
    case.LinkPetition: SETTLING,
    case.NotifyAcceptance: SETTLING,
    case.AssignHandler: HEADS,
    case.ReportCaseUpward: SETTLING,
    case.IssueDirection: HEADS,
    case.EscalateCase: HEADS,
    case.AcknowledgeCase: DESK,
    case.IssueDecision: HEADS,
    case.CloseCase: HEADS,
    settlement.MarkComplex: HEADS,
    settlement.UnmarkComplex: HEADS,
    settlement.MarkRemote: SETTLING,
    settlement.UnmarkRemote: SETTLING,
    settlement.NameInstance: SETTLING,
    settlement.NameContested: SETTLING,
    settlement.ExtendSettlement: HEADS,
    settlement.SuspendCase: HEADS,
    settlement.ContinueCase: HEADS,
    gathering.ReportGathering: DESK,
    gathering.ReviseGatheringCount: DESK,
    gathering.AcknowledgeGathering: DESK,
    gathering.ReceiveCrowd: HEADS,
    gathering.DisperseGathering: DESK,
    return_mission.RequestReturn: DESK,
    return_mission.NameReturnLead: HEADS,
    return_mission.DispatchReturnOfficer: RETURNING,
    return_mission.OfferReturn: RETURNING,
    return_mission.RecordConsent: RETURNING,
    return_mission.RecordDecline: RETURNING,
    return_mission.DepartForHome: RETURNING,
    return_mission.ArriveHome: RETURNING,
    return_mission.HandOver: RETURNING,
    return_mission.ScheduleFollowUp: RETURNING,
    return_mission.HoldFollowUp: RETURNING,
    return_mission.CloseReturnMission: RETURNING,
    directory.EstablishUnit: SYSTEM,
    directory.RenameUnit: SYSTEM,
    directory.ChangeUnitKind: SYSTEM,
    directory.MoveUnit: SYSTEM,
    directory.AbolishUnit: SYSTEM,
    directory.NameUnitSuccessor: SYSTEM,
    directory.CedePart: SYSTEM,
    directory.WithdrawUnitFact: SYSTEM,
    directory.EstablishOffice: SYSTEM,
    directory.RenameOffice: SYSTEM,
    directory.ChangeOfficeSuperior: SYSTEM,
    directory.ChangeOfficeFields: SYSTEM,
    directory.AbolishOffice: SYSTEM,
    directory.NameOfficeSuccessor: SYSTEM,
    directory.WithdrawOfficeFact: SYSTEM,
    directory.OpenReceptionPlace: SYSTEM | HEADS,
    directory.CloseReceptionPlace: SYSTEM | HEADS,
    directory.FillPost: SYSTEM | HEADS,
    directory.LeavePost: SYSTEM | HEADS,
    directory.NameStandIn: SYSTEM | HEADS,
    rehoming.RehomePetition: POLICY,
    rehoming.RehomeCase: POLICY,
    rehoming.RehomeGathering: POLICY,
    rehoming.RehomeReturnMission: POLICY,
    rehoming.DecidePetitionHome: DECIDING_HOMES,
    rehoming.DecideCaseHome: DECIDING_HOMES,
    rehoming.DecideGatheringHome: DECIDING_HOMES,
    rehoming.DecideReturnMissionHome: DECIDING_HOMES,
    calendar.AnnounceDayOff: SYSTEM,
    calendar.WithdrawDayOff: SYSTEM,
    calendar.AnnounceYear: SYSTEM,
    calendar.CloseOffice: SYSTEM | HEADS,
    calendar.WithdrawClosure: SYSTEM | HEADS,
    calendar.SetWorkingHours: SYSTEM | HEADS,
    review.AskReview: POLICY,
    review.NoteReview: HEADS,
    access.OpenText: DESK | {Role.AUDITOR},
    access.ReplayHistory: SETTLING | {Role.AUDITOR},
}


class RoleMayNot(NotPermitted):
    """The officer's role does not do this, whatever the office."""

    code = "role_may_not"
    title = "Vai này không được thực hiện"


def may(command: type[Command], role: Role) -> bool:
    """Whether a role does this at all. A command that is not in the table nobody gives."""
    return role in ALLOWED.get(command, frozenset())


def check(command: Command, officer: Officer) -> None:
    """Refuses: :class:`RoleMayNot`."""
    if not may(type(command), officer.role):
        raise _may_not(officer)


def check_reads(officer: Officer) -> None:
    """Before a desk or list of dossiers. Refuses: :class:`RoleMayNot` to who keeps the house."""
    if officer.role in SYSTEM:
        raise _may_not(officer)


def _may_not(officer: Officer) -> RoleMayNot:
    return RoleMayNot(
        f"Vai “{LABELS[officer.role]}” không được thực hiện việc này.",
        mend="Nhờ người có vai phù hợp trong cơ quan thực hiện.",
    )
