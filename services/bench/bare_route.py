"""A route that only inserts: ``python -m services.bench.bare_route PORT``, database by settings.

What the ``command`` row is measured against: FastAPI parses the same body, one row is
inserted and committed, the answer is small JSON. Served as the API is.
"""

import contextlib
import sys
from collections.abc import AsyncIterator
from uuid import UUID

import uvicorn
from fastapi import FastAPI, Request

from infra.local.ports import LOOPBACK
from infra.postgres.plain_inserts import PlainAsyncInserts
from infra.settings import Settings
from services.api.bodies.gatherings import CountRevision
from services.api.server import config_for

CONNECTIONS = 16
FACT = "gathering.count_revised/1"


def bare_app(dsn: str) -> FastAPI:
    """The application: one route, and one that says it is up."""

    @contextlib.asynccontextmanager
    async def opened(app: FastAPI) -> AsyncIterator[None]:
        async with PlainAsyncInserts.opened(dsn, connections=CONNECTIONS) as inserts:
            app.state.inserts = inserts
            yield

    app = FastAPI(lifespan=opened, openapi_url=None)

    @app.get("/readyz")
    async def ready() -> dict[str, bool]:
        return {"up": True}

    @app.post("/gatherings/{gathering_id}/counts", status_code=202)
    async def revise(gathering_id: UUID, body: CountRevision, request: Request) -> dict[str, str]:
        state = body.model_dump_json().encode()
        await request.app.state.inserts.insert(gathering_id, 1, FACT, state)
        return {"id": str(gathering_id)}

    return app


def main(port: str) -> None:
    """Serve until SIGTERM."""
    app = bare_app(Settings.read().secret("admin_dsn"))
    uvicorn.Server(config_for(app, host=LOOPBACK, port=int(port))).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
