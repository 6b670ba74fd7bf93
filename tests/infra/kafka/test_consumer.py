"""What kafka-python's connections take from the line when they are ours."""

import socket
from collections.abc import Iterator

import pytest
from kafka.errors import KafkaConnectionError

from infra.kafka.consumer import received

Line = tuple[socket.socket, socket.socket]


@pytest.fixture
def line() -> Iterator[Line]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.setblocking(False)
        yield ours, theirs


def test_all_that_is_there_is_taken_at_once(line: Line) -> None:
    ours, theirs = line
    theirs.sendall(b"x" * 60_000)
    assert received(ours) == (b"x" * 60_000, None)


def test_an_empty_line_gives_nothing_and_is_no_error(line: Line) -> None:
    assert received(line[0]) == (b"", None)


def test_a_broker_that_hung_up_is_an_error(line: Line) -> None:
    ours, theirs = line
    theirs.close()
    assert isinstance(received(ours)[1], KafkaConnectionError)


def test_a_line_of_our_own_that_is_gone_is_an_error(line: Line) -> None:
    line[0].close()
    assert isinstance(received(line[0])[1], KafkaConnectionError)
