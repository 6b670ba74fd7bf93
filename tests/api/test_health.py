"""What the API tells of itself: figures, whether it lives, whether it may be sent work."""

import asyncio
import socket
import threading
from typing import NoReturn

import pytest
from anyio import to_thread

from domain.ports import StoreUnavailable
from services.api.health import Look
from services.api.metrics import FlowHealth, Metrics
from services.api.server import metrics_served
from services.probing import Probe
from tests.apart import run_apart
from tests.api.log_lines import down, scrape, well
from tests.api.world import World, receive


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
