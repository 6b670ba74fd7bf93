"""The way requests of a load take: connections are kept, and given up with the server."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from services.load.wire import Doors, Unreachable
from tests.apart import run_apart

ASKED = b"GET / HTTP/1.1\r\n\r\n"
ANSWER = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}"
SHORT = 0.05
END = b"\r\n\r\n"


async def serve_once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer one request; hang up on the next, as on a connection that waited too long."""
    await reader.readuntil(END)
    writer.write(ANSWER)
    await reader.readuntil(END)
    writer.close()
    await writer.wait_closed()


async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer nobody."""
    await reader.readuntil(END)
    writer.close()
    await writer.wait_closed()


async def asked_twice(serve: Callable[..., Coroutine[Any, Any, None]]) -> list[int]:
    """The statuses of two requests to a server of this kind."""
    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        host, port = server.sockets[0].getsockname()
        doors = Doors([f"http://{host}:{port}"], timeout=5)
        try:
            return [(await doors.ask(0, ASKED)).status for _ in range(2)]
        finally:
            doors.close()
            await asyncio.sleep(SHORT)  # connections close in later turns of the loop


def test_a_request_on_a_connection_the_server_gave_up_is_sent_once_more() -> None:
    assert run_apart(asked_twice(serve_once)) == [200, 200]


def test_a_server_that_answers_nobody_is_told_as_unreachable() -> None:
    with pytest.raises(Unreachable):
        run_apart(asked_twice(hang_up))
