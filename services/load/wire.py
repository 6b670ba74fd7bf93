"""Ready-made requests over keep-alive connections to every door of one stack (đường gửi).

httpx takes longer for a request than the API for its answer, and both share the machine.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

END_OF_HEAD = b"\r\n\r\n"
LENGTH = b"content-length: "
RETRY_AFTER = b"retry-after: "
OK, MULTIPLE_CHOICES = 200, 300


class Unreachable(Exception):
    """No whole answer came: whether the request was taken in is not known."""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    body: bytes
    may_retry: bool

    @property
    def is_success(self) -> bool:
        return OK <= self.status < MULTIPLE_CHOICES


@dataclass
class Door:
    """One API process: its address and the connections to it that wait for work."""

    host: str
    port: int
    idle: list["Connection"] = field(default_factory=list)

    async def ask(self, request: bytes) -> Answer:
        """Send on a waiting connection or a new one; it is kept when all went well.

        A server hangs up on connections that were not used for a while, perhaps just now: a
        request that met such a one is sent once more. Its key makes that safe.
        """
        if self.idle:
            with suppress(ConnectionError, EOFError):
                return await self._on(self.idle.pop(), request)
        return await self._on(await Connection.to(self.host, self.port), request)

    async def _on(self, connection: "Connection", request: bytes) -> Answer:
        try:
            answer = await connection.ask(request)
        except BaseException:
            connection.close()
            raise
        self.idle.append(connection)
        return answer


@dataclass(frozen=True)
class Connection:
    """One connection, one request at a time."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    @classmethod
    async def to(cls, host: str, port: int) -> "Connection":
        return cls(*await asyncio.open_connection(host, port))

    async def ask(self, request: bytes) -> Answer:
        """The whole answer."""
        self.writer.write(request)
        head = (await self.reader.readuntil(END_OF_HEAD)).lower()
        start = head.index(LENGTH) + len(LENGTH)
        body = await self.reader.readexactly(int(head[start : head.index(b"\r", start)]))
        return Answer(int(head[9:12]), body, RETRY_AFTER in head)

    def close(self) -> None:
        self.writer.close()


class Doors:
    """The doors of one stack; there are never more connections than callers."""

    def __init__(self, urls: Sequence[str], *, timeout: float) -> None:
        places = [urlsplit(url) for url in urls]
        self._doors = [Door(place.hostname or "", place.port or 80) for place in places]
        self._timeout = timeout

    async def ask(self, door: int, request: bytes) -> Answer:
        """Ask the door of this number, counted round. Raises :class:`Unreachable`."""
        try:
            async with asyncio.timeout(self._timeout):
                return await self._doors[door % len(self._doors)].ask(request)
        except (OSError, EOFError, TimeoutError, ValueError) as broken:
            raise Unreachable(str(broken)) from broken

    def close(self) -> None:
        """Hang up everywhere."""
        for door in self._doors:
            while door.idle:
                door.idle.pop().close()
