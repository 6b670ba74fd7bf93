"""The days by which boards sort: those that "vì sao?" tells, also where a case is suspended."""

from datetime import date

import pytest

from domain.codes import ComplexGround, PetitionKind
from domain.law.timeline import Extended, Timeline
from projections.clocks import LawClocks
from services.law import carried_law

OFFICE, UNIT = "ubnd-07519-20250101", "07519-20250101"
CLOCKS = LawClocks(carried_law)
MAY_5, DUE = date(2025, 5, 5), date(2025, 6, 4)


def denounced(*suspended: date, continued: tuple[date, ...] = (), **more: object) -> Timeline:
    """A denunciation taken up on 5/5/2025, due on 4/6."""
    said = {"suspended_on": suspended, "continued_on": continued, **more}
    return Timeline(kind=PetitionKind.DENUNCIATION, taken_up_on=MAY_5, **said)  # type: ignore[arg-type]


def due(timeline: Timeline) -> date | None:
    return CLOCKS.settle_due(timeline, OFFICE, UNIT)


@pytest.mark.parametrize("suspended", [date(2025, 6, 10), date(2025, 6, 5), DUE])
def test_what_is_overdue_stays_so_on_every_board_whoever_suspends_it(suspended: date) -> None:
    assert due(denounced(suspended)) == DUE


def test_a_case_suspended_while_its_limit_ran_is_due_on_no_day() -> None:
    assert due(denounced(date(2025, 6, 3))) is None
    assert due(denounced(date(2025, 5, 15))) is None


def test_suspended_again_it_rests_unless_the_time_it_had_left_is_over() -> None:
    """Ten days of June are not counted: due on 14 June."""
    once, until = date(2025, 6, 1), (date(2025, 6, 11),)
    assert due(denounced(once, date(2025, 6, 12), continued=until)) is None
    assert due(denounced(once, date(2025, 6, 20), continued=until)) == date(2025, 6, 14)


def test_an_extension_made_in_time_lets_a_later_suspension_count() -> None:
    extended = (Extended(date(2025, 6, 1), (ComplexGround.FOREIGN,)),)
    assert due(denounced(date(2025, 6, 10), extended=extended)) is None
    assert due(denounced(date(2025, 7, 10), extended=extended)) == date(2025, 7, 4)
