"""Acts on gatherings: counts and places, never a list of people (đoàn đông người)."""

from uuid import UUID, uuid4

from fastapi import APIRouter, Response

from domain.commands import gathering as ask
from services.api.acts import CHANGES, CREATES, ActAnew, ActOn
from services.api.bodies import gatherings as bodies
from services.api.bodies.base import PlainAct

AT = "/api/v1/gatherings"

router = APIRouter(prefix=AT, tags=["gatherings"])


@router.post("", **CREATES)
async def report_gathering(body: bodies.GatheringReport, act: ActAnew) -> Response:
    """Say that a crowd stands somewhere (báo có đoàn đông người)."""
    command = body.command(ask.ReportGathering, gathering_id=uuid4())
    return await act.record(command, body, at=AT, created=True)


@router.post("/{gathering_id}/counts", **CHANGES)
async def revise_gathering_count(
    gathering_id: UUID, body: bodies.CountRevision, act: ActOn
) -> Response:
    """Count again (đếm lại)."""
    return await act.record(
        body.command(ask.ReviseGatheringCount, gathering_id=gathering_id), body, at=AT
    )


@router.post("/{gathering_id}/acknowledgement", **CHANGES)
async def acknowledge_gathering(gathering_id: UUID, body: PlainAct, act: ActOn) -> Response:
    """Confirm that the office knows of the crowd (đã biết)."""
    return await act.record(
        body.command(ask.AcknowledgeGathering, gathering_id=gathering_id), body, at=AT
    )


@router.post("/{gathering_id}/reception", **CHANGES)
async def receive_crowd(gathering_id: UUID, body: bodies.CrowdReception, act: ActOn) -> Response:
    """Receive the crowd's representatives (tiếp đoàn)."""
    return await act.record(body.command(ask.ReceiveCrowd, gathering_id=gathering_id), body, at=AT)


@router.post("/{gathering_id}/dispersal", **CHANGES)
async def disperse_gathering(gathering_id: UUID, body: PlainAct, act: ActOn) -> Response:
    """Say that the crowd is no longer there (đoàn đã về)."""
    return await act.record(
        body.command(ask.DisperseGathering, gathering_id=gathering_id), body, at=AT
    )
