"""What has to happen next with a petition, and until when (việc kế tiếp)."""

from datetime import date
from enum import StrEnum

from domain.codes import Seat
from projections.case_row import CaseRow, CaseState
from projections.petition_row import PetitionRow, PetitionState


class NextAct(StrEnum):
    """The next act a petition waits for."""

    DECIDE_HOME = "decide_home"
    CLASSIFY = "classify"
    TRANSFER = "transfer"
    OPEN_CASE = "open_case"
    AWAIT_ACCEPTANCE = "await_acceptance"
    SETTLE_RETURN = "settle_return"
    AWAIT_COMPETENCE = "await_competence"
    ASSIGN_HANDLER = "assign_handler"
    CARRY_OUT_DIRECTION = "carry_out_direction"
    DECIDE = "decide"
    CLOSE_CASE = "close_case"
    NOTHING = "nothing"


def next_act(petition: PetitionRow, case: CaseRow | None) -> NextAct:
    """What is to be done next. A case its own view does not know yet waits for a decision."""
    if waits_for_home(petition):
        return NextAct.DECIDE_HOME
    if petition.state == PetitionState.CLASSIFIED:
        elsewhere = petition.competent_office not in (None, petition.in_charge)
        return NextAct.TRANSFER if elsewhere else NextAct.OPEN_CASE
    if petition.state == PetitionState.TAKEN_UP:
        return _next_in_case(case)
    return ACTS[petition.state]


def waits_for_home(petition: PetitionRow) -> bool:
    """Whether who is in charge only answers for an abolished office until somebody decides."""
    return petition.ended_on is None and Seat.IN_CHARGE in petition.interim_seats


def _next_in_case(case: CaseRow | None) -> NextAct:
    if case is None:
        return NextAct.DECIDE
    if case.state == CaseState.DECIDED:
        return NextAct.CLOSE_CASE
    if case.state == CaseState.CLOSED:
        return NextAct.NOTHING
    if case.direction_due is not None:
        return NextAct.CARRY_OUT_DIRECTION
    return NextAct.ASSIGN_HANDLER if case.handler is None else NextAct.DECIDE


def next_due(petition: PetitionRow, case: CaseRow | None) -> date | None:
    """The deadline that runs now: the citizen's reply, then the case's settlement.

    A case's deadline stands at its first petition alone, so that it counts once.
    """
    if petition.answered_on is None:
        return petition.due_on
    if case is None or case.state != CaseState.OPEN or case.petition_id != petition.petition_id:
        return None
    return case.settle_due


ACTS: dict[str, NextAct] = {
    PetitionState.RECEIVED: NextAct.CLASSIFY,
    PetitionState.OFFERED: NextAct.AWAIT_ACCEPTANCE,
    PetitionState.ACCEPTED: NextAct.OPEN_CASE,
    PetitionState.RETURNED: NextAct.SETTLE_RETURN,
    PetitionState.DISPUTED: NextAct.AWAIT_COMPETENCE,
    PetitionState.GUIDED: NextAct.NOTHING,
    PetitionState.CONCLUDED: NextAct.NOTHING,
}
