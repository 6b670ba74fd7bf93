"""Acts on return missions: an offer of help, never an order (hỗ trợ công dân về)."""

from uuid import UUID, uuid4

from fastapi import APIRouter, Response

from domain.commands import return_mission as ask
from services.api.acts import CHANGES, CREATES, ActAnew, ActOn
from services.api.bodies import gatherings as bodies
from services.api.bodies.base import PlainAct

AT = "/api/v1/return-missions"

router = APIRouter(prefix=AT, tags=["return missions"])


@router.post("", **CREATES)
async def request_return(body: bodies.ReturnRequest, act: ActAnew) -> Response:
    """Ask the home unit of a gathering to help its people home (đề nghị đưa về)."""
    command = body.command(ask.RequestReturn, mission_id=uuid4())
    return await act.record(command, body, at=AT, created=True)


@router.post("/{mission_id}/lead", **CHANGES)
async def name_return_lead(mission_id: UUID, body: bodies.LeadName, act: ActOn) -> Response:
    """Name who leads (cử người phụ trách)."""
    return await act.record(body.command(ask.NameReturnLead, mission_id=mission_id), body, at=AT)


@router.post("/{mission_id}/dispatch", **CHANGES)
async def dispatch_return_officer(mission_id: UUID, body: bodies.Dispatch, act: ActOn) -> Response:
    """Send officers and a vehicle (cử cán bộ, bố trí xe)."""
    return await act.record(
        body.command(ask.DispatchReturnOfficer, mission_id=mission_id), body, at=AT
    )


@router.post("/{mission_id}/offer", **CHANGES)
async def offer_return(mission_id: UUID, body: bodies.Headcount, act: ActOn) -> Response:
    """Offer the help and explain it (đề nghị hỗ trợ về)."""
    return await act.record(body.command(ask.OfferReturn, mission_id=mission_id), body, at=AT)


@router.post("/{mission_id}/consents", **CHANGES)
async def record_consent(mission_id: UUID, body: bodies.Headcount, act: ActOn) -> Response:
    """Count those who accept of their own will (đồng ý về)."""
    return await act.record(body.command(ask.RecordConsent, mission_id=mission_id), body, at=AT)


@router.post("/{mission_id}/declines", **CHANGES)
async def record_decline(mission_id: UUID, body: bodies.Headcount, act: ActOn) -> Response:
    """Count those who stay by choice (không về)."""
    return await act.record(body.command(ask.RecordDecline, mission_id=mission_id), body, at=AT)


@router.post("/{mission_id}/departure", **CHANGES)
async def depart_for_home(mission_id: UUID, body: bodies.Headcount, act: ActOn) -> Response:
    """Leave with those who wished to (khởi hành)."""
    return await act.record(body.command(ask.DepartForHome, mission_id=mission_id), body, at=AT)


@router.post("/{mission_id}/arrival", **CHANGES)
async def arrive_home(mission_id: UUID, body: bodies.Arrival, act: ActOn) -> Response:
    """Arrive at home (về đến nơi)."""
    return await act.record(body.command(ask.ArriveHome, mission_id=mission_id), body, at=AT)


@router.post("/{mission_id}/handover", **CHANGES)
async def hand_over(mission_id: UUID, body: bodies.HandOverTo, act: ActOn) -> Response:
    """Hand over to an officer at home (bàn giao)."""
    return await act.record(body.command(ask.HandOver, mission_id=mission_id), body, at=AT)


@router.post("/{mission_id}/follow-up", **CHANGES)
async def schedule_follow_up(mission_id: UUID, body: bodies.FollowUp, act: ActOn) -> Response:
    """Set the day of the reception at home (hẹn tiếp)."""
    return await act.record(body.command(ask.ScheduleFollowUp, mission_id=mission_id), body, at=AT)


@router.post("/{mission_id}/follow-up/held", **CHANGES)
async def hold_follow_up(mission_id: UUID, body: bodies.FollowUpHeld, act: ActOn) -> Response:
    """Say that the reception at home was held (đã tiếp tại địa phương)."""
    return await act.record(body.command(ask.HoldFollowUp, mission_id=mission_id), body, at=AT)


@router.post("/{mission_id}/closure", **CHANGES)
async def close_return_mission(mission_id: UUID, body: PlainAct, act: ActOn) -> Response:
    """End the mission (kết thúc)."""
    return await act.record(
        body.command(ask.CloseReturnMission, mission_id=mission_id), body, at=AT
    )
