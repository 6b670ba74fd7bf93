"""Acts on petitions (đơn)."""

from uuid import UUID, uuid4

from fastapi import APIRouter, Response

from domain.commands import petition as ask
from services.api.acts import CHANGES, CREATES, ActAnew, ActOn
from services.api.bodies import petitions as bodies
from services.api.bodies.base import PlainAct

AT = "/api/v1/petitions"

router = APIRouter(prefix=AT, tags=["petitions"])


@router.post("", **CREATES)
async def receive_petition(body: bodies.Reception, act: ActAnew) -> Response:
    """Take in a petition at the officer's own office (tiếp nhận đơn)."""
    command = body.command(ask.ReceivePetition, petition_id=uuid4())
    return await act.record(command, body, at=AT, created=True)


@router.post("/{petition_id}/classification", **CHANGES)
async def classify_petition(petition_id: UUID, body: bodies.Classification, act: ActOn) -> Response:
    """Sort a petition by content and competence (phân loại đơn)."""
    return await act.record(
        body.command(ask.ClassifyPetition, petition_id=petition_id), body, at=AT
    )


@router.post("/{petition_id}/guidance", **CHANGES)
async def guide_citizen(petition_id: UUID, body: bodies.GuidanceGiven, act: ActOn) -> Response:
    """Tell the citizen where to go or what is missing (hướng dẫn)."""
    return await act.record(body.command(ask.GuideCitizen, petition_id=petition_id), body, at=AT)


@router.post("/{petition_id}/transfers", **CHANGES)
async def transfer_petition(petition_id: UUID, body: bodies.Transfer, act: ActOn) -> Response:
    """Offer a petition to another office; the sender stays answerable (chuyển đơn)."""
    return await act.record(
        body.command(ask.TransferPetition, petition_id=petition_id), body, at=AT
    )


@router.post("/{petition_id}/acceptance", **CHANGES)
async def accept_petition(petition_id: UUID, body: PlainAct, act: ActOn) -> Response:
    """Take over a petition offered to the officer's office (nhận đơn)."""
    return await act.record(body.command(ask.AcceptPetition, petition_id=petition_id), body, at=AT)


@router.post("/{petition_id}/return", **CHANGES)
async def return_petition(petition_id: UUID, body: bodies.Return, act: ActOn) -> Response:
    """Give an offered petition back with grounds (trả lại đơn)."""
    return await act.record(body.command(ask.ReturnPetition, petition_id=petition_id), body, at=AT)


@router.post("/{petition_id}/recall", **CHANGES)
async def recall_petition(petition_id: UUID, body: PlainAct, act: ActOn) -> Response:
    """Take an unanswered offer back (thu hồi)."""
    return await act.record(body.command(ask.RecallPetition, petition_id=petition_id), body, at=AT)


@router.post("/{petition_id}/competence-decision", **CHANGES)
async def decide_competence(
    petition_id: UUID, body: bodies.CompetenceDecision, act: ActOn
) -> Response:
    """Name the office answerable for a disputed petition (quyết định thẩm quyền)."""
    return await act.record(
        body.command(ask.DecideCompetence, petition_id=petition_id), body, at=AT
    )
