"""What the supervisor needs to know of one child, and ways to ask whether it is ready."""

import http.client
import signal
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from infra.local.ports import LOOPBACK, is_listening

Calm = Callable[[str], str | None]
"""What the stream shows of a line of a child's log; None keeps it to the file."""


def everything(line: str) -> str | None:
    """Show the line as it is."""
    return line


def nothing(_line: str) -> str | None:
    """Keep the line to the file: for servers that talk much."""
    return None


def at_once() -> bool:
    """Ready as soon as it runs."""
    return True


def no_preparation() -> None:
    """Nothing to do before a start."""


@dataclass(frozen=True)
class Child:
    """One program that the supervisor keeps alive.

    ``prepare`` runs before every start, in a thread; ``ready`` is asked, in a
    thread too, until it holds and every two seconds after that, and should answer
    within two seconds. ``alive`` is asked of one that is not ready: degraded or waiting for
    others it lives, and is left alone; silent for ``dead_after`` seconds it is killed and
    started again. The next child waits for a ``needed`` one; without another the
    stack is up all the same. ``stop_signal`` asks for a graceful end, ``on_death`` is
    what the kernel sends when the supervisor itself is killed.
    """

    name: str
    argv: Sequence[str]
    env: Mapping[str, str] = field(default_factory=dict)
    ready: Callable[[], bool] = at_once
    alive: Callable[[], bool] | None = None
    prepare: Callable[[], None] = no_preparation
    calm: Calm = everything
    needed: bool = True
    ready_within: float = 60.0
    dead_after: float = 120.0
    stop_within: float = 8.0
    stop_signal: signal.Signals = signal.SIGTERM
    on_death: signal.Signals = signal.SIGTERM
    user: str | None = None
    cwd: Path | None = None


def listens(port: int) -> Callable[[], bool]:
    """Ready when the port accepts connections."""
    return lambda: is_listening(port)


def answers(port: int, path: str = "/readyz") -> Callable[[], bool]:
    """Ready when an HTTP GET of the path is answered with 2xx."""

    def ask() -> bool:
        connection = http.client.HTTPConnection(LOOPBACK, port, timeout=2)
        try:
            connection.request("GET", path)
            status = connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
        return status // 100 == http.HTTPStatus.OK // 100

    return ask
