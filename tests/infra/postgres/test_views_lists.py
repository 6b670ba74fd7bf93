"""Queues, lists and files, asked of the real Postgres."""

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID, uuid4

import pytest

from domain.errors import Invalid
from projections.answers import AwaitingWhat, InboxItem, Page
from projections.asks import CaseFilter, DueWindow, OfferFilter, PetitionFilter, Queue
from projections.next_acts import NextAct
from tests.infra.postgres.views_scene import (
    AREA,
    BOUNCED,
    CASE,
    DISPUTED,
    FRESH,
    GUIDED,
    LATE,
    LINKED,
    MISSION,
    OFFERED,
    RECEIVED,
    SETTLING,
    SOON,
    TODAY,
    Scene,
    seen,
)
from tests.projections.chronicle import LUC_NAM, NGHIA_PHUONG, OFFICES, TAM_DI, TNMT
from tests.projections.folding import apply_batch

__all__ = ["seen"]

MINE = PetitionFilter(OFFICES)


def ids(items: Sequence[InboxItem]) -> list[UUID]:
    return [item.petition.petition_id for item in items]


def queue(seen: Scene, office: str, which: Queue, account: str | None = None) -> list[UUID]:
    page = seen.views.inbox(office, which, today=TODAY, soon_until=SOON, account=account)
    assert page.next is None
    return ids(page.items)


def pages(seen: Scene, ask: PetitionFilter, limit: int) -> Iterator[Page[InboxItem]]:
    page = seen.views.petitions(ask, limit=limit)
    yield page
    while page.next is not None:
        page = seen.views.petitions(ask, after=page.next, limit=limit)
        yield page


def test_the_inbox_has_the_earliest_due_first_and_names_the_next_act(seen: Scene) -> None:
    page = seen.views.inbox(TAM_DI, Queue.ALL, today=TODAY, soon_until=SOON)
    shown = {item.petition.petition_id: (item.next, item.due_on) for item in page.items}
    assert shown[LATE] == (NextAct.CLASSIFY, date(2025, 5, 19))
    assert shown[OFFERED] == (NextAct.AWAIT_ACCEPTANCE, date(2025, 6, 3))
    assert shown[SETTLING] == (NextAct.CARRY_OUT_DIRECTION, date(2025, 6, 5))
    assert shown[LINKED] == (NextAct.CARRY_OUT_DIRECTION, None)
    assert ids(page.items)[0] == LATE
    assert ids(page.items)[-1] == LINKED
    assert GUIDED not in shown


@pytest.mark.parametrize(
    ("office", "which", "expected"),
    [
        (TAM_DI, Queue.OVERDUE, {LATE}),
        (TAM_DI, Queue.DUE_SOON, set()),
        (TAM_DI, Queue.DIRECTED, {SETTLING, LINKED}),
        (TNMT, Queue.INCOMING, {OFFERED}),
        (NGHIA_PHUONG, Queue.RETURNED, {BOUNCED}),
        (LUC_NAM, Queue.DECIDE, {DISPUTED}),
        (TAM_DI, Queue.FOLLOWED, set()),
    ],
)
def test_each_queue_holds_its_petitions(
    seen: Scene, office: str, which: Queue, expected: set[UUID]
) -> None:
    assert set(queue(seen, office, which)) == expected


def test_what_another_officer_handles_is_not_mine(seen: Scene) -> None:
    everything = {LATE, FRESH, OFFERED, SETTLING, LINKED}
    assert set(queue(seen, TAM_DI, Queue.MINE, "acc-7")) == everything
    assert set(queue(seen, TAM_DI, Queue.MINE, "acc-8")) == everything - {SETTLING, LINKED}
    assert set(queue(seen, TAM_DI, Queue.ALL, "acc-8")) == everything


def test_what_was_passed_on_can_be_followed_until_its_end(seen: Scene) -> None:
    seen.tale.accepted(OFFERED, TNMT, TAM_DI, offer=1)
    apply_batch(seen.store, seen.tale.facts[-1:])
    assert queue(seen, TAM_DI, Queue.FOLLOWED) == [OFFERED]
    assert queue(seen, TNMT, Queue.INCOMING) == []
    assert OFFERED in queue(seen, TNMT, Queue.MINE)


def test_the_counts_of_the_rail_are_the_lengths_of_the_queues(seen: Scene) -> None:
    for office in OFFICES:
        counts = seen.views.desk_counts(office, today=TODAY, soon_until=SOON, account="acc-8")
        lengths = {which: len(queue(seen, office, which, "acc-8")) for which in Queue}
        assert dict(counts.queues) == lengths
    on_the_20th = seen.views.desk_counts(TAM_DI, today=date(2025, 5, 20), soon_until=SOON)
    assert on_the_20th.received_today == 2


def test_offers_wait_with_their_petition(seen: Scene) -> None:
    (offer,) = seen.views.incoming([TNMT]).items
    assert (offer.petition.petition_id, offer.offer.from_office) == (OFFERED, TAM_DI)
    late = OfferFilter((TNMT,), from_offices=(TAM_DI,), late_on=TODAY)
    assert seen.views.offers(late).items == (offer,)
    in_time = OfferFilter((TNMT,), late_on=date(2025, 5, 23))
    assert seen.views.offers(in_time).items == ()


def test_a_superior_sees_disputes_and_cases_it_was_told_of(seen: Scene) -> None:
    waiting = seen.views.awaiting_decision([LUC_NAM])
    assert [(item.what, item.since) for item in waiting] == [
        (AwaitingWhat.ESCALATION, date(2025, 5, 6)),
        (AwaitingWhat.COMPETENCE, date(2025, 5, 20)),
    ]
    assert waiting[0].case is not None
    assert waiting[0].case.case_id == CASE
    assert seen.views.awaiting_decision([TAM_DI]) == []


@pytest.mark.parametrize(("ended", "count"), [(False, 7), (True, 8)])
@pytest.mark.parametrize("limit", [1, 2, 3, 50])
def test_pages_show_every_row_once_in_the_same_order(
    seen: Scene, limit: int, ended: bool, count: int
) -> None:
    ask = PetitionFilter(OFFICES, ended=ended)
    whole = ids(seen.views.petitions(ask).items)
    paged = [petition for page in pages(seen, ask, limit) for petition in ids(page.items)]
    assert paged == whole
    assert len(whole) == count


def test_a_list_with_ended_ones_has_the_newest_receipt_first(seen: Scene) -> None:
    days = [
        item.petition.received_on
        for item in seen.views.petitions(PetitionFilter(OFFICES, ended=True)).items
    ]
    assert days == sorted(days, reverse=True)
    assert days[0] > days[-1]


def test_a_list_can_be_narrowed(seen: Scene) -> None:
    def found(**more: object) -> set[UUID]:
        ask = PetitionFilter(OFFICES, **more)  # type: ignore[arg-type] # test of every filter
        return set(ids(seen.views.petitions(ask).items))

    assert found(number="ln-tdi") == {FRESH}
    assert found(number="LN-TDI-25-0148") == set()
    assert found(kinds=("complaint",)) == {SETTLING, LINKED}
    assert found(states=("disputed", "returned")) == {BOUNCED, DISPUTED}
    assert found(due=DueWindow.OVERDUE, today=TODAY) == {LATE}
    assert found(due=DueWindow.TODAY, today=date(2025, 6, 5)) == {SETTLING}
    assert LATE not in found(due=DueWindow.LATER, soon_until=SOON)
    assert found(received_from=date(2025, 5, 6), places=("07444-20250101",)) == {FRESH, OFFERED}
    assert GUIDED in found(ended=True)
    assert found(election=True) == set()


def test_a_due_filter_without_its_day_is_refused(seen: Scene) -> None:
    with pytest.raises(Invalid):
        seen.views.petitions(PetitionFilter(OFFICES, due=DueWindow.SOON, today=TODAY))


@pytest.mark.parametrize("cursor", ["", "x", "%%%", "MjAyNS0wNS0wNQ", "ÿ", "bm90fGE"])
def test_a_broken_cursor_is_refused(seen: Scene, cursor: str) -> None:
    with pytest.raises(Invalid):
        seen.views.petitions(MINE, after=cursor)
    with pytest.raises(Invalid):
        seen.views.missions(AREA, after=cursor)


def test_late_cases_can_be_listed(seen: Scene) -> None:
    in_june = CaseFilter(OFFICES, overdue_on=date(2025, 6, 6))
    assert [row.case_id for row in seen.views.cases(in_june).items] == [CASE]
    assert seen.views.cases(CaseFilter(OFFICES, overdue_on=TODAY)).items == ()
    assert len(seen.views.cases(CaseFilter((TAM_DI,), escalated=True)).items) == 1


def test_a_file_is_found_by_id_and_by_number(seen: Scene) -> None:
    by_number = seen.views.find_petition_by_number(" ln-tdi-25-0147 ")
    assert by_number == seen.views.find_petition(FRESH)
    assert by_number is not None
    assert seen.views.find_petition(uuid4()) is None
    case = seen.views.find_case(CASE)
    assert case is not None
    assert seen.views.find_case_by_number(f" {case.number.lower()}") == case
    assert seen.views.find_case_by_number("VV-0") is None


def test_a_file_shows_its_offers_case_and_returns(seen: Scene) -> None:
    assert [(o.offer, o.how) for o in seen.views.offers_of(DISPUTED)] == [
        (1, "returned"), (2, "returned"),
    ]  # fmt: skip
    case = seen.views.find_case(CASE)
    assert case is not None
    assert (case.petitions, case.handler, case.unconfirmed) == (2, "acc-7", (LUC_NAM,))
    assert {row.petition_id for row in seen.views.petitions_of_case(CASE)} == {SETTLING, LINKED}
    (mission,) = seen.views.missions_of(RECEIVED)
    assert mission == seen.views.find_mission(MISSION)
    assert seen.views.missions(AREA).items == (mission,)


def test_a_history_can_be_read_on_from_a_version(seen: Scene) -> None:
    whole = seen.views.history(DISPUTED)
    assert [row.version for row in whole] == [1, 2, 3, 4, 5, 6]
    assert whole[-1].offices == (TNMT, LUC_NAM, NGHIA_PHUONG)
    assert list(seen.views.history(DISPUTED, after_version=2, limit=2)) == list(whole[2:4])
    told = [fact.body for fact in seen.tale.facts if fact.event.originator_id == DISPUTED]
    assert [row.body for row in whole] == told


def test_who_read_a_file_is_listed_newest_first(seen: Scene) -> None:
    seen.tale.wait(minutes=5).opened_text(LATE, TNMT)
    apply_batch(seen.store, seen.tale.facts[-1:])
    first = seen.views.access_log(LATE, limit=1)
    assert [row.office for row in first.items] == [TNMT]
    second = seen.views.access_log(LATE, after=first.next, limit=1)
    assert ([row.office for row in second.items], second.next) == ([TAM_DI], None)
