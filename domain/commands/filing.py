"""What may be asked about how a petition was filed (việc nộp đơn)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.codes import CheckGround, Contested, Instance
from domain.commands.base import Command


@dataclass(frozen=True, kw_only=True)
class WidenCheck(Command):
    """Note that a denunciation is checked in several places, or by others (kiểm tra nhiều nơi)."""

    petition_id: UUID
    ground: CheckGround


@dataclass(frozen=True, kw_only=True)
class NameFurther(Command):
    """Note that it denounces again what was settled below (tố cáo tiếp)."""

    petition_id: UUID
    basis: str


@dataclass(frozen=True, kw_only=True)
class DateFiling(Command):
    """Note by which days it is judged whether a complaint came in time (thời hiệu)."""

    petition_id: UUID
    contested: Contested
    instance: Instance
    known_on: date
    remote: bool = False
    obstacle_from: date | None = None
    obstacle_until: date | None = None


OnPetition = WidenCheck | NameFurther | DateFiling
