"""Row ``fresh``: from a command's 2xx to the signal on the province's board, at 100 a second.

On a whole running stack with Kafka and the demo: each of the country's provinces has its
leader's live stream open, and crowds in all of them are counted again in turn. Heard is the
signal ``gatherings``, which is never held back; ``board`` is merged to one a second per
place on purpose, so its wait says nothing about the way of the fact.
"""

import asyncio
import json
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from domain.codes import Role
from domain.directory import Office
from infra.local.errors import LocalStackError
from infra.local.leash import leashed
from infra.local.ports import free_port, wait_until
from infra.settings import Settings
from services import wiring
from services.bench.callers import Caller, Reply, in_loop, request
from services.bench.command import issuer_of
from services.bench.figures import Case, Figure, percentile
from services.bench.material import spread
from services.bench.run import Run
from services.demo.accounts import account_of
from services.demo.clock import TODAY
from services.stack.env import operator_env
from services.stack.plan import Plan, find_plan
from services.stack.up import is_up

NAME = "fresh"
GOALS = {"p50": 10.0, "p99": 150.0}
SHARES = {"p50": 0.5, "p99": 0.99}
RATE = 100.0
CALLERS = 16
CROWDS = 4
SIGNAL = b"event: gatherings"
READY = b"event: ready"
WARM_UP = 3.0
SETTLE = 2.0
UP_WITHIN = 300.0
BODY = b'{"count":{"low":21,"high":29}}'


@dataclass
class Board:
    """One province: its leader's stream, the crowds in it, the commands not yet heard of."""

    office: Office
    listen: bytes
    token: str
    crowds: list[str] = field(default_factory=list)
    waiting: deque[Reply] = field(default_factory=deque)
    ready: bool = False
    turn: int = 0


@dataclass
class Heard:
    """The waits of one repeat, in milliseconds."""

    signal: list[float] = field(default_factory=list)
    http: list[float] = field(default_factory=list)
    commands: int = 0


def measure(run: Run) -> Figure:
    """The row."""
    seconds = run.sized(20, 8)
    run.tell(f"{NAME}: starting a whole stack with the demo")
    with whole_stack(run.ground.folder / "fresh") as plan:
        found = in_loop(_measured(run, plan, seconds))
    lost = sum(heard.commands - len(heard.signal) for heard in found)
    if lost:
        raise LocalStackError(f"{lost} signals never came")
    return run.figure(
        NAME,
        *(_case(f"signal, {name}", name, [h.signal for h in found], GOALS[name]) for name in GOALS),
        *(_case(f"HTTP alone, {name}", name, [h.http for h in found], None) for name in SHARES),
        commands_per_second=RATE,
        commands_per_repeat=found[0].commands,
    )


def _case(what: str, name: str, waits: Sequence[Sequence[float]], goal: float | None) -> Case:
    return Case.of_milliseconds(what, [percentile(each, SHARES[name]) for each in waits], goal)


@contextmanager
def whole_stack(state: Path) -> Iterator[Plan]:
    """``tiepdan up --demo`` in a folder of its own, stopped afterwards."""
    state.mkdir(mode=0o700)
    log = state / "up.log"
    argv = [sys.executable, "-m", "services.cli", "up", "--demo", "--state", str(state)]
    argv += ["--stream", "kafka", "--port", str(free_port())]
    with log.open("wb") as output:
        process = subprocess.Popen(
            leashed(argv), stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
        try:
            wait_until(lambda: process.poll() is not None or is_up(state, process.pid), within=UP_WITHIN)
            plan = find_plan(state)
            if plan is None or not is_up(state, process.pid):
                raise LocalStackError(f"the stack did not start:\n{log.read_text()[-2000:]}")
            yield plan
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=60)


async def _measured(run: Run, plan: Plan, seconds: float) -> Sequence[Heard]:
    """Open the boards, report the crowds, then count again at the rate."""
    boards = _boards(plan)
    callers = [await Caller.at(plan.api_port) for _ in range(CALLERS)]
    listeners = [await Caller.at(plan.api_port) for _ in boards]
    hearing = Heard()

    async def listen(caller: Caller, board: Board) -> None:
        await caller.stream(board.listen, lambda piece: _hear(board, piece, current[0]))

    current = [hearing]
    streams = [asyncio.create_task(listen(*pair)) for pair in zip(listeners, boards, strict=True)]
    try:
        await _report(boards, callers)
        while not all(board.ready for board in boards):
            await asyncio.sleep(0.05)
        found = []
        await _count(boards, callers, Heard(), WARM_UP)
        for repeat in range(run.repeats):
            current[0] = heard = Heard()
            await _count(boards, callers, heard, seconds)
            found.append(heard)
            run.tell(f"{NAME}, {repeat + 1} of {run.repeats}: {_told(heard)}")
        return found
    finally:
        for stream in streams:
            stream.cancel()
        for caller in (*callers, *listeners):
            caller.close()
