"""What may be asked of protected texts and histories (truy cập)."""

from dataclasses import dataclass
from uuid import UUID

from domain.codes import AccessPurpose
from domain.commands.base import Command


@dataclass(frozen=True, kw_only=True)
class OpenText(Command):
    """Open a protected text for a purpose (xem nội dung được bảo vệ)."""

    subject: UUID
    entry: UUID
    field: str
    purpose: AccessPurpose


@dataclass(frozen=True, kw_only=True)
class ReplayHistory(Command):
    """Replay a history for a purpose (tua lại hồ sơ)."""

    subject: UUID
    at_position: int
    purpose: AccessPurpose
