"""The way requests of a load take: connections are kept, and given up with the server."""

import asyncio

from services.load.wire import Doors
from tests.apart import run_apart

ANSWER = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}"
SHORT = 0.05


async def serve_once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer one request, then hang up as a server does on an idle connection."""
    await reader.readuntil(b"\r\n\r\n")
    writer.write(ANSWER)
    await writer.drain()
    writer.close()


def test_a_connection_the_server_gave_up_meanwhile_is_not_asked_again() -> None:
    async def two_requests() -> list[int]:
        server = await asyncio.start_server(serve_once, "127.0.0.1", 0)
        host, port = server.sockets[0].getsockname()
        doors = Doors([f"http://{host}:{port}"], timeout=5)
        answers = []
        for _ in range(2):
            answers.append((await doors.ask(0, b"GET / HTTP/1.1\r\n\r\n")).status)
            await asyncio.sleep(SHORT)
        doors.close()
        server.close()
        return answers

    assert run_apart(two_requests()) == [200, 200]
