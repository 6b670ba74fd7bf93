"""Bodies of acts on a petition (đơn)."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.codes import (
    AccessPurpose,
    Channel,
    Guidance,
    PetitionKind,
    ReturnGround,
    TransferGround,
)
from domain.codes import Field as Subject
from services.api.bodies.base import Act, Body, Count, Day, Flag, Ref, Text, Texts


class PetitionTexts(Texts):
    """Who came and what about: sealed in the vault, never in an event."""

    name: Text | None = None
    address: Text | None = None
    id_number: Text | None = None
    phone: Text | None = None
    summary: Text | None = None
    place_detail: Text | None = None


class NoteTexts(Texts):
    """A note that goes with the act."""

    note: Text | None = None


class Reception(Act):
    """A petition as it was received at the officer's own office (tiếp nhận đơn)."""

    kind: PetitionKind
    channel: Channel
    field: Subject
    place: Ref
    petitioners: Annotated[Count, Field(ge=1)] = 1
    election: Flag = False
    accused_office: Ref | None = None
    texts: PetitionTexts = PetitionTexts()


class Classification(Act):
    """What the petition is about and who is competent (phân loại đơn)."""

    kind: PetitionKind
    field: Subject
    competent_office: Ref
    repeat_of: UUID | None = None
    accused_office: Ref | None = None


class GuidanceGiven(Act):
    """What the citizen was told (hướng dẫn)."""

    guidance: Guidance
    competent_office: Ref | None = None
    texts: NoteTexts = NoteTexts()


class Transfer(Act):
    """An offer to another office (chuyển đơn). No ``reply_due``: the limit of the rulebook."""

    to_office: Ref
    ground: TransferGround
    papers: Count = 0
    reply_due: Day | None = None
    texts: NoteTexts = NoteTexts()


class Return(Act):
    """Why an offered petition goes back (trả lại đơn)."""

    ground: ReturnGround
    texts: NoteTexts = NoteTexts()


class CompetenceDecision(Act):
    """Which office is answerable for a disputed petition (quyết định thẩm quyền)."""

    to_office: Ref
    texts: NoteTexts = NoteTexts()


class Opening(Body):
    """Why a protected text is opened (mục đích xem)."""

    purpose: AccessPurpose
