"""Acts on the time a case takes (thời hạn giải quyết)."""

from uuid import UUID

from fastapi import APIRouter, Response

from domain.commands import settlement as ask
from services.api.acts import CHANGES, ActOn
from services.api.bodies import settlements as bodies
from services.api.bodies.base import PlainAct
from services.api.routes.case_acts import AT

router = APIRouter(prefix=AT, tags=["cases"])


@router.post("/{case_id}/complexity", **CHANGES)
async def mark_complex(case_id: UUID, body: bodies.Complexity, act: ActOn) -> Response:
    """Note in the file why the case is complex (ghi nhận phức tạp)."""
    return await act.record(body.command(ask.MarkComplex, case_id=case_id), body, at=AT)


@router.post("/{case_id}/complexity/end", **CHANGES)
async def unmark_complex(case_id: UUID, body: PlainAct, act: ActOn) -> Response:
    """Note that it is not complex after all (thôi ghi nhận phức tạp)."""
    return await act.record(body.command(ask.UnmarkComplex, case_id=case_id), body, at=AT)


@router.post("/{case_id}/remote-area", **CHANGES)
async def mark_remote(case_id: UUID, body: bodies.RemoteArea, act: ActOn) -> Response:
    """Note that the matter lies in a remote area (vùng sâu, vùng xa)."""
    return await act.record(body.command(ask.MarkRemote, case_id=case_id), body, at=AT)


@router.post("/{case_id}/remote-area/end", **CHANGES)
async def unmark_remote(case_id: UUID, body: PlainAct, act: ActOn) -> Response:
    """Note that it does not lie in a remote area (đính chính địa bàn)."""
    return await act.record(body.command(ask.UnmarkRemote, case_id=case_id), body, at=AT)


@router.post("/{case_id}/instance", **CHANGES)
async def name_instance(case_id: UUID, body: bodies.NamedInstance, act: ActOn) -> Response:
    """Say whether it is settled for the first or the second time (lần giải quyết)."""
    return await act.record(body.command(ask.NameInstance, case_id=case_id), body, at=AT)


@router.post("/{case_id}/contested", **CHANGES)
async def name_contested(case_id: UUID, body: bodies.NamedContested, act: ActOn) -> Response:
    """Say whether the complaint is about discipline (đối tượng khiếu nại)."""
    return await act.record(body.command(ask.NameContested, case_id=case_id), body, at=AT)


@router.post("/{case_id}/extensions", **CHANGES)
async def extend_settlement(case_id: UUID, body: bodies.Extension, act: ActOn) -> Response:
    """Extend the limit by a written decision (gia hạn)."""
    return await act.record(body.command(ask.ExtendSettlement, case_id=case_id), body, at=AT)


@router.post("/{case_id}/suspension", **CHANGES)
async def suspend_case(case_id: UUID, body: bodies.Suspension, act: ActOn) -> Response:
    """Let settling rest; the time is not counted (tạm đình chỉ)."""
    return await act.record(body.command(ask.SuspendCase, case_id=case_id), body, at=AT)


@router.post("/{case_id}/continuation", **CHANGES)
async def continue_case(case_id: UUID, body: bodies.Continuation, act: ActOn) -> Response:
    """Go on settling; the clock runs on from this decision (tiếp tục giải quyết)."""
    return await act.record(body.command(ask.ContinueCase, case_id=case_id), body, at=AT)
