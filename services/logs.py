"""One JSON line per thing said, on one stream (nhật ký kỹ thuật).

A line never holds a body, a query value or a name. A failure is told by its class and the
places it passed through, never by its message: a database's may quote a row. In one line it is
told by :func:`why`; in words only what its teller names as safe: what we found ourselves, what
a Kafka client says of brokers, topics and offsets.
Standard library and orjson alone, so that a worker that logs stays small.
"""

import logging
import traceback
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, TextIO

import orjson

OWN_WORDS = ("tiepdan", "uvicorn", "services", "infra")
"""Loggers whose words are known to hold nothing of a request; of others only the name is told."""
TALKATIVE = ("kafka", "httpx", "asyncio")
"""Libraries that tell about every connection; only their warnings are worth a line."""
FACTS = "facts"
NOTHING: Mapping[str, Any] = {}

about: ContextVar[Mapping[str, Any]] = ContextVar("about", default=NOTHING)
"""What every line said in this context is about: the ids of a trace."""


def tell(log: logging.Logger, level: int, event: str, **facts: Any) -> None:
    """Say that something happened, with codes and figures beside it; never words of a case."""
    log.log(level, event, extra={FACTS: facts})


def configure(stream: TextIO, level: int = logging.INFO) -> None:
    """Send this process' log lines to a stream, those of the libraries included."""
    install(logging.StreamHandler(stream), level)


def install(handler: logging.Handler, level: int = logging.INFO) -> None:
    """Let one handler write all lines, in the form of the house."""
    handler.addFilter(foreign_words)
    handler.setFormatter(JsonLines())
    logging.basicConfig(handlers=[handler], level=max(level, logging.INFO), force=True)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


class JsonLines(logging.Formatter):
    """A record as one JSON object on one line."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line = {
            **getattr(record, FACTS, NOTHING),
            "event": record.getMessage(),
            "level": record.levelname.lower(),
            "timestamp": stamp(datetime.fromtimestamp(record.created, UTC)),
            **about.get(),
        }
        failure = record.exc_info[1] if record.exc_info else None
        if failure is not None:
            line["failure"] = describe(failure)
        return dumps(line)


def stamp(at: datetime) -> str:
    """A moment as every line tells it."""
    return at.isoformat().replace("+00:00", "Z")


def dumps(line: Mapping[str, Any]) -> str:
    """A line."""
    return orjson.dumps(line, default=str, option=orjson.OPT_UTC_Z).decode("utf-8")


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


def why(failure: BaseException, *in_words: type[BaseException]) -> str:
    """What ended something or keeps it away: the kind and what it came from, with its codes.

    ``in_words`` are the failures whose own words hold nothing of a row: they are told too.
    """
    kinds = " from ".join(_kind(each) for each in _family(failure))
    return f"{kinds}: {failure}" if isinstance(failure, in_words) else kinds


def foreign_words(record: logging.LogRecord) -> bool:
    """Of loggers we do not know only the name is told; their words may quote a row."""
    if record.name.split(".", 1)[0] not in OWN_WORDS:
        record.msg, record.args = f"said by {record.name}", None
    return True


def _kind(failure: BaseException) -> str:
    """Its class, and the code that a database gives it."""
    code = getattr(failure, "sqlstate", None)
    return f"{type(failure).__name__} {code}" if code else type(failure).__name__


def _family(failure: BaseException) -> Iterator[BaseException]:
    yield failure
    if isinstance(failure, BaseExceptionGroup):
        for member in failure.exceptions:
            yield from _family(member)
    if failure.__cause__ is not None:
        yield from _family(failure.__cause__)
