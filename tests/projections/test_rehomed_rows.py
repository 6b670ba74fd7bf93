"""Rows after an office was abolished: the work lies with the heir, the clocks stay as they were."""

from datetime import date, timedelta

from domain.codes import PetitionKind, Seat
from domain.events import case, gathering, petition, return_mission
from infra.memory.views import MemoryViewStore
from projections.case_history import HistoryRow
from projections.case_row import CaseRow
from projections.gatherings import GatheringRow
from projections.next_acts import NextAct, next_act
from projections.office_load import Load, OfficeLoad
from projections.pending_transfers import OfferEnd, OfferRow
from projections.petition_row import PetitionRow, PetitionState
from projections.return_missions import MissionRow, MissionStage
from tests.projections.chronicle import (
    BAC_GIANG,
    LUC_NAM,
    NGHIA_PHUONG,
    TAM_DI,
    TNMT,
    TODAY,
    Chronicle,
    moved,
    stream_of,
    unit_of,
)
from tests.projections.folding import folded, only

PETITION, CASE, CROWD, MISSION = map(stream_of, ("petition", "case", "crowd", "mission"))
HEIR = BAC_GIANG
LATER = TODAY + timedelta(days=3)


def load(store: MemoryViewStore, office: str, what: Load) -> dict[date, int]:
    """What waits at an office, by due day."""
    tallies = store.rows.get(OfficeLoad, {}).values()
    found = [each for each in tallies if isinstance(each, OfficeLoad)]
    return {t.due_on: t.n for t in found if (t.office, t.what) == (office, what) and t.n}


def received(kind: PetitionKind = PetitionKind.COMPLAINT) -> Chronicle:
    """A petition a month old."""
    tale = Chronicle()
    tale.received(PETITION, TAM_DI, kind=kind)
    return tale.wait(days=30)


def offered() -> Chronicle:
    tale = received()
    tale.transferred(PETITION, TAM_DI, TNMT, offer=1, due=LATER)
    return tale.wait(days=1)


def test_the_heir_is_in_charge_since_the_old_office_was_and_owes_the_same_day() -> None:
    before = only(folded(received()), PetitionRow)
    tale = received()
    tale.petition_rehomed(PETITION, TAM_DI, HEIR, (Seat.IN_CHARGE,))
    store = folded(tale)
    row = only(store, PetitionRow)
    assert (row.in_charge, row.in_charge_unit) == (HEIR, unit_of(HEIR))
    same = ("in_charge_since", "due_on", "received_on", "received_office", "number", "state")
    assert [getattr(row, name) for name in same] == [getattr(before, name) for name in same]
    assert load(store, HEIR, Load.REPLY) == {row.due_on: 1}
    assert load(store, TAM_DI, Load.REPLY) == load(store, TAM_DI, Load.OPEN) == {}


def test_while_a_decision_is_waited_for_the_next_act_is_to_decide() -> None:
    tale = received()
    tale.petition_rehomed(PETITION, TAM_DI, LUC_NAM, (Seat.IN_CHARGE,), interim=True)
    row = only(folded(tale), PetitionRow)
    assert (row.interim_for, row.interim_at) == ((TAM_DI,), (LUC_NAM,))
    assert next_act(row, None) is NextAct.DECIDE_HOME
    tale.petition_rehomed(PETITION, LUC_NAM, HEIR, (Seat.IN_CHARGE,), former=TAM_DI)
    decided = only(folded(tale), PetitionRow)
    assert (decided.in_charge, decided.interim_for) == (HEIR, ())
    assert next_act(decided, None) is NextAct.CLASSIFY


def test_a_row_keeps_the_abolished_offices_it_lay_at_until_another_takes_it_over() -> None:
    tale = offered()
    tale.petition_rehomed(PETITION, TAM_DI, LUC_NAM, (Seat.IN_CHARGE,), offer=1, interim=True)
    tale.petition_rehomed(PETITION, LUC_NAM, HEIR, (Seat.IN_CHARGE,), offer=1, former=TAM_DI)
    tale.petition_rehomed(PETITION, TNMT, LUC_NAM, (Seat.OFFERED_TO,), offer=1)
    store = folded(tale)
    assert only(store, PetitionRow).formers == (TAM_DI,)
    assert only(store, OfferRow).formers == (TNMT,)
    tale.petition_rehomed(PETITION, HEIR, NGHIA_PHUONG, (Seat.IN_CHARGE,), offer=1)
    assert only(folded(tale), PetitionRow).formers == (TAM_DI, HEIR)
    tale.accepted(PETITION, LUC_NAM, NGHIA_PHUONG, offer=1)
    assert only(folded(tale), PetitionRow).formers == ()


def test_passing_on_or_taking_up_decides_too() -> None:
    passed = received()
    passed.petition_rehomed(PETITION, TAM_DI, LUC_NAM, (Seat.IN_CHARGE,), interim=True)
    taken = received()
    taken.petition_rehomed(PETITION, TAM_DI, LUC_NAM, (Seat.IN_CHARGE,), interim=True)
    passed.transferred(PETITION, LUC_NAM, TNMT, offer=1, due=LATER)
    assert only(folded(passed), PetitionRow).interim_for == (TAM_DI,)
    passed.accepted(PETITION, TNMT, LUC_NAM, offer=1)
    taken.case_opened(CASE, LUC_NAM, PETITION)
    for tale in (passed, taken):
        assert only(folded(tale), PetitionRow).interim_for == ()


def test_an_offer_stays_an_offer_between_the_heirs() -> None:
    tale = offered()
    tale.petition_rehomed(PETITION, TAM_DI, NGHIA_PHUONG, (Seat.IN_CHARGE,), offer=1)
    tale.petition_rehomed(PETITION, TNMT, LUC_NAM, (Seat.OFFERED_TO,), offer=1, interim=True)
    store = folded(tale)
    row, offer = only(store, PetitionRow), only(store, OfferRow)
    assert (row.in_charge, row.offered_to) == (NGHIA_PHUONG, LUC_NAM)
    assert (row.state, row.reply_due) == (PetitionState.OFFERED, LATER)
    assert (offer.from_office, offer.to_office, offer.answered_at) == (NGHIA_PHUONG, LUC_NAM, None)
    assert (offer.offered_on, offer.reply_due) == (row.offered_on, LATER)
    assert load(store, LUC_NAM, Load.OFFER) == {LATER: 1}
    assert load(store, TNMT, Load.OFFER) == {}
    tale.returned(PETITION, LUC_NAM, NGHIA_PHUONG, offer=1, times=1)
    assert only(folded(tale), PetitionRow).interim_for == ()


def test_an_offer_between_two_that_became_one_falls_away_and_is_no_return() -> None:
    tale = offered()
    tale.petition_rehomed(PETITION, TNMT, TAM_DI, (Seat.OFFERED_TO,), offer=1)
    store = folded(tale)
    row, offer = only(store, PetitionRow), only(store, OfferRow)
    assert (row.state, row.offered_to, row.returns) == (PetitionState.RECEIVED, None, 0)
    assert (offer.how, offer.answered_on) == (OfferEnd.ONE_OFFICE, TODAY + timedelta(days=31))
    assert load(store, TAM_DI, Load.OFFER) == load(store, TNMT, Load.OFFER) == {}


def test_a_dispute_waits_for_the_judge_who_took_the_old_ones_place() -> None:
    tale = received()
    tale.record(
        petition.CompetenceDisputed, PETITION, TNMT, offices=(TAM_DI, TNMT), superior=LUC_NAM
    )
    tale.petition_rehomed(PETITION, LUC_NAM, HEIR, (Seat.JUDGE,))
    row = only(folded(tale), PetitionRow)
    assert (row.in_charge, row.disputed_superior) == (TAM_DI, HEIR)


def test_a_case_keeps_its_days_and_loses_an_officer_who_did_not_come_along() -> None:
    tale = received()
    tale.case_opened(CASE, TAM_DI, PETITION)
    tale.record(case.HandlerAssigned, CASE, TAM_DI, handler="acc-7")
    tale.record(case.CaseReportedUpward, CASE, TAM_DI, to_office=LUC_NAM, texts=())
    before = only(folded(tale), CaseRow)
    tale.case_rehomed(CASE, TAM_DI, HEIR, (Seat.HANDLING,))
    store = folded(tale)
    row = only(store, CaseRow)
    assert (row.office, row.unit, row.handler) == (HEIR, unit_of(HEIR), None)
    assert row.formers == (TAM_DI,)
    assert (row.opened_on, row.settle_due) == (before.opened_on, before.settle_due)
    assert sum(load(store, HEIR, Load.SETTLE).values()) == 1
    assert load(store, TAM_DI, Load.SETTLE) == {}
    tale.case_rehomed(CASE, LUC_NAM, HEIR, (Seat.INFORMED,))
    told = only(folded(tale), CaseRow)
    assert (told.reported_to, told.told, told.unconfirmed) == (HEIR, (LUC_NAM, HEIR), ())


def test_the_duties_about_a_crowd_and_a_mission_lie_with_the_heirs() -> None:
    tale = Chronicle()
    tale.crowd(CROWD, LUC_NAM, NGHIA_PHUONG)
    tale.return_requested(MISSION, CROWD)
    tale.record(return_mission.ReturnLeadNamed, MISSION, NGHIA_PHUONG, lead="acc-7")
    tale.record(
        gathering.GatheringRehomed, CROWD, HEIR,
        **moved(LUC_NAM, HEIR, (Seat.ON_SITE, Seat.MUST_RECEIVE), None, True),
    )  # fmt: skip
    tale.record(
        return_mission.ReturnMissionRehomed, MISSION, HEIR,
        **moved(NGHIA_PHUONG, TAM_DI, (Seat.HOME, Seat.LEADING), None, True),
    )  # fmt: skip
    store = folded(tale)
    crowd, mission = only(store, GatheringRow), only(store, MissionRow)
    assert (crowd.office, crowd.must_receive, crowd.must_come) == (HEIR, HEIR, (NGHIA_PHUONG,))
    assert crowd.interim_at == (HEIR, HEIR)
    assert (mission.home_office, mission.lead_office) == (TAM_DI, TAM_DI)
    assert mission.stage == MissionStage.LEAD_NAMED
    tale.record(return_mission.ReturnLeadNamed, MISSION, LUC_NAM, lead="acc-8")
    assert only(folded(tale), MissionRow).interim_seats == (Seat.HOME,)


def test_the_feed_tells_the_old_office_who_answered_and_the_heir() -> None:
    tale = received()
    tale.petition_rehomed(PETITION, LUC_NAM, HEIR, (Seat.IN_CHARGE,), former=TAM_DI)
    rows = folded(tale).rows[HistoryRow].values()
    (told,) = (row for row in rows if "rehomed" in vars_of(row).type_name)
    assert set(vars_of(told).offices) == {TAM_DI, LUC_NAM, HEIR}


def vars_of(row: object) -> HistoryRow:
    assert isinstance(row, HistoryRow)
    return row
