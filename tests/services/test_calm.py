"""What a person watching ``tiepdan up`` sees of the programs' logs."""

import json

import pytest

from services.stack.calm import MOST_SHOWN, Calm


def line(event: str, level: str, **more: object) -> str:
    return json.dumps({**more, "event": event, "level": level, "timestamp": "2026-11-21T09:46:56Z"})


@pytest.mark.parametrize(
    "quiet",
    [
        line("request", "info", method="GET", route="/readyz", status=200, ms=7.3),
        line("vault_swept removed=0", "info"),
        line("said by kafka.net.manager", "warning"),
        "",
    ],
)
def test_what_calls_for_nobody_is_for_the_file_only(quiet: str) -> None:
    assert Calm()(quiet) is None


def test_a_warning_is_shown_in_words() -> None:
    assert Calm()(line("lane 3 is another's now", "warning")) == "warning: lane 3 is another's now"


def test_a_failure_is_shown_with_its_place_and_class() -> None:
    failure = [{"class": "builtins.KeyError", "at": ["x.py:1 f"]}]
    shown = Calm()(line("request_failed", "error", route="/x", failure=failure, trace_id="ab"))
    assert shown == "error: request_failed route=/x (builtins.KeyError)"


def test_what_is_no_line_of_ours_is_shown_as_it_is() -> None:
    assert Calm()("Traceback (most recent call last):") == "Traceback (most recent call last):"
    assert Calm()("[1, 2]") == "[1, 2]"


def test_what_repeats_is_shown_once_a_minute() -> None:
    now = 0.0
    calm = Calm(lambda: now)
    away, other = line("feed_unavailable", "warning"), line("sweep_put_off", "warning")
    assert [calm(away), calm(other), calm(away)] == [
        "warning: feed_unavailable",
        "warning: sweep_put_off",
        None,
    ]
    now = 61.0
    assert calm(away) == "warning: feed_unavailable"


def test_a_flood_of_different_lines_is_for_the_file() -> None:
    now = 0.0
    calm = Calm(lambda: now)
    shown = [calm(f"line {number}") for number in range(10 * MOST_SHOWN)]
    assert shown == [*(f"line {number}" for number in range(MOST_SHOWN)), *[None] * 9 * MOST_SHOWN]
    now = 61.0
    assert calm("line 5000") == "line 5000"
