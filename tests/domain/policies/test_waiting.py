"""When reminders fall and what tells one from another."""

from datetime import UTC, date, datetime
from uuid import UUID

from domain.events.reminder import DueReminded, DueSoonReminded, OverdueReminded
from domain.law.public_holidays import public_calendar
from domain.law.rulebook import Rulebook
from domain.policies.pace import Pace
from domain.policies.waiting import day_after, key_of, key_said, morning_of, working_days_before
from services.law import carried_law
from tests.builders import CAM_LY, MORNING, fact

CALENDAR = public_calendar()
FILE = UUID(int=1)


def test_a_day_begins_in_vietnam() -> None:
    assert morning_of(date(2025, 5, 19)) == datetime(2025, 5, 18, 17, 0, tzinfo=UTC)
    assert day_after(date(2025, 5, 31)) == morning_of(date(2025, 6, 1))


def test_two_working_days_before_leaves_two_working_days() -> None:
    assert working_days_before(date(2025, 5, 19), 2, CALENDAR) == date(2025, 5, 15)
    assert working_days_before(date(2025, 5, 16), 2, CALENDAR) == date(2025, 5, 14)
    assert working_days_before(date(2025, 5, 5), 1, CALENDAR) == date(2025, 4, 29)
    assert working_days_before(date(2025, 5, 18), 2, CALENDAR) == date(2025, 5, 14)


def test_another_day_rung_clock_file_or_kind_is_another_reminder() -> None:
    said = {"clock": "settlement", "due": date(2025, 6, 4), "rung": 1}
    keys = {
        key_of(OverdueReminded, FILE, said),
        key_of(OverdueReminded, FILE, {**said, "rung": 2}),
        key_of(OverdueReminded, FILE, {**said, "due": date(2025, 6, 5)}),
        key_of(OverdueReminded, FILE, {**said, "clock": "reply.citizen"}),
        key_of(OverdueReminded, UUID(int=2), said),
        key_of(DueReminded, FILE, said),
        key_of(DueSoonReminded, FILE, said),
    }
    assert len(keys) == 7


def test_a_recorded_reminder_has_the_key_it_waited_under() -> None:
    told = fact(OverdueReminded, CAM_LY).recorded(1, MORNING)
    assert isinstance(told, OverdueReminded)
    says = {"clock": told.clock, "due": told.due, "rung": told.rung}
    assert key_said(told) == key_of(OverdueReminded, told.subject, says)


def test_the_pace_is_the_books_and_the_usual_one_where_the_book_is_silent() -> None:
    day = date(2025, 5, 19)
    said, silent = Pace(carried_law().book, day), Pace(Rulebook(()), day)
    for pace in (said, silent):
        assert (pace.due_soon, pace.up_the_ladder, pace.acknowledge) == (2, 3, 1)
        assert pace.receive_crowd.total_seconds() == 3600
