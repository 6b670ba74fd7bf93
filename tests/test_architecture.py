"""Who may import whom, and what the inner rooms must not know."""

import ast
import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.errors import Refusal

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("domain", "projections", "infra", "services")
"""Inner to outer: a room imports itself and the rooms before it."""

SOURCES = sorted(
    path
    for room in ROOMS
    for path in (ROOT / room).rglob("*.py")
    if "node_modules" not in path.parts
)
PURE = [path for path in SOURCES if path.relative_to(ROOT).parts[0] in ("domain", "projections")]

PURE_MAY_IMPORT = {*sys.stdlib_module_names, "eventsourcing", "domain", "projections"}
PURE_MUST_NOT_IMPORT = {
    "os", "io", "socket", "ssl", "subprocess", "random", "secrets", "time", "threading",
    "asyncio", "urllib", "http", "sqlite3", "tempfile", "shutil", "logging", "multiprocessing",
}  # fmt: skip
IMPURE_CALLS = {"now", "utcnow", "today", "uuid1", "uuid4", "open", "print", "input", "getenv"}
OWN = {
    "psycopg": "infra", "psycopg_pool": "infra", "kafka": "infra", "cryptography": "infra",
    "confluent_kafka": "infra",
    "fastapi": "services", "starlette": "services", "jinja2": "services", "typer": "services",
}  # fmt: skip
"""Libraries that belong to one room."""

PING = "SELECT 1"
"""Asking whether a database answers is no query."""


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), named(path))


def imported(path: Path) -> Iterator[str]:
    """Every module a file imports, wherever in it."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{named(path)}: relative import"
            yield node.module or ""


def room_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0]


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_a_room_imports_only_itself_and_the_rooms_within(path: Path) -> None:
    allowed = ROOMS[: ROOMS.index(room_of(path)) + 1]
    for module in imported(path):
        top = module.partition(".")[0]
        assert top != "tests", f"{named(path)} imports {module}"
        assert top not in ROOMS or top in allowed, f"{named(path)} imports {module}"


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_a_library_stays_in_its_room(path: Path) -> None:
    for module in imported(path):
        home = OWN.get(module.partition(".")[0])
        assert home in (None, room_of(path)), f"{named(path)} imports {module}"


@pytest.mark.parametrize("path", PURE, ids=named)
def test_domain_and_projections_know_no_library_but_eventsourcing(path: Path) -> None:
    for module in imported(path):
        top = module.partition(".")[0]
        assert top in PURE_MAY_IMPORT, f"{named(path)} imports {module}"
        assert top not in PURE_MUST_NOT_IMPORT, f"{named(path)} imports {module}"


@pytest.mark.parametrize("path", PURE, ids=named)
def test_domain_and_projections_see_no_clock_no_chance_and_no_world(path: Path) -> None:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else None
            name = node.func.id if isinstance(node.func, ast.Name) else name
            assert name not in IMPURE_CALLS, f"{named(path)}:{node.lineno} calls {name}()"
        if isinstance(node, ast.Attribute):
            assert node.attr != "environ", f"{named(path)}:{node.lineno} reads the environment"


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_sql_is_written_in_infra_postgres_only(path: Path) -> None:
    if path.is_relative_to(ROOT / "infra" / "postgres"):
        return
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if node.value == PING:
                continue
            words = node.value.split()[:2]
            sql = words[:1] in (["SELECT"], ["UPDATE"]) or words in (
                ["INSERT", "INTO"], ["DELETE", "FROM"], ["CREATE", "TABLE"],
            )  # fmt: skip
            assert not sql, f"{named(path)}:{node.lineno}"


PROBE = """
import importlib, os, socket, sys, threading
def refuse(*_, **__): raise SystemExit("a program was started or an address called at import")
socket.socket.connect = refuse
os.fork = refuse
for name in sys.argv[1:]:
    importlib.import_module(name)
assert threading.active_count() == 1, threading.enumerate()
"""


def modules(room: str) -> list[str]:
    paths = [path for path in SOURCES if room_of(path) == room and path.name != "__main__.py"]
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in paths]
    return [name.removesuffix(".__init__") for name in names]


@pytest.mark.parametrize("room", ROOMS)
def test_importing_connects_to_nothing_and_starts_nothing(room: str) -> None:
    """With an empty environment and no home: nothing may be looked up, opened or begun."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *modules(room)],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr or done.stdout


def refusals(of: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    for child in of.__subclasses__():
        yield child
        yield from refusals(child)


def test_every_refusal_has_a_code_and_a_title_of_its_own() -> None:
    for name in [module for room in ROOMS for module in modules(room)]:
        importlib.import_module(name)
    own = [refusal for refusal in refusals() if refusal.__module__.split(".")[0] in ROOMS]
    codes = [refusal.code for refusal in own]
    assert len(own) > 40
    assert sorted(codes) == sorted(set(codes)), "two refusals share a code"
    for refusal in own:
        assert "code" in vars(refusal), refusal
        assert "title" in vars(refusal), refusal
        assert refusal.__doc__, refusal
