"""What may be asked of a case (vụ việc)."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.codes import ClosureReason, DecisionOutcome, EscalationGround, Notice
from domain.commands.base import Command


@dataclass(frozen=True, kw_only=True)
class OpenCase(Command):
    """Take a petition up for settlement (thụ lý)."""

    case_id: UUID
    petition_id: UUID


@dataclass(frozen=True, kw_only=True)
class LinkPetition(Command):
    """Handle one more petition in a case (nhập đơn vào vụ việc)."""

    case_id: UUID
    petition_id: UUID


@dataclass(frozen=True, kw_only=True)
class NotifyAcceptance(Command):
    """Say on which day it was told that the matter was taken up (thông báo thụ lý)."""

    case_id: UUID
    noticed_on: date


@dataclass(frozen=True, kw_only=True)
class AssignHandler(Command):
    """Give a case to an officer of the office (giao người thụ lý). ``handler``: an account."""

    case_id: UUID
    handler: str


@dataclass(frozen=True, kw_only=True)
class ReportCaseUpward(Command):
    """Tell the superior office (báo cáo cấp trên). No office: the direct superior."""

    TEXT_FIELDS: ClassVar[frozenset[str]] = frozenset({"summary", "proposal"})

    case_id: UUID
    to_office: str | None = None


@dataclass(frozen=True, kw_only=True)
class IssueDirection(Command):
    """Direct the office that handles a case (chỉ đạo)."""

    TEXT_FIELDS: ClassVar[frozenset[str]] = frozenset({"instruction"})

    case_id: UUID
    due: date


@dataclass(frozen=True, kw_only=True)
class EscalateCase(Command):
    """Ask the superior to take the lead (chuyển lên cấp trên)."""

    TEXT_FIELDS: ClassVar[frozenset[str]] = frozenset({"summary"})

    case_id: UUID
    ground: EscalationGround


@dataclass(frozen=True, kw_only=True)
class AcknowledgeCase(Command):
    """Confirm a report or escalation arrived (xác nhận đã biết)."""

    case_id: UUID


@dataclass(frozen=True, kw_only=True)
class IssueDecision(Command):
    """Decide or answer (ra quyết định, trả lời)."""

    TEXT_FIELDS: ClassVar[frozenset[str]] = frozenset({"summary"})

    case_id: UUID
    outcome: DecisionOutcome
    decided_on: date


@dataclass(frozen=True, kw_only=True)
class CloseCase(Command):
    """End a case, saying why and how the citizen was told (kết thúc)."""

    case_id: UUID
    reason: ClosureReason
    notice: Notice
    noticed_on: date
