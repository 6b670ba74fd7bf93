"""What may be asked of work whose office stands no longer (việc của cơ quan đã giải thể).

``office`` is always the abolished one. The system asks to re-home; between several heirs a
person decides.
"""

from dataclasses import dataclass
from uuid import UUID

from domain.commands.base import Command


@dataclass(frozen=True, kw_only=True)
class RehomePetition(Command):
    """Let a petition rest on the heir of an abolished office (đưa đơn về nơi kế thừa)."""

    petition_id: UUID
    office: str


@dataclass(frozen=True, kw_only=True)
class RehomeCase(Command):
    """Let a case, and its petitions, rest on the heir (đưa vụ việc về nơi kế thừa)."""

    case_id: UUID
    office: str


@dataclass(frozen=True, kw_only=True)
class RehomeGathering(Command):
    """Let the duties about a crowd be the heir's (đưa việc của đoàn về nơi kế thừa)."""

    gathering_id: UUID
    office: str


@dataclass(frozen=True, kw_only=True)
class RehomeReturnMission(Command):
    """Let the duties of a return mission be the heir's (đưa việc hỗ trợ về, nơi kế thừa)."""

    mission_id: UUID
    office: str


@dataclass(frozen=True, kw_only=True)
class DecidePetitionHome(Command):
    """Say which office a petition rests on for good (quyết định nơi nhận đơn)."""

    petition_id: UUID
    office: str
    to_office: str


@dataclass(frozen=True, kw_only=True)
class DecideCaseHome(Command):
    """Say which office a case, and its petitions, rest on for good (nơi nhận vụ việc)."""

    case_id: UUID
    office: str
    to_office: str


@dataclass(frozen=True, kw_only=True)
class DecideGatheringHome(Command):
    """Say whose duty a crowd is for good (quyết định nơi nhận việc của đoàn)."""

    gathering_id: UUID
    office: str
    to_office: str


@dataclass(frozen=True, kw_only=True)
class DecideReturnMissionHome(Command):
    """Say whose duty a return mission is for good (quyết định nơi nhận việc hỗ trợ về)."""

    mission_id: UUID
    office: str
    to_office: str
