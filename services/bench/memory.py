"""Row ``memory``: what API, relay and projector hold at rest, under load, and at their worst.

On a whole running stack with Kafka and the demo. Load is the counting of row ``fresh``: as
much again must not make them larger. The worst is a case of 10,000 facts recorded in one
batch of 10,000, then read page by page, asked for and acted on.
"""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

import psutil

from domain.directory import Office
from infra.local.errors import LocalStackError
from infra.local.ports import wait_until
from infra.local.state import read_status
from infra.serial import decode
from infra.settings import Settings
from services import wiring
from services.bench.boards import Board, count_at
from services.bench.callers import Caller, in_loop, request
from services.bench.figures import Case, Figure
from services.bench.fresh import boards_of
from services.bench.material import Workshop, retold
from services.bench.run import Run
from services.bench.whole_stack import whole_stack
from services.stack.env import operator_env
from services.stack.plan import Plan

NAME = "memory"
GOAL = 150.0
"""Megabytes each, resident."""
FLAT = 1.1
PROGRAMS = ("api", "relay", "projector")
RATE = 50.0
CALLERS = 8
CROWDS = 2
FACTS = 10_000
PAGE = 500
MB = 2**20


@dataclass
class Watch:
    """The processes of a stack, and the most each was seen to hold."""

    pids: Mapping[str, int]

    @classmethod
    def of(cls, plan: Plan) -> "Watch":
        """By what the supervisor says of them."""
        status: Any = read_status(plan.state)
        return cls({p: int(status["processes"][p]["pid"]) for p in PROGRAMS})

    def now(self) -> Mapping[str, float]:
        """Resident megabytes of each, with those of its children."""
        return {name: _resident(psutil.Process(pid)) for name, pid in self.pids.items()}


def measure(run: Run) -> Figure:
    """The row."""
    run.tell(f"{NAME}: starting a whole stack with the demo")
    with whole_stack(run.ground.folder / NAME) as plan:
        watch, boards = Watch.of(plan), boards_of(plan)
        rest = watch.now()
        _told(run, "at rest", rest)
        loads = in_loop(_loaded(run, plan, boards, watch, run.sized(30, 10)))
        worst = in_loop(_worst(run, plan, boards[0], watch))
    half = len(loads) // 2
    first, later = loads[:half], loads[half:]
    return run.figure(
        NAME,
        *(_most(f"{name}, at rest", name, [rest]) for name in PROGRAMS),
        *(_most(f"{name}, under load", name, loads) for name in PROGRAMS),
        *(_most(f"{name}, a batch and a case of 10,000", name, worst) for name in PROGRAMS),
        *(_growth(name, first, later) for name in PROGRAMS),
        commands_per_second=RATE,
        facts_of_the_largest_case=FACTS,
        largest_batch=FACTS,
    )


def _most(what: str, name: str, seen: Sequence[Mapping[str, float]]) -> Case:
    return Case.of_megabytes(what, max(each[name] for each in seen), GOAL)


def _growth(
    name: str, first: Sequence[Mapping[str, float]], later: Sequence[Mapping[str, float]]
) -> Case:
    before, after = (median(seen[name] for seen in part) for part in (first, later))
    return Case.of_growth(f"{name}, as much load again", [after], [before], FLAT, "MB")


async def _loaded(
    run: Run, plan: Plan, boards: Sequence[Board], watch: Watch, seconds: float
) -> Sequence[Mapping[str, float]]:
    """What each holds while the boards are kept busy, repeat by repeat."""
    callers = [await Caller.at(plan.api_port) for _ in range(CALLERS)]
    listeners = [await Caller.at(plan.api_port) for _ in boards]
    streams = [asyncio.create_task(b.listen(c)) for b, c in zip(boards, listeners, strict=True)]
    seen: list[Mapping[str, float]] = []
    try:
        await asyncio.gather(*(board.ready.wait() for board in boards))
        for board in boards:
            for _ in range(CROWDS):
                await board.report(callers[0])
        for _ in range(2 * run.repeats):
            await count_at(RATE, seconds, boards, callers)
            seen.append(watch.now())
            _told(run, "under load", seen[-1])
        return seen
    finally:
        for stream in streams:
            stream.cancel()
        for caller in (*callers, *listeners):
            caller.close()


async def _worst(run: Run, plan: Plan, board: Board, watch: Watch) -> Sequence[Mapping[str, float]]:
    """What each holds while a batch of 10,000 passes, and a case of 10,000 is read and acted on."""
    crowd = _record(plan, board.office)
    caller = await Caller.at(plan.api_port)
    seen: list[Mapping[str, float]] = []
    try:
        authority = {"Authorization": f"Bearer {board.clerk}"}
        at: int | None = 0
        while at is not None:
            seen.append(watch.now())
            path = f"/api/v1/histories/{crowd}?after={at}&limit={PAGE}"
            at = json.loads((await caller.ask(request("GET", path, authority))).body)["next"]
        board.crowds.clear()
        board.crowds.append(crowd)
        for _ in range(run.repeats):
            await board.count(caller)
            seen.append(watch.now())
        most = {name: max(each[name] for each in seen) for name in PROGRAMS}
        _told(run, f"a case of {FACTS} facts", most)
        return seen
    finally:
        caller.close()


def _record(plan: Plan, office: Office) -> str:
    """A crowd counted 10,000 times, saved as one batch; its id, once it is folded."""
    first, again = (decode(name, body) for name, body in retold(Workshop().crowd(office, 2)))
    events = [first, *(replace(again, originator_version=n) for n in range(2, FACTS + 1))]
    settings = Settings.read(operator_env(plan))
    store, views = wiring.open_store(settings, pool_size=2), wiring.open_views(settings)
    crowd = events[0].originator_id
    try:
        store.append(events)
        if not wait_until(lambda: bool(views.history(crowd, after_version=FACTS - 1)), within=60):
            raise LocalStackError(f"{FACTS} facts were not folded within a minute")
    finally:
        views.close()
        store.close()
    return str(crowd)


def _resident(process: psutil.Process) -> float:
    family = (process, *process.children(recursive=True))
    return sum(each.memory_info().rss for each in family) / MB


def _told(run: Run, when: str, seen: Mapping[str, float]) -> None:
    run.tell(f"{NAME}, {when}: " + ", ".join(f"{name} {mb:.0f} MB" for name, mb in seen.items()))
