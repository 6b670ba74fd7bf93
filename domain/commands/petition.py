"""What may be asked of a petition (đơn)."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.codes import Channel, Field, Guidance, PetitionKind, ReturnGround, TransferGround
from domain.commands.base import Command

IDENTITY_FIELDS = frozenset({"name", "address", "id_number", "phone"})


@dataclass(frozen=True, kw_only=True)
class ReceivePetition(Command):
    """Take in a petition at the officer's own office (tiếp nhận đơn)."""

    TEXT_FIELDS: ClassVar[frozenset[str]] = IDENTITY_FIELDS | {"summary", "place_detail"}

    petition_id: UUID
    kind: PetitionKind
    channel: Channel
    field: Field
    place: str
    petitioners: int = 1
    election: bool = False
    accused_office: str | None = None


@dataclass(frozen=True, kw_only=True)
class ClassifyPetition(Command):
    """Sort a petition by content and competence (phân loại đơn)."""

    petition_id: UUID
    kind: PetitionKind
    field: Field
    competent_office: str
    repeat_of: UUID | None = None
    accused_office: str | None = None


@dataclass(frozen=True, kw_only=True)
class GuideCitizen(Command):
    """Tell the citizen where to go or what is missing (hướng dẫn)."""

    TEXT_FIELDS: ClassVar[frozenset[str]] = frozenset({"note"})

    petition_id: UUID
    guidance: Guidance
    competent_office: str | None = None


@dataclass(frozen=True, kw_only=True)
class TransferPetition(Command):
    """Offer a petition to another office (chuyển đơn). No date: the limit of the rulebook."""

    TEXT_FIELDS: ClassVar[frozenset[str]] = frozenset({"note"})

    petition_id: UUID
    to_office: str
    ground: TransferGround
    papers: int = 0
    reply_due: date | None = None


@dataclass(frozen=True, kw_only=True)
class AcceptPetition(Command):
    """Take over a petition offered to the officer's office (nhận đơn)."""

    petition_id: UUID


@dataclass(frozen=True, kw_only=True)
class ReturnPetition(Command):
    """Give an offered petition back with grounds (trả lại đơn)."""

    TEXT_FIELDS: ClassVar[frozenset[str]] = frozenset({"note"})

    petition_id: UUID
    ground: ReturnGround


@dataclass(frozen=True, kw_only=True)
class RecallPetition(Command):
    """Take an unanswered offer back (thu hồi)."""

    petition_id: UUID


@dataclass(frozen=True, kw_only=True)
class DecideCompetence(Command):
    """Name the office answerable for a disputed petition (quyết định thẩm quyền)."""

    TEXT_FIELDS: ClassVar[frozenset[str]] = frozenset({"note"})

    petition_id: UUID
    to_office: str
