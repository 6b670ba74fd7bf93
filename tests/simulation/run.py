"""One seed, or many on all cores: ``python -m tests.simulation.run FIRST COUNT``."""

import os
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from logging import CRITICAL, disable
from multiprocessing import get_context
from time import monotonic

from tests.simulation.chaos import Chaos
from tests.simulation.healing import heal
from tests.simulation.offices import Office
from tests.simulation.oracle import check_commands, check_stream, check_views
from tests.simulation.projectors import ProjectorLife
from tests.simulation.relays import RelayLife
from tests.simulation.world import Made, World

LAST_STEPS = 400
AT_ONCE = 50


@dataclass(frozen=True)
class Ran:
    """What came of a seed; ``failure`` is None when every promise was kept."""

    seed: int
    steps: int
    facts: int
    seconds: float
    faults: Counter[str]
    failure: str | None
    trace: tuple[tuple[float, str, str], ...]

    def story(self) -> str:
        """How it came to fail, and how to see it again."""
        steps = "\n".join(f"{at:9.3f} {who:12} {what}" for at, who, what in self.trace)
        return f"{steps}\nseed {self.seed}: {self.failure}\nagain: TIEPDAN_SEED={self.seed}"


def run(seed: int, made: Made | None = None, *, rough: bool = False) -> Ran:
    """Play one world to its end. Two runs of a seed are the same, step by step."""
    world = World(seed, made or Made(), rough)
    failure = None
    try:
        play(world)
    except AssertionError as broken:
        failure = f"{type(broken).__name__}: {broken}"
    except Exception as fault:  # noqa: BLE001 - whatever a program dies of is a finding
        failure = f"died of {type(fault).__name__}: {fault}"
    ran = Ran(
        seed,
        world.scheduler.steps,
        world.store.head(),
        world.scheduler.now,
        world.faults,
        failure,
        tuple(world.trace[-LAST_STEPS:]) if failure else (),
    )
    world.scheduler.end()
    return ran


def play(world: World) -> None:
    """Work under faults, rest, and judge."""
    spawn, plan = world.scheduler.spawn, world.plan
    for n in range(plan.offices):
        world.offices.append(spawn(f"office {n}", Office(world, n).work))
    for n in range(plan.relays):
        world.relays.append(spawn(f"relay {n}", RelayLife(world, f"relay {n}").live))
    for n in range(plan.projectors):
        life = ProjectorLife(world, f"projector {n}")
        world.projectors.append(spawn(f"projector {n}", life.live))
    spawn("chaos", Chaos(world).strike)
    world.scheduler.run(plan.seconds)
    heal(world)
    check_commands(world)
    check_stream(world)
    check_views(world)


def run_quietly(seed: int) -> Ran:
    """For a worker process: nothing of what the programs log."""
    disable(CRITICAL)
    return run(seed)


def run_many(first: int, count: int) -> list[Ran]:
    """Many seeds on all cores, with progress on stderr; those that failed, and a sum of all."""
    began, sums, steps, facts = monotonic(), Counter[str](), 0, 0
    failed: list[Ran] = []
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as workers:
        seeds = range(first, first + count)
        for done, ran in enumerate(workers.map(run_quietly, seeds, chunksize=AT_ONCE), 1):
            sums += ran.faults
            steps, facts = steps + ran.steps, facts + ran.facts
            if ran.failure is not None:
                failed.append(ran)
                print(f"seed {ran.seed}: {ran.failure}", file=sys.stderr)
            if done % (10 * AT_ONCE) == 0 or done == count:
                spent = monotonic() - began
                print(f"{done} of {count} seeds, {spent:.0f} s", file=sys.stderr, flush=True)
    print(f"{steps} steps, {facts} facts, {sums.total()} faults:", file=sys.stderr)
    for fault, times in sums.most_common():
        print(f"{times:9} {fault}", file=sys.stderr)
    return failed


if __name__ == "__main__":
    bad = run_many(int(sys.argv[1]), int(sys.argv[2]))
    if bad:
        print(bad[0].story())
    sys.exit(1 if bad else 0)
