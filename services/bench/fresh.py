"""Row ``fresh``: from a command's 2xx to the signal on the province's board, at 100 a second.

On a whole running stack with Kafka and the demo. Each of the country's provinces has its
leader's live stream open, and crowds in all of them are counted again in turn. The signal
is ``gatherings``, which is never held back; ``board`` is merged to one a second per place
on purpose, so its wait says nothing about the way of a fact.
"""

import asyncio
from collections.abc import Sequence

from domain.codes import Role
from infra.settings import Settings
from services import wiring
from services.bench.boards import Board, Counting, count_at
from services.bench.callers import Caller, in_loop
from services.bench.figures import Case, Figure, percentile
from services.bench.material import spread
from services.bench.run import Run
from services.bench.whole_stack import issuer_of, whole_stack
from services.demo.accounts import account_of
from services.demo.clock import TODAY
from services.stack.env import operator_env
from services.stack.plan import Plan

NAME = "fresh"
GOALS = {"p50": 10.0, "p99": 150.0}
SHARES = {"p50": 0.5, "p99": 0.99}
RATE = 100.0
CALLERS = 16
CROWDS = 4
WARM_UP = 3.0


def measure(run: Run) -> Figure:
    """The row."""
    run.tell(f"{NAME}: starting a whole stack with the demo")
    with whole_stack(run.ground.folder / NAME) as plan:
        boards = boards_of(plan)
        found = in_loop(_measured(run, plan, boards, run.sized(20, 8)))
    waits = [[counting.wait for counting in repeat] for repeat in found]
    https = [[counting.http for counting in repeat] for repeat in found]
    return run.figure(
        NAME,
        *(_case(f"2xx to signal, {name}", name, waits, goal) for name, goal in GOALS.items()),
        *(_case(f"HTTP alone, {name}", name, https, None) for name in SHARES),
        commands_per_second=RATE,
        commands_per_repeat=len(found[0]),
        boards_open=len(boards),
    )


def boards_of(plan: Plan) -> Sequence[Board]:
    """A board for each province."""
    follower = wiring.open_directory(Settings.read(operator_env(plan)))
    directory, issuer = follower.current(), issuer_of(plan)
    follower.close()

    def token(office: str, role: Role) -> str:
        return issuer.issue(account_of(office, role), office, role)

    return [
        Board(
            commune,
            clerk=token(commune.office_id, Role.CLERK),
            leader=token(directory.committee_of(province.unit_id, TODAY).office_id, Role.LEADER),
        )
        for province, commune in spread(directory, TODAY)
    ]


async def _measured(
    run: Run, plan: Plan, boards: Sequence[Board], seconds: float
) -> Sequence[Sequence[Counting]]:
    """Open the boards, report the crowds, warm up, then count again at the rate."""
    callers = [await Caller.at(plan.api_port) for _ in range(CALLERS)]
    listeners = [await Caller.at(plan.api_port) for _ in boards]
    open_pairs = zip(boards, listeners, strict=True)
    streams = [asyncio.create_task(board.listen(caller)) for board, caller in open_pairs]
    try:
        await asyncio.gather(*(board.ready.wait() for board in boards))
        for board in boards:
            for _ in range(CROWDS):
                await board.report(callers[0])
        await count_at(RATE, WARM_UP, boards, callers)
        return [await _repeat(run, n, boards, callers, seconds) for n in range(run.repeats)]
    finally:
        for stream in streams:
            stream.cancel()
        for caller in (*callers, *listeners):
            caller.close()


async def _repeat(
    run: Run, number: int, boards: Sequence[Board], callers: Sequence[Caller], seconds: float
) -> Sequence[Counting]:
    done = await count_at(RATE, seconds, boards, callers)
    waits = [counting.wait for counting in done]
    told = ", ".join(f"{name} {percentile(waits, share):.1f} ms" for name, share in SHARES.items())
    run.tell(f"{NAME}, {number + 1} of {run.repeats}: {told}")
    return done


def _case(what: str, name: str, waits: Sequence[Sequence[float]], goal: float | None) -> Case:
    return Case.of_milliseconds(what, [percentile(each, SHARES[name]) for each in waits], goal)
