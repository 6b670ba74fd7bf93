"""How the facts of a petition move its row, its offers and the counts of its offices."""

from datetime import date, timedelta

import pytest

from domain import codes
from domain.codes import DataClass, PetitionKind, Seat
from domain.events import petition
from infra.memory.views import MemoryViewStore
from projections.base import Tally
from projections.office_flow import Flow, OfficeFlow
from projections.office_load import Load, OfficeLoad
from projections.pending_transfers import OfferEnd, OfferRow
from projections.petition_row import PetitionRow, PetitionState
from projections.ports import FoldFailed
from tests.projections.chronicle import (
    BAC_GIANG,
    NGHIA_PHUONG,
    TAM_DI,
    TNMT,
    TODAY,
    Chronicle,
    stream_of,
    unit_of,
)
from tests.projections.folding import fold_one_by_one, folded, only

PETITION, CASE = stream_of("petition"), stream_of("case")
REPLY_DUE = date(2025, 5, 19)
"""Ten working days after Monday 5 May 2025, by the Law on citizen reception art. 28.1."""


def load(store: MemoryViewStore, office: str, what: Load) -> dict[date, int]:
    """The work of one kind that waits at an office, by due day."""
    waiting: dict[date, int] = {}
    for tally in store.rows[OfficeLoad].values():
        assert isinstance(tally, OfficeLoad)
        if (tally.office, tally.what) == (office, what) and tally.n:
            waiting[tally.due_on] = waiting.get(tally.due_on, 0) + tally.n
    return waiting


def offered() -> Chronicle:
    """A petition of Tam Dị offered to the land office, unanswered."""
    tale = Chronicle()
    tale.received(PETITION, TAM_DI)
    tale.wait(days=1).transferred(PETITION, TAM_DI, TNMT, offer=1, due=date(2025, 5, 9))
    return tale


def disputed() -> Chronicle:
    """The same, bounced twice; the province must decide."""
    tale = offered()
    tale.returned(PETITION, TNMT, TAM_DI, offer=1, times=1)
    tale.transferred(PETITION, TAM_DI, TNMT, offer=2, due=date(2025, 5, 12))
    tale.returned(PETITION, TNMT, TAM_DI, offer=2, times=2)
    tale.record(
        petition.CompetenceDisputed, PETITION, TNMT, offices=(TAM_DI, TNMT), superior=BAC_GIANG
    )
    return tale


def guided(tale: Chronicle, office: str) -> Chronicle:
    """The citizen was told to go to court."""
    tale.record(
        petition.CitizenGuided, PETITION, office, guidance=codes.Guidance.COURT,
        competent_office=None, texts=(),
    )  # fmt: skip
    return tale


def test_a_received_petition_lies_where_it_came_in_and_a_clock_runs() -> None:
    tale = Chronicle()
    tale.received(PETITION, TAM_DI)
    row = only(folded(tale), PetitionRow)
    assert (row.state, row.in_charge, row.due_on) == (PetitionState.RECEIVED, TAM_DI, REPLY_DUE)
    assert load(folded(tale), TAM_DI, Load.REPLY) == {REPLY_DUE: 1}


def test_while_an_offer_waits_the_sender_stays_answerable() -> None:
    store = folded(offered())
    row = only(store, PetitionRow)
    assert (row.state, row.in_charge, row.offered_to) == (PetitionState.OFFERED, TAM_DI, TNMT)
    assert load(store, TAM_DI, Load.REPLY) == {REPLY_DUE: 1}
    assert load(store, TNMT, Load.OFFER) == {date(2025, 5, 9): 1}
    assert load(store, TNMT, Load.REPLY) == {}


def test_accepting_moves_the_work_and_not_the_clock() -> None:
    tale = offered()
    tale.wait(days=2).accepted(PETITION, TNMT, TAM_DI, offer=1)
    store = folded(tale)
    row = only(store, PetitionRow)
    assert (row.in_charge, row.in_charge_unit, row.offered_to) == (TNMT, unit_of(TNMT), None)
    assert (row.received_on, row.in_charge_since) == (TODAY, TODAY + timedelta(days=3))
    assert load(store, TNMT, Load.REPLY) == {REPLY_DUE: 1}
    assert load(store, TAM_DI, Load.REPLY) == {}
    assert load(store, TNMT, Load.OFFER) == {}


@pytest.mark.parametrize("how", list(OfferEnd))
def test_an_answered_offer_stays_with_its_answer(how: OfferEnd) -> None:
    tale = offered()
    tale.wait(days=1)
    match how:
        case OfferEnd.ACCEPTED:
            tale.accepted(PETITION, TNMT, TAM_DI, offer=1)
        case OfferEnd.RETURNED:
            tale.returned(PETITION, TNMT, TAM_DI, offer=1, times=1)
        case OfferEnd.RECALLED:
            tale.record(petition.PetitionRecalled, PETITION, TAM_DI, offer=1, to_office=TNMT)
        case OfferEnd.ONE_OFFICE:
            tale.petition_rehomed(PETITION, TAM_DI, TNMT, (Seat.IN_CHARGE,), offer=1)
    store = folded(tale)
    offer = only(store, OfferRow)
    assert (offer.how, offer.answered_on) == (how, TODAY + timedelta(days=2))
    assert load(store, TNMT, Load.OFFER) == {}


def test_a_second_return_waits_for_the_judge_and_the_sender_still_answers() -> None:
    store = folded(disputed())
    row = only(store, PetitionRow)
    assert (row.state, row.returns) == (PetitionState.DISPUTED, 2)
    assert (row.in_charge, row.disputed_superior) == (TAM_DI, BAC_GIANG)
    assert len(store.rows[OfferRow]) == 2


def test_the_judge_names_the_office_and_the_dispute_is_over() -> None:
    tale = disputed()
    tale.record(
        petition.CompetenceDecided, PETITION, BAC_GIANG,
        to_office=NGHIA_PHUONG, to_unit=unit_of(NGHIA_PHUONG), texts=(),
    )  # fmt: skip
    row = only(folded(tale), PetitionRow)
    assert (row.state, row.in_charge) == (PetitionState.ACCEPTED, NGHIA_PHUONG)
    assert (row.disputed_superior, row.disputed_on) == (None, None)


def test_guiding_answers_the_citizen_and_ends_the_petition() -> None:
    store = folded(guided(offered(), TAM_DI))
    row = only(store, PetitionRow)
    assert (row.answered_on, row.ended_on) == (TODAY + timedelta(days=1),) * 2
    assert load(store, TAM_DI, Load.OPEN) == {}


@pytest.mark.parametrize(
    ("kind", "answered"),
    [
        (PetitionKind.COMPLAINT, True), (PetitionKind.DENUNCIATION, True),
        (PetitionKind.PROPOSAL, False), (PetitionKind.FEEDBACK, False),
    ],
)  # fmt: skip
def test_taking_up_answers_only_where_settling_has_a_clock_of_its_own(
    kind: PetitionKind, answered: bool
) -> None:
    tale = Chronicle()
    tale.received(PETITION, TAM_DI, kind=kind)
    tale.case_opened(CASE, TAM_DI, PETITION, kind)
    store = folded(tale)
    assert (only(store, PetitionRow).answered_on is not None) == answered
    assert (load(store, TAM_DI, Load.REPLY) == {}) == answered
    assert (load(store, TAM_DI, Load.SETTLE) != {}) == answered
    assert load(store, TAM_DI, Load.OPEN) == {REPLY_DUE: 1}


def test_a_petition_once_a_denunciation_stays_sealed() -> None:
    tale = Chronicle()
    tale.received(PETITION, TAM_DI, kind=PetitionKind.DENUNCIATION)
    tale.record(
        petition.PetitionClassified, PETITION, TAM_DI, kind=PetitionKind.FEEDBACK,
        field=codes.Field.LAND, competent_office=TAM_DI, repeat_of=None, accused_office=None,
    )  # fmt: skip
    row = only(folded(tale), PetitionRow)
    assert (row.kind, row.data_class) == (PetitionKind.FEEDBACK, DataClass.SEALED)


def test_sorting_a_petition_that_is_offered_leaves_it_offered() -> None:
    tale = offered()
    tale.record(
        petition.PetitionClassified, PETITION, TAM_DI, kind=PetitionKind.COMPLAINT,
        field=codes.Field.LAND, competent_office=TNMT, repeat_of=None, accused_office=None,
    )  # fmt: skip
    assert only(folded(tale), PetitionRow).state == PetitionState.OFFERED


def test_a_receipt_recorded_late_counts_from_the_day_it_happened() -> None:
    tale = Chronicle()
    came = tale.at
    tale.wait(days=3).received(PETITION, TAM_DI, occurred_at=came)
    store = folded(tale)
    row = only(store, PetitionRow)
    assert (row.received_on, row.due_on) == (TODAY, REPLY_DUE)
    assert row.recorded_at == came + timedelta(days=3)
    assert only(store, OfficeFlow).day == TODAY


def test_what_happens_late_in_the_evening_of_utc_belongs_to_the_next_day_here() -> None:
    tale = Chronicle().wait(hours=16, minutes=30)
    tale.received(PETITION, TAM_DI)
    assert only(folded(tale), PetitionRow).received_on == TODAY + timedelta(days=1)


def test_every_act_is_counted_where_it_was_recorded() -> None:
    counted = {
        (tally.office, tally.what): tally.n
        for tally in folded(disputed()).rows[OfficeFlow].values()
        if isinstance(tally, OfficeFlow)
    }
    assert counted == {
        (TAM_DI, Flow.RECEIVED): 1, (TAM_DI, Flow.TRANSFERRED): 2,
        (TNMT, Flow.RETURNED): 2, (TNMT, Flow.DISPUTED): 1,
    }  # fmt: skip


def test_a_fact_whose_beginning_is_missing_is_refused_by_name() -> None:
    orphan = offered().facts[1]
    with pytest.raises(FoldFailed, match=r"petition\.transferred/1"):
        fold_one_by_one(MemoryViewStore(), [orphan])


def test_every_tally_touched_is_written_also_when_it_nets_to_nothing() -> None:
    store = folded(guided(offered(), TAM_DI))
    nought = [
        tally
        for tally in store.rows[OfficeLoad].values()
        if isinstance(tally, Tally) and tally.n == 0
    ]
    assert len(nought) == 2
