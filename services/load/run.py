"""Keeps the rate: so many acts a second by so many offices, for so long or until told to stop."""

import asyncio
import contextlib
import random
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from domain.directory import Office
from services.load.client import Client, GaveUp, Ledger, Refused, Sent, Tokens
from services.load.scripts import Country, Done, Script, play
from services.load.wire import Doors

KEYS = UUID("7a4b7f5e-0f4e-4d4c-9a55-4b1f9d1c2f60")
PATIENCE = 90.0
"""Seconds an act is repeated before its outcome counts as unknown."""
TIMEOUT = 15.0
STOPS = (signal.SIGINT, signal.SIGTERM)


@dataclass(frozen=True)
class Ask:
    """What to do: acts a second, seconds, seed; against which doors of one stack."""

    urls: Sequence[str]
    rate: float
    seconds: float
    seed: int


class Pace:
    """Hands out the moments at which acts may begin."""

    def __init__(self, rate: float, seconds: float) -> None:
        self._step = 1 / rate
        self._next = time.monotonic()
        self._end = self._next + seconds

    async def turn(self) -> bool:
        """Wait for the next moment; False when the time is over."""
        now = time.monotonic()
        mine = max(self._next, now - 1.0)
        if mine >= self._end:
            return False
        self._next = mine + self._step
        await asyncio.sleep(max(0.0, mine - now))
        return True

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self._end

    def stop(self) -> None:
        """The time is over now; what was begun is brought to its end."""
        self._end = 0.0


async def run(
    ask: Ask, country: Country, tokens: Tokens, progress: Callable[[Ledger], None]
) -> Ledger:
    """Play scripts until the time is over or SIGTERM or SIGINT comes.

    Every act begun is brought to its end, and asked for again when that stayed unknown.
    """
    ledger, pace = Ledger(), Pace(ask.rate, ask.seconds)
    doors = Doors(ask.urls, timeout=TIMEOUT)
    client = Client(doors, tokens, ledger, patience=PATIENCE)
    with stopped_by_signal(pace):
        try:
            async with asyncio.TaskGroup() as offices:
                for number, office in enumerate(country.offices):
                    rng = random.Random(f"{ask.seed}/{number}")
                    name = f"{ask.seed}/{office.office_id}"
                    offices.create_task(_work(name, number, office, country, rng, client, pace))
                offices.create_task(_report(ledger, pace, progress))
            await client.resolve()
        finally:
            doors.close()
    return ledger


@contextlib.contextmanager
def stopped_by_signal(pace: Pace) -> Iterator[None]:
    """The first signal ends the acting, not the judging."""
    loop = asyncio.get_running_loop()
    for which in STOPS:
        loop.add_signal_handler(which, pace.stop)
    try:
        yield
    finally:
        for which in STOPS:
            loop.remove_signal_handler(which)


async def _work(
    name: str,
    door: int,
    office: Office,
    country: Country,
    rng: random.Random,
    client: Client,
    pace: Pace,
) -> None:
    """One office: script after script."""
    run_id = f"{name}/{time.time_ns()}"
    count = 0
    while True:
        script = play(office, country, rng)
        count += 1
        if not await _play(f"{run_id}/{count}", door, script, client, pace):
            return


async def _play(name: str, door: int, script: Script, client: Client, pace: Pace) -> bool:
    """One script; False when the time is over. An act refused or unknown ends the script."""
    act, step = next(script), 0
    while True:
        if not await pace.turn():
            return False
        try:
            done: Done = await client.send(Sent(act, uuid5(KEYS, f"{name}/{step}"), door + step))
            act, step = script.send(done), step + 1
        except (StopIteration, GaveUp, Refused):
            return True


async def _report(ledger: Ledger, pace: Pace, progress: Callable[[Ledger], None]) -> None:
    while not pace.is_over:
        await asyncio.sleep(1)
        progress(ledger)
