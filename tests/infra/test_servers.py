"""Postgres and Kafka under the supervisor, through kills and a second start."""

import secrets
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from infra.local.kafka import Distribution
from infra.local.postgres import Postgres, serving
from tests.infra.conftest import LittleStack

pytestmark = [pytest.mark.kafka, pytest.mark.slow]


@pytest.fixture
def state(state_root: Path) -> Path:
    """A folder that Postgres' account may pass."""
    return state_root / f"stack-{secrets.token_hex(4)}"


@pytest.fixture
def start(state: Path, kafka_distribution: Distribution) -> Iterator[Callable[[], LittleStack]]:
    """Starts both servers below that folder."""
    assert kafka_distribution.jars.is_dir()
    started: list[LittleStack] = []

    def begin() -> LittleStack:
        started.append(LittleStack(state, "servers"))
        started[-1].until(lambda now: now.get("state") == "up" and now["pid"] == started[-1].pid)
        return started[-1]

    yield begin
    for stack in started:
        stack.clear()


def address(state: Path) -> str:
    port = int((state / "ports").read_text().split()[0])
    return Postgres(state / "postgres", port).dsn()


def test_both_come_back_from_a_kill_and_from_a_second_start(
    start: Callable[[], LittleStack], state: Path
) -> None:
    stack = start()
    with psycopg.connect(address(state)) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    for name in ("postgres", "kafka"):
        stack.process(name).kill()
    stack.until(both_are_back, within=60)
    stack.send(signal.SIGTERM)
    code, printed = stack.end()
    assert code == 0, printed
    assert not serving(state.resolve() / "postgres" / "data")
    again = start()
    with psycopg.connect(address(state)) as connection:
        assert connection.execute("SELECT one FROM kept").fetchone() == (1,)
    again.send(signal.SIGKILL)
    again.end()
    third = start()
    third.send(signal.SIGINT)
    assert third.end()[0] == 0


def both_are_back(status: dict[str, Any]) -> bool:
    return all(
        one["restarts"] >= 1 and one["health"] == "up" for one in status["processes"].values()
    )
