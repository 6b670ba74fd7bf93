"""A demo's clock is moved on while it runs, never back, and every program sees the same."""

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from infra.clock import ShiftedClock, read_offset, write_offset
from infra.local.errors import AlreadyRunning
from infra.local.state import owned
from infra.settings import Settings, SettingsError
from services.stack.settling import Asked, settle
from services.stack.up import up

A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)
A_MINUTE = timedelta(minutes=1)


def ahead(clock: ShiftedClock) -> timedelta:
    return clock.now() - datetime.now(UTC)


def test_a_clock_that_nobody_moves_keeps_its_offset(tmp_path: Path) -> None:
    assert abs(ahead(ShiftedClock(A_DAY)) - A_DAY) < A_MINUTE
    assert abs(ahead(ShiftedClock(A_DAY, tmp_path / "clock-moved")) - A_DAY) < A_MINUTE


def test_two_programs_see_the_same_move_and_none_goes_back(tmp_path: Path) -> None:
    file = tmp_path / "clock-moved"
    one, other = ShiftedClock(A_DAY, file), ShiftedClock(A_DAY, file)
    write_offset(file, A_WEEK)
    assert one.offset == other.offset == A_WEEK
    write_offset(file, A_DAY)
    assert one.offset == A_WEEK


def test_who_looks_now_and_then_sees_the_move_at_the_next_look(tmp_path: Path) -> None:
    file = tmp_path / "clock-moved"
    seldom, often = (ShiftedClock(A_DAY, file, look_every=every) for every in (3_600.0, 0.01))
    assert seldom.offset == often.offset == A_DAY
    write_offset(file, A_WEEK)
    until = time.monotonic() + 30.0
    while often.offset != A_WEEK:
        assert time.monotonic() < until
        time.sleep(0.01)
    assert seldom.offset == A_DAY


def test_only_a_demo_may_be_moved() -> None:
    with pytest.raises(SettingsError, match="TIEPDAN_CLOCK_FILE"):
        Settings.read({"TIEPDAN_CLOCK_FILE": "somewhere"})


def test_the_next_start_goes_on_where_the_demo_was_moved_to(tmp_path: Path) -> None:
    asked = Asked(tmp_path / "state", stream="log", demo=True)
    first = settle(asked, broker_at_hand=False)
    moved = first.clock_offset_seconds + 7 * 86_400
    write_offset(first.clock_file, timedelta(seconds=moved))
    second = settle(asked, broker_at_hand=False)
    assert second.clock_offset_seconds == moved
    assert read_offset(second.clock_file) == timedelta.min
    assert settle(asked, broker_at_hand=False).clock_offset_seconds == moved


def test_while_the_stack_is_down_a_demos_clock_stands_still(tmp_path: Path) -> None:
    asked = Asked(tmp_path / "state", stream="log", demo=True)
    first = settle(asked, broker_at_hand=False)
    status = first.state / "status.json"
    status.write_text("{}")
    hour_ago = datetime.now(UTC).timestamp() - 3_600
    os.utime(status, (hour_ago, hour_ago))
    held = settle(asked, broker_at_hand=False).clock_offset_seconds
    assert abs(held - (first.clock_offset_seconds - 3_600)) <= 2


def test_a_start_that_fails_does_not_set_a_demos_clock_back(tmp_path: Path) -> None:
    asked = Asked(tmp_path / "state", stream="log", demo=True)
    first = settle(asked, broker_at_hand=False)
    status = first.state / "status.json"
    status.write_text("{}")
    hour_ago = datetime.now(UTC).timestamp() - 3_600
    os.utime(status, (hour_ago, hour_ago))
    failed = settle(asked, broker_at_hand=False).clock_offset_seconds
    assert abs(settle(asked, broker_at_hand=False).clock_offset_seconds - failed) <= 2


def test_a_second_start_leaves_the_plan_and_the_clock_of_a_running_demo_alone(
    tmp_path: Path,
) -> None:
    asked = Asked(tmp_path / "state", stream="log", demo=True)
    plan = settle(asked, broker_at_hand=False)
    write_offset(plan.clock_file, A_WEEK)
    drawn = (plan.state / "stack.json").read_bytes()
    with owned(plan.state), pytest.raises(AlreadyRunning, match="tiepdan status"):
        up(asked, lambda _said: None, lambda: None)
    assert (plan.state / "stack.json").read_bytes() == drawn
    assert read_offset(plan.clock_file) == A_WEEK
