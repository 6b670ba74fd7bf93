"""``serve``: the programs, one at a time. Only the one that is asked for is imported."""

import importlib
import logging
import sys
from collections.abc import Callable
from enum import StrEnum

import typer

from infra.settings import Settings
from services import logs

log = logging.getLogger(__name__)


class Program(StrEnum):
    """What can be served: a module of :mod:`services.programs`."""

    API = "api"
    RELAY = "relay"
    PROJECTOR = "projector"
    RECONCILER = "reconciler"
    SCHEDULER = "scheduler"


def register(app: typer.Typer) -> None:
    """Add this room's command."""
    app.command()(serve)


def serve(program: Program) -> None:
    """Run one program until SIGTERM, with the settings of the environment."""
    settings = Settings.read()
    logs.configure(sys.stdout)
    carrier = {"client": settings.kafka_client} if settings.stream == "kafka" else {}
    logs.tell(log, logging.INFO, "starting", program=program, stream=settings.stream, **carrier)
    run_of(program)(settings)


def run_of(program: Program) -> Callable[[Settings], None]:
    """What runs a program, imported now."""
    run: Callable[[Settings], None] = importlib.import_module(f"services.programs.{program}").run
    return run
