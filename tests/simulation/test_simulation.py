"""Whatever the seed has in store: nothing lost, nothing doubled, no row that is not the store's.

``TIEPDAN_SEEDS=10000`` plays so many worlds on all cores, ``TIEPDAN_SEED=n`` one of them.
"""

import os

import pytest

from tests.simulation.broken import BROKEN
from tests.simulation.run import Ran, run, run_many
from tests.simulation.seeds_that_failed import SEEDS_THAT_FAILED
from tests.simulation.world import Made

SEEDS = int(os.environ.get("TIEPDAN_SEEDS", "200"))
ONE = os.environ.get("TIEPDAN_SEED")
ENOUGH = 150
"""Rough worlds within which every broken program must be found out."""

ROUGH = 15
"""Rough worlds that the whole programs play too: it is the defect that shows, not the world."""


def found_out(made: Made) -> Ran | None:
    """The first world in which a broken program shows."""
    worlds = (run(seed, made, rough=True) for seed in range(ENOUGH))
    return next((ran for ran in worlds if ran.failure), None)


def test_every_promise_is_kept_in_every_world() -> None:
    failed = [run(int(ONE))] if ONE else run_many(0, SEEDS)
    told = [ran.story() for ran in failed if ran.failure is not None]
    assert not told, f"{len(told)} seeds failed, the first:\n{told[0]}"


@pytest.mark.parametrize("seed", SEEDS_THAT_FAILED)
def test_a_seed_that_ever_failed_fails_no_more(seed: int) -> None:
    ran = run(seed)
    assert ran.failure is None, ran.story()


def test_a_seed_tells_the_same_story_every_time() -> None:
    first, second = run(7), run(7)
    assert (first.steps, first.facts, first.seconds, first.faults) == (
        second.steps, second.facts, second.seconds, second.faults
    )  # fmt: skip
    broken = BROKEN["keys are forgotten"]
    ran = found_out(broken)
    assert ran is not None
    assert run(ran.seed, broken, rough=True) == ran


def test_in_the_rough_worlds_whole_programs_keep_every_promise() -> None:
    failed = [ran for ran in (run(seed, rough=True) for seed in range(ROUGH)) if ran.failure]
    assert not failed, failed[0].story()


@pytest.mark.parametrize("defect", BROKEN)
def test_a_program_without_one_safeguard_is_found_out(defect: str) -> None:
    ran = found_out(BROKEN[defect])
    assert ran is not None, f"{ENOUGH} worlds in which nobody saw that {defect}"
    assert f"TIEPDAN_SEED={ran.seed}" in ran.story()
