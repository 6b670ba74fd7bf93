"""An answer leaves in one piece, and all of it before the line is closed."""

import asyncio

from services.api.corked import CorkedTransport
from tests.apart import run_apart


class Wire(asyncio.Transport):
    """A line that notes each piece it was given to send."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[bytes] = []
        self.closed = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        assert not self.closed
        self.pieces.append(bytes(data))

    def close(self) -> None:
        self.closed = True

    def is_closing(self) -> bool:
        return self.closed


async def turn() -> None:
    await asyncio.sleep(0)


def test_head_and_body_of_one_turn_leave_together_and_the_next_turn_apart() -> None:
    async def scene() -> list[bytes]:
        wire = Wire()
        corked = CorkedTransport(wire, asyncio.get_running_loop())
        corked.write(b"head ")
        corked.write(b"body")
        assert wire.pieces == []
        await turn()
        corked.write(b"event")
        await turn()
        return wire.pieces

    assert run_apart(scene()) == [b"head body", b"event"]


def test_what_is_held_is_sent_before_the_line_is_closed_and_nothing_after() -> None:
    async def scene() -> Wire:
        wire = Wire()
        corked = CorkedTransport(wire, asyncio.get_running_loop())
        corked.write(b"answer")
        corked.close()
        await turn()
        corked.write(b"too late")
        await turn()
        return wire

    wire = run_apart(scene())
    assert (wire.pieces, wire.closed) == ([b"answer"], True)


def test_everything_else_is_the_lines_own() -> None:
    async def scene() -> bool:
        return bool(CorkedTransport(Wire(), asyncio.get_running_loop()).is_closing())

    assert run_apart(scene()) is False
