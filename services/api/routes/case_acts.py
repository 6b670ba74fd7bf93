"""Acts on cases (vụ việc)."""

from uuid import UUID, uuid4

from fastapi import APIRouter, Response

from domain.commands import case as ask
from services.api.acts import CHANGES, CREATES, ActAnew, ActOn
from services.api.bodies import cases as bodies
from services.api.bodies.base import PlainAct

AT = "/api/v1/cases"

router = APIRouter(prefix=AT, tags=["cases"])


@router.post("", **CREATES)
async def open_case(body: bodies.CaseOpening, act: ActAnew) -> Response:
    """Take a petition up for settlement (thụ lý)."""
    command = body.command(ask.OpenCase, case_id=uuid4())
    return await act.record(command, body, at=AT, created=True)


@router.post("/{case_id}/petitions", **CHANGES)
async def link_petition(case_id: UUID, body: bodies.LinkedPetition, act: ActOn) -> Response:
    """Handle one more petition in the case (nhập đơn vào vụ việc)."""
    return await act.record(body.command(ask.LinkPetition, case_id=case_id), body, at=AT)


@router.post("/{case_id}/acceptance-notice", **CHANGES)
async def notify_acceptance(case_id: UUID, body: bodies.AcceptanceNotice, act: ActOn) -> Response:
    """Say on which day it was told that the matter was taken up (thông báo thụ lý)."""
    return await act.record(body.command(ask.NotifyAcceptance, case_id=case_id), body, at=AT)


@router.post("/{case_id}/handler", **CHANGES)
async def assign_handler(case_id: UUID, body: bodies.Handler, act: ActOn) -> Response:
    """Give the case to an officer of the office (giao người thụ lý)."""
    return await act.record(body.command(ask.AssignHandler, case_id=case_id), body, at=AT)


@router.post("/{case_id}/reports", **CHANGES)
async def report_case_upward(case_id: UUID, body: bodies.UpwardReport, act: ActOn) -> Response:
    """Tell the superior; responsibility stays (báo cáo cấp trên)."""
    return await act.record(body.command(ask.ReportCaseUpward, case_id=case_id), body, at=AT)


@router.post("/{case_id}/directions", **CHANGES)
async def issue_direction(case_id: UUID, body: bodies.Direction, act: ActOn) -> Response:
    """Direct the office that handles the case (chỉ đạo)."""
    return await act.record(body.command(ask.IssueDirection, case_id=case_id), body, at=AT)


@router.post("/{case_id}/escalations", **CHANGES)
async def escalate_case(case_id: UUID, body: bodies.Escalation, act: ActOn) -> Response:
    """Ask the superior to take the lead (chuyển lên cấp trên)."""
    return await act.record(body.command(ask.EscalateCase, case_id=case_id), body, at=AT)


@router.post("/{case_id}/acknowledgement", **CHANGES)
async def acknowledge_case(case_id: UUID, body: PlainAct, act: ActOn) -> Response:
    """Confirm that a report or escalation arrived (xác nhận đã biết)."""
    return await act.record(body.command(ask.AcknowledgeCase, case_id=case_id), body, at=AT)


@router.post("/{case_id}/decision", **CHANGES)
async def issue_decision(case_id: UUID, body: bodies.Decision, act: ActOn) -> Response:
    """Decide or answer (ra quyết định, trả lời)."""
    return await act.record(body.command(ask.IssueDecision, case_id=case_id), body, at=AT)


@router.post("/{case_id}/closure", **CHANGES)
async def close_case(case_id: UUID, body: bodies.Closure, act: ActOn) -> Response:
    """End the case; the citizen was told (kết thúc)."""
    return await act.record(body.command(ask.CloseCase, case_id=case_id), body, at=AT)
