"""A body that does not come and a reader that does not read give their places back."""

import asyncio
import io
import json

from starlette.types import Message, Receive, Scope, Send

from services.api.edge import Edge
from services.api.metrics import FlowHealth, Metrics
from tests.apart import run_apart
from tests.api.log_lines import lines, said, scrape
from tests.api.world import World

__all__ = ["lines"]


def test_a_body_that_does_not_come_gives_its_place_back() -> None:
    sent: list[Message] = []

    async def stuck() -> Message:
        if not sent:
            sent.append({"type": "http.request", "body": b"{", "more_body": True})
            return sent[0]
        await asyncio.Event().wait()
        raise AssertionError

    async def keep(message: Message) -> None:
        sent.append(message)

    app = World().app
    edge = Edge(app, app.state.metrics, body_within=0.01)
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/api/v1/petitions",
        "headers": [(b"content-type", b"application/json")],
        "query_string": b"",
    }
    run_apart(edge(scope, stuck, keep))
    start, body = sent[1:3]
    assert start["status"] == 408
    assert (b"connection", b"close") in start["headers"]
    assert json.loads(body["body"])["code"] == "body_too_slow"
    assert 'tiepdan_http_in_work{line="acts"} 0.0' in scrape(app.state.metrics)


def test_a_stream_may_wait_for_its_reader_s_end_as_long_as_it_likes() -> None:
    async def patient(_scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        assert (await receive())["type"] == "http.disconnect"
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def receive() -> Message:
        if not told:
            told.append("request")
            return {"type": "http.request", "body": b"", "more_body": False}
        await asyncio.sleep(0.05)
        return {"type": "http.disconnect"}

    async def keep(message: Message) -> None:
        told.append(str(message["status"]))

    told: list[str] = []
    edge = Edge(patient, Metrics(lambda: FlowHealth(0.0)), body_within=0.01)
    scope = {"type": "http", "method": "GET", "path": "/api/v1/stream", "headers": []}
    run_apart(edge(scope, receive, keep))
    assert told == ["request", "200"]


def test_a_reader_stuck_in_the_middle_of_a_stream_is_dropped(lines: io.StringIO) -> None:
    async def endless(_scope: Scope, _receive: Receive, send: Send) -> None:
        kind = [(b"content-type", b"text/event-stream")]
        await send({"type": "http.response.start", "status": 200, "headers": kind})
        while True:
            await send({"type": "http.response.body", "body": b": ping", "more_body": True})

    async def stuck(message: Message) -> None:
        if message["type"] == "http.response.body":
            await asyncio.Event().wait()

    async def silent() -> Message:
        return {"type": "http.request"}

    edge = Edge(endless, Metrics(lambda: FlowHealth(0.0)), stuck_after=0.01)
    scope = {"type": "http", "method": "GET", "path": "/api/v1/stream", "headers": []}
    run_apart(edge(scope, silent, stuck))
    assert [line["event"] for line in said(lines)] == ["stream_dropped", "request"]
