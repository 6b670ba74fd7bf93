"""How facts move the rows of cases, crowds, returns, histories and readings."""

from datetime import date, timedelta

import pytest

from domain import codes
from domain.codes import PetitionKind
from domain.events import case, gathering, petition, return_mission, settlement
from domain.return_mission import ReturnMission
from domain.values import CountRange
from infra.memory.views import MemoryViewStore
from projections.access_log import AccessRow
from projections.answers import InboxItem
from projections.case_history import HistoryRow, concerned
from projections.case_row import CaseRow, CaseState
from projections.gatherings import GatheringRow
from projections.next_acts import NextAct, next_act, next_due
from projections.office_load import Load
from projections.petition_row import PetitionRow
from projections.ports import FoldFailed
from projections.return_missions import MissionRow, MissionStage
from tests.projections.chronicle import (
    BAC_GIANG,
    LUC_NAM,
    NGHIA_PHUONG,
    TAM_DI,
    TNMT,
    TODAY,
    Chronicle,
    stream_of,
)
from tests.projections.folding import fold_one_by_one, folded, only
from tests.projections.test_petitions import load

PETITION, CASE, CROWD, MISSION = map(stream_of, ("petition", "case", "crowd", "mission"))
SETTLE_DUE = date(2025, 6, 4)
"""Thirty days after 5 May 2025, by the Law on complaints art. 28."""


def opened() -> Chronicle:
    """A complaint taken up by Tam Dị."""
    tale = Chronicle()
    tale.received(PETITION, TAM_DI, kind=PetitionKind.COMPLAINT)
    tale.case_opened(CASE, TAM_DI, PETITION)
    return tale


def told(tale: Chronicle) -> Chronicle:
    """It was reported to the district and escalated to the province."""
    tale.record(case.CaseReportedUpward, CASE, TAM_DI, to_office=LUC_NAM, texts=())
    tale.record(
        case.CaseEscalated, CASE, TAM_DI, to_office=BAC_GIANG, rung=2,
        ground=codes.EscalationGround.HEATED, texts=(),
    )  # fmt: skip
    return tale


def directed(tale: Chronicle) -> Chronicle:
    """The province directed it."""
    tale.record(
        case.DirectionIssued, CASE, BAC_GIANG, to_office=TAM_DI, due=date(2025, 5, 12), texts=()
    )
    return tale


def decided(tale: Chronicle) -> Chronicle:
    """It was decided."""
    tale.record(
        case.DecisionIssued, CASE, TAM_DI, outcome=codes.DecisionOutcome.RIGHT,
        decided_on=TODAY, texts=(),
    )  # fmt: skip
    return tale


def closed(tale: Chronicle) -> Chronicle:
    """It was closed and its petition with it."""
    reason = codes.ClosureReason.DECISION_CARRIED_OUT
    tale.record(
        case.CaseClosed, CASE, TAM_DI, reason=reason, notice=codes.Notice.WRITTEN,
        noticed_on=TODAY, petitions=(PETITION,),
    )  # fmt: skip
    tale.record(petition.PetitionConcluded, PETITION, TAM_DI, case_id=CASE, reason=reason)
    return tale


def as_it_is(tale: Chronicle) -> Chronicle:
    """Nothing more happened."""
    return tale


def item(store: MemoryViewStore) -> InboxItem:
    """The petition and its case as a list shows them."""
    row, of = only(store, PetitionRow), only(store, CaseRow)
    return InboxItem(row, of, next_act(row, of), next_due(row, of))


def test_reporting_upward_moves_information_and_no_work() -> None:
    store = folded(told(opened()))
    row = only(store, CaseRow)
    assert (row.office, row.rung) == (TAM_DI, 2)
    assert row.told == row.unconfirmed == (LUC_NAM, BAC_GIANG)
    assert load(store, TAM_DI, Load.SETTLE) == {SETTLE_DUE: 1}


def test_a_superior_that_acknowledged_is_waited_for_no_more() -> None:
    tale = told(opened())
    tale.record(case.CaseAcknowledged, CASE, LUC_NAM, from_office=TAM_DI)
    row = only(folded(tale), CaseRow)
    assert (row.told, row.unconfirmed) == ((LUC_NAM, BAC_GIANG), (BAC_GIANG,))


def test_the_next_act_follows_the_case_to_its_end() -> None:
    tale = opened()
    seen = [item(folded(tale))]
    tale.record(case.HandlerAssigned, CASE, TAM_DI, handler="acc-7")
    seen += [item(folded(act(tale))) for act in (as_it_is, directed, decided, closed)]
    assert [(shown.next, shown.due_on) for shown in seen] == [
        (NextAct.ASSIGN_HANDLER, SETTLE_DUE),
        (NextAct.DECIDE, SETTLE_DUE),
        (NextAct.CARRY_OUT_DIRECTION, SETTLE_DUE),
        (NextAct.CLOSE_CASE, None),
        (NextAct.NOTHING, None),
    ]


def test_a_complaint_about_discipline_has_limits_of_its_own() -> None:
    """Law 02/2011 art. 50: thirty days, also where a second complaint has forty-five."""
    tale = opened()
    second = tale.record(
        settlement.CaseInstanceNamed, CASE, LUC_NAM, instance=codes.Instance.SECOND
    )
    assert only(folded(tale), CaseRow).settle_due == date(2025, 6, 19)
    tale.record(settlement.CaseContestedNamed, CASE, LUC_NAM, contested=codes.Contested.DISCIPLINE)
    row = only(folded(tale), CaseRow)
    assert (row.contested, row.settle_due) == (codes.Contested.DISCIPLINE, SETTLE_DUE)
    assert row.version == second.event.originator_version + 1


def test_a_decision_stops_every_clock_of_the_case() -> None:
    running, stopped = folded(directed(opened())), folded(decided(directed(opened())))
    assert load(running, TAM_DI, Load.DIRECTION) == {date(2025, 5, 12): 1}
    assert load(stopped, TAM_DI, Load.SETTLE) == {}
    assert load(stopped, TAM_DI, Load.DIRECTION) == {}


def test_closing_without_a_decision_stops_them_too() -> None:
    store = folded(closed(opened()))
    assert only(store, CaseRow).state == CaseState.CLOSED
    assert load(store, TAM_DI, Load.SETTLE) == {}
    assert load(store, TAM_DI, Load.OPEN) == {}


def test_a_crowd_is_counted_again_and_acknowledged_once_per_office() -> None:
    tale = Chronicle()
    tale.crowd(CROWD)
    tale.wait(minutes=4).record(
        gathering.GatheringCountRevised, CROWD, TNMT, count=CountRange(40, 50)
    )
    for office in (BAC_GIANG, NGHIA_PHUONG, BAC_GIANG):
        tale.record(gathering.GatheringAcknowledged, CROWD, office)
    row = only(folded(tale), GatheringRow)
    assert (row.count_low, row.count_high, row.counts) == (40, 50, 2)
    assert (row.first_low, row.first_high) == (30, 40)
    assert row.counted_at == row.reported_at + timedelta(minutes=4)
    assert row.acknowledged == (BAC_GIANG, NGHIA_PHUONG)


def test_who_received_a_crowd_first_stays_who_received_it() -> None:
    tale = Chronicle()
    tale.crowd(CROWD)
    first = tale.wait(minutes=12).at
    tale.crowd_received(CROWD, LUC_NAM)
    tale.wait(hours=1).crowd_received(CROWD, BAC_GIANG)
    row = only(folded(tale), GatheringRow)
    assert (row.received_office, row.received_at) == (LUC_NAM, first)


def test_a_return_adds_up_answers_and_shows_its_newest_step() -> None:
    tale = Chronicle()
    tale.return_requested(MISSION, CROWD)
    tale.record(return_mission.ReturnLeadNamed, MISSION, NGHIA_PHUONG, lead="acc-9")
    for officers in (2, 1):
        tale.record(
            return_mission.ReturnOfficerDispatched, MISSION, NGHIA_PHUONG,
            officers=officers, vehicles=1,
        )  # fmt: skip
    for people in (6, 10):
        tale.record(return_mission.ReturnOffered, MISSION, NGHIA_PHUONG, people=people)
    tale.record(return_mission.ReturnConsented, MISSION, NGHIA_PHUONG, people=10)
    tale.record(return_mission.ReturnConsented, MISSION, NGHIA_PHUONG, people=2)
    tale.record(return_mission.ReturnDeclined, MISSION, NGHIA_PHUONG, people=4)
    row = only(folded(tale), MissionRow)
    assert (row.lead_office, row.officers, row.vehicles) == (NGHIA_PHUONG, 3, 2)
    assert (row.offered, row.consented, row.declined) == (16, 12, 4)
    assert row.stage == MissionStage.ANSWERED


def test_a_mission_row_counts_people_as_the_mission_itself_does() -> None:
    tale = Chronicle()
    tale.return_requested(MISSION, CROWD)
    said = {
        return_mission.ReturnOffered: (10, 6), return_mission.ReturnConsented: (12,),
        return_mission.ReturnDeclined: (3, 2), return_mission.ReturnDeparted: (7, 4),
    }  # fmt: skip
    for event, parts in said.items():
        for people in parts:
            tale.record(event, MISSION, NGHIA_PHUONG, people=people)
    for people, needs_care in ((7, True), (2, False)):
        tale.record(
            return_mission.ReturnArrivedHome, MISSION, NGHIA_PHUONG,
            people=people, needs_care=needs_care,
        )  # fmt: skip
    facts = [each.event for each in tale.facts if each.event.originator_id == MISSION]
    mission, row = ReturnMission.replay(MISSION, facts), only(folded(tale), MissionRow)
    counts = ("offered", "consented", "declined", "departed", "arrived")
    assert [getattr(row, each) for each in counts] == [16, 11, 5, 11, 9]
    assert [getattr(mission, each) for each in counts] == [16, 11, 5, 11, 9]
    assert row.needs_care


def test_a_return_ends_with_a_receiving_officer_and_a_date() -> None:
    tale = Chronicle()
    tale.return_requested(MISSION, CROWD)
    tale.record(return_mission.ReturnDeparted, MISSION, NGHIA_PHUONG, people=12)
    tale.record(return_mission.ReturnArrivedHome, MISSION, NGHIA_PHUONG, people=12, needs_care=True)
    tale.record(
        return_mission.ReturnHandedOver, MISSION, NGHIA_PHUONG,
        receiving_officer="acc-3", receiving_office=NGHIA_PHUONG,
    )  # fmt: skip
    tale.record(
        return_mission.ReturnFollowUpScheduled, MISSION, NGHIA_PHUONG,
        on=date(2025, 5, 21), host_office=NGHIA_PHUONG,
    )  # fmt: skip
    tale.record(return_mission.ReturnMissionClosed, MISSION, NGHIA_PHUONG)
    row = only(folded(tale), MissionRow)
    assert (row.stage, row.closed_at) == (MissionStage.CLOSED, tale.at)
    assert (row.departed, row.arrived, row.needs_care) == (12, 12, True)
    assert (row.receiving_officer, row.follow_up_on) == ("acc-3", date(2025, 5, 21))


def test_history_keeps_every_fact_as_it_was_and_names_whom_it_concerns() -> None:
    tale = told(opened())
    history = list(folded(tale).rows[HistoryRow].values())
    assert [row.body for row in history if isinstance(row, HistoryRow)] == [
        fact.body for fact in tale.facts
    ]
    assert concerned(tale.facts[-1].event) == (TAM_DI, BAC_GIANG)


def test_the_office_complained_about_is_not_among_those_concerned() -> None:
    fact = Chronicle().received(PETITION, TAM_DI, accused_office=NGHIA_PHUONG)
    assert concerned(fact.event) == (TAM_DI,)


def test_a_crowd_concerns_who_must_receive_it_and_who_must_come() -> None:
    fact = Chronicle().crowd(CROWD, LUC_NAM, NGHIA_PHUONG)
    assert concerned(fact.event) == (LUC_NAM, NGHIA_PHUONG)


def test_reading_is_kept_in_its_own_log_and_not_in_history() -> None:
    tale = Chronicle()
    tale.opened_text(PETITION, TNMT)
    store = folded(tale)
    row = only(store, AccessRow)
    assert (row.subject, row.office, row.what) == (PETITION, TNMT, "access.text_opened")
    assert HistoryRow not in store.rows


@pytest.mark.parametrize("kind", ["case", "crowd", "mission"])
def test_a_fact_whose_beginning_is_missing_is_refused(kind: str) -> None:
    tale = Chronicle()
    match kind:
        case "case":
            tale.record(case.HandlerAssigned, CASE, TAM_DI, handler="acc-7")
        case "crowd":
            tale.crowd_received(CROWD)
        case _:
            tale.record(return_mission.ReturnOffered, MISSION, TAM_DI, people=3)
    with pytest.raises(FoldFailed):
        fold_one_by_one(MemoryViewStore(), tale.facts)
