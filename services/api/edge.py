"""The outermost edge of the API: trace, one log line, one count, and no failure gets past it."""

import asyncio
import time
from dataclasses import dataclass, field

import structlog
from fastapi import HTTPException
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.api import catalogue, logs, problems
from services.api.metrics import Metrics
from services.api.problems import Problem
from services.api.trace import HEADER, SCOPE_KEY, Trace, continue_trace

OFFICE_KEY = "tiepdan.office"
"""Where authentication notes the office, for the log line."""
ANSWER_KEY = "tiepdan.answer"
"""Who answers a failure of this request instead of the API; the pages put theirs there."""
STUCK_AFTER = 60.0
"""Seconds a stream's reader may take for one frame before the stream is dropped."""
STREAM = "text/event-stream"
MAX_BODY = 256 * 1024
"""Bytes of a request. The largest act, all texts full, is a tenth of it."""


@dataclass
class Exchange:
    """One request and what became of it."""

    trace: Trace
    started: float = field(default_factory=time.perf_counter)
    status: int = 0
    stream: bool = False


def limited(receive: Receive) -> Receive:
    """Receive that stops a body beyond :data:`MAX_BODY`, whatever its header promised."""
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > MAX_BODY:
            raise HTTPException(413, headers={"Connection": "close"})
        return message

    return counted


class Edge:
    """Wraps the whole application. ``services/api/logs.py`` says what a line may hold."""

    def __init__(self, app: ASGIApp, metrics: Metrics, *, stuck_after: float = STUCK_AFTER) -> None:
        self._app = app
        self._metrics = metrics
        self._stuck_after = stuck_after

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, whatever happens inside."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        exchange = Exchange(continue_trace(Headers(scope=scope).get(HEADER.decode())))
        scope[SCOPE_KEY] = exchange.trace
        structlog.contextvars.bind_contextvars(
            trace_id=exchange.trace.trace_id, span_id=exchange.trace.span_id
        )
        try:
            await self._app(scope, limited(receive), self._watched(send, scope, exchange))
        except Exception as failure:  # noqa: BLE001 - the program's outermost edge
            await self._failed(failure, exchange, scope, receive, send)
        finally:
            self._tell(scope, exchange)
            structlog.contextvars.unbind_contextvars("trace_id", "span_id")

    def _watched(self, send: Send, scope: Scope, exchange: Exchange) -> Send:
        """Send that notes the status, adds the house's headers, and drops stuck readers."""

        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start":
                exchange.status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["Trace-Id"] = exchange.trace.trace_id
                headers["X-Content-Type-Options"] = "nosniff"
                exchange.stream = headers.get("content-type", "").startswith(STREAM)
                if scope["path"].startswith("/api/"):
                    headers["Cache-Control"] = "no-store"
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
        log = structlog.get_logger("tiepdan.api")
        if exchange.stream and (logs.is_goodbye(failure) or isinstance(failure, TimeoutError)):
            log.info("stream_dropped", reason=type(failure).__name__)
            return
        log.error("request_failed", exc_info=failure)
        if exchange.status:
            return
        problem = Problem.at(
            catalogue.INTERNAL,
            "#",
            "Hệ thống gặp lỗi khi xử lý yêu cầu.",
            "Gửi lại với cùng khóa chống trùng; nếu vẫn lỗi, báo mã tra cứu cho quản trị.",
        )
        answer = scope.get(ANSWER_KEY, problems.answer)
        response = answer(Request(scope), problem)
        await response(scope, receive, self._watched(send, scope, exchange))

    def _tell(self, scope: Scope, exchange: Exchange) -> None:
        """One line and one count per request: the route's template, never its values."""
        seconds = time.perf_counter() - exchange.started
        route = getattr(scope.get("route"), "path", "unmatched")
        method = scope["method"] if scope.get("route") else "-"
        self._metrics.requests.labels(method, route, str(exchange.status)).inc()
        if not exchange.stream:
            self._metrics.seconds.labels(route).observe(seconds)
        structlog.get_logger("tiepdan.api").info(
            "request",
            method=method,
            route=route,
            status=exchange.status,
            ms=round(seconds * 1000, 1),
            office=scope.get(OFFICE_KEY),
        )
