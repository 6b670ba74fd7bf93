"""Due days in the real views follow the law, and the offices' counts with them."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from domain.codes import (
    ClosureScope,
    ComplexGround,
    Contested,
    PetitionKind,
    SuspensionGround,
)
from domain.events import calendar as facts
from domain.events import settlement
from domain.law.law import Law
from domain.law.timeline import Timeline
from domain.streams import calendar_stream, place_calendar_stream
from infra.memory.views import MemoryViewStore
from infra.postgres.migrate import migrations
from infra.postgres.views import PostgresViews, PostgresViewStore
from infra.postgres.views.due_days import EVERY_DAY, DueDays, Span
from projections.base import Projection
from projections.case_row import CaseRow
from projections.cases import Cases
from projections.clocks import LawClocks
from projections.office_load import OfficeLoad
from projections.petition_row import PetitionRow
from projections.petitions import Petitions
from projections.recomputing import Moved
from services.law import carried_law
from services.recomputing import UpToDate, changed_span, recompute
from tests.builders import Draft, fact, in_order
from tests.infra.postgres.views_scene import CASE, GUIDED, LATE, scene
from tests.projections.chronicle import TAM_DI, Chronicle, stream_of
from tests.projections.folding import apply_batch, by_lane
from tests.stores import Addresses

MAY_15 = date(2025, 5, 15)
LEARNED_LATE = datetime(2025, 6, 20, 2, 0, tzinfo=UTC)
HOLIDAY = fact(facts.DayOffAnnounced, "system", calendar_stream(2027), day=MAY_15)
CLOSED = fact(
    facts.OfficeClosed, TAM_DI, place_calendar_stream(ClosureScope.OFFICE, TAM_DI),
    place=TAM_DI, first_day=MAY_15, last_day=MAY_15,
)  # fmt: skip
DENOUNCED, GRAVE = stream_of("denounced"), stream_of("grave")
DISMISSED, DISMISSAL = stream_of("dismissed"), stream_of("dismissal")


def tale() -> Chronicle:
    """The usual scene, a denunciation that was extended, a complaint about a dismissal."""
    told = scene()
    told.received(DENOUNCED, TAM_DI, kind=PetitionKind.DENUNCIATION)
    told.case_opened(GRAVE, TAM_DI, DENOUNCED, PetitionKind.DENUNCIATION)
    grounds = (ComplexGround.FOREIGN,)
    told.record(settlement.CaseMarkedComplex, GRAVE, TAM_DI, grounds=grounds)
    told.wait(days=3)
    extended: dict[str, Any] = {
        "step": 1,
        "grounds": grounds,
        "decided_on": told.at.date(),
        "basis": "1/QĐ",
    }
    told.record(settlement.SettlementExtended, GRAVE, TAM_DI, **extended)
    told.received(DISMISSED, TAM_DI, kind=PetitionKind.COMPLAINT)
    told.case_opened(DISMISSAL, TAM_DI, DISMISSED, PetitionKind.COMPLAINT)
    contested = Contested.DISMISSAL
    told.record(settlement.CaseContestedNamed, DISMISSAL, TAM_DI, contested=contested)
    return told


def law(*news: Draft) -> Law:
    return carried_law().with_facts(in_order(*news))


def folding(by: Law) -> tuple[Projection, Projection]:
    clocks = LawClocks(lambda: by)
    return Petitions(clocks), Cases(clocks)


def fold(store: Any, told: Chronicle, by: Law) -> None:
    for batch in by_lane(told.facts).values():
        apply_batch(store, batch, folding(by))


def expected(told: Chronicle, by: Law) -> MemoryViewStore:
    store = MemoryViewStore()
    fold(store, told, by)
    return store


def must_show(addresses: Addresses, wanted: MemoryViewStore) -> None:
    """The views have these due days, and the counts that go with them."""
    dues = {
        **{row.petition_id: row.due_on for row in _rows(wanted, PetitionRow)},
        **{row.case_id: row.settle_due for row in _rows(wanted, CaseRow)},
    }
    shown = addresses.run(
        "SELECT petition_id, due_on FROM views.petitions"
        " UNION ALL SELECT case_id, settle_due FROM views.cases"
    )
    assert dict(shown) == dues  # type: ignore[arg-type]
    counts = {(r.office, r.what, r.due_on, r.lane, r.n) for r in _rows(wanted, OfficeLoad) if r.n}
    loads = addresses.run(
        "SELECT office, what, due_on, lane, n FROM views.office_load WHERE n <> 0"
    )
    assert set(loads) == counts


def _rows(store: MemoryViewStore, kind: Any) -> Sequence[Any]:
    return tuple(store.rows[kind].values())


@pytest.fixture
def store(addresses: Addresses) -> Iterator[PostgresViewStore]:
    opened = PostgresViewStore.at(addresses.projector)
    yield opened
    opened.close()


@pytest.fixture
def days(addresses: Addresses) -> Iterator[DueDays]:
    opened = DueDays.at(addresses.projector)
    yield opened
    opened.close()


def test_a_holiday_moves_what_runs_over_it_and_says_so(
    store: PostgresViewStore, days: DueDays, addresses: Addresses
) -> None:
    told, before, after = tale(), law(), law(HOLIDAY)
    fold(store, told, before)
    must_show(addresses, expected(told, before))
    moved: list[Moved] = []
    passed = recompute(after, days, moved.extend, changed_span(before, after) or EVERY_DAY)
    must_show(addresses, expected(told, after))
    assert passed.moved == len(moved) > 0
    (late,) = (each for each in moved if each.subject == LATE)
    assert (late.was, late.due) == (date(2025, 5, 19), date(2025, 5, 20))
    assert all(each.subject not in (GUIDED, CASE) for each in moved)
    assert passed.ended > 0


def test_a_second_pass_moves_nothing_and_taking_it_back_puts_every_day_back(
    store: PostgresViewStore, days: DueDays, addresses: Addresses
) -> None:
    told, before, after = tale(), law(), law(HOLIDAY)
    fold(store, told, before)
    recompute(after, days, list[Moved]().extend)
    again: list[Moved] = []
    assert recompute(after, days, again.extend).moved == len(again) == 0
    recompute(before, days, list[Moved]().extend)
    must_show(addresses, expected(told, before))


def test_a_closure_moves_the_days_of_its_office_alone(
    store: PostgresViewStore, days: DueDays, addresses: Addresses
) -> None:
    told, closed = tale(), law(CLOSED)
    fold(store, told, law())
    moved: list[Moved] = []
    recompute(closed, days, moved.extend, Span(MAY_15, MAY_15))
    assert {each.office for each in moved} == {TAM_DI}
    must_show(addresses, expected(told, closed))


def test_what_is_folded_meanwhile_is_neither_lost_nor_counted_twice(
    store: PostgresViewStore, days: DueDays, addresses: Addresses
) -> None:
    """A projector that heard of the holiday too goes on folding, fact by fact."""
    told, before, after = tale(), law(), law(HOLIDAY)
    half = len(told.facts) // 2
    for each in told.facts[:half]:
        apply_batch(store, [each], folding(before))

    def rest() -> None:
        for each in told.facts[half:]:
            apply_batch(store, [each], folding(after))

    with ThreadPoolExecutor(1) as threads:
        folding_on = threads.submit(rest)
        while not folding_on.done():
            recompute(after, days, list[Moved]().extend)
        folding_on.result()
    recompute(after, days, list[Moved]().extend)
    must_show(addresses, expected(told, after))


def test_a_case_that_rests_is_due_on_no_day(store: PostgresViewStore, addresses: Addresses) -> None:
    told = tale()
    ground, on = SuspensionGround.OBSTACLE, told.at.date()
    told.record(settlement.CaseSuspended, GRAVE, TAM_DI, ground=ground, decided_on=on, basis="2/QĐ")
    fold(store, told, law())
    due = "SELECT settle_due FROM views.cases WHERE case_id = %s"
    assert addresses.run(due, GRAVE) == [(None,)]
    told.wait(days=5)
    (going,) = [told.record(
        settlement.CaseContinued, GRAVE, TAM_DI, decided_on=told.at.date(), basis="3/QĐ"
    )]  # fmt: skip
    apply_batch(store, [going], folding(law()))
    ((settled,),) = addresses.run(due, GRAVE)
    must_show(addresses, expected(told, law()))
    opened = next(each for each in told.facts if each.event.originator_id == GRAVE)
    assert settled == date.fromordinal(opened.event.occurred_at.date().toordinal() + 60 + 5)


@dataclass
class Known:
    """The law as a store has it, with the position of its newest fact."""

    law: Law
    position: int

    def standing(self) -> tuple[Law, int]:
        return self.law, self.position


def test_what_was_met_before_a_late_notice_keeps_its_day(
    store: PostgresViewStore, days: DueDays, addresses: Addresses
) -> None:
    told, before, after = tale(), law(), law(replace(HOLIDAY, at=LEARNED_LATE))
    fold(store, told, before)
    due = "SELECT due_on FROM views.petitions WHERE petition_id = %s"
    was = addresses.run(due, GUIDED)
    span = changed_span(before, after)
    assert span is not None
    assert (span.first, span.since) == (MAY_15, LEARNED_LATE.date())
    passed = recompute(after, days, list[Moved]().extend, span)
    assert (passed.moved > 0, passed.ended) == (True, 0)
    assert addresses.run(due, GUIDED) == was
    must_show(addresses, expected(told, after))


class Before(LawClocks):
    """An earlier release: what was suspended was due on no day, also if it was overdue by then."""

    def settle_due(
        self, timeline: Timeline, office: str, unit: str, *, met_on: date | None = None
    ) -> date | None:
        found = super().settle_due(timeline, office, unit, met_on=met_on)
        return None if timeline.rests else found


def test_what_an_earlier_release_made_due_on_no_day_is_due_again_after_the_migration(
    store: PostgresViewStore, days: DueDays, addresses: Addresses
) -> None:
    told, known = tale(), Known(law(), 19)
    told.wait(days=90)
    ground, on = SuspensionGround.RELATED_RESULT, told.at.date()
    told.record(settlement.CaseSuspended, GRAVE, TAM_DI, ground=ground, decided_on=on, basis="2/QĐ")
    clocks = Before(lambda: known.law)
    for batch in by_lane(told.facts).values():
        apply_batch(store, batch, (Petitions(clocks), Cases(clocks)))
    for position in (7, 19):
        days.passed(position, 0)
    (file,) = (each for each in migrations() if each.name == "0191_due_once_more.sql")
    addresses.run(file.text)
    keeper = UpToDate(known, days, hear=0.0)
    assert (days.mark(), keeper.run(), days.mark()) == (7, 19, 19)
    assert [(moved.subject, moved.was) for moved in days.moved_since(7, 19)] == [(GRAVE, None)]
    must_show(addresses, expected(told, known.law))


def test_one_pass_is_made_for_a_change_and_what_it_moved_is_kept(
    store: PostgresViewStore, days: DueDays, addresses: Addresses
) -> None:
    told, known = tale(), Known(law(), 7)
    fold(store, told, known.law)
    keeper, other = (UpToDate(known, days, hear=0.0) for _ in range(2))
    assert (keeper.behind(), keeper.run(), days.mark(), keeper.behind()) == (True, 7, 7, False)
    known.law, known.position = law(HOLIDAY), 19
    assert (keeper.behind(), keeper.run(), other.run()) == (True, 19, 19)
    kept = days.moved_since(7, 19)
    assert (date(2025, 5, 19), date(2025, 5, 20)) in {(m.was, m.due) for m in kept}
    must_show(addresses, expected(told, known.law))
    views = PostgresViews.open(addresses.app, ["petitions"])
    try:
        assert (views.law_pass(20), views.law_pass(19), views.law_pass(8)) == (None, 19, 19)
        counted = dict(views.moved_by_office(19, 19))
        first = views.moved_in(19, 19, TAM_DI, limit=1)
        rest = views.moved_in(19, 19, TAM_DI, after=first.next, limit=100) if first.next else first
        own = {*first.items, *rest.items}
        assert own == {each for each in kept if each.office == TAM_DI}
        assert (sum(counted.values()), counted[TAM_DI]) == (len(kept), len(own))
    finally:
        views.close()


def test_while_another_passes_nobody_else_does(days: DueDays, addresses: Addresses) -> None:
    known, second = Known(law(), 3), DueDays.at(addresses.projector)
    try:
        with second.turn(0.0) as theirs:
            assert (theirs, UpToDate(known, days, hear=0.0).run()) == (True, 0)
        assert UpToDate(known, days, hear=0.0).run() == 3
    finally:
        second.close()
