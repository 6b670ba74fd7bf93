"""What operators see: traces, log lines, metrics, health, and failures that tell nothing."""

import asyncio
import io
import json
import logging
import socket
import threading
import urllib.request
from collections.abc import Iterator
from typing import Any, NoReturn
from uuid import UUID, uuid4

import pytest
from anyio import BrokenResourceError, to_thread
from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.types import Message, Receive, Scope, Send

from domain.events.base import OfficeEvent
from domain.ports import StoreUnavailable
from infra.memory import MemoryFactStore
from services.api import logs
from services.api.edge import Edge
from services.api.health import Look
from services.api.metrics import FlowHealth, Metrics
from services.api.server import metrics_served
from services.api.trace import continue_trace
from services.probing import PartDown, Probe
from tests.apart import run_apart
from tests.api.world import RECEPTION, World, problem_of, receive

SENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
SECRET = "Trần Thị Bí Mật"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What the process says, in its real form."""
    stream = io.StringIO()
    before = logging.root.handlers[:], logging.root.level
    logs.configure(stream)
    yield stream
    logging.root.handlers[:], logging.root.level = before


def said(lines: io.StringIO) -> list[dict[str, Any]]:
    """The log lines, each a JSON object."""
    return [json.loads(line) for line in lines.getvalue().splitlines()]


class StoreDown(MemoryFactStore):
    """A store nobody can reach, with a driver's talkative message."""

    def load(self, stream: UUID, *, up_to_version: int | None = None) -> NoReturn:
        raise StoreUnavailable(f"connection to 10.0.0.5 failed: DETAIL: Key ({SECRET})")

    find_receipt = load  # type: ignore[assignment]


def test_a_trace_is_continued_and_reaches_the_store() -> None:
    world = World()
    answered = world.door().act("/api/v1/petitions", RECEPTION, traceparent=SENT)
    trace = SENT.split("-")[1]
    assert answered.headers["trace-id"] == trace
    kept = {fact.traceparent for fact in world.store.read(after=0, limit=10)}
    assert {parent.split("-")[1] for parent in kept if parent} == {trace}
    assert SENT not in kept
    (fact,) = world.store.load(UUID(answered.json()["id"]))
    assert isinstance(fact, OfficeEvent)
    assert fact.correlation == trace


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "00-" + "0" * 32 + "-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-" + "0" * 16 + "-01",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        SENT + "-more",
        SENT.upper(),
        "x" * 10_000,
    ],
)
def test_a_malformed_trace_is_replaced_by_a_new_one(header: str | None) -> None:
    trace = continue_trace(header)
    assert len(trace.trace_id) == 32
    assert trace.trace_id != SENT.split("-")[1]


def test_a_request_is_one_line_without_body_query_or_name(lines: io.StringIO) -> None:
    world = World()
    receive(world.door(), texts={"name": SECRET})
    world.door().get(f"/api/v1/units?q={SECRET}", traceparent=SENT)
    first, second = (line for line in said(lines) if line["event"] == "request")
    assert (first["route"], first["status"]) == ("/api/v1/petitions", 201)
    assert (second["route"], second["status"]) == ("/api/v1/units", 200)
    assert second["trace_id"] == SENT.split("-")[1]
    assert "clerk" not in lines.getvalue()
    assert SECRET not in lines.getvalue()
    assert json.dumps(SECRET) not in lines.getvalue()


def test_asking_how_it_is_tells_only_of_trouble(lines: io.StringIO) -> None:
    for probes in ((Probe("store", True, well),), (Probe("store", True, down),)):
        World(probes=probes).door().get("/readyz")
    assert [(line["route"], line["status"]) for line in said(lines)] == [("/readyz", 503)]


def test_every_line_said_while_a_request_is_handled_has_its_trace(lines: io.StringIO) -> None:
    world = World()
    router = APIRouter()

    @router.get("/said")
    async def say() -> None:
        await run_in_threadpool(logging.getLogger("services.anything").warning, "slow")

    world.app.include_router(router)
    world.door().get("/said", traceparent=SENT)
    assert {line["trace_id"] for line in said(lines)} == {SENT.split("-")[1]}
    logging.getLogger("services.anything").warning("later")
    assert "trace_id" not in said(lines)[-1]


def test_what_is_said_on_many_lines_is_one_line(lines: io.StringIO) -> None:
    logging.getLogger("services.anything").warning("one\ntwo\x00three")
    (line,) = said(lines)
    assert line["event"] == "one\ntwo\x00three"


def test_an_unknown_path_does_not_reach_the_log_or_the_metrics(lines: io.StringIO) -> None:
    world = World()
    world.door().get(f"/api/v1/{SECRET}")
    (line,) = (line for line in said(lines) if line["event"] == "request")
    assert line["route"] == "unmatched"
    assert SECRET not in lines.getvalue()


def test_a_failure_of_ours_answers_with_a_trace_id_alone(lines: io.StringIO) -> None:
    world = World()
    broken = APIRouter()

    @broken.get("/broken")
    async def fail() -> None:
        raise RuntimeError(f"SELECT * FROM people WHERE name = '{SECRET}'")

    world.app.include_router(broken)
    answered = world.door().get("/broken")
    problem_of(answered, 500, "internal")
    assert SECRET not in answered.text
    (line,) = (line for line in said(lines) if line["event"] == "request_failed")
    assert line["failure"][0]["class"] == "builtins.RuntimeError"
    assert line["trace_id"] == answered.json()["trace_id"]
    assert SECRET not in lines.getvalue()


def test_a_store_that_is_away_is_a_503_to_repeat_and_tells_no_address(lines: io.StringIO) -> None:
    world = World(store=StoreDown())
    answered = world.door().act("/api/v1/petitions", RECEPTION)
    problem_of(answered, 503, "store_unavailable")
    assert int(answered.headers["retry-after"]) >= 1
    assert "10.0.0.5" not in answered.text + lines.getvalue()


def test_views_that_are_away_are_a_503_and_acts_go_on() -> None:
    world = World()
    problem_of(world.door().get("/api/v1/inbox"), 503, "store_unavailable")
    assert receive(world.door())["version"] == 1


def test_a_client_that_vanished_is_no_error(lines: io.StringIO) -> None:
    gone = ExceptionGroup("unhandled", [BrokenResourceError(), ConnectionResetError()])
    logging.getLogger("uvicorn.error").error("Exception in ASGI application", exc_info=gone)
    assert lines.getvalue() == ""
    worse = ExceptionGroup("unhandled", [BrokenResourceError(), ValueError(SECRET)])
    logging.getLogger("uvicorn.error").error("Exception in ASGI application", exc_info=worse)
    assert "builtins.ValueError" in lines.getvalue()
    assert SECRET not in lines.getvalue()


def test_words_of_a_library_we_do_not_know_stay_out_of_the_log(lines: io.StringIO) -> None:
    logging.getLogger("somebody.pool").warning("error connecting: %s", SECRET)
    (line,) = said(lines)
    assert line["event"] == "said by somebody.pool"


def scrape(metrics: Metrics) -> str:
    """What a Prometheus server reads on the internal port."""
    with (
        metrics_served(metrics, host="127.0.0.1", port=0) as port,
        urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as page,
    ):
        text: str = page.read().decode()
    return text


def test_the_metrics_tell_lag_parked_and_requests_by_template() -> None:
    world = World(flow=FlowHealth(2.5, {"petitions": 0.5}, 3))
    receipt = receive(world.door())
    world.door().get(f"/api/v1/petitions/{receipt['id']}")
    world.door().get("/api/v1/no/such/page")
    text = scrape(world.app.state.metrics)
    assert "tiepdan_outbox_age_seconds 2.5" in text
    assert 'tiepdan_projection_lag_seconds{projection="petitions"} 0.5' in text
    assert "tiepdan_parked 3.0" in text
    assert "tiepdan_sse_clients 0.0" in text
    route = 'method="POST",route="/api/v1/petitions",status="201"'
    assert f"tiepdan_http_requests_total{{{route}}} 1.0" in text
    assert 'route="/api/v1/petitions/{petition_id}"' in text
    assert 'method="-",route="unmatched",status="404"' in text
    assert receipt["id"] not in text


def test_the_metrics_tell_of_every_line_in_which_somebody_waits() -> None:
    world = World()
    text = scrape(world.app.state.metrics)
    for line in ("sealing", "position", "signals"):
        assert f'tiepdan_waiting{{line="{line}"}} 0.0' in text


def test_a_scraper_that_says_nothing_is_let_go() -> None:
    metrics = Metrics(lambda: FlowHealth(0.0))
    with (
        metrics_served(metrics, host="127.0.0.1", port=0) as port,
        socket.create_connection(("127.0.0.1", port), timeout=30) as silent,
    ):
        assert silent.recv(1) == b""


def test_the_metrics_say_so_when_the_store_is_away() -> None:
    def unknown() -> NoReturn:
        raise StoreUnavailable("10.0.0.5")

    text = scrape(Metrics(unknown))
    assert "tiepdan_store_up 0.0" in text
    assert "10.0.0.5" not in text


def down() -> NoReturn:
    raise PartDown("10.0.0.5")


def well() -> None:
    """A part that answers."""


def test_the_process_lives_whatever_is_down() -> None:
    world = World(probes=(Probe("store", True, down),))
    assert world.door().get("/livez").status_code == 200


@pytest.mark.parametrize(
    ("probes", "status", "word"),
    [
        ((Probe("store", True, well), Probe("kafka", False, well)), 200, "ready"),
        ((Probe("store", True, well), Probe("kafka", False, down)), 200, "degraded"),
        ((Probe("store", True, well), Probe("vault", False, down)), 200, "degraded"),
        ((Probe("store", True, down), Probe("kafka", False, well)), 503, "down"),
    ],
)
def test_intake_is_ready_as_long_as_the_store_is(
    probes: tuple[Probe, ...], status: int, word: str
) -> None:
    answered = World(probes=probes).door().ask("GET", "/readyz", headers={"Authorization": None})
    assert answered.status_code == status
    assert answered.json()["status"] == word
    assert "10.0.0.5" not in answered.text


def test_many_who_ask_at_once_how_it_is_are_one_question_to_each_part() -> None:
    asked: list[None] = []
    let_go = threading.Event()

    def slow() -> None:
        asked.append(None)
        let_go.wait(30)

    async def scene() -> None:
        look = Look([Probe("store", True, slow)])
        many = [asyncio.create_task(look.states()) for _ in range(200)]
        await asyncio.sleep(0)
        let_go.set()
        assert all(state.up for states in await asyncio.gather(*many) for state in states)
        assert len(asked) == 1
        await look.states()
        assert len(asked) == 2

    run_apart(scene())


def test_health_is_told_while_every_thread_is_busy() -> None:
    async def scene() -> None:
        threads = to_thread.current_default_thread_limiter()
        threads.total_tokens = 1
        async with threads:
            (state,) = await Look([Probe("store", True, well)]).states()
        assert state.up

    run_apart(scene())


def test_every_kind_of_problem_is_explained_to_everybody() -> None:
    door = World().door()
    answered = door.ask("GET", "/api/v1/problems/key_reused", headers={"Authorization": None})
    assert answered.json()["status"] == 422
    problem_of(door.get(f"/api/v1/problems/{uuid4()}"), 404, "not_found")


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
