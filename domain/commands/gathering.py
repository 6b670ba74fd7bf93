"""What may be asked of a gathering (đoàn đông người)."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.codes import Field, Site
from domain.commands.base import Command
from domain.values import CountRange


@dataclass(frozen=True, kw_only=True)
class ReportGathering(Command):
    """Say that a crowd stands somewhere (báo có đoàn đông người)."""

    TEXT_FIELDS: ClassVar[frozenset[str]] = frozenset({"issue", "place_detail"})

    gathering_id: UUID
    place: str
    site: Site
    home: str
    count: CountRange
    issue: Field
    case_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class ReviseGatheringCount(Command):
    """Count again (đếm lại)."""

    gathering_id: UUID
    count: CountRange


@dataclass(frozen=True, kw_only=True)
class AcknowledgeGathering(Command):
    """Confirm the office knows of the crowd (đã biết)."""

    gathering_id: UUID


@dataclass(frozen=True, kw_only=True)
class ReceiveCrowd(Command):
    """Receive the crowd's representatives (tiếp đoàn)."""

    TEXT_FIELDS: ClassVar[frozenset[str]] = frozenset({"result"})

    gathering_id: UUID
    in_person: bool
    representatives: int


@dataclass(frozen=True, kw_only=True)
class DisperseGathering(Command):
    """Say that the crowd is no longer there (đoàn đã về)."""

    gathering_id: UUID
