"""The engine against a slow one, and what must hold whatever the facts are.

``TIEPDAN_RANDOM_CASES=100000`` looks at so many random files instead of a hundred.
"""

import os
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.codes import ComplexGround, Contested, Instance, PetitionKind
from domain.law.calendar import Calendar, DayOff, OffDay
from domain.law.clocks import LINES, Clock
from domain.law.counting import Pause
from domain.law.deadlines import Doubt
from domain.law.engine import clocks, limit_of, may_be_suspended, settlement
from domain.law.rulebook import Rulebook
from domain.law.timeline import Extended, Timeline
from domain.law.told_clocks import as_data, told
from services.law import carried_law
from tests.domain.law.naive import (
    NaiveCalendar,
    naive_acceptance,
    naive_overdue,
    naive_right,
    naive_second,
    naive_settlement,
    naive_working,
)

CASES = int(os.environ.get("TIEPDAN_RANDOM_CASES", "100"))
many = settings(max_examples=CASES)
BOOK: Rulebook = carried_law().book
PLAIN = Calendar((), (2026, 2027))
COMPLAINT, DENUNCIATION = PetitionKind.COMPLAINT, PetitionKind.DENUNCIATION

days = st.dates(date(2024, 10, 1), date(2027, 3, 1))
grounds = st.lists(st.sampled_from(ComplexGround), max_size=3).map(tuple)
weekdays = days.filter(lambda day: day.weekday() < 5)
weekends = days.filter(lambda day: day.weekday() >= 5)


@st.composite
def calendars(draw: st.DrawFn) -> tuple[Calendar, NaiveCalendar]:
    """The same days off, told to both. Some days off are worked on a weekend instead."""
    off = draw(st.lists(weekdays, max_size=10, unique=True))
    worked = draw(st.lists(weekends, max_size=min(4, len(off)), unique=True))
    swaps = dict(zip(off, worked, strict=False))
    entries = [
        DayOff(day, "Nghỉ", "1/TB", OffDay.SWAPPED if day in swaps else OffDay.HOLIDAY,
               swaps.get(day))
        for day in off
    ]  # fmt: skip
    return Calendar(entries, range(2024, 2028)), NaiveCalendar(off, worked)


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    """A case that was suspended and continued some times, extended some times."""
    start = draw(days)
    turns = sorted(draw(st.lists(st.integers(0, 150), max_size=5)))
    dates = [start + timedelta(days=n) for n in turns]
    extended = draw(
        st.lists(
            st.builds(
                Extended, st.integers(0, 140).map(lambda n: start + timedelta(days=n)), grounds
            ),
            max_size=3,
        )
    )
    return Timeline(
        kind=draw(st.sampled_from([COMPLAINT, DENUNCIATION])),
        taken_up_on=start,
        instance=draw(st.sampled_from(Instance)),
        contested=draw(st.sampled_from(Contested)),
        remote=draw(st.booleans()),
        grounds=draw(grounds),
        extended=tuple(extended),
        suspended_on=tuple(dates[::2]),
        continued_on=tuple(dates[1::2]),
    )


def one(name: str, timeline: Timeline, calendar: Calendar, asked: date) -> Clock:
    """The clock of a name."""
    found = [each for each in clocks(timeline, calendar, BOOK, asked) if each.name == name]
    assert len(found) == 1
    return found[0]


def later(start: date, more: int) -> date:
    return start + timedelta(days=more)


@many
@given(timelines(), st.integers(0, 300))
def test_settlements_agree_with_the_slow_way(timeline: Timeline, more: int) -> None:
    assert timeline.taken_up_on is not None
    asked = later(timeline.taken_up_on, more)
    limit = settlement(timeline, PLAIN, BOOK, asked)
    assert limit is not None
    assert limit.due == naive_settlement(timeline, asked)
    assert len(limit.skipped) == (limit.due - limit.start).days - limit.days


@many
@given(days, calendars(), st.sampled_from([COMPLAINT, DENUNCIATION]), st.booleans())
def test_the_other_clocks_agree_with_the_slow_way(
    start: date, both: tuple[Calendar, NaiveCalendar], kind: PetitionKind, often: bool
) -> None:
    calendar, naive = both
    timeline = Timeline(
        kind=kind, received_on=start, held_since=start, offered_on=start, decided_on=start,
        taken_up_on=start, accepted_on=None, several_places=often, further=often,
        from_agency=often, concluded_on=start,
    )  # fmt: skip
    limits = {line.clock: limit_of(line, timeline, calendar, BOOK, start) for line in LINES}
    due = {name: limit.due for name, limit in limits.items() if limit is not None}
    assert due["reply.citizen"] == naive_working(start, 10, naive)
    assert due["transfer.answer"] == naive_working(start, 3, naive)
    assert due["acceptance"] == naive_acceptance(timeline, naive)
    assert due.get("reception.result_report") == (naive_working(start, 7, naive) if often else None)
    further = later(start, 20) if often and kind is DENUNCIATION else None
    assert due.get("denunciation.further") == further
    sent = 3 if kind is COMPLAINT else 5
    assert due["decision_sent"] == naive_working(start, sent, naive)


@st.composite
def filings(draw: st.DrawFn) -> Timeline:
    """A complaint of which it is noted since when the citizen knows, and what hindered."""
    known = draw(days)
    first, length = draw(st.integers(0, 100)), draw(st.integers(0, 40))
    hindered = Pause(later(known, first - 1), later(known, first + length), why=OffDay.OBSTACLE)
    return Timeline(
        kind=COMPLAINT,
        known_on=known,
        received_on=later(known, draw(st.integers(0, 200))),
        obstacles=draw(st.sampled_from([(), (hindered,)])),
        instance=draw(st.sampled_from(Instance)),
        contested=draw(st.sampled_from(Contested)),
        remote=draw(st.booleans()),
    )


@many
@given(filings())
def test_whether_a_complaint_came_in_time_agrees_with_the_slow_way(filed: Timeline) -> None:
    assert filed.received_on is not None
    right = one("right_to_complain", filed, PLAIN, filed.received_on)
    assert right.deadline.due == naive_right(filed)
    assert right.is_late_on(filed.received_on) is (filed.received_on > naive_right(filed))


@many
@given(timelines(), calendars(), st.integers(0, 400), st.lists(st.integers(0, 300), max_size=4))
def test_what_begins_when_a_settlement_ends_undecided_agrees_with_the_slow_way(
    timeline: Timeline, both: tuple[Calendar, NaiveCalendar], more: int, turns: list[int]
) -> None:
    assert timeline.taken_up_on is not None
    asked = later(timeline.taken_up_on, more)
    heard = tuple(day for n in turns if (day := later(timeline.taken_up_on, n)) <= asked)
    told = replace(timeline, directed_on=heard[::2], reported_on=heard[1::2])
    due = {each.name: each for each in clocks(told, both[0], BOOK, asked)}
    overdue = naive_overdue(told, asked)
    denounced = overdue is not None and told.kind is DENUNCIATION
    demand = due.get("denunciation.overdue.demand")
    assert (demand is not None) is denounced
    if overdue is not None and demand is not None:
        demands = [day for day in sorted(told.directed_on) if day > overdue]
        assert demand.deadline.due == naive_working(overdue, 5, both[1])
        assert demand.met_on == (demands[0] if demands else None)
        answer = due.get("denunciation.overdue.answer")
        assert (answer is not None) is bool(demands)
        if answer is not None:
            answers = [day for day in sorted(told.reported_on) if day >= demands[0]]
            assert answer.deadline.due == naive_working(demands[0], 5, both[1])
            assert answer.met_on == (answers[0] if answers else None)
    again = due.get("second_complaint")
    complained = overdue is not None and told.kind is COMPLAINT
    assert (again is not None) is (complained and told.instance is Instance.FIRST)
    if again is not None and overdue is not None:
        assert again.deadline.due == later(overdue, naive_second(told))


@many
@given(timelines(), calendars(), days, weekdays)
def test_a_day_off_more_never_makes_anything_due_earlier(
    timeline: Timeline, both: tuple[Calendar, NaiveCalendar], asked: date, off: date
) -> None:
    whole = replace(timeline, received_on=timeline.taken_up_on, held_since=timeline.taken_up_on)
    longer = both[0].with_days_off([DayOff(off, "Bão", "1/TB")] if off not in both[1].off else [])
    before = {each.name: each.deadline.due for each in clocks(whole, both[0], BOOK, asked)}
    after = {each.name: each.deadline.due for each in clocks(whole, longer, BOOK, asked)}
    assert before.keys() == after.keys()
    assert all(after[name] >= due for name, due in before.items())


@many
@given(timelines(), calendars(), st.integers(0, 200), st.integers(0, 200))
def test_a_suspension_never_shortens(
    timeline: Timeline, both: tuple[Calendar, NaiveCalendar], since: int, rested: int
) -> None:
    start = timeline.taken_up_on
    assert start is not None
    steady = replace(timeline, suspended_on=(), continued_on=())
    rests = replace(
        steady,
        suspended_on=(later(start, since),),
        continued_on=(later(start, since + rested),),
    )
    asked = later(start, 500)
    without = one("settlement", steady, both[0], asked).deadline.due
    assert one("settlement", rests, both[0], asked).deadline.due >= without


@many
@given(timelines(), calendars(), st.randoms(use_true_random=False))
def test_in_which_order_facts_are_told_makes_no_difference(
    timeline: Timeline, both: tuple[Calendar, NaiveCalendar], chance: Random
) -> None:
    mixed: dict[str, Any] = {}
    for name in ("extended", "suspended_on", "continued_on", "grounds"):
        every = list(getattr(timeline, name))
        chance.shuffle(every)
        mixed[name] = tuple(every)
    asked = date(2027, 6, 1)
    assert clocks(replace(timeline, **mixed), both[0], BOOK, asked) == clocks(
        timeline, both[0], BOOK, asked
    )


def test_two_extensions_of_one_day_count_alike_in_whichever_order_they_are_told() -> None:
    start = date(2024, 10, 1)
    once = Extended(start, (ComplexGround.VERIFICATION_SITES,))
    twice = Extended(start, (ComplexGround.VERIFICATION_SITES, ComplexGround.SEVERAL_CONTENTS))
    dues = {
        one(
            "settlement",
            Timeline(kind=DENUNCIATION, taken_up_on=start, extended=told),
            PLAIN,
            later(start, 1),
        ).deadline.due
        for told in ((once, twice), (twice, once))
    }
    assert dues == {later(start, 90)}


@many
@given(timelines(), calendars(), days)
def test_every_clock_tells_itself_and_the_earliest_comes_first(
    timeline: Timeline, both: tuple[Calendar, NaiveCalendar], asked: date
) -> None:
    found = clocks(timeline, both[0], BOOK, asked)
    running = [each.deadline.due for each in found if each.runs]
    assert running == sorted(running)
    for clock in found:
        assert clock.deadline.rule.article in " ".join(told(clock, asked))
        assert as_data(clock, asked)["due"] == clock.deadline.due.isoformat()


OPENED = date(2026, 7, 1)


def test_while_a_case_rests_nobody_is_late_and_the_day_is_provisional() -> None:
    resting = Timeline(kind=COMPLAINT, taken_up_on=OPENED, suspended_on=(date(2026, 7, 11),))
    clock = one("settlement", resting, PLAIN, date(2026, 12, 1))
    assert clock.deadline.doubts == (Doubt.RESTS,)
    assert clock.deadline.due == date(2026, 12, 21)
    assert not clock.is_late_on(date(2026, 12, 31))


def test_the_law_of_before_july_2026_knows_no_suspension_of_a_complaint() -> None:
    """Decree 155/2026 art. 22: who was accepted before follows the new rule from then on."""
    before, since = date(2026, 6, 30), date(2026, 7, 1)
    assert not may_be_suspended(COMPLAINT, before, before, BOOK)
    assert may_be_suspended(COMPLAINT, before, since, BOOK)
    assert may_be_suspended(DENUNCIATION, before, before, BOOK)


def test_what_was_answered_in_time_is_not_late_however_long_ago() -> None:
    answered = Timeline(kind=COMPLAINT, received_on=date(2025, 5, 5), answered_on=date(2025, 5, 19))
    late = replace(answered, answered_on=date(2025, 5, 20))
    today = date(2026, 5, 5)
    assert not one("reply.citizen", answered, PLAIN, today).is_late_on(today)
    assert one("reply.citizen", late, PLAIN, today).is_late_on(today)


def test_what_would_move_a_settlement_is_said_with_its_day() -> None:
    timeline = Timeline(kind=COMPLAINT, taken_up_on=OPENED)
    said = {
        each.happening.value: each.due
        for each in one("settlement", timeline, PLAIN, OPENED).what_ifs
    }
    assert said == {
        "marked_complex": date(2026, 8, 15),
        "marked_remote": date(2026, 8, 15),
        "suspended": None,
    }
