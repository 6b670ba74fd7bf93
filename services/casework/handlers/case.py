"""Acts on a case (vụ việc)."""

from collections.abc import Mapping
from operator import attrgetter
from typing import Final

from domain.case import Case
from domain.commands import case as ask_for
from domain.commands.base import Command
from domain.law.endings import termination_grounds
from domain.petition import Petition
from services.casework.desk import Desk
from services.casework.handlers.row import Row


def open_case(ask: ask_for.OpenCase, desk: Desk) -> None:
    """Take a petition up: on its own stream and the case's, together."""
    case, petition = desk.begin(Case, ask.case_id), desk.open(Petition, ask.petition_id)
    petition.take_up(ask.case_id, desk.signature)
    case.open(petition, desk.signature, number=desk.next_number("case"))


def link_petition(ask: ask_for.LinkPetition, desk: Desk) -> None:
    """Handle one more petition in it."""
    case, petition = desk.open(Case, ask.case_id), desk.open(Petition, ask.petition_id)
    case.must_be_handled_by(desk.signature)
    petition.take_up(ask.case_id, desk.signature)
    case.link(petition, desk.signature)


def notify_acceptance(ask: ask_for.NotifyAcceptance, desk: Desk) -> None:
    """Say on which day it was told that the matter was taken up."""
    desk.open(Case, ask.case_id).notify_acceptance(ask, desk.signature)


def assign_handler(ask: ask_for.AssignHandler, desk: Desk) -> None:
    """Give it to an officer."""
    desk.open(Case, ask.case_id).assign_handler(ask, desk.signature)


def report_case_upward(ask: ask_for.ReportCaseUpward, desk: Desk) -> None:
    """Tell an office above."""
    case = desk.open(Case, ask.case_id)
    case.report_upward(
        desk.signature,
        to=desk.office_id(ask.to_office, "/to_office"),
        superiors=superiors_of(case, desk),
        texts=desk.texts,
    )


def issue_direction(ask: ask_for.IssueDirection, desk: Desk) -> None:
    """Direct the office that handles it."""
    case = desk.open(Case, ask.case_id)
    superiors = superiors_of(case, desk)
    case.direct(ask, desk.signature, superiors=superiors, texts=desk.texts)


def escalate_case(ask: ask_for.EscalateCase, desk: Desk) -> None:
    """Ask the next office up to take the lead."""
    case = desk.open(Case, ask.case_id)
    superiors = superiors_of(case, desk)
    case.escalate(ask, desk.signature, superiors=superiors, texts=desk.texts)


def acknowledge_case(ask: ask_for.AcknowledgeCase, desk: Desk) -> None:
    """Confirm that a report arrived."""
    desk.open(Case, ask.case_id).acknowledge(desk.signature)


def issue_decision(ask: ask_for.IssueDecision, desk: Desk) -> None:
    """Decide or answer."""
    desk.open(Case, ask.case_id).decide(ask, desk.signature, texts=desk.texts)


def close_case(ask: ask_for.CloseCase, desk: Desk) -> None:
    """End it, and every petition it handled."""
    case = desk.open(Case, ask.case_id)
    case.must_exist("vụ việc")
    grounds = termination_grounds(case.kind, case.opened_on, desk.on, desk.law.book)
    case.close(ask, desk.signature, grounds=grounds)
    for petition in case.petitions:
        desk.open(Petition, petition).conclude(ask.case_id, ask.reason, desk.signature)


def superiors_of(case: Case, desk: Desk) -> tuple[str, ...]:
    """The offices above the one that handles a case, nearest first, without the accused one."""
    superiors = desk.directory.superiors_of(case.handling, desk.on)
    return tuple(above.office_id for above in superiors if above.office_id not in case.barred)


case_id = attrgetter("case_id")

HANDLERS: Final[Mapping[type[Command], Row]] = {
    ask_for.OpenCase: Row(open_case, case_id, existing=attrgetter("petition_id"), book="case"),
    ask_for.LinkPetition: Row(link_petition, case_id),
    ask_for.NotifyAcceptance: Row(notify_acceptance, case_id),
    ask_for.AssignHandler: Row(assign_handler, case_id),
    ask_for.ReportCaseUpward: Row(report_case_upward, case_id),
    ask_for.IssueDirection: Row(issue_direction, case_id),
    ask_for.EscalateCase: Row(escalate_case, case_id),
    ask_for.AcknowledgeCase: Row(acknowledge_case, case_id),
    ask_for.IssueDecision: Row(issue_decision, case_id),
    ask_for.CloseCase: Row(close_case, case_id),
}
