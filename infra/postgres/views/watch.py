"""How far the views are, known the moment they move: for those who wait for a position."""

import select
import socket
import threading
import time
from collections.abc import Mapping, Sequence
from typing import Any

import psycopg

from infra.postgres.connections import PatientConnection, connect
from infra.postgres.views.batches import CHANNEL

PROGRAM = "tiepdan watch"
WAKE_SECONDS = 1.0
"""A notice may be lost with a connection: look at least this often."""
REST_SECONDS = 0.5

REACHED = """
SELECT lane, min(position) FROM views.progress WHERE projection = ANY(%s)
GROUP BY lane HAVING count(*) = %s
"""


class PositionWatch:
    """One connection that listens, for any number of threads that wait. Close it at the end.

    It begins with the first who waits: a program that only asks costs the server nothing.
    """

    def __init__(self, dsn: str, projections: Sequence[str]) -> None:
        self._dsn = dsn
        self._names = list(projections)
        self._moved = threading.Condition()
        self._reached: Mapping[int, int] = {}
        self._closing = threading.Event()
        self._bell, self._bell_rope = socket.socketpair()
        self._thread: threading.Thread | None = None

    def close(self) -> None:
        """Stop listening; who still waits is told no."""
        with self._moved:
            self._closing.set()
            self._moved.notify_all()
        self._bell_rope.close()
        if self._thread is not None:
            self._thread.join()
        self._bell.close()

    def wait_for(self, lane: int, position: int, timeout: float) -> bool:
        """Wait until every projection reached a position; False when time is over first."""
        deadline = time.monotonic() + timeout
        with self._moved:
            self._begin()
            while self._reached.get(lane, 0) < position:
                left = deadline - time.monotonic()
                if left <= 0 or self._closing.is_set():
                    return False
                self._moved.wait(left)
        return True

    def nap(self, seconds: float) -> None:
        """Wait until the views moved, at most so long. May wake for nothing."""
        with self._moved:
            self._begin()
            self._moved.wait(seconds)

    def _begin(self) -> None:
        if self._closing.is_set() or (self._thread is not None and self._thread.is_alive()):
            return
        self._thread = threading.Thread(target=self._run, name=PROGRAM, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while not self._closing.is_set():
            try:
                with connect(self._dsn, PROGRAM) as connection:
                    self._follow(connection)
            except (psycopg.Error, OSError, ValueError):
                self._closing.wait(REST_SECONDS)

    def _follow(self, connection: PatientConnection) -> None:
        connection.execute(f"LISTEN {CHANNEL}")
        while not self._closing.is_set():
            self._look(connection)
            wait_for_either(connection.fileno(), self._bell.fileno(), WAKE_SECONDS)
            for _ in connection.notifies(timeout=0):
                pass

    def _look(self, connection: psycopg.Connection[Any]) -> None:
        found = connection.execute(REACHED, [self._names, len(self._names)]).fetchall()
        with self._moved:
            self._reached = dict(found)
            self._moved.notify_all()


def wait_for_either(one: int, other: int, seconds: float) -> None:
    """Until something can be read of one of two descriptors, at most so long.

    ``select`` knows no descriptor from 1024 on: a process of many streams has them.
    """
    waiting = select.poll()
    for descriptor in (one, other):
        waiting.register(descriptor, select.POLLIN)
    waiting.poll(seconds * 1000)
