"""The figures of a district and a province, counted on the real Postgres."""

from contextlib import ExitStack
from datetime import date, timedelta
from typing import cast

from domain.codes import DecisionOutcome
from domain.events import case
from infra.postgres.views import PostgresViews
from projections.answers import OfficeSums, Urgency, most_urgent
from projections.asks import Area, CrowdState, FlowSum, GatheringFilter
from projections.office_flow import Flow
from tests.infra.postgres.views_scene import (
    ALONE,
    AREA,
    CASE,
    GONE,
    RECEIVED,
    SOON,
    TODAY,
    Scene,
    seen,
)
from tests.projections.chronicle import LUC_NAM, NGHIA_PHUONG, OFFICES, TAM_DI, TNMT, unit_of
from tests.projections.folding import apply_batch

__all__ = ["seen"]

WEEK = TODAY - timedelta(days=6)


def sums(seen: Scene, today: date = TODAY) -> dict[str, OfficeSums]:
    found = seen.views.office_sums(
        OFFICES, today=today, soon_until=today + (SOON - TODAY), received_since=WEEK
    )
    return dict(found)


def test_a_commune_shows_what_is_late_near_open_and_new(seen: Scene) -> None:
    assert sums(seen)[TAM_DI] == OfficeSums(
        TAM_DI, overdue=1, overdue_oldest=date(2025, 5, 19), due_soon=0, open=5, received=2,
        escalated=1, directed=1,
    )  # fmt: skip


def test_an_office_offered_to_shows_what_it_has_not_answered(seen: Scene) -> None:
    tnmt = sums(seen)[TNMT]
    assert (tnmt.pending, tnmt.pending_since, tnmt.pending_late) == (1, date(2025, 5, 20), 1)


def test_what_came_back_counts_at_the_sender_and_a_dispute_at_the_judge(seen: Scene) -> None:
    assert sums(seen)[NGHIA_PHUONG].returned == 1
    assert sums(seen)[LUC_NAM].disputes == 1


def test_overdue_grows_by_the_calendar_alone(seen: Scene) -> None:
    on_the_due_day = sums(seen, date(2025, 5, 19))[TAM_DI]
    the_day_after = sums(seen, date(2025, 5, 20))[TAM_DI]
    assert (on_the_due_day.overdue, the_day_after.overdue) == (0, 1)
    in_june = sums(seen, date(2025, 6, 6))[TAM_DI]
    assert in_june.overdue == 1 + 2 + 1, "the first, two received later, the case"


def test_a_decision_takes_the_case_off_the_late_ones(seen: Scene) -> None:
    seen.tale.record(
        case.DecisionIssued, CASE, TAM_DI, outcome=DecisionOutcome.RIGHT, decided_on=TODAY, texts=()
    )
    apply_batch(seen.store, seen.tale.facts[-1:])
    assert sums(seen, date(2025, 6, 6))[TAM_DI].overdue == 3
    assert sums(seen)[TAM_DI].directed == 0


def test_the_five_figures_of_the_province(seen: Scene) -> None:
    board = seen.views.province_figures(AREA, today=TODAY, now=seen.now())
    assert (board.gatherings.now, board.not_received.now, board.returns.now) == (2, 1, 1)
    assert (board.pending.now, board.pending_late, board.pending_since) == (
        1, 1, date(2025, 5, 20),
    )  # fmt: skip
    assert (board.overdue.now, board.overdue_oldest) == (1, date(2025, 5, 19))
    assert (board.consented, board.declined) == (12, 4)
    assert board.waiting_since == seen.tale.at
    assert board.gatherings_hour_ago == 1


def test_the_fourteen_days_tell_what_was_late_on_each(seen: Scene) -> None:
    board = seen.views.province_figures(AREA, today=TODAY, now=seen.now())
    in_time, late = [0] * 7, [1] * 7
    assert list(board.overdue.days) == in_time + late, "one was answered the day it became late"
    assert list(board.pending.days) == [0] * 7 + [1] * 7
    assert list(board.gatherings.days) == [0] * 13 + [2]


def test_another_province_sees_none_of_it(seen: Scene) -> None:
    elsewhere = Area(("ubnd-01-20250101",), ("01-20250101",))
    board = seen.views.province_figures(elsewhere, today=TODAY, now=seen.now())
    assert (board.gatherings.now, board.pending.now, board.overdue.now) == (0, 0, 0)
    assert seen.views.recent_changes(elsewhere, since=seen.now(days=-30)) == []


def test_the_last_hour_shows_case_work_newest_first(seen: Scene) -> None:
    changes = seen.views.recent_changes(AREA, since=seen.now(hours=-1))
    assert changes[0].stream == ALONE
    assert [row.position for row in changes] == sorted(
        (row.position for row in changes), reverse=True
    )
    assert all(row.recorded_at >= seen.now(hours=-1) for row in changes)
    assert {row.type_name.split(".")[0] for row in changes} == {"gathering", "return_mission"}


def test_crowds_nobody_received_come_first(seen: Scene) -> None:
    everything = seen.views.gatherings(GatheringFilter(AREA))
    assert [row.gathering_id for row in everything.items] == [ALONE, RECEIVED, GONE]
    going_on = seen.views.gatherings(GatheringFilter(AREA, CrowdState.GOING_ON))
    assert [row.gathering_id for row in going_on.items] == [ALONE, RECEIVED]


def test_a_crowd_is_seen_where_it_stands_and_where_it_comes_from(seen: Scene) -> None:
    home = Area((), (unit_of(NGHIA_PHUONG),))
    assert len(seen.views.gatherings(GatheringFilter(home)).items) == 3
    at_the_district = Area((), (unit_of(LUC_NAM),))
    assert len(seen.views.gatherings(GatheringFilter(at_the_district)).items) == 2


def test_a_cell_of_the_map_shows_only_the_most_urgent(seen: Scene) -> None:
    crowds = seen.views.gatherings(GatheringFilter(AREA)).items
    figures = sums(seen)
    standing = [row for row in crowds if row.place == unit_of(LUC_NAM)]
    assert most_urgent(standing, [figures[TNMT]]) == (Urgency.CROWD_WAITING, 1)
    assert most_urgent(standing[1:], [figures[TNMT]]) == (Urgency.PENDING, 1)
    assert most_urgent((), [figures[TAM_DI]]) == (Urgency.OVERDUE, 1)
    assert most_urgent((), ()) == (Urgency.QUIET, 0)


def test_what_happened_is_counted_by_office_and_day(seen: Scene) -> None:
    flows = seen.views.flows([TNMT], first=WEEK, last=TODAY)
    assert list(flows) == [
        FlowSum(TNMT, date(2025, 5, 20), Flow.DISPUTED, 1),
        FlowSum(TNMT, date(2025, 5, 20), Flow.RETURNED, 3),
    ]


PLANNED = """
SELECT count(*), sum(custom_plans), min(generic_plans) > 0 FROM pg_prepared_statements
WHERE statement LIKE '%ANY(%'
"""


def test_a_boards_questions_are_planned_once_and_only_they(seen: Scene) -> None:
    for _ in range(2):
        seen.views.province_figures(AREA, today=TODAY, now=seen.now())
    pool = cast(PostgresViews, seen.views).pool
    with ExitStack() as all_of_them:
        each = [all_of_them.enter_context(pool.connection()) for _ in range(pool.max_size)]
        planned = [one.execute(PLANNED).fetchone() for one in each]
        modes = {one.execute("SHOW plan_cache_mode").fetchone() for one in each}
    asked = [found for found in planned if found != (0, None, None)]
    assert (set(asked), modes) == ({(4, 0, True)}, {("auto",)})
