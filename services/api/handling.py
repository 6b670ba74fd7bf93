"""From the event loop to the casework's rounds and back: nobody waits in a thread."""

import asyncio
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from domain.ports import StoreUnavailable
from services.api import catalogue
from services.api.admission import too_busy
from services.api.problems import Problem
from services.casework import Outcome
from services.casework.call import Call
from services.casework.rounds import Overloaded, Rounds
from services.casework.waiting import Waiting

LAST_RESORT: Final = 4.5
"""Seconds after which the caller is told to ask again. What was taken in goes on meanwhile,
up to the rounds' own waits, and the key finds what became of it."""


class Handling:
    """Hands commands to the rounds, and their outcomes to whoever waits for them.

    A key is held from the moment its command is taken in until that has ended, also when
    the caller went away in between: what was taken in is finished.
    """

    def __init__(self, rounds: Rounds, *, last_resort: float = LAST_RESORT) -> None:
        self._rounds = rounds
        self._last_resort = last_resort
        self._held: set[UUID] = set()
        self._teller: _Teller | None = None

    async def handle(self, call: Call) -> Outcome:
        """Record a command, or find the receipt of its key.

        Refuses: 409 while its key is held, 503 when too much waits; what the field refuses.
        """
        if call.key in self._held:
            raise _in_flight()
        loop = asyncio.get_running_loop()
        teller = self._teller
        if teller is None or teller.loop is not loop:
            teller = self._teller = _Teller(loop, self._held)
        told: asyncio.Future[Outcome] = loop.create_future()
        try:
            self._rounds.take_in(Waiting(call, teller, told))
        except Overloaded as full:
            raise too_busy() from full
        self._held.add(call.key)
        resort = loop.call_later(self._last_resort, _give_up, told)
        try:
            return await told
        finally:
            resort.cancel()

    @property
    def waiting(self) -> int:
        """How many commands wait to get under way."""
        return self._rounds.waiting

    @property
    def sealing(self) -> int:
        """How many commands have texts at the vault."""
        return self._rounds.sealing

    def close(self) -> None:
        """Take nothing in any more; return when what was taken in has ended."""
        self._rounds.close()


class _Teller:
    """Tells the futures of one event loop, many at once."""

    def __init__(self, loop: asyncio.AbstractEventLoop, held: set[UUID]) -> None:
        self.loop = loop
        self._held = held

    def __call__(self, ended: Sequence[Waiting]) -> None:
        """From the rounds' thread."""
        try:
            self.loop.call_soon_threadsafe(self._settle, ended)
        except RuntimeError:  # the loop is gone, and with it everybody who waited there
            self._release(ended)

    def _settle(self, ended: Sequence[Waiting]) -> None:
        self._release(ended)
        for each in ended:
            told = each.mark
            if isinstance(told, asyncio.Future) and not told.done():
                try:
                    told.set_result(each.result())
                except Exception as refusal:  # noqa: BLE001 - raised where it is awaited
                    told.set_exception(refusal)

    def _release(self, ended: Sequence[Waiting]) -> None:
        self._held.difference_update([each.call.key for each in ended])


def _give_up(told: asyncio.Future[Outcome]) -> None:
    if not told.done():
        told.set_exception(StoreUnavailable("no answer in time; ask again by the key"))


def _in_flight() -> Problem:
    return Problem.at(
        catalogue.IN_FLIGHT,
        "header/Idempotency-Key",
        "Yêu cầu với khóa này đang được xử lý.",
        "Chờ một giây rồi gửi lại đúng yêu cầu này.",
        Retry_After="1",
    )
