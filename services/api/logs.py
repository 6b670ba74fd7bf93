"""One JSON line per thing said, on one stream (nhật ký kỹ thuật).

A line never holds a body, a query value, a name, or the message of an exception: a driver's
message may quote a row. A failure is told by its class and the places it passed through.
"""

import asyncio
import logging
import traceback
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, TextIO

import orjson
import structlog
from anyio import BrokenResourceError, ClosedResourceError
from starlette.requests import ClientDisconnect
from structlog.typing import EventDict, Processor, WrappedLogger

from services.api.trace import Trace

GONE = (BrokenResourceError, ClosedResourceError, ClientDisconnect, ConnectionError)
"""What a client that vanished in the middle of a stream leaves behind."""
OWN_WORDS = ("tiepdan", "uvicorn", "services")
"""Loggers whose words are known to hold nothing of a request; of others only the name is told."""
TALKATIVE = ("kafka", "httpx", "asyncio")
"""Libraries that tell about every connection; only their warnings are worth a line."""


class Lines(structlog.PrintLoggerFactory):
    """Where lines go. Those of requests are written together, once a turn of the event loop."""

    def __init__(self, stream: TextIO, level: int) -> None:
        super().__init__(stream)
        self._stream = stream
        self._level = level
        self._held: list[str] = []

    def hold(self, line: Mapping[str, Any]) -> None:
        """Write a line of level ``info`` before the loop waits for news again."""
        if self._level > logging.INFO:
            return
        self._held.append(_dumps(line))
        if len(self._held) == 1:
            asyncio.get_running_loop().call_soon(self._write)

    def _write(self) -> None:
        held, self._held = self._held, []
        self._stream.write("\n".join((*held, "")))
        self._stream.flush()


def tell_request(trace: Trace, **told: Any) -> None:
    """The one line of a request, in the form of all others."""
    lines = structlog.get_config()["logger_factory"]
    if not isinstance(lines, Lines):
        structlog.get_logger("tiepdan.api").info("request", **told)
        return
    at = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    ids = {"trace_id": trace.trace_id, "span_id": trace.span_id}
    lines.hold({**told, "event": "request", "level": "info", "timestamp": at, **ids})


def configure(stream: TextIO, level: int = logging.INFO) -> None:
    """Send this process' log lines to a stream, those of the libraries included."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        without_messages,
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer(serializer=_dumps)],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=Lines(stream, level),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    handler.addFilter(foreign_words)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(serializer=_dumps),
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=max(level, logging.INFO), force=True)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


def without_messages(_logger: WrappedLogger, _name: str, line: EventDict) -> EventDict:
    """Replace an exception by its class and the places it passed through."""
    failure = line.pop("exc_info", None)
    if isinstance(failure, tuple):
        failure = failure[1]
    if isinstance(failure, BaseException):
        line["failure"] = describe(failure)
    return line


def describe(failure: BaseException) -> list[dict[str, Any]]:
    """A failure, its causes and the members of a group; never their messages."""
    return [
        {
            "class": f"{type(each).__module__}.{type(each).__qualname__}",
            "at": [
                f"{frame.filename.rsplit('/', 2)[-1]}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(each.__traceback__)
            ],
        }
        for each in _family(failure)
    ]


def is_goodbye(failure: BaseException) -> bool:
    """Whether nothing failed but the client's patience: it closed the connection."""
    if isinstance(failure, BaseExceptionGroup):
        return all(is_goodbye(member) for member in failure.exceptions)
    return isinstance(failure, GONE)


def foreign_words(record: logging.LogRecord) -> bool:
    """Drop the noise of vanished clients; take the words from loggers we do not know."""
    failure = record.exc_info[1] if record.exc_info else None
    if failure is not None and is_goodbye(failure):
        return False
    if record.name.split(".", 1)[0] not in OWN_WORDS:
        record.msg, record.args = f"said by {record.name}", None
    return True


def _family(failure: BaseException) -> Iterator[BaseException]:
    yield failure
    if isinstance(failure, BaseExceptionGroup):
        for member in failure.exceptions:
            yield from _family(member)
    if failure.__cause__ is not None:
        yield from _family(failure.__cause__)


def _dumps(line: Any, **_options: Any) -> str:
    return orjson.dumps(line, default=str).decode("utf-8")
