"""How many of each program a stack runs: settled at the first start, or at each."""

from pathlib import Path

import pytest

from services.stack.crew import named
from services.stack.env import api_env, projector_env, relay_env
from services.stack.plan import find_plan
from services.stack.settling import Asked, PlanRefused, settle

BOOTSTRAP = "TIEPDAN_KAFKA_BOOTSTRAP"


def many(state: Path) -> Asked:
    """Three brokers and two of everything."""
    return Asked(state, stream="kafka", brokers=3, relays=2, projectors=2, apis=2)


def test_the_first_of_a_program_keeps_its_plain_name() -> None:
    assert named("relay", 1) == ["relay"]
    assert named("relay", 3) == ["relay", "relay-2", "relay-3"]


def test_every_process_has_a_port_of_its_own(tmp_path: Path) -> None:
    plan = settle(many(tmp_path), broker_at_hand=True)
    brokers = [port for node in plan.nodes for port in (node.port, node.controller_port)]
    names = ("relay", "relay-2", "projector", "projector-2", "api", "api-2", "api-2/metrics")
    ports = [*brokers, *(plan.port_of(name) for name in names), plan.port_of("api/metrics")]
    assert len(set(ports)) == len(ports) == 14
    assert 0 not in ports


def test_the_figures_of_every_process_have_an_address(tmp_path: Path) -> None:
    plan = settle(many(tmp_path), broker_at_hand=True)
    wanted = {*named("api", 2), *named("relay", 2), *named("projector", 2)}
    assert plan.figures.keys() == wanted | {"reconciler", "scheduler"}
    assert plan.figures["api-2"] == f"http://127.0.0.1:{plan.port_of('api-2/metrics')}/metrics"
    assert plan.figures["relay-2"] == f"{plan.workers['relay-2']}/metrics"


def test_every_record_of_three_brokers_is_kept_three_times(tmp_path: Path) -> None:
    plan = settle(many(tmp_path), broker_at_hand=True)
    assert plan.bootstrap is not None
    assert len(plan.bootstrap.split(",")) == 3
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "password").write_text("of-a-test", encoding="ascii")
    for env in (relay_env(plan), projector_env(plan, "projector-2"), api_env(plan, "api-2")):
        assert env[BOOTSTRAP] == plan.bootstrap
        assert env["TIEPDAN_KAFKA_REPLICATION"] == "3"


def test_a_stack_started_again_is_the_one_it_was(tmp_path: Path) -> None:
    plan = settle(many(tmp_path), broker_at_hand=True)
    assert settle(Asked(tmp_path), broker_at_hand=True) == plan
    assert find_plan(tmp_path) == plan


def test_there_may_be_more_of_a_program_at_the_next_start(tmp_path: Path) -> None:
    alone = settle(Asked(tmp_path, stream="kafka"), broker_at_hand=True)
    assert len(alone.api_urls) == 1
    more = settle(Asked(tmp_path, apis=3), broker_at_hand=True)
    assert len(set(more.api_urls)) == 3
    assert more.api_urls[0] == alone.api_urls[0]


def test_the_number_of_brokers_stays_as_it_was(tmp_path: Path) -> None:
    settle(Asked(tmp_path, stream="kafka"), broker_at_hand=True)
    with pytest.raises(PlanRefused, match="1 brokers"):
        settle(Asked(tmp_path, brokers=3), broker_at_hand=True)


def test_a_plan_of_an_older_release_is_read_as_one_of_each(tmp_path: Path) -> None:
    kept = (
        '{"stream": "log", "demo": false, "kafka": null, "kafka_port": 1, "postgres_port": 2,'
        ' "api_port": 3, "metrics_port": 4, "clock_offset_seconds": 0}'
    )
    (tmp_path / "stack.json").write_text(kept, encoding="utf-8")
    plan = find_plan(tmp_path)
    assert plan is not None
    assert (plan.crew.brokers, plan.api_urls) == (1, ["http://127.0.0.1:3"])
