"""A line to Postgres that can be cut at the worst moment."""

import contextlib
import socket
import threading
from collections.abc import Callable
from enum import Enum, auto

from psycopg.conninfo import conninfo_to_dict, make_conninfo

ANSWERED = b"Z\x00\x00\x00\x05I"
"""ReadyForQuery outside a transaction: what was asked is committed."""


class Cut(Enum):
    """What happens to the next request."""

    NEVER = auto()
    BEFORE_REQUEST = auto()
    """The server never hears it."""
    AFTER_COMMIT = auto()
    """The server does it, the answer is lost."""
    WHILE_WAITING = auto()
    """The caller loses the line, the server works on and notices nothing."""
    SILENCE = auto()
    """The answer never comes, the line stands."""


class CuttingProxy:
    """Forwards to the server of a DSN; :meth:`arm` decides the fate of the next request."""

    def __init__(self, dsn: str) -> None:
        parts = conninfo_to_dict(dsn)
        self._server = (str(parts["host"]), int(str(parts["port"])))
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._sockets: list[socket.socket] = [self._listening]
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._next = Cut.NEVER
        self.cuts = 0
        self.dsn = make_conninfo(dsn, port=self._listening.getsockname()[1])
        self._start(self._accept)

    def arm(self, cut: Cut) -> None:
        """What happens to the next request, once."""
        with self._lock:
            self._next = cut

    def close(self) -> None:
        """Cut everything and end every thread."""
        for end in list(self._sockets):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        for thread in self._threads:
            thread.join(10)

    def _start(self, work: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                server = socket.create_connection(self._server)
                self._sockets += [client, server]
                fate = Fate()
                self._start(self._requests, client, server, fate)
                self._start(self._answers, client, server, fate)

    def _requests(self, client: socket.socket, server: socket.socket, fate: "Fate") -> None:
        with contextlib.suppress(OSError):
            while data := client.recv(65536):
                if fate.cut is Cut.NEVER:
                    fate.cut = self._take()
                if fate.cut is not Cut.BEFORE_REQUEST:
                    server.sendall(data)
                if fate.cut is Cut.WHILE_WAITING:
                    hang_up(client)
                    return
                if fate.cut is Cut.BEFORE_REQUEST:
                    break
        hang_up(client)
        hang_up(server)

    def _answers(self, client: socket.socket, server: socket.socket, fate: "Fate") -> None:
        with contextlib.suppress(OSError):
            while data := server.recv(65536):
                if fate.cut is Cut.NEVER:
                    client.sendall(data)
                elif fate.cut is Cut.AFTER_COMMIT and data.endswith(ANSWERED):
                    break
        hang_up(client)
        if fate.cut is not Cut.WHILE_WAITING:
            hang_up(server)

    def _take(self) -> Cut:
        with self._lock:
            cut, self._next = self._next, Cut.NEVER
            self.cuts += cut is not Cut.NEVER
            return cut


class Fate:
    """What is to become of one connection."""

    cut = Cut.NEVER


def hang_up(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
