"""Acts on how a petition was filed (việc nộp đơn)."""

from uuid import UUID

from fastapi import APIRouter, Response

from domain.commands import filing as ask
from services.api.acts import CHANGES, ActOn
from services.api.bodies import filings as bodies
from services.api.routes.petition_acts import AT

router = APIRouter(prefix=AT, tags=["petitions"])


@router.post("/{petition_id}/wider-check", **CHANGES)
async def widen_check(petition_id: UUID, body: bodies.WiderCheck, act: ActOn) -> Response:
    """Note that a denunciation is checked in several places, or by others (kiểm tra nhiều nơi)."""
    return await act.record(body.command(ask.WidenCheck, petition_id=petition_id), body, at=AT)


@router.post("/{petition_id}/further-denunciation", **CHANGES)
async def name_further(petition_id: UUID, body: bodies.Further, act: ActOn) -> Response:
    """Note that it denounces again what was settled below (tố cáo tiếp)."""
    return await act.record(body.command(ask.NameFurther, petition_id=petition_id), body, at=AT)


@router.post("/{petition_id}/filing", **CHANGES)
async def date_filing(petition_id: UUID, body: bodies.Filing, act: ActOn) -> Response:
    """Note by which days it is judged whether a complaint came in time (thời hiệu)."""
    return await act.record(body.command(ask.DateFiling, petition_id=petition_id), body, at=AT)
