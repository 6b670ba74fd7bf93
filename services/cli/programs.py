"""``serve``: the programs, one at a time. Only the one that is asked for is imported."""

import importlib
import sys
from collections.abc import Callable
from enum import StrEnum

import typer

from infra.settings import Settings
from services.api import logs


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
    run_of(program)(settings)


def run_of(program: Program) -> Callable[[Settings], None]:
    """What runs a program, imported now."""
    run: Callable[[Settings], None] = importlib.import_module(f"services.programs.{program}").run
    return run
