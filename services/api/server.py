"""Serving the API: one uvicorn, one port for metrics, and a quick end (tiến trình API)."""

import asyncio
import contextlib
import signal
import socket
import sys
from types import FrameType

import uvicorn
from fastapi import FastAPI

from services.api import logs
from services.api.corked import CorkedProtocol
from services.api.metrics import Metrics
from services.api.sse.hub import Hub
from services.worker_health import figures_port

DRAIN_SECONDS = 4
"""From SIGTERM until open requests are cut. Streams end at once; requests have this long."""
KEEP_ALIVE_SECONDS = 75


class GracefulServer(uvicorn.Server):
    """Ends open streams before uvicorn waits for them: it would wait for ever (stack.md 4)."""

    def __init__(self, config: uvicorn.Config, hub: Hub) -> None:
        super().__init__(config)
        self._hub = hub
        self._loop: asyncio.AbstractEventLoop | None = None

    async def serve(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve until told to stop."""
        self._loop = asyncio.get_running_loop()
        try:
            await super().serve(sockets)
        finally:
            self._loop = None

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """On SIGTERM or SIGINT: streams first, then everything else."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._hub.close)
        super().handle_exit(sig, frame)


def config_for(app: FastAPI, *, host: str, port: int) -> uvicorn.Config:
    """How uvicorn serves an application of this house."""
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        loop="uvloop",
        http=CorkedProtocol,
        ws="none",
        lifespan="on",
        access_log=False,
        log_config=None,
        server_header=False,
        date_header=True,
        proxy_headers=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=DRAIN_SECONDS,
    )


def server_for(app: FastAPI, *, host: str, port: int) -> GracefulServer:
    """A server of this application, not started."""
    return GracefulServer(config_for(app, host=host, port=port), app.state.hub)


def metrics_served(
    metrics: Metrics, *, host: str, port: int
) -> contextlib.AbstractContextManager[int]:
    """The scrape port, for as long as the process serves; 0 takes a free one."""
    return figures_port(metrics.registry, host=host, port=port)


def _leave(_signal: int, _frame: FrameType | None) -> None:
    """Uvicorn raises the signal once more when it is done: that would be death by a signal."""
    raise SystemExit(0)


def serve(app: FastAPI, *, host: str, port: int, metrics_host: str, metrics_port: int) -> None:
    """Serve until SIGTERM or SIGINT, then end the process with 0; its last act."""
    logs.configure(sys.stdout)
    for which in (signal.SIGTERM, signal.SIGINT):
        signal.signal(which, _leave)
    with metrics_served(app.state.metrics, host=metrics_host, port=metrics_port):
        server_for(app, host=host, port=port).run()
