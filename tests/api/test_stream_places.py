"""The places of live streams hold, however many ask at once; who waits takes no reader's thread."""

import asyncio
import contextlib
import threading
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest
from anyio import CapacityLimiter
from fastapi import Request

from projections.queries import Views
from services.api import catalogue
from services.api.problems import Problem
from services.api.reading import Reading, waited_for
from services.api.sse.hub import Hub
from services.api.sse.listening import Watch, joined
from services.api.sse.places import MOST_STREAMS, Places
from services.api.sse.vector import Vector
from tests.apart import run_apart
from tests.api.test_hub import ListedFeed
from tests.api.world import FIELD_NOW, World
from tests.builders import CAM_LY, officer

ASKED = 40


class HeldFeed(ListedFeed):
    """A feed that answers nobody until it is let go, and then perhaps not at all."""

    def __init__(self, *, away: bool = False) -> None:
        super().__init__()
        self.go = threading.Event()
        self.away = away

    def head(self) -> Vector:
        assert self.go.wait(30)
        if self.away:
            raise ConnectionError
        return super().head()


def watching() -> Watch:
    world = World()
    reading = Reading(world.app.state.parts, officer(CAM_LY), FIELD_NOW.date())
    return Watch(reading, frozenset(), frozenset())


async def stand(hub: Hub, stands: asyncio.Semaphore, end: asyncio.Event) -> None:
    """One stream of one account, until the end; says when it stands."""
    ways: dict[str, Any] = {"last_event_id": None, "valid_for": timedelta(hours=1), "token": ""}
    async with joined(hub, watching(), **ways):
        stands.release()
        await end.wait()


def test_of_many_streams_asked_for_at_once_no_more_stand_than_there_are_places() -> None:
    feed = HeldFeed()
    hub = Hub(feed, pace=0.0)

    async def scene() -> None:
        stands, end = asyncio.Semaphore(0), asyncio.Event()
        asked = [asyncio.create_task(stand(hub, stands, end)) for _ in range(ASKED)]
        await asyncio.wait(asked, timeout=30, return_when=asyncio.FIRST_COMPLETED)
        feed.go.set()
        for _ in range(MOST_STREAMS):
            await asyncio.wait_for(stands.acquire(), timeout=30)
        refused = {task for task in asked if task.done()}
        codes = {cast("Problem", task.exception()).kind for task in refused}
        assert (len(refused), hub.listeners) == (ASKED - MOST_STREAMS, MOST_STREAMS)
        assert codes == {catalogue.TOO_MANY_STREAMS}
        end.set()
        await asyncio.gather(*asked, return_exceptions=True)
        assert hub.listeners == 0
        await asyncio.wait_for(stand(hub, stands, end), timeout=30)

    run_apart(scene())


def test_a_stream_that_could_not_be_joined_gives_its_place_back() -> None:
    feed = HeldFeed(away=True)
    feed.go.set()
    hub = Hub(feed, pace=0.0)

    async def scene() -> None:
        for _ in range(MOST_STREAMS + 1):
            with pytest.raises(ConnectionError):
                await stand(hub, asyncio.Semaphore(0), asyncio.Event())

    run_apart(scene())


def test_the_places_of_a_process_are_bounded_over_all_accounts() -> None:
    places = Places(in_all=2)
    with contextlib.ExitStack() as streams:
        for account in "ab":
            streams.enter_context(places.taken(account))
        with pytest.raises(Problem) as refused:
            streams.enter_context(places.taken("c"))
        assert refused.value.kind is catalogue.OVERLOADED
    with places.taken("c"):
        pass


def test_who_waits_for_a_position_takes_no_thread_from_those_who_read() -> None:
    waiting = CapacityLimiter(1)
    borrowed: list[float] = []

    class Late:
        """Views that show a position late."""

        def wait_for(self, lane: int, position: int, timeout: float) -> bool:
            borrowed.append(waiting.borrowed_tokens)
            return (lane, position) == (0, 1) and timeout > 0

    app = SimpleNamespace(state=SimpleNamespace(waiting=waiting))
    request = Request({"type": "http", "app": app})
    assert run_apart(waited_for(request, cast("Views", Late()), [(0, 1)]))
    assert borrowed == [1]
