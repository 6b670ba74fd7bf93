"""Which room holds which command. A room is imported when one of its commands is wanted."""

import importlib
from collections import UserDict
from collections.abc import Mapping, Sequence
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_group

ROOMS: Mapping[str, Sequence[str]] = {
    "stack": ("up", "down", "status"),
    "demo": ("demo",),
    "programs": ("serve",),
    "preparing": ("migrate", "seed", "token"),
    "auditing": ("replay", "rebuild", "doctor"),
    "reconciling": ("reconcile",),
    "streaming": ("topics",),
    "scheduling": ("scheduler",),
    "measuring": ("load",),
    "benching": ("bench",),
    "papers": ("openapi", "asyncapi"),
    "directory": ("units",),
    "rulebooks": ("law",),
    "calendars": ("calendar",),
    "deadlines": ("deadline",),
    "parking": ("parked",),
}
"""In the order of ``tiepdan --help``."""


class Commands(UserDict[str, Any]):
    """Commands by name; in ``data`` lies the room, until a command is asked for."""

    def __init__(self) -> None:
        super().__init__({name: room for room, names in ROOMS.items() for name in names})

    def __getitem__(self, name: str) -> Any:
        return commands_of(self.data[name])[name]


class LazyGroup(TyperGroup):
    """A group that knows its commands' names, and imports only the one that is run."""

    def __init__(self, **told: Any) -> None:
        super().__init__(**told)
        self.commands = Commands()


def commands_of(room: str) -> Mapping[str, Any]:
    """What a room registers, by name."""
    app = typer.Typer()
    importlib.import_module(f"services.cli.{room}").register(app)
    return get_group(app).commands
