"""What ``tiepdan up`` asks for becomes a plan: drawn at the first start, kept and fitted after."""

import json
import time
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from infra.clock import read_offset
from infra.local.kafka.broker import new_cluster_id
from infra.local.ports import free_port, is_taken
from services.stack.crew import Crew
from services.stack.plan import Plan, Stream, find_plan

FIRST_API_PORT: Final = 8080
DEMO_BEGINS: Final = datetime(2025, 5, 14, 7, 32, tzinfo=UTC)
"""Wednesday 14/05/2025, 14:32 in Vietnam: three tiers are alive. design.md 10."""


@dataclass(frozen=True)
class Asked:
    """What the caller of ``tiepdan up`` wants; None leaves it to us."""

    state: Path
    stream: Stream | None = None
    demo: bool = False
    kafka: str | None = None
    port: int | None = None
    brokers: int | None = None
    relays: int | None = None
    projectors: int | None = None
    apis: int | None = None

    def crew(self, kept: Crew) -> Crew:
        """How many of each: what was asked for, else what was kept."""
        given = {name: getattr(self, name) for name in asdict(kept)}
        return replace(kept, **{name: count for name, count in given.items() if count is not None})


class PlanRefused(ValueError):
    """The stack of this folder was made otherwise; the message says how to go on."""


def settle(asked: Asked, *, broker_at_hand: bool) -> Plan:
    """The folder's plan, drawn now if it is new; written down. Raises :class:`PlanRefused`."""
    known = find_plan(asked.state)
    plan = _drawn(asked, broker_at_hand) if known is None else _resumed(known, asked)
    plan = _manned(plan, asked, is_new=known is None)
    if known is not None:
        _held_from_now(plan)
    _write(plan)
    plan.clock_file.unlink(missing_ok=True)  # what it said is in the plan now
    return plan


def _drawn(asked: Asked, broker_at_hand: bool) -> Plan:
    kafka_wanted = asked.kafka is not None or broker_at_hand
    offset = round((DEMO_BEGINS - datetime.now(UTC)) / timedelta(seconds=1)) if asked.demo else 0
    return Plan(
        state=asked.state.resolve(),
        stream=asked.stream or ("kafka" if kafka_wanted else "log"),
        demo=asked.demo,
        kafka=asked.kafka,
        kafka_port=free_port(),
        postgres_port=free_port(),
        api_port=asked.port or first_free(FIRST_API_PORT),
        metrics_port=free_port(),
        clock_offset_seconds=offset,
        relay_port=free_port(),
        projector_port=free_port(),
    )


def _resumed(plan: Plan, asked: Asked) -> Plan:
    """The kept plan with what may change between two starts: ports, stream, brokers."""
    if asked.demo and not plan.demo:
        raise PlanRefused(
            f"{plan.state} holds a real stack, not a demo: choose another folder with --state"
        )
    plan = replace(
        plan,
        stream=asked.stream or plan.stream,
        kafka=asked.kafka or plan.kafka,
        api_port=asked.port or plan.api_port,
        clock_offset_seconds=clock_held(plan),
    )
    return replace(
        plan,
        kafka_port=_still_free(plan.kafka_port),
        postgres_port=_still_free(plan.postgres_port),
        metrics_port=_still_free(plan.metrics_port),
        relay_port=_still_free(plan.relay_port),
        projector_port=_still_free(plan.projector_port),
        api_port=plan.api_port if asked.port else first_free(plan.api_port),
    )


def _manned(plan: Plan, asked: Asked, *, is_new: bool) -> Plan:
    """With as many of each program as asked for, and their ports. Raises :class:`PlanRefused`."""
    crew = asked.crew(plan.crew)
    if not is_new and crew.brokers != plan.crew.brokers:
        raise PlanRefused(
            f"{plan.state} has {plan.crew.brokers} brokers; their number is settled at first start"
        )
    return replace(
        plan,
        crew=crew,
        cluster_id=plan.cluster_id or new_cluster_id(),
        more_ports={name: _still_free(plan.more_ports.get(name, 0)) for name in crew.more_names()},
    )


def clock_held(plan: Plan) -> int:
    """A demo's clock stands still while the stack is down; the real one never does."""
    status = plan.state / "status.json"
    if not plan.demo:
        return plan.clock_offset_seconds
    moved = read_offset(plan.clock_file) // timedelta(seconds=1)
    held = max(plan.clock_offset_seconds, moved)
    return held - round(time.time() - status.stat().st_mtime) if status.exists() else held


def _held_from_now(plan: Plan) -> None:
    """What the plan says of the clock holds now: a start that fails takes no time away twice."""
    status = plan.state / "status.json"
    if status.exists():
        status.touch()


def held_moment(plan: Plan) -> datetime:
    """The moment at which a demo that is down stands still."""
    return datetime.now(UTC) + timedelta(seconds=clock_held(plan))


def _still_free(port: int) -> int:
    """The port, or another when none was drawn or somebody took it since."""
    return free_port() if port == 0 or is_taken(port) else port


def first_free(port: int) -> int:
    """This port, or the next that nobody listens on."""
    while is_taken(port):
        port += 1
    return port


def _write(plan: Plan) -> None:
    plan.state.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = {name: value for name, value in asdict(plan).items() if name != "state"}
    draft = plan.state / "stack.json.new"
    draft.write_text(json.dumps(kept, indent=1), encoding="utf-8")
    draft.replace(plan.state / "stack.json")
