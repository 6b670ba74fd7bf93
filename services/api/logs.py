"""The log lines of a process that answers requests; :mod:`services.logs` has the form."""

import asyncio
import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TextIO

from anyio import BrokenResourceError, ClosedResourceError
from starlette.requests import ClientDisconnect

from services import logs
from services.api.trace import Trace

GONE = (BrokenResourceError, ClosedResourceError, ClientDisconnect, ConnectionError)
"""What a client that vanished in the middle of a stream leaves behind."""
REQUEST = "request"

log = logging.getLogger("tiepdan.api")


class Lines(logging.StreamHandler[TextIO]):
    """Where lines go. Those of requests are written together, once a turn of the event loop."""

    def __init__(self, stream: TextIO, level: int) -> None:
        super().__init__(stream)
        self._least = level
        self._held: list[str] = []

    def hold(self, line: Mapping[str, Any]) -> None:
        """Write a line of level ``info`` before the loop waits for news again."""
        if self._least > logging.INFO:
            return
        self._held.append(logs.dumps(line))
        if len(self._held) == 1:
            asyncio.get_running_loop().call_soon(self._write)

    def _write(self) -> None:
        held, self._held = self._held, []
        self.acquire()
        try:
            self.stream.write("\n".join((*held, "")))
            self.flush()
        finally:
            self.release()


def configure(stream: TextIO, level: int = logging.INFO) -> None:
    """Send this process' log lines to a stream, those of the libraries included."""
    lines = Lines(stream, level)
    lines.addFilter(not_goodbye)
    logs.install(lines, level)


def ids_of(trace: Trace) -> Mapping[str, str]:
    """What ties the lines of one request together."""
    return {"trace_id": trace.trace_id, "span_id": trace.span_id}


def tell_request(trace: Trace, **told: Any) -> None:
    """The one line of a request, in the form of all others."""
    lines = next((each for each in logging.root.handlers if isinstance(each, Lines)), None)
    if lines is None:
        logs.tell(log, logging.INFO, REQUEST, **told)
        return
    now = datetime.now(UTC)
    lines.hold({**told, "event": REQUEST, "level": "info", "timestamp": now, **ids_of(trace)})


def is_goodbye(failure: BaseException) -> bool:
    """Whether nothing failed but the client's patience: it closed the connection."""
    if isinstance(failure, BaseExceptionGroup):
        return all(is_goodbye(member) for member in failure.exceptions)
    return isinstance(failure, GONE)


def not_goodbye(record: logging.LogRecord) -> bool:
    """Drop the noise of vanished clients."""
    failure = record.exc_info[1] if record.exc_info else None
    return failure is None or not is_goodbye(failure)
