"""Whose clock may be moved, and what a demo says of its day: asked as on the command line."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import typer

from infra.clock import write_offset
from infra.local.state import write_status
from services.cli.demo import days_of, in_a_line, status
from services.cli.exits import Exit, code_of
from services.demo.advance import CannotAdvance
from services.stack.moving import kind_of, must_run
from services.stack.settling import Asked, settle


def test_only_a_running_demo_is_moved_and_each_refusal_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CannotAdvance, match=r"holds no stack.*tiepdan up --demo"):
        must_run(tmp_path / "nothing")
    real = settle(Asked(tmp_path / "real", stream="log"), broker_at_hand=False)
    with pytest.raises(CannotAdvance, match="only a demo's clock is moved"):
        must_run(real.state)
    demo = settle(Asked(tmp_path / "demo", stream="log", demo=True), broker_at_hand=False)
    with pytest.raises(CannotAdvance, match=r"is not running.*--state"):
        must_run(demo.state)
    write_status(demo.state, {"state": "up"})
    with pytest.raises(CannotAdvance, match="is not running") as refused:
        must_run(demo.state)
    assert code_of(refused.value) is Exit.USAGE


def test_a_demo_that_is_down_tells_the_day_at_which_it_stands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = settle(Asked(tmp_path / "demo", stream="log", demo=True), broker_at_hand=False)
    status(plan.state, as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert (told["day"], told["running"], told["reform"]) == ("2025-05-14", False, None)
    moved = plan.clock_offset_seconds + 7 * 86_400
    write_offset(plan.clock_file, timedelta(seconds=moved))
    status(plan.state, as_json=False)
    assert capsys.readouterr().out.startswith("Wednesday 21/05/2025 ")
    assert datetime.fromisoformat(told["now"]).utcoffset() == timedelta(hours=7)
    with pytest.raises(CannotAdvance, match="holds no demo"):
        status(tmp_path / "nothing", as_json=False)


@pytest.mark.parametrize(("said", "days"), [("1d", 1), ("7", 7), ("2w", 14)])
def test_a_step_is_days_or_weeks(said: str, days: int) -> None:
    assert days_of(said) == days


@pytest.mark.parametrize("said", ["0d", "", "-1d", "1m", "1000d", "a day"])
def test_any_other_step_is_refused(said: str) -> None:
    with pytest.raises(typer.BadParameter, match="days or weeks"):
        days_of(said)


def test_what_a_step_brought_is_told_by_its_kind_and_the_reform_in_one_line() -> None:
    assert kind_of("reminder.due_soon/1") == "reminders"
    assert kind_of("reminder.settled/1") == "others"
    assert kind_of("petition.rehomed/2") == "taken_over"
    assert kind_of("petition.received/1") == "others"
    counts = {
        "established": 3, "continued": 1, "abolished": 9, "split": 2, "undecided_split": 2,
        "undecided_no_pair": 1, "open_petitions": 7, "open_cases": 4, "open_offers": 5,
    }  # fmt: skip
    assert in_a_line(counts) == (
        "3 new units, 1 go on, 9 end, 2 split, 3 wait for a person; "
        "open work in them: 7 petitions, 4 cases, 5 offers"
    )
