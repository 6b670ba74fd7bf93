"""The application: routes, refusals, the live hub, and the edge around it all."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence

from anyio import CapacityLimiter
from fastapi import APIRouter, FastAPI
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from services.api import handlers, health
from services.api.acts import InFlight
from services.api.edge import Edge
from services.api.metrics import Metrics
from services.api.openapi import DescribedApi
from services.api.parts import ApiParts
from services.api.routes import (
    boards,
    case_acts,
    directory,
    files,
    gathering_acts,
    lists,
    mission_acts,
    petition_acts,
    problem_pages,
    stream,
)
from services.api.sse.hub import PACE, Hub
from services.api.sse.topics import ViewsFeed

TITLE = "tiepdan"
VERSION = "1"
MOST_WAITING = 64
"""Readers that wait for a position at once; they have threads of their own, acts never queue."""
ROUTERS: tuple[APIRouter, ...] = (
    petition_acts.router,
    case_acts.router,
    gathering_acts.router,
    mission_acts.router,
    lists.router,
    files.router,
    boards.router,
    directory.router,
    stream.router,
    problem_pages.router,
    health.router,
)


def bare_app() -> FastAPI:
    """The routes and refusals without any part behind them: what OpenAPI is made from."""
    app = DescribedApi(
        title=TITLE,
        version=VERSION,
        summary="Coordination of citizen reception and petitions across administrative levels",
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_follow_feed,
    )
    for router in ROUTERS:
        app.include_router(router)
    handlers.install(app)
    return app


def create_app(
    parts: ApiParts,
    *,
    web: Sequence[APIRouter] = (),
    mounts: Sequence[BaseRoute] = (),
    pace: float = PACE,
) -> FastAPI:
    """The whole application over its parts.

    ``web`` are routers of pages, ``mounts`` such as the static files; both come after the
    API's own routes. ``pace``: seconds between two live signals of one topic.
    """
    app = bare_app()
    app.state.parts = parts
    app.state.in_flight = InFlight()
    app.state.waiting = CapacityLimiter(MOST_WAITING)
    app.state.metrics = Metrics(parts.flow)
    app.state.hub = Hub(ViewsFeed(parts.views, parts.directory), pace=pace)
    app.state.metrics.streams.set_function(lambda: app.state.hub.listeners)
    for router in web:
        app.include_router(router)
    app.router.routes.extend(mounts)
    app.add_middleware(_edge, metrics=app.state.metrics)
    return app


def _edge(app: ASGIApp, metrics: Metrics) -> Edge:
    return Edge(app, metrics)


@contextlib.asynccontextmanager
async def _follow_feed(app: FastAPI) -> AsyncIterator[None]:
    """Follow the feed for as long as the application serves."""
    app.openapi()  # builds every route now, instead of in the first officer's request
    hub: Hub = app.state.hub
    following = asyncio.create_task(hub.run(app.state.parts.wake))
    try:
        yield
    finally:
        hub.close()
        await following
