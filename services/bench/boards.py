"""The provinces' live boards and the crowds counted in them, for row ``fresh``."""

import asyncio
import json
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import uuid4

from domain.directory import Office
from services.bench.callers import Caller, request

EVENT_END = b"\n\n"
READY, SIGNAL = b"event: ready", b"event: gatherings"
COUNT = b'{"count":{"low":21,"high":29}}'
PATIENCE = 10.0


@dataclass
class Counting:
    """One command: when it was sent and acknowledged, and when the board was told (seconds)."""

    sent: float
    answered: float = 0.0
    told: float = 0.0

    @property
    def wait(self) -> float:
        """Milliseconds from 2xx to signal; 0 when the signal was faster than the answer."""
        return max(0.0, self.told - self.answered) * 1000

    @property
    def http(self) -> float:
        """Milliseconds until the answer."""
        return (self.answered - self.sent) * 1000


@dataclass
class Board:
    """One province's board: its leader's stream, and a commune's clerk with some crowds.

    A signal is taken to tell of every command sent before it: commands to one province
    come further apart than a signal takes.
    """

    office: Office
    clerk: str
    leader: str
    crowds: list[str] = field(default_factory=list)
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    _waiting: deque[Counting] = field(default_factory=deque)
    _quiet: asyncio.Event = field(default_factory=asyncio.Event)
    _tail: bytes = b""
    _turn: int = 0

    async def listen(self, caller: Caller) -> None:
        """Follow the live stream until it ends."""
        headers = {"Authorization": f"Bearer {self.leader}", "Accept": "text/event-stream"}
        await caller.stream(request("GET", "/api/v1/stream", headers), self.hear)

    def hear(self, piece: bytes) -> None:
        """Take in what came over the stream."""
        *events, self._tail = (self._tail + piece).split(EVENT_END)
        for event in events:
            if SIGNAL in event:
                now = time.perf_counter()
                while self._waiting:
                    self._waiting.popleft().told = now
                self._quiet.set()
            elif READY in event:
                self.ready.set()

    async def report(self, caller: Caller) -> None:
        """A new crowd."""
        body = {
            "place": self.office.unit, "home": self.office.unit, "site": "commune_office",
            "count": {"low": 20, "high": 30}, "issue": "land",
        }  # fmt: skip
        answer = await caller.ask(self._post("/api/v1/gatherings", json.dumps(body).encode()))
        self.crowds.append(json.loads(answer.body)["id"])

    async def count(self, caller: Caller) -> Counting:
        """Count one of the crowds again."""
        self._turn += 1
        crowd = self.crowds[self._turn % len(self.crowds)]
        asked = self._post(f"/api/v1/gatherings/{crowd}/counts", COUNT)
        counting = Counting(time.perf_counter())
        self._waiting.append(counting)
        self._quiet.clear()
        counting.answered = (await caller.ask(asked)).came
        return counting

    async def all_told(self) -> None:
        """Wait until no command is unheard of. Raises ``TimeoutError``."""
        async with asyncio.timeout(PATIENCE):
            await self._quiet.wait()

    def _post(self, path: str, body: bytes) -> bytes:
        headers = {
            "Authorization": f"Bearer {self.clerk}",
            "Idempotency-Key": str(uuid4()),
            "If-Match": "*",
        }
        return request("POST", path, headers, body)


async def count_at(
    rate: float, seconds: float, boards: Sequence[Board], callers: Sequence[Caller]
) -> Sequence[Counting]:
    """Count again at an even rate, in each province in turn; all answered and told of."""
    free: asyncio.Queue[Caller] = asyncio.Queue()
    for caller in callers:
        free.put_nowait(caller)

    async def act(board: Board, caller: Caller) -> Counting:
        try:
            return await board.count(caller)
        finally:
            free.put_nowait(caller)

    began, acts = time.perf_counter(), []
    for number in range(round(rate * seconds)):
        await asyncio.sleep(began + number / rate - time.perf_counter())
        acts.append(asyncio.create_task(act(boards[number % len(boards)], await free.get())))
    done = await asyncio.gather(*acts)
    await asyncio.gather(*(board.all_told() for board in boards))
    return done
