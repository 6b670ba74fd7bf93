"""A small house of real programs whose every line leads through a proxy.

``python -m tests.faults.lined_house STATE`` supervises the same children as ``tiepdan up``,
with the addresses and the environment that ``STATE/rewired.json`` gives each of them. The
test that wrote the file holds the proxies, and sees the house as :class:`tests.stack.Stack`.
"""

import contextlib
import json
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from psycopg.conninfo import make_conninfo

from infra.local.child import Child
from infra.local.kafka import Broker, Distribution, find_distribution
from infra.local.leash import leashed
from infra.local.ports import LOOPBACK, free_port, wait_until
from infra.local.servers import kafka_child
from infra.local.supervisor import Supervisor
from infra.postgres.directory import DirectoryFollower
from infra.postgres.fact_store import PostgresFactStore
from infra.settings import Settings
from infra.units import Edition
from services import demo, wiring
from services.stack.children import children_of
from services.stack.env import operator_env, server_of
from services.stack.plan import Plan, find_plan
from services.stack.settling import Asked, settle
from services.stack.up import facts_of, is_up
from services.units import import_units
from tests.demo.little_stack import units_of_the_demo
from tests.faults.proxy import Lines
from tests.faults.weather import Weather, build, compiler, may_mount, mount, unmount
from tests.stack import Stack

T = TypeVar("T")
REWIRED = "rewired.json"
STORE, VAULT, VIEWS = "TIEPDAN_STORE_DSN", "TIEPDAN_VAULT_DSN", "TIEPDAN_PROJECTOR_DSN"
KAFKA = "TIEPDAN_KAFKA_BOOTSTRAP"
UP_WITHIN, DOWN_WITHIN = 120.0, 40.0
DISKS = {"postgres": 800, "kafka": 400}
"""Megabytes of the small file systems."""
EARLY = -2 * 3600.0
COMMIT = b"append_batch"
"""The one statement by which facts are stored."""


@dataclass
class Rewired:
    """What is other than in a plain stack.

    ``ports``: the port of each line, by name. ``listeners``: the broker's own port behind
    each line to Kafka. ``env``: more environment, by program.
    """

    ports: dict[str, int] = field(default_factory=dict)
    listeners: dict[str, int] = field(default_factory=dict)
    env: dict[str, dict[str, str]] = field(default_factory=dict)

    def write(self, state: Path) -> None:
        """Keep it for the supervisor."""
        (state / REWIRED).write_text(json.dumps(asdict(self)), encoding="utf-8")

    def env_of(self, name: str, given: Mapping[str, str]) -> dict[str, str]:
        """A program's environment with its lines in it."""
        changed = dict(given)
        for variable, end in ((STORE, "store"), (VAULT, "vault"), (VIEWS, "store")):
            port = self.ports.get(f"{name}-{end}")
            if variable in changed and port is not None:
                changed[variable] = at_port(changed[variable], port)
        if f"{name}-kafka" in self.ports:
            changed[KAFKA] = f"{LOOPBACK}:{self.ports[f'{name}-kafka']}"
        return changed | self.env.get(name, {})


class LinedBroker(Broker):
    """A broker that tells each of its clients the port of that client's line."""

    def __init__(
        self, folder: Path, port: int, distribution: Distribution, rewired: Rewired
    ) -> None:
        super().__init__(folder, port, distribution)
        self._rewired = rewired

    def prepare(self) -> None:
        """The plain settings, then listeners of our own: the last of two lines counts."""
        super().prepare()
        settings = self.folder / "server.properties"
        known = dict(
            line.split("=", 1) for line in settings.read_text(encoding="utf-8").splitlines()
        )
        names = {f"LINE{n}": name for n, name in enumerate(sorted(self._rewired.listeners))}
        own, lines = self._rewired.listeners, self._rewired.ports
        added = {
            "listeners": [f"{n}://{LOOPBACK}:{own[w]}" for n, w in names.items()],
            "advertised.listeners": [f"{n}://{LOOPBACK}:{lines[w]}" for n, w in names.items()],
            "listener.security.protocol.map": [f"{n}:PLAINTEXT" for n in names],
        }
        with settings.open("a", encoding="utf-8") as more:
            for setting, words in added.items():
                more.write(f"{setting}={','.join([known[setting], *words])}\n")


@dataclass
class LinedHouse(Stack):
    """The house from outside, and the lines in it."""

    plan: Plan = field(kw_only=True)
    lines: Lines = field(kw_only=True)
    weather: Mapping[str, Weather] = field(default_factory=dict)
    disks: str | None = None
    """Why its disks cannot be filled on this machine, None when they can."""
    _until_end: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)
    _once: dict[str, Any] = field(default_factory=dict)

    @property
    def early(self) -> Mapping[str, str]:
        """The environment of a program that lives two hours earlier, where that can be done.

        Tokens it issues are good at every clock of the house.
        """
        return self.weather["early"].env if "early" in self.weather else {}

    def once(self, name: str, context: contextlib.AbstractContextManager[T]) -> T:
        """Enter a context at its first asking; it is left when the house is pulled down."""
        if name not in self._once:
            self._once[name] = self._until_end.enter_context(context)
        found: T = self._once[name]
        return found

    def pull_down(self) -> None:
        """Leave what was entered."""
        self._until_end.close()

    def env_of(self, name: str) -> Mapping[str, str]:
        """The environment of one program of the house, for another of its kind."""
        child = next(one for one in children_of(self.plan, lambda: None) if one.name == name)
        return read_rewired(self.state).env_of(name, child.env)


def draw(state: Path) -> Plan:
    """The plan of a new house."""
    asked = Asked(state, stream="kafka", demo=True, port=free_port())
    return settle(asked, broker_at_hand=True)


@contextlib.contextmanager
def built(plan: Plan) -> Iterator[LinedHouse]:
    """A house with a line between any two programs that speak, stopped afterwards.

    Its clocks can be put wrong and its disks made slow where there is a C compiler, and
    its disks filled where this process may mount small ones.
    """
    with contextlib.ExitStack() as stack:
        disks = stack.enter_context(small_disks(plan.state))
        weather = weathers(plan.state / "postgres")
        lines = stack.enter_context(Lines())
        rewired = Rewired(env={name: one.env for name, one in weather.items()})
        lead(plan, lines, rewired)
        rewired.write(plan.state)
        stack.enter_context(supervised(plan.state))
        house = LinedHouse(plan.state, plan=plan, lines=lines, weather=weather, disks=disks)
        yield house
        house.wait_until_well()
        house.pull_down()


def lead(plan: Plan, lines: Lines, rewired: Rewired) -> None:
    """A line between any two programs."""
    for name in ("api-store", "api-vault", "relay-store", "projector-store"):
        marker = COMMIT if name == "api-store" else None
        rewired.ports[name] = lines.add(name, plan.postgres_port, marker=marker).port
    for name in ("relay-kafka", "projector-kafka"):
        rewired.listeners[name] = free_port()
        rewired.ports[name] = lines.add(name, rewired.listeners[name]).port


@contextlib.contextmanager
def small_disks(state: Path) -> Iterator[str | None]:
    """File systems of their own below Postgres and Kafka, or why there are none."""
    forbidden = may_mount(state)
    with contextlib.ExitStack() as mounted:
        for name, megabytes in DISKS.items():
            folder = state / name
            folder.mkdir(mode=0o755)
            if forbidden is None:
                mount(folder, megabytes)
                mounted.callback(unmount, folder)
        yield forbidden


def weathers(folder: Path) -> Mapping[str, Weather]:
    """Fine weather for each program; none where the library cannot be made."""
    if compiler() is None:
        return {}
    build(folder)
    names = ("postgres", "relay", "projector", "api", "early")
    found = {name: Weather.fine(folder, name) for name in names}
    found["early"].become(clock_ahead=EARLY)
    return found


@contextlib.contextmanager
def supervised(state: Path) -> Iterator[int]:
    """The house's supervisor, as a process; its pid."""
    argv = leashed([sys.executable, "-m", __name__, str(state)], on_death=signal.SIGTERM)
    log = state / "house.log"
    with log.open("wb") as output:
        process = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        try:
            ended = process.poll
            wait_until(lambda: ended() is not None or is_up(state, process.pid), within=UP_WITHIN)
            assert is_up(state, process.pid), log.read_text(encoding="utf-8")[-3000:]
            yield process.pid
        finally:
            process.terminate()
            process.wait(timeout=DOWN_WITHIN)


def main(state: Path) -> None:
    """Be the supervisor."""
    plan = find_plan(state)
    assert plan is not None
    rewired = read_rewired(state)
    server_of(plan).prepare()
    plan.signing_key_file()
    plan.vault_key_file()
    children = [rewire(child, plan, rewired) for child in children_of(plan, lambda: seed(plan))]
    Supervisor(plan.state, children, facts=facts_of(plan)).run()


def rewire(child: Child, plan: Plan, rewired: Rewired) -> Child:
    """A child whose addresses lead through its lines."""
    if child.name == "kafka":
        broker = LinedBroker(plan.state / "kafka", plan.kafka_port, find_distribution(), rewired)
        child = kafka_child(broker)
    return replace(child, env=rewired.env_of(child.name, child.env))


def seed(plan: Plan) -> None:
    """The units of the demo's provinces, once."""
    settings = Settings.read(operator_env(plan))
    store, follower = wiring.open_store(settings, pool_size=2), wiring.open_directory(settings)
    try:
        if not follower.current().roots(demo.DemoClock().now().date()):
            _import_units(plan, store, follower)
    finally:
        follower.close()
        store.close()


def _import_units(plan: Plan, store: PostgresFactStore, follower: DirectoryFollower) -> None:
    path = units_of_the_demo(plan.state)
    since = Edition.THREE_TIER.valid_from
    import_units(path, since, store, follower.current(), demo.DemoClock(), lambda done, of: None)


def read_rewired(state: Path) -> Rewired:
    """What the test wrote."""
    return Rewired(**json.loads((state / REWIRED).read_text(encoding="utf-8")))


def at_port(dsn: str, port: int) -> str:
    """The same database through another port."""
    return make_conninfo(dsn, port=port)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
