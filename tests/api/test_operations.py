"""What operators see: traces, log lines, metrics, health, and failures that tell nothing."""

import io
import json
import logging
from typing import NoReturn
from uuid import UUID, uuid4

import pytest
from anyio import BrokenResourceError
from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool

from domain.events.base import OfficeEvent
from domain.ports import StoreUnavailable
from infra.memory import MemoryFactStore
from services.api.trace import continue_trace
from services.probing import Probe
from tests.api.log_lines import down, lines, said, well
from tests.api.world import RECEPTION, World, problem_of, receive

__all__ = ["lines"]

SENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
SECRET = "Trần Thị Bí Mật"


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


def test_every_kind_of_problem_is_explained_to_everybody() -> None:
    door = World().door()
    answered = door.ask("GET", "/api/v1/problems/key_reused", headers={"Authorization": None})
    assert answered.json()["status"] == 422
    problem_of(door.get(f"/api/v1/problems/{uuid4()}"), 404, "not_found")
