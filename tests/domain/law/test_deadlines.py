from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.codes import ComplexGround, PetitionKind
from domain.law.calendar import Calendar, DayOff
from domain.law.clocks import SETTLEMENT
from domain.law.deadlines import Doubt, working_days_after, working_days_left
from domain.law.public_holidays import public_calendar
from tests.domain.law.counted import acceptance, answer_to_offer, found, reply, settlement


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2025, 4, 29), date(2025, 5, 16)),  # 30/4, 1/5, 2/5 off
        (date(2025, 4, 21), date(2025, 5, 7)),  # worked Saturday 26/4 counts
        (date(2025, 5, 14), date(2025, 5, 28)),  # two plain weeks
        (date(2025, 1, 22), date(2025, 2, 12)),  # over Tết 2025
        (date(2025, 8, 25), date(2025, 9, 10)),  # over National Day 2025
        (date(2026, 8, 19), date(2026, 9, 4)),  # worked 22/8, off 31/8, 1/9, 2/9
        (date(2026, 2, 10), date(2026, 3, 3)),  # over Tết 2026
    ],
)
def test_a_citizen_is_answered_within_ten_working_days(received: date, due: date) -> None:
    """Law 42/2013 art. 28.1, counted by hand."""
    assert reply(received).due == due


@pytest.mark.parametrize(
    ("received", "due", "article"),
    [
        (date(2025, 5, 5), date(2025, 5, 15), "Điều 27"),
        (date(2026, 6, 30), date(2026, 7, 10), "Điều 27"),
        (date(2026, 7, 1), date(2026, 7, 10), "Nghị định 155/2026, Điều 10"),
        (date(2026, 8, 21), date(2026, 9, 3), "Nghị định 155/2026, Điều 10"),
    ],
)
def test_acceptance_takes_ten_days_and_from_july_2026_seven_working_days(
    received: date, due: date, article: str
) -> None:
    accepted_by = acceptance(received)
    assert accepted_by.due == due
    assert article in accepted_by.rule.article


@pytest.mark.parametrize(
    ("complex_case", "remote", "days"),
    [(False, False, 30), (True, False, 45), (False, True, 45), (True, True, 60)],
)
def test_a_first_complaint_is_settled_in_days_by_complexity_and_remoteness(
    complex_case: bool, remote: bool, days: int
) -> None:
    """Law 02/2011 art. 28."""
    opened = date(2025, 5, 14)
    grounds = (ComplexGround.FOREIGN,) if complex_case else ()
    settled_by = settlement(opened, grounds=grounds, remote=remote)
    assert settled_by.due == opened + timedelta(days=days)
    assert "Điều 28" in settled_by.rule.article


def test_a_denunciation_is_settled_in_thirty_days() -> None:
    settled_by = settlement(date(2025, 5, 14), kind=PetitionKind.DENUNCIATION)
    assert settled_by.due == date(2025, 6, 13)


@pytest.mark.parametrize("kind", [PetitionKind.PROPOSAL, PetitionKind.FEEDBACK])
def test_proposals_and_feedback_have_no_settlement_clock(kind: PetitionKind) -> None:
    assert found(SETTLEMENT, kind, taken_up_on=date(2025, 5, 14)) is None


def test_an_offer_is_answered_within_three_working_days() -> None:
    assert answer_to_offer(date(2025, 5, 12)).due == date(2025, 5, 15)
    assert answer_to_offer(date(2025, 4, 29)).due == date(2025, 5, 7)
    assert "luật không quy định" in answer_to_offer(date(2025, 5, 12)).rule.article


def test_the_due_day_itself_is_in_time() -> None:
    answer = reply(date(2025, 4, 29))
    assert not answer.is_late_on(date(2025, 5, 16))
    assert answer.is_late_on(date(2025, 5, 17))


def test_days_left_count_from_tomorrow_and_turn_negative_when_late() -> None:
    calendar = public_calendar()
    assert working_days_left(date(2025, 5, 14), date(2025, 5, 16), calendar) == 2
    assert working_days_left(date(2025, 5, 14), date(2025, 5, 14), calendar) == 0
    assert working_days_left(date(2025, 5, 19), date(2025, 5, 16), calendar) == -1


def test_a_deadline_in_a_year_without_a_notice_is_provisional() -> None:
    assert Doubt.YEAR_NOT_ANNOUNCED in reply(date(2026, 12, 28)).doubts
    assert Doubt.YEAR_NOT_ANNOUNCED not in reply(date(2025, 12, 29)).doubts


def test_a_deadline_over_a_day_off_whose_notice_nobody_read_is_provisional() -> None:
    assert reply(date(2025, 4, 29)).doubts == (Doubt.DAY_NOT_VERIFIED,)
    assert reply(date(2025, 5, 5)).doubts == ()


days = st.dates(date(2024, 12, 1), date(2027, 2, 1))


def _naive(start: date, count: int, calendar: Calendar) -> date:
    """Every day written down, then the working ones counted off."""
    later = [start + timedelta(days=n) for n in range(1, 400)]
    working = [day for day in later if calendar.is_working(day)]
    return working[count - 1]


@given(start=days, count=st.integers(1, 90))
def test_counting_agrees_with_writing_every_day_down(start: date, count: int) -> None:
    calendar = public_calendar()
    assert working_days_after(start, count, calendar) == _naive(start, count, calendar)


@given(start=days, count=st.integers(1, 60), closed=st.sets(days, max_size=20))
def test_a_day_off_more_never_makes_a_deadline_earlier(
    start: date, count: int, closed: set[date]
) -> None:
    calendar = public_calendar()
    with_closures = calendar.with_days_off(DayOff(day, "Bão", "Công điện (mẫu)") for day in closed)
    plain = working_days_after(start, count, calendar)
    assert working_days_after(start, count, with_closures) >= plain


@given(start=days)
def test_every_day_on_the_way_either_counts_or_says_why_not(start: date) -> None:
    answer = reply(start)
    passed = (answer.due - answer.start).days
    assert passed == answer.rule.days + len(answer.skipped)
    assert public_calendar().is_working(answer.due)


@given(start=days, due=days)
def test_days_left_mirror_each_other(start: date, due: date) -> None:
    calendar = public_calendar()
    assert working_days_left(start, due, calendar) == -working_days_left(due, start, calendar)


@given(start=days, due=days, closed=st.sets(days, max_size=20))
def test_days_left_are_the_working_days_written_down(
    start: date, due: date, closed: set[date]
) -> None:
    named = (DayOff(day, "Bão", "Công điện (mẫu)") for day in closed)
    calendar = public_calendar().with_days_off(named)
    later = (start + timedelta(days=n + 1) for n in range((due - start).days))
    left = working_days_left(start, due, calendar)
    assert max(0, left) == sum(calendar.is_working(day) for day in later)


def test_days_left_to_another_millennium_are_counted_by_weeks() -> None:
    monday, further = date(2025, 5, 5), 7 * 365_000
    near, far = monday + timedelta(days=7 * 200), monday + timedelta(days=further)
    calendar = public_calendar()
    weeks_between = (far - near).days // 7
    counted = working_days_left(monday, far, calendar)
    assert counted == working_days_left(monday, near, calendar) + 5 * weeks_between


def test_a_limit_cannot_run_backwards() -> None:
    with pytest.raises(ValueError, match="backwards"):
        working_days_after(date(2025, 5, 14), -1, public_calendar())
