"""Asks a broker which members of its cluster are alive: one request, no client.

A client library would keep threads and connections, and wait half a minute for a
broker that listens but does not answer.
"""

import socket
import struct

from infra.local.ports import LOOPBACK

METADATA, VERSION, CORRELATION = 3, 1, 7
NO_TOPICS = 0
CLIENT = b"tiepdan-probe"


def live_ports(port: int, *, timeout: float = 2.0) -> set[int]:
    """The ports of the members that the broker counts as alive; empty without an answer."""
    asked = struct.pack(">hhih", METADATA, VERSION, CORRELATION, len(CLIENT)) + CLIENT
    asked += struct.pack(">i", NO_TOPICS)
    try:
        with socket.create_connection((LOOPBACK, port), timeout=timeout) as connection:
            connection.sendall(struct.pack(">i", len(asked)) + asked)
            with connection.makefile("rb") as answer:
                (size,) = struct.unpack(">i", answer.read(4))
                return ports_of_members(answer.read(size))
    except (OSError, struct.error):
        return set()


def ports_of_members(answer: bytes) -> set[int]:
    """Read the answer: correlation, members (number, host, port, rack), and more."""
    _, count = struct.unpack_from(">ii", answer)
    at = 8
    ports = set()
    for _ in range(count):
        (host,) = struct.unpack_from(">h", answer, at + 4)
        at += 6 + host
        port, rack = struct.unpack_from(">ih", answer, at)
        at += 6 + max(rack, 0)
        ports.add(port)
    return ports
