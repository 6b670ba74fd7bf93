"""A program imports what it uses; the command line knows its commands without importing them."""

import subprocess
import sys

import pytest

from services.cli.programs import Program, run_of
from services.cli.rooms import ROOMS, commands_of
from tests.infra.test_compose import ROOT

LOADED = """
import importlib, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
print(*sys.modules)
"""
NOT_FOR_WORKERS = {
    "fastapi", "starlette", "uvicorn", "jinja2", "cryptography", "structlog", "rich",
    "services.web", "services.stack", "services.bench", "services.load", "services.demo",
}  # fmt: skip


def loaded(*names: str) -> set[str]:
    """What a process holds that imported these modules and no other."""
    argv = [sys.executable, "-c", LOADED, *names]
    done = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("worker", [each for each in Program if each is not Program.API])
def test_a_worker_imports_neither_the_doors_nor_the_operators_tools(worker: Program) -> None:
    found = loaded("services.cli", "services.cli.programs", f"services.programs.{worker}")
    assert f"services.{worker}.program" in found
    assert not found & NOT_FOR_WORKERS


def test_the_doors_import_none_of_the_operators_tools() -> None:
    found = loaded("services.cli", "services.cli.programs", "services.programs.api")
    assert "services.web.router" in found
    assert not found & {"services.stack", "services.bench", "services.load"}


def test_the_command_line_alone_imports_no_room() -> None:
    assert not loaded("services.cli") & {f"services.cli.{room}" for room in ROOMS}


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_holds_the_commands_it_is_known_for(room: str) -> None:
    assert tuple(commands_of(room)) == ROOMS[room]


@pytest.mark.parametrize("program", Program)
def test_every_program_can_be_run(program: Program) -> None:
    assert callable(run_of(program))
