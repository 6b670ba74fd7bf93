"""How a worker (relay, projector) is, told on a port of its own (sức khỏe tiến trình nền).

``/livez`` the process answers, ``/readyz`` its work goes on, ``/metrics`` its figures for
Prometheus. Degraded is still 200: it works, somebody should look. Down is 503.
"""

import http.client
import json
import logging
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Literal, Protocol, cast
from urllib.parse import urlsplit

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

log = logging.getLogger(__name__)

LATE = 60.0
"""Seconds of lag or of an unsent fact from which on somebody should look. reliability.md 8."""
PATIENCE = 3.0

Status = Literal["ready", "degraded", "down"]


@dataclass(frozen=True)
class Trouble:
    """What is wrong with a worker, in words, and how to mend it. No id of any file."""

    words: str
    mend: str


@dataclass(frozen=True)
class Condition:
    """How a program is. ``lag`` is how many seconds it is behind; None where it follows nobody."""

    status: Status
    lag: float | None = 0.0
    troubles: Sequence[Trouble] = ()

    def with_more(self, troubles: Sequence[Trouble]) -> "Condition":
        """This and further troubles: degraded at least when there are any."""
        if not troubles:
            return self
        status: Status = "degraded" if self.status == "ready" else self.status
        return replace(self, status=status, troubles=[*self.troubles, *troubles])


class Worker(Protocol):
    """Whoever can be asked."""

    def condition(self) -> Condition:
        """How it is now."""

    def metrics(self) -> Sequence[Metric]:
        """Its figures now."""


class WorkerDown(Exception):
    """Nobody answers at a worker's address."""


@contextmanager
def worker_port(worker: Worker, *, host: str, port: int) -> Iterator[int]:
    """Answer on a port as long as the context is open; 0 takes a free one. Raises ``OSError``."""
    registry = CollectorRegistry()
    registry.register(_Figures(worker))
    with _open(_Server((host, port), registry, worker)) as taken:
        yield taken


@contextmanager
def figures_port(registry: CollectorRegistry, *, host: str, port: int) -> Iterator[int]:
    """The same for a program that tells how it is elsewhere: its figures alone."""
    with _open(_Server((host, port), registry)) as taken:
        yield taken


@contextmanager
def _open(server: "_Server") -> Iterator[int]:
    thread = Thread(target=server.serve_forever, name="health", daemon=True)
    thread.start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()
        thread.join(PATIENCE)


def ask(url: str) -> Condition:
    """How the worker, or the API, at an address is. Raises :class:`WorkerDown`."""
    there = urlsplit(url)
    connection = http.client.HTTPConnection(there.hostname or "", there.port, timeout=PATIENCE)
    try:
        connection.request("GET", "/readyz")
        told = json.loads(connection.getresponse().read())
    except (OSError, http.client.HTTPException, ValueError) as silent:
        raise WorkerDown(str(silent)) from silent
    finally:
        connection.close()
    troubles = tuple(Trouble(one["words"], one["mend"]) for one in told.get("troubles", ()))
    away = (part["name"] for part in told.get("parts", ()) if not part["up"])
    parts = tuple(Trouble(f"{name} does not answer", "see `tiepdan doctor`") for name in away)
    return Condition(told["status"], told.get("lag"), troubles + parts)


class _Figures(Collector):
    """A worker's figures as Prometheus asks for them."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker

    def collect(self) -> Sequence[Metric]:
        return self._worker.metrics()

    def describe(self) -> Sequence[Metric]:
        """Nothing is asked of the worker before the first scrape."""
        return ()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(
        self, at: tuple[str, int], registry: CollectorRegistry, worker: Worker | None = None
    ) -> None:
        self.worker = worker
        self.registry = registry
        super().__init__(at, _Answers)

    def handle_error(self, request: object, client_address: object) -> None:
        """Who asked may leave before it is answered; anything else is one line in the log."""
        del request, client_address
        if not isinstance(sys.exc_info()[1], OSError):
            log.error("health_failed", exc_info=sys.exc_info())


class _Answers(BaseHTTPRequestHandler):
    timeout = PATIENCE

    def do_GET(self) -> None:
        server = cast(_Server, self.server)
        match urlsplit(self.path).path, server.worker:
            case "/livez", _:
                self._say(HTTPStatus.OK, {"status": "alive"})
            case "/readyz", worker if worker is not None:
                found = worker.condition()
                down = found.status == "down"
                self._say(HTTPStatus.SERVICE_UNAVAILABLE if down else HTTPStatus.OK, asdict(found))
            case "/metrics", _:
                self._send(HTTPStatus.OK, CONTENT_TYPE_LATEST, generate_latest(server.registry))
            case _:
                self._say(HTTPStatus.NOT_FOUND, {"status": "not_found"})

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        """Being asked is no event."""

    def _say(self, status: HTTPStatus, words: Mapping[str, object]) -> None:
        self._send(status, "application/json", json.dumps(words, ensure_ascii=False).encode())

    def _send(self, status: HTTPStatus, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
