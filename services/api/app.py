"""The application: routes, refusals, the live hub, and the edge around it all."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Mapping, Sequence

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, FastAPI
from starlette.routing import BaseRoute, Route

from services.api import handlers, health
from services.api.act_door import ActDoor
from services.api.admission import ACTS_AT_ONCE, READS_AT_ONCE, Admission, Gate
from services.api.edge import Edge
from services.api.handling import Handling
from services.api.metrics import Metrics
from services.api.openapi import DescribedApi
from services.api.parts import ApiParts
from services.api.routes import (
    boards,
    calendar,
    case_acts,
    case_lists,
    competence,
    deadlines,
    directory,
    files,
    filing_acts,
    gathering_acts,
    homes,
    law,
    lists,
    mission_acts,
    office_acts,
    petition_acts,
    problem_pages,
    reminders,
    reviews,
    settlement_acts,
    stream,
    unit_acts,
    units,
)
from services.api.sse.hub import PACE, Hub
from services.api.sse.topics import ViewsFeed
from services.casework.rounds import Rounds

TITLE = "tiepdan"
VERSION = "1"
DESCRIBED_AT = "/api/v1/openapi.json"
MOST_WAITING = 64
"""Readers that wait for a position at once; they have threads of their own, acts never queue."""
ACTS: tuple[APIRouter, ...] = (
    petition_acts.router,
    filing_acts.router,
    case_acts.router,
    settlement_acts.router,
    gathering_acts.router,
    mission_acts.router,
)
ROUTERS: tuple[APIRouter, ...] = (
    *ACTS,
    homes.acts,
    homes.router,
    lists.router,
    case_lists.router,
    reminders.router,
    files.router,
    deadlines.router,
    boards.router,
    units.router,
    unit_acts.router,
    directory.router,
    office_acts.router,
    competence.router,
    calendar.router,
    law.router,
    reviews.router,
    stream.router,
    problem_pages.router,
    health.router,
)


def bare_app() -> DescribedApi:
    """The routes and refusals without any part behind them: what OpenAPI is made from."""
    app = DescribedApi(
        title=TITLE,
        version=VERSION,
        summary="Coordination of citizen reception and petitions across administrative levels",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_follow_feed,
    )
    for router in ROUTERS:
        app.router.routes.extend(router.routes)  # whole already: including would build them anew
    app.router.routes.append(Route(DESCRIBED_AT, app.described))
    handlers.install(app)
    return app


def create_app(
    parts: ApiParts,
    *,
    web: Sequence[BaseRoute] = (),
    site: object = None,
    pace: float = PACE,
) -> DescribedApi:
    """The whole application over its parts.

    ``web`` are the pages, which come after the API's own routes and find ``site`` in the
    application's state. ``pace``: seconds between two live signals of one topic.
    """
    app = bare_app()
    app.state.parts = parts
    app.state.look = health.Look(parts.probes)
    app.state.handling = Handling(Rounds(parts.casework))
    app.state.waiting = CapacityLimiter(MOST_WAITING)
    app.state.metrics = Metrics(parts.flow)
    app.state.hub = Hub(ViewsFeed(parts.views, parts.directory), pace=pace)
    app.state.metrics.commands.set_function(lambda: app.state.handling.waiting)
    app.state.metrics.streams.set_function(lambda: app.state.hub.listeners)
    for figures in parts.figures:
        app.state.metrics.registry.register(figures)
    app.state.metrics.watch_lines({**parts.lines, **_lines_of(app)})
    gate = Gate()
    app.state.metrics.watch_gate(gate)
    app.state.site = site
    app.router.routes.extend(web)
    app.surround(lambda within: ActDoor(within, ACTS, app.exception_handlers))
    app.surround(lambda within: Admission(within, gate))
    app.surround(lambda within: Edge(within, app.state.metrics))
    return app


def _lines_of(app: FastAPI) -> Mapping[str, Callable[[], float]]:
    """Who waits inside this process: for the vault, for a position, for a slow reader."""
    state = app.state
    return {
        "sealing": lambda: state.handling.sealing,
        "position": lambda: state.waiting.borrowed_tokens,
        "signals": lambda: state.hub.signals_waiting,
    }


@contextlib.asynccontextmanager
async def _follow_feed(app: FastAPI) -> AsyncIterator[None]:
    """Follow the feed for as long as the application serves."""
    to_thread.current_default_thread_limiter().total_tokens = ACTS_AT_ONCE + READS_AT_ONCE
    hub: Hub = app.state.hub
    following = asyncio.create_task(hub.run(app.state.parts.wake))
    try:
        yield
    finally:
        hub.close()
        await following
        await to_thread.run_sync(app.state.handling.close)
