"""Offices at work while a house of three brokers is shot at: nothing lost, nothing doubled.

A few rows of the table, once each; ``make faults`` runs them all.
"""

from pathlib import Path

import pytest

from infra.local.kafka import Distribution
from tests.faults.harness import Ask, run_shift, say_on_stderr
from tests.faults.house import house_at
from tests.faults.table import chosen

A_FEW = "F01,F04,F10,F11,F06"
"""A door, the store, the leading relay and a projector in their sleep, a leading broker."""
RATE = 24.0
"""Acts a second: the tests that run beside need the machine too. ``make faults`` has 80."""


@pytest.mark.slow
@pytest.mark.kafka
def test_nothing_is_lost_or_doubled_whatever_is_killed(
    state_root: Path, kafka_distribution: Distribution
) -> None:
    rows = chosen(A_FEW)
    with house_at(state_root / "house") as house:
        outcomes = run_shift(
            house, (tuple(rows),), Ask(times=1, quick=True, rate=RATE), say_on_stderr
        )
    assert [(outcome.code, outcome.wrong) for outcome in outcomes if outcome.wrong] == []
    assert [outcome.faults for outcome in outcomes] == [1] * len(rows)
