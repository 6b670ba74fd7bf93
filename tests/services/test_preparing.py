"""What each program of a stack waits for before it starts, and what it does not."""

import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from infra.local.child import Child
from infra.local.errors import LocalStackError
from infra.local.ports import free_port
from services.stack.children import (
    Ground,
    children_of,
    prepare_topics,
    programs_of,
    servers_of,
)
from services.stack.plan import Plan
from services.stack.settling import Asked, settle

NOTHING = Ground(lambda: None, lambda: None)


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    """A stack whose brokers are somebody else's, and away."""
    asked = Asked(tmp_path, stream="kafka", kafka=f"127.0.0.1:{free_port()}", projectors=2)
    settled = settle(asked, broker_at_hand=True)
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "password").write_text("of-a-test", encoding="ascii")
    return settled


def children(plan: Plan, database: Callable[[], None], topics: Callable[[], None]) -> list[Child]:
    return list(children_of(plan, lambda: None, Ground(database, topics)))


def named(name: str, found: list[Child]) -> Child:
    return next(child for child in found if child.name == name)


def test_a_scheduler_starts_while_the_brokers_are_away_and_a_relay_says_why_not(
    plan: Plan,
) -> None:
    made: list[str] = []
    found = children(plan, lambda: made.append("database"), partial(prepare_topics, plan))
    named("scheduler", found).prepare()
    named("api", found).prepare()
    assert made == ["database", "database"]
    with pytest.raises(LocalStackError, match="no Kafka at "):
        named("relay", found).prepare()


def test_without_kafka_there_is_nothing_to_relay_or_to_compare(tmp_path: Path) -> None:
    plan = settle(Asked(tmp_path, stream="log"), broker_at_hand=False)
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "password").write_text("of-a-test", encoding="ascii")
    names = [child.name for child in children(plan, lambda: None, lambda: None)]
    assert names == ["postgres", "projector", "api", "scheduler"]


def test_programs_that_wait_for_topics_wait_side_by_side(plan: Plan) -> None:
    both = threading.Barrier(2)

    def topics() -> None:
        both.wait(20)

    found = children(plan, lambda: None, topics)
    other = threading.Thread(target=named("projector", found).prepare)
    other.start()
    named("projector-2", found).prepare()
    other.join(20)
    assert not both.broken


def test_the_database_is_made_by_one_at_a_time(plan: Plan) -> None:
    inside, most = threading.Semaphore(1), list[bool]()

    def database() -> None:
        alone = inside.acquire(blocking=False)
        most.append(alone)
        threading.Event().wait(0.01)
        if alone:
            inside.release()

    found = children(plan, database, lambda: None)
    names = ("relay", "projector", "projector-2", "reconciler", "api", "scheduler")
    starts = [threading.Thread(target=named(name, found).prepare) for name in names]
    for start in starts:
        start.start()
    for start in starts:
        start.join(20)
    assert most == [True] * len(names)


def test_the_servers_alone_are_no_program_of_ours(plan: Plan) -> None:
    assert [child.name for child in servers_of(plan)] == ["postgres"]
    assert "postgres" not in [child.name for child in programs_of(plan, lambda: None, NOTHING)]
