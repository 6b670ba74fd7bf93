"""What may be asked about the time a case takes (thời hạn giải quyết).

``basis``: the number of the decision or list, ``decided_on`` its day.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.codes import ComplexGround, Contested, Instance, SuspensionGround
from domain.commands.base import Command


@dataclass(frozen=True, kw_only=True)
class MarkComplex(Command):
    """Note in the file why the case is complex (ghi nhận phức tạp). All grounds that hold."""

    case_id: UUID
    grounds: tuple[ComplexGround, ...]


@dataclass(frozen=True, kw_only=True)
class UnmarkComplex(Command):
    """Note that it is not complex after all (thôi ghi nhận phức tạp)."""

    case_id: UUID


@dataclass(frozen=True, kw_only=True)
class MarkRemote(Command):
    """Note that the matter lies in a remote area (vùng sâu, vùng xa)."""

    case_id: UUID
    basis: str


@dataclass(frozen=True, kw_only=True)
class UnmarkRemote(Command):
    """Note that it does not lie in a remote area (đính chính địa bàn)."""

    case_id: UUID


@dataclass(frozen=True, kw_only=True)
class NameInstance(Command):
    """Say whether it is settled for the first or the second time (lần giải quyết)."""

    case_id: UUID
    instance: Instance


@dataclass(frozen=True, kw_only=True)
class NameContested(Command):
    """Say whether the complaint is about discipline (đối tượng khiếu nại)."""

    case_id: UUID
    contested: Contested


@dataclass(frozen=True, kw_only=True)
class ExtendSettlement(Command):
    """Extend the limit by a written decision (gia hạn)."""

    case_id: UUID
    decided_on: date
    basis: str


@dataclass(frozen=True, kw_only=True)
class SuspendCase(Command):
    """Let settling rest (tạm đình chỉ)."""

    case_id: UUID
    ground: SuspensionGround
    decided_on: date
    basis: str


@dataclass(frozen=True, kw_only=True)
class ContinueCase(Command):
    """Go on settling (tiếp tục giải quyết)."""

    case_id: UUID
    decided_on: date
    basis: str


OnCase = (
    MarkComplex
    | UnmarkComplex
    | MarkRemote
    | UnmarkRemote
    | NameInstance
    | NameContested
    | ExtendSettlement
    | SuspendCase
    | ContinueCase
)
