"""Whatever happens, whoever dies: each reminder is recorded once, none is missed, none too many.

Random histories and random passing of time, against a slow oracle that looks at the whole
history day by day. A scheduler may be killed before or after any of its transactions, another
may take over in the middle, and facts may be recorded under its hands.
"""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import MORNING
from tests.services.chance_acts import ACTS, FILES
from tests.services.reminder_histories import History

HAPPENING = st.tuples(st.integers(0, len(ACTS) + 1), st.integers(0, FILES - 1), st.integers(0, 7))
HOURS = st.sampled_from([1, 24, 72, 24 * 7, 24 * 15])
ACCIDENTS = st.lists(st.sampled_from([0, 0, 1, 2, 3, 4, 5]), min_size=3, max_size=6)
TURN = st.tuples(
    st.lists(HAPPENING, min_size=1, max_size=5),
    HOURS,
    st.one_of(ACCIDENTS, ACCIDENTS, st.none()),
    st.lists(st.sampled_from([0, 1, 2, 5]), max_size=2),
)


@pytest.mark.parametrize("accident", range(6))
@pytest.mark.parametrize("seam", range(5))
@pytest.mark.parametrize("verb", [0, 1])
def test_an_accident_at_any_seam_leaves_nothing_out_and_says_nothing_twice(
    accident: int, seam: int, verb: int
) -> None:
    """Each accident at each transaction, while some files wait to be told of and others come.

    By verb 0 every file ends in that moment, by verb 1 every petition is offered on.
    """
    history = History()
    for days, first in ((8, 0), (7, 1)):
        for what in range(len(ACTS)):
            history.happen(what, first, 0)
        history.watch.clock.advance(timedelta(days=days))
        accidents = [accident if place == seam else 0 for place in range(seam + 1)]
        history.work(accidents[::-1], [verb])
    for _ in range(6):
        history.watch.clock.advance(timedelta(days=1))
        history.work([], [])
    history.check()


@settings(max_examples=100)
@given(st.lists(TURN, min_size=3, max_size=8))
def test_each_reminder_once_none_missed_none_too_many(turns: list[Any]) -> None:
    history = History()
    last = datetime(2025, 10, 15, tzinfo=MORNING.tzinfo)
    for happenings, hours, accidents, surprises in turns:
        for what in happenings:
            history.happen(*what)
        history.watch.clock.at = min(history.watch.clock.at + timedelta(hours=hours), last)
        if accidents is not None:
            history.work(accidents, surprises)
    history.work([], [])
    history.check()


@settings(max_examples=60)
@given(st.lists(st.tuples(st.lists(HAPPENING, max_size=4), HOURS), min_size=1, max_size=6))
def test_what_fell_during_an_absence_is_recorded_in_the_order_in_which_it_fell(
    turns: list[Any],
) -> None:
    history = History()
    for happenings, hours in turns:
        for what in happenings:
            history.happen(*what)
        history.watch.clock.advance(timedelta(hours=hours))
    history.work([], [])
    fell = [each.occurred_at for each in history.watch.reminders()]
    assert fell == sorted(fell)
    history.check()
