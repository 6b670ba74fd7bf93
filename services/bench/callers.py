"""A lean HTTP/1.1 client: ready-made bytes over keep-alive connections.

httpx took longer for a request than the server for its answer, and both share the machine.
"""

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import uvloop

from infra.local.ports import LOOPBACK

END_OF_HEAD = b"\r\n\r\n"
LENGTH = b"content-length: "
ACCEPTED = (200, 201, 202)
T = TypeVar("T")


class Refused(RuntimeError):
    """A server of the measurement answered otherwise than it must."""


@dataclass(frozen=True)
class Reply:
    """What came back, and when (seconds of the performance counter)."""

    body: bytes
    sent: float
    came: float


class Caller:
    """One keep-alive connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def at(cls, port: int) -> "Caller":
        """Connected to a port of this machine."""
        return cls(*await asyncio.open_connection(LOOPBACK, port))

    async def ask(self, request: bytes) -> Reply:
        """Send a request, read its whole answer. Refuses: :class:`Refused` for any but 2xx."""
        sent = time.perf_counter()
        self._writer.write(request)
        head = await self._reader.readuntil(END_OF_HEAD)
        start = head.lower().index(LENGTH) + len(LENGTH)
        body = await self._reader.readexactly(int(head[start : head.index(b"\r", start)]))
        if int(head[9:12]) not in ACCEPTED:
            raise Refused((head + body).decode())
        return Reply(body, sent, time.perf_counter())

    async def stream(self, request: bytes, heard: Callable[[bytes], None]) -> None:
        """Send a request and hand on whatever comes, until the server ends it."""
        self._writer.write(request)
        while piece := await self._reader.read(65_536):
            heard(piece)

    def close(self) -> None:
        """Hang up."""
        self._writer.close()


def request(method: str, path: str, headers: Mapping[str, str], body: bytes | None = None) -> bytes:
    """The bytes of a request."""
    sent = {"Host": LOOPBACK, **headers}
    if body is not None:
        sent |= {"Content-Type": "application/json", "Content-Length": str(len(body))}
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in sent.items())]
    return "\r\n".join([*lines, "", ""]).encode("ascii") + (body or b"")


async def rate(port: int, requests: Sequence[bytes], connections: int) -> float:
    """Requests a second when so many connections each send the next as soon as they may."""
    callers = [await Caller.at(port) for _ in range(connections)]
    waiting = iter(requests)
    began = time.perf_counter()
    try:
        await asyncio.gather(*(_drain(caller, waiting) for caller in callers))
    finally:
        for caller in callers:
            caller.close()
    return len(requests) / (time.perf_counter() - began)


async def _drain(caller: Caller, waiting: Iterator[bytes]) -> None:
    for one in waiting:
        await caller.ask(one)


def in_loop(work: Coroutine[Any, Any, T]) -> T:
    """Run to the end in a loop of its own, the fastest there is."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(work)
