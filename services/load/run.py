"""Keeps the rate: so many acts a second by so many offices, for so long."""

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID, uuid5

import httpx

from domain.directory import Office
from services.load.client import Client, GaveUp, Ledger, Refused, Tokens
from services.load.scripts import Country, Done, Script, play

KEYS = UUID("7a4b7f5e-0f4e-4d4c-9a55-4b1f9d1c2f60")
PATIENCE = 90.0
"""Seconds an act is repeated before its outcome counts as unknown."""
TIMEOUT = httpx.Timeout(15.0, connect=3.0)


@dataclass(frozen=True)
class Ask:
    """What to do: acts a second, seconds, seed; against which address."""

    url: str
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


async def run(
    ask: Ask, country: Country, tokens: Tokens, progress: Callable[[int], None]
) -> Ledger:
    """Play scripts until the time is over; every act begun is brought to its end."""
    ledger = Ledger()
    pace = Pace(ask.rate, ask.seconds)
    limits = httpx.Limits(max_connections=64, max_keepalive_connections=64)
    async with (
        httpx.AsyncClient(base_url=ask.url, timeout=TIMEOUT, limits=limits) as http,
        asyncio.TaskGroup() as offices,
    ):
        client = Client(http, tokens, ledger, patience=PATIENCE)
        for number, office in enumerate(country.offices):
            rng = random.Random(f"{ask.seed}/{number}")
            name = f"{ask.seed}/{office.office_id}"
            offices.create_task(_work(name, office, country, rng, client, pace))
        offices.create_task(_report(ledger, ask.seconds, progress))
    return ledger


async def _work(
    name: str, office: Office, country: Country, rng: random.Random, client: Client, pace: Pace
) -> None:
    """One office: script after script."""
    run_id = f"{name}/{time.time_ns()}"
    count = 0
    while True:
        script = play(office, country, rng)
        count += 1
        if not await _play(f"{run_id}/{count}", script, client, pace):
            return


async def _play(name: str, script: Script, client: Client, pace: Pace) -> bool:
    """One script; False when the time is over. An act refused or unknown ends the script."""
    act, step = next(script), 0
    while True:
        if not await pace.turn():
            return False
        try:
            done: Done = await client.send(act, uuid5(KEYS, f"{name}/{step}"))
            act, step = script.send(done), step + 1
        except (StopIteration, GaveUp, Refused):
            return True


async def _report(ledger: Ledger, seconds: float, progress: Callable[[int], None]) -> None:
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        await asyncio.sleep(1)
        progress(len(ledger.acknowledged))
