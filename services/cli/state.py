"""Which stack a command speaks of: a state folder on this machine, or the environment."""

import os
from pathlib import Path
from typing import Annotated

import typer

from infra.settings import Settings
from services.stack.env import operator_env
from services.stack.plan import Plan, find_plan

DEFAULT = Path(".tiepdan")

State = Annotated[
    Path, typer.Option("--state", help="Folder of the stack.", envvar="TIEPDAN_STATE")
]
Json = Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")]


def settings_of(state: Path) -> Settings:
    """The stack's settings: its folder's, over which the environment has the last word.

    Raises ``SettingsError``.
    """
    plan = find_plan(state)
    known = {} if plan is None else dict(operator_env(plan))
    return Settings.read({**known, **os.environ})


def plan_of(state: Path) -> Plan:
    """The plan of the stack in a folder."""
    plan = find_plan(state)
    if plan is None:
        raise typer.BadParameter(f"{state} holds no stack; start one with `tiepdan up`")
    return plan
