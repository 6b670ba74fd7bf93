"""The outermost edge of the API: trace, one log line, one count, and no failure gets past it."""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus

from fastapi import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.api import catalogue, logs, problems
from services.api.metrics import Metrics
from services.api.problems import Problem
from services.api.trace import HEADER, SCOPE_KEY, Trace, continue_trace
from services.logs import about, tell

OFFICE_KEY = "tiepdan.office"
"""Where authentication notes the office, for the log line."""
ANSWER_KEY = "tiepdan.answer"
"""Who answers a failure of this request instead of the API; the pages put theirs there."""
STUCK_AFTER = 60.0
"""Seconds a stream's reader may take for one frame before the stream is dropped."""
STREAM = b"text/event-stream"
CONTENT_TYPE = b"content-type"
NO_SNIFFING = (b"x-content-type-options", b"nosniff")
NOT_STORED = (b"cache-control", b"no-store")
POLLED = frozenset({"/livez", "/readyz"})
"""Being asked and well is no event: counted, not told."""
MAX_BODY = 256 * 1024
"""Bytes of a request. The largest act, all texts full, is a tenth of it."""
BODY_SECONDS = 5.0
"""From the first look at a request until its body is there: it holds a place meanwhile."""


Pairs = Sequence[tuple[bytes, bytes]]


@dataclass
class Exchange:
    """One request and what became of it."""

    trace: Trace
    started: float = field(default_factory=time.perf_counter)
    status: int = 0
    stream: bool = False


def limited(receive: Receive, within: float = BODY_SECONDS) -> Receive:
    """Receive that stops a body beyond :data:`MAX_BODY`, whatever its header promised, and
    one that is not there in time. What comes after a body may keep us waiting.
    """
    taken, whole = 0, False
    until: float | None = None

    async def counted() -> Message:
        nonlocal taken, whole, until
        if whole:
            return await receive()
        until = asyncio.get_running_loop().time() + within if until is None else until
        try:
            async with asyncio.timeout_at(until):
                message = await receive()
        except TimeoutError:
            raise HTTPException(408, headers={"Connection": "close"}) from None
        taken += len(message.get("body", b""))
        if taken > MAX_BODY:
            raise HTTPException(413, headers={"Connection": "close"})
        whole = not message.get("more_body", False)
        return message

    return counted


def failed(request: Request) -> Response:
    """What is answered when we failed: nothing of why."""
    problem = Problem.at(
        catalogue.INTERNAL,
        "#",
        "Hệ thống gặp lỗi khi xử lý yêu cầu.",
        "Gửi lại với cùng khóa chống trùng; nếu vẫn lỗi, báo mã tra cứu cho quản trị.",
    )
    answer: Callable[[Request, Problem], Response] = request.scope.get(ANSWER_KEY, problems.answer)
    return answer(request, problem)


class Edge:
    """Wraps the whole application. ``services/api/logs.py`` says what a line may hold."""

    def __init__(
        self,
        app: ASGIApp,
        metrics: Metrics,
        *,
        stuck_after: float = STUCK_AFTER,
        body_within: float = BODY_SECONDS,
    ) -> None:
        self._app = app
        self._body_within = body_within
        self._metrics = metrics
        self._stuck_after = stuck_after

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, whatever happens inside."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        exchange = Exchange(continue_trace(_traceparent(scope)))
        scope[SCOPE_KEY] = exchange.trace
        outside = about.set(logs.ids_of(exchange.trace))
        try:
            await self._app(
                scope, limited(receive, self._body_within), self._watched(send, scope, exchange)
            )
        except Exception as failure:  # noqa: BLE001 - the program's outermost edge
            await self._failed(failure, exchange, scope, receive, send)
        finally:
            self._tell(scope, exchange)
            about.reset(outside)

    def _watched(self, send: Send, scope: Scope, exchange: Exchange) -> Send:
        """Send that notes the status, adds the house's headers, and drops stuck readers."""

        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start":
                exchange.status = message["status"]
                given = dict(message["headers"])
                exchange.stream = given.get(CONTENT_TYPE, b"").startswith(STREAM)
                message["headers"] = [*_kept(message["headers"], scope), *_ours(exchange, scope)]
            if not exchange.stream:
                await send(message)
                return
            async with asyncio.timeout(self._stuck_after):
                await send(message)

        return watched

    async def _failed(
        self, failure: Exception, exchange: Exchange, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Log it without its message; answer if nothing was sent yet."""
        if exchange.stream and (logs.is_goodbye(failure) or isinstance(failure, TimeoutError)):
            tell(logs.log, logging.INFO, "stream_dropped", reason=type(failure).__name__)
            return
        logs.log.error("request_failed", exc_info=failure)
        if exchange.status:
            return
        response = failed(Request(scope))
        await response(scope, receive, self._watched(send, scope, exchange))

    def _tell(self, scope: Scope, exchange: Exchange) -> None:
        """One line and one count per request: the route's template, never its values."""
        seconds = time.perf_counter() - exchange.started
        route = getattr(scope.get("route"), "path", "unmatched")
        method = scope["method"] if scope.get("route") else "-"
        counted = None if exchange.stream else seconds
        self._metrics.answered(method, route, exchange.status, counted)
        if route in POLLED and exchange.status == HTTPStatus.OK:
            return
        logs.tell_request(
            exchange.trace,
            method=method,
            route=route,
            status=exchange.status,
            ms=round(seconds * 1000, 1),
            office=scope.get(OFFICE_KEY),
        )


def _traceparent(scope: Scope) -> str | None:
    for name, value in scope["headers"]:
        if name == HEADER:
            sent: bytes = value
            return sent.decode("latin-1")
    return None


def _kept(headers: Pairs, scope: Scope) -> Pairs:
    """An answer's own headers; no part of the API says by itself what may be stored."""
    if scope["path"].startswith("/api/"):
        return [pair for pair in headers if pair[0] != NOT_STORED[0]]
    return headers


def _ours(exchange: Exchange, scope: Scope) -> Pairs:
    """The headers of the house."""
    trace = (b"trace-id", exchange.trace.trace_id.encode())
    if scope["path"].startswith("/api/"):
        return (trace, NO_SNIFFING, NOT_STORED)
    return (trace, NO_SNIFFING)
