"""A line between two programs that can be slow, silent, cut, or cut just after a COMMIT.

All lines of a test run in one event loop in a thread of its own. What a line shall do is
set from the test's thread; each is looked at for every piece of data that passes.
"""

import asyncio
import contextlib
import socket
import struct
import threading
from collections.abc import Coroutine, Iterator
from enum import Enum
from types import TracebackType
from typing import Any, Self, TypeVar

from infra.local.ports import LOOPBACK
from tests.faults.postgres_words import Spotter

T = TypeVar("T")

PIECE = 65_536
HANG_UP_HARD = struct.pack("ii", 1, 0)


class Way(Enum):
    """Which way data flows."""

    UP = "up"
    """From the client to the server."""
    DOWN = "down"


BOTH = frozenset(Way)


class Line:
    """A port that leads to another port, until told otherwise.

    ``latency`` seconds for each piece and way. ``cut_after``: bytes of an answer after which
    each connection is reset. ``cuts_after_commit``: how many of the next commits on the
    statement named by ``spotter`` are done by the server and never answered.
    """

    def __init__(self, target: int, *, marker: bytes | None = None) -> None:
        self.target = target
        self.port = 0
        self.latency = 0.0
        self.refuses = False
        self.cut_after: int | None = None
        self.cuts_after_commit = 0
        self.cuts = 0
        self.marker = marker
        self._silent: frozenset[Way] = frozenset()
        self._flows = asyncio.Event()
        self._flows.set()
        self._calls: set[Call] = set()

    @property
    def connections(self) -> int:
        """How many connections stand."""
        return len(self._calls)

    async def open(self) -> asyncio.Server:
        """Listen."""
        server = await asyncio.start_server(self._accept, LOOPBACK, 0)
        self.port = server.sockets[0].getsockname()[1]
        return server

    def be_silent(self, ways: frozenset[Way]) -> None:
        """Let nothing through in these ways; what is sent waits. In the loop's thread."""
        before, self._flows = self._flows, asyncio.Event()
        self._silent = ways
        if not ways:
            self._flows.set()
        before.set()

    def reset(self) -> None:
        """Cut every connection. In the loop's thread."""
        for call in list(self._calls):
            call.hang_up()

    async def passable(self, way: Way) -> None:
        """Wait while nothing gets through this way."""
        while way in self._silent:
            await self._flows.wait()
        if self.latency:
            await asyncio.sleep(self.latency)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.refuses:
            reset(writer)
            return
        try:
            there, back = await asyncio.open_connection(LOOPBACK, self.target)
        except OSError:
            reset(writer)
            return
        call = Call(self, writer, back)
        self._calls.add(call)
        try:
            await asyncio.gather(call.up(reader), call.down(there))
        finally:
            self._calls.discard(call)
            call.hang_up()


class Call:
    """One connection through a line."""

    def __init__(
        self, line: Line, client: asyncio.StreamWriter, server: asyncio.StreamWriter
    ) -> None:
        self._line = line
        self._client = client
        self._server = server
        self._passed = 0
        self._spotter = None if line.marker is None else Spotter(line.marker)

    async def up(self, client: asyncio.StreamReader) -> None:
        """What the client says."""
        with contextlib.suppress(OSError):
            while data := await client.read(PIECE):
                await self._line.passable(Way.UP)
                if self._spotter is not None:
                    self._spotter.hear_client(data)
                self._server.write(data)
                await self._server.drain()
        self.hang_up()

    async def down(self, server: asyncio.StreamReader) -> None:
        """What the server answers."""
        with contextlib.suppress(OSError):
            while data := await server.read(PIECE):
                await self._line.passable(Way.DOWN)
                if self._must_be_cut(data):
                    self._line.cuts += 1
                    break
                self._passed += len(data)
                self._client.write(data)
                await self._client.drain()
        self.hang_up()

    def hang_up(self) -> None:
        """Reset both ends."""
        reset(self._client)
        reset(self._server)

    def _must_be_cut(self, data: bytes) -> bool:
        line = self._line
        if line.cut_after is not None and self._passed + len(data) > line.cut_after:
            return True
        if self._spotter is None or not self._spotter.is_committed(data):
            return False
        if not line.cuts_after_commit:
            return False
        line.cuts_after_commit -= 1
        return True


def reset(writer: asyncio.StreamWriter) -> None:
    """Hang up without a goodbye, as a broken router does."""
    sock = writer.get_extra_info("socket")
    if sock is not None and not writer.transport.is_closing():
        with contextlib.suppress(OSError):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, HANG_UP_HARD)
    writer.transport.abort()


class Lines:
    """Lines by name, and the loop they run in."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="lines", daemon=True)
        self._lines: dict[str, Line] = {}
        self._servers: list[asyncio.Server] = []

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._do(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def __getitem__(self, name: str) -> Line:
        return self._lines[name]

    def add(self, name: str, target: int, *, marker: bytes | None = None) -> Line:
        """A line to a port of this machine."""
        line = Line(target, marker=marker)
        self._servers.append(self._do(line.open()))
        self._lines[name] = line
        return line

    @contextlib.contextmanager
    def silent(self, *names: str, ways: frozenset[Way] = BOTH) -> Iterator[None]:
        """Nothing gets through these lines; the connections stand."""
        self._each(names, lambda line: line.be_silent(ways))
        try:
            yield
        finally:
            self._each(names, lambda line: line.be_silent(frozenset()))

    @contextlib.contextmanager
    def refused(self, *names: str) -> Iterator[None]:
        """These lines are cut, and every new connection too."""
        for name in names:
            self[name].refuses = True
        self._each(names, Line.reset)
        try:
            yield
        finally:
            for name in names:
                self[name].refuses = False

    def reset(self, *names: str) -> None:
        """Cut every connection of these lines, once."""
        self._each(names, Line.reset)

    def _each(self, names: tuple[str, ...], what: Any) -> None:
        async def done() -> None:
            for name in names:
                what(self[name])

        self._do(done())

    def _do(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _close(self) -> None:
        for server in self._servers:
            server.close()
        for line in self._lines.values():
            line.be_silent(frozenset())
            line.reset()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        if others:
            await asyncio.wait(others, timeout=5)
