"""Open work is found by the offices it rests on, a leaver's cases by the leaver."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.codes import Role, Seat
from domain.directory import Directory
from domain.events import case, gathering, petition, return_mission
from domain.events.directory import PostFilled, PostLeft
from domain.streams import office_stream
from infra.postgres.views.paging import BrokenCursor
from infra.postgres.views.queries import PostgresViews
from infra.postgres.views.store import PostgresViewStore
from projections.resting import Rests, Work
from services.leavers import leavers, leavers_work
from tests.builders import fact, in_order
from tests.projections.chronicle import (
    BAC_GIANG,
    LUC_NAM,
    NGHIA_PHUONG,
    TAM_DI,
    TNMT,
    TODAY,
    Chronicle,
    all_projections,
    moved,
    stream_of,
)
from tests.projections.folding import apply_batch, by_lane
from tests.stores import Addresses

KEPT, SENT, DISPUTED, IN_CASE, CASE, ABOUT, CROWD, MISSION, WAITS = (
    stream_of(name)
    for name in ("kept", "sent", "disputed", "in case", "case", "about", "crowd", "mission", "w")
)
LATER = TODAY + timedelta(days=30)


def told() -> Chronicle:
    """Work of every sort in five offices."""
    tale = Chronicle()
    tale.received(KEPT, TAM_DI)
    tale.received(SENT, NGHIA_PHUONG)
    tale.transferred(SENT, NGHIA_PHUONG, TNMT, offer=1, due=LATER)
    tale.received(DISPUTED, NGHIA_PHUONG)
    tale.record(
        petition.CompetenceDisputed, DISPUTED, TNMT, offices=(NGHIA_PHUONG, TNMT), superior=LUC_NAM
    )
    tale.received(IN_CASE, TAM_DI)
    tale.case_opened(CASE, TAM_DI, IN_CASE)
    tale.record(case.HandlerAssigned, CASE, TAM_DI, handler="acc-7")
    tale.record(case.CaseReportedUpward, CASE, TAM_DI, to_office=LUC_NAM, texts=())
    tale.crowd(CROWD, LUC_NAM, NGHIA_PHUONG)
    tale.return_requested(MISSION, CROWD)
    tale.received(WAITS, LUC_NAM)
    tale.petition_rehomed(WAITS, LUC_NAM, BAC_GIANG, (Seat.IN_CHARGE,), interim=True)
    return tale


@pytest.fixture
def views(addresses: Addresses) -> Iterator[PostgresViews]:
    tale, store = told(), PostgresViewStore.at(addresses.projector)
    for facts in by_lane(tale.facts).values():
        apply_batch(store, facts)
    made = PostgresViews.open(addresses.app, [p.name for p in all_projections()])
    yield made
    made.close()
    store.close()


def found(views: PostgresViews, work: Work, *offices: str, limit: int = 200) -> dict[UUID, Rests]:
    """Everything of a sort, page by page."""
    all_: list[Rests] = []
    after: str | None = None
    while True:
        page = views.resting_on(work, offices, after=after, limit=limit)
        assert len(page.items) <= limit
        all_ += page.items
        after = page.next
        if after is None:
            assert [each.subject for each in all_] == sorted({each.subject for each in all_})
            return {each.subject: each for each in all_}


def test_a_petition_rests_on_who_has_it_who_was_offered_it_and_who_must_judge(
    views: PostgresViews,
) -> None:
    assert set(found(views, Work.PETITION, NGHIA_PHUONG)) == {SENT, DISPUTED}
    assert set(found(views, Work.PETITION, TNMT)) == {SENT}
    assert found(views, Work.PETITION, TNMT)[SENT].offices == (NGHIA_PHUONG, TNMT)
    assert found(views, Work.PETITION, LUC_NAM)[DISPUTED].offices == (NGHIA_PHUONG, LUC_NAM)


def test_a_petition_in_a_case_is_found_by_its_case_alone(views: PostgresViews) -> None:
    assert set(found(views, Work.PETITION, TAM_DI)) == {KEPT}
    assert set(found(views, Work.CASE, TAM_DI)) == {CASE}
    assert found(views, Work.CASE, LUC_NAM)[CASE].offices == (TAM_DI, LUC_NAM)


def test_a_crowd_and_a_mission_rest_on_each_office_with_a_duty(views: PostgresViews) -> None:
    for office in (LUC_NAM, NGHIA_PHUONG):
        assert set(found(views, Work.GATHERING, office)) == {CROWD}
    (mission,) = found(views, Work.MISSION, NGHIA_PHUONG).values()
    assert set(found(views, Work.MISSION, mission.offices[0])) == {MISSION}
    assert not found(views, Work.GATHERING, TAM_DI)


def test_what_waits_for_a_decision_is_found_by_the_abolished_office(views: PostgresViews) -> None:
    waits = found(views, Work.PETITION, LUC_NAM)[WAITS]
    assert (waits.offices, waits.undecided) == ((BAC_GIANG,), (LUC_NAM,))
    assert views.offices_undecided() == [LUC_NAM]
    assert [r.subject for r in views.undecided(Work.PETITION, [BAC_GIANG]).items] == [WAITS]


def test_pages_leave_nothing_out_and_a_broken_cursor_is_refused(views: PostgresViews) -> None:
    everywhere = (TAM_DI, NGHIA_PHUONG, LUC_NAM, TNMT, BAC_GIANG)
    assert set(found(views, Work.PETITION, *everywhere, limit=1)) == {KEPT, SENT, DISPUTED, WAITS}
    with pytest.raises(BrokenCursor):
        views.resting_on(Work.CASE, everywhere, after="???")


def test_every_office_with_open_work_is_named_once(views: PostgresViews) -> None:
    named = views.offices_at_work()
    assert named == sorted({TAM_DI, NGHIA_PHUONG, LUC_NAM, TNMT, BAC_GIANG})


def test_a_promised_reception_is_work_until_it_was_held(addresses: Addresses) -> None:
    tale, store = Chronicle(), PostgresViewStore.at(addresses.projector)
    tale.crowd(CROWD, LUC_NAM, NGHIA_PHUONG)
    tale.record(gathering.GatheringDispersed, CROWD, LUC_NAM)
    tale.return_requested(MISSION, CROWD)
    follow_up = return_mission.ReturnFollowUpScheduled
    tale.record(follow_up, MISSION, NGHIA_PHUONG, on=LATER, host_office=NGHIA_PHUONG)
    tale.record(return_mission.ReturnMissionClosed, MISSION, NGHIA_PHUONG)
    tale.record(
        return_mission.ReturnMissionRehomed, MISSION, TAM_DI,
        **moved(NGHIA_PHUONG, TAM_DI, (Seat.HOST,), None, False),
    )  # fmt: skip
    told = len(tale.facts)
    tale.record(return_mission.ReturnFollowUpHeld, MISSION, TAM_DI, held_on=LATER)
    for facts in by_lane(tale.facts[:told]).values():
        apply_batch(store, facts)
    views = PostgresViews.open(addresses.app, [])
    assert found(views, Work.MISSION, TAM_DI)[MISSION].offices == (TAM_DI,)
    assert not found(views, Work.MISSION, NGHIA_PHUONG)
    apply_batch(store, tale.facts[told:])
    assert not found(views, Work.MISSION, TAM_DI)
    views.close()
    store.close()


def posts(*, left: bool) -> Directory:
    """An officer who handles a case in Tam Dị, and perhaps has left."""
    since, last = date(2025, 1, 1), date(2025, 4, 30)
    here: dict[str, Any] = {"office_id": TAM_DI, "account": "acc-7", "post": Role.HANDLER}
    stream = office_stream(TAM_DI)
    said = [fact(PostFilled, TAM_DI, stream, **here, valid_from=since)]
    said += [fact(PostLeft, TAM_DI, stream, **here, last_day=last)] if left else []
    return Directory.of(in_order(*said))


def test_a_leavers_cases_are_listed_until_they_are_handed_on(views: PostgresViews) -> None:
    gone, stays = posts(left=True), posts(left=False)
    assert leavers(gone, [TAM_DI, LUC_NAM], TODAY) == {TAM_DI: ["acc-7"]}
    page = leavers_work(views, gone, [TAM_DI, LUC_NAM], TODAY)
    assert [row.case_id for row in page.items] == [CASE]
    assert page.next is None
    assert leavers_work(views, stays, [TAM_DI], TODAY).items == ()
    assert leavers_work(views, gone, [TAM_DI], date(2025, 4, 30)).items == ()
    assert leavers_work(views, gone, [LUC_NAM], TODAY).items == ()
