"""Boards held open during a run, each fetched again when its stream says so (bảng trực tiếp).

What such a board shows when all is quiet must be what the views hold then: a signal that
was lost would leave it behind.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import httpx

PAUSE = 0.2
QUIET_WITHIN = 5.0
TIMEOUT = httpx.Timeout(10.0, read=40.0)
STEADY = ("total", "units", "offices")
"""What of a board moves with facts alone, not with the hour."""
SIGNALS = ("board", "gatherings", "returns", "ready", "reset")


@dataclass(frozen=True)
class Place:
    """A province whose leader has the board open."""

    unit: str
    token: str


class OpenBoard:
    """One board as a page keeps it: a stream that is resumed, and the last answer."""

    def __init__(self, http: httpx.AsyncClient, place: Place) -> None:
        self._http = http
        self._place = place
        self._shown: Mapping[str, Any] = {}
        self._heard = ""

    async def keep(self) -> None:
        """Follow the stream for ever; come back with the last id after every end."""
        while True:
            with contextlib.suppress(httpx.HTTPError, KeyError, ValueError):
                await self._follow()
            await asyncio.sleep(PAUSE)

    async def is_current(self) -> bool:
        """Whether what is shown is what the views hold now."""
        try:
            return bool(self._shown == await self._fetch())
        except httpx.HTTPError:
            return False

    async def _follow(self) -> None:
        headers = {**self._headers, **({"Last-Event-ID": self._heard} if self._heard else {})}
        asked = self._http.stream(
            "GET", "/api/v1/stream", params={"unit": self._place.unit}, headers=headers
        )
        async with asked as answer:
            answer.raise_for_status()
            name = ""
            async for line in answer.aiter_lines():
                field, _, value = line.partition(": ")
                if field == "event":
                    name = value
                elif field == "id":
                    self._heard = value
                elif not line and name in SIGNALS:
                    self._shown, name = await self._fetch(), ""

    async def _fetch(self) -> Mapping[str, Any]:
        path = f"/api/v1/boards/province/{self._place.unit}"
        answer = await self._http.get(path, headers=self._headers)
        answer.raise_for_status()
        board = answer.json()
        return {name: board[name] for name in STEADY}

    @property
    def _headers(self) -> Mapping[str, str]:
        return {"Authorization": f"Bearer {self._place.token}"}


@contextlib.asynccontextmanager
async def boards_open(urls: Sequence[str], place: Place) -> AsyncIterator[Sequence[OpenBoard]]:
    """The same board at every door, kept open."""
    async with contextlib.AsyncExitStack() as stack:
        clients = [httpx.AsyncClient(base_url=url, timeout=TIMEOUT) for url in urls]
        boards = [OpenBoard(await stack.enter_async_context(http), place) for http in clients]
        keeping = [asyncio.create_task(board.keep()) for board in boards]
        try:
            yield boards
        finally:
            for task in keeping:
                task.cancel()
            await asyncio.gather(*keeping, return_exceptions=True)


async def all_current(boards: Sequence[OpenBoard]) -> bool:
    """Whether every open board is right within five seconds of quiet."""
    until = asyncio.get_running_loop().time() + QUIET_WITHIN
    while True:
        if all([await board.is_current() for board in boards]):
            return True
        if asyncio.get_running_loop().time() > until:
            return False
        await asyncio.sleep(PAUSE)
