"""What may be asked of a return mission (hỗ trợ công dân về)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.commands.base import Command


@dataclass(frozen=True, kw_only=True)
class RequestReturn(Command):
    """Ask the home unit of a gathering to help its people home (đề nghị đưa về)."""

    mission_id: UUID
    gathering_id: UUID
    people: int


@dataclass(frozen=True, kw_only=True)
class NameReturnLead(Command):
    """Name who leads (cử người phụ trách). ``lead``: an account."""

    mission_id: UUID
    lead: str


@dataclass(frozen=True, kw_only=True)
class DispatchReturnOfficer(Command):
    """Send officers and a vehicle (cử cán bộ, bố trí xe)."""

    mission_id: UUID
    officers: int
    vehicles: int


@dataclass(frozen=True, kw_only=True)
class OfferReturn(Command):
    """Offer the help and explain it (đề nghị hỗ trợ về)."""

    mission_id: UUID
    people: int


@dataclass(frozen=True, kw_only=True)
class RecordConsent(Command):
    """Count those who accept (đồng ý về)."""

    mission_id: UUID
    people: int


@dataclass(frozen=True, kw_only=True)
class RecordDecline(Command):
    """Count those who stay by choice (không về)."""

    mission_id: UUID
    people: int


@dataclass(frozen=True, kw_only=True)
class DepartForHome(Command):
    """Leave with those who wished to (khởi hành)."""

    mission_id: UUID
    people: int


@dataclass(frozen=True, kw_only=True)
class ArriveHome(Command):
    """Arrive at home (về đến nơi)."""

    mission_id: UUID
    people: int
    needs_care: bool = False


@dataclass(frozen=True, kw_only=True)
class HandOver(Command):
    """Hand over to an officer at home (bàn giao). ``receiving_officer``: an account."""

    mission_id: UUID
    receiving_officer: str


@dataclass(frozen=True, kw_only=True)
class ScheduleFollowUp(Command):
    """Set the day of the reception at home (hẹn tiếp)."""

    mission_id: UUID
    on: date


@dataclass(frozen=True, kw_only=True)
class HoldFollowUp(Command):
    """Say that the reception at home was held (đã tiếp tại địa phương)."""

    mission_id: UUID
    held_on: date


@dataclass(frozen=True, kw_only=True)
class CloseReturnMission(Command):
    """End the mission (kết thúc)."""

    mission_id: UUID
