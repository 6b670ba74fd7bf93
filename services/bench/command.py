"""Row ``command``: commands a second through one API worker, 32 connections.

The real application with token, receipt and an aggregate of five facts to load: a crowd is
counted again, each crowd once. Against a bare async route on the same server settings that
parses the same body, inserts one row and commits.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from uuid import UUID, uuid4

from domain.codes import Role
from domain.directory import Office
from domain.ports import Wanted
from infra.local.child import answers
from infra.local.errors import LocalStackError
from infra.local.leash import leashed
from infra.local.ports import free_port, wait_until
from infra.local.postgres import RunningPostgres
from infra.postgres.plain_inserts import inserted
from infra.serial import decode
from infra.settings import Settings
from services import wiring
from services.bench import bare_route
from services.bench.callers import Refused, in_loop, rate, request
from services.bench.figures import Case, Figure
from services.bench.ground import undisturbed
from services.bench.material import Workshop, record, retold, spread
from services.bench.run import Run, Side
from services.bench.whole_stack import issuer_of
from services.demo.accounts import account_of
from services.demo.clock import TODAY
from services.stack.children import prepare_database, program
from services.stack.env import api_env, operator_env, server_of
from services.stack.plan import Plan
from services.stack.settling import Asked, settle

NAME = "command"
GOAL = 1.4
CONNECTIONS = 32
VERSIONS = 5
OFFICES = 40
WARM_UP = 300
UP_WITHIN = 60.0
BODY = b'{"count":{"low":21,"high":29}}'


@dataclass(frozen=True)
class Crowd:
    """A crowd of five facts, and the office that counts."""

    stream: UUID
    office: Office


def measure(run: Run) -> Figure:
    """The row."""
    each = run.sized(2_000, 800)
    plan = settle(
        Asked(run.ground.folder / "command", stream="log", demo=True), broker_at_hand=False
    )
    with RunningPostgres(server_of(plan)):
        prepare_database(plan)
        run.tell(f"{NAME}: recording {each * run.repeats} crowds of {VERSIONS} facts")
        crowds = recorded(plan, WARM_UP + each * run.repeats)
        with serving(plan) as api, bare(plan) as bare_port:
            sides = {"ours": _ours(plan, api, crowds, each), "against": _bare(bare_port, each)}
            found = run.in_turn(NAME, sides)
        must_be_stored(plan, crowds)
    return run.figure(
        NAME,
        Case.of_rates("one worker", found["ours"], found["against"], GOAL, "commands/s"),
        connections=CONNECTIONS,
        commands_per_repeat=each,
        against="async FastAPI route, body parsed, one insert and commit, same uvicorn settings",
    )


def recorded(plan: Plan, wanted: int) -> Sequence[Crowd]:
    """The country and so many crowds in the stack's store."""
    store = wiring.open_store(Settings.read(operator_env(plan)), pool_size=3)
    workshop, crowds = Workshop(), []
    tree = workshop.store.read(after=0, limit=workshop.store.head())
    record(store, (decode(fact.type_name, fact.body) for fact in tree))
    offices = list(islice((office for _, office in spread(workshop.directory, TODAY)), OFFICES))
    told = [workshop.crowd(office, VERSIONS) for office in offices]
    facts = []
    for office, tale in islice(cycle(zip(offices, told, strict=True)), wanted):
        events = [decode(name, body) for name, body in retold(tale)]
        crowds.append(Crowd(events[0].originator_id, office))
        facts += events
    record(store, iter(facts))
    store.close()
    return crowds


def must_be_stored(plan: Plan, crowds: Sequence[Crowd]) -> None:
    """What was answered is there, one fact or row for each command. Raises :class:`Refused`."""
    settings = Settings.read(operator_env(plan))
    store = wiring.open_store(settings, pool_size=3)
    versions = store.at_hand(Wanted(counters=[crowd.stream for crowd in crowds])).versions
    store.close()
    counted = sum(version == VERSIONS + 1 for version in versions.values())
    plain = inserted(settings.secret("admin_dsn"))
    if not counted == plain == len(crowds):
        raise Refused(f"of {len(crowds)} commands a side {counted} and {plain} are stored")


@contextmanager
def serving(plan: Plan) -> Iterator[int]:
    """One API worker of this plan; its port."""
    with _process(plan, program("api"), api_env(plan), plan.api_port) as port:
        yield port


@contextmanager
def bare(plan: Plan) -> Iterator[int]:
    """The bare route on the same database; its port."""
    port = free_port()
    argv = [sys.executable, "-m", bare_route.__name__, str(port)]
    with _process(plan, argv, operator_env(plan), port):
        yield port


@contextmanager
def _process(plan: Plan, argv: Sequence[str], env: Mapping[str, str], port: int) -> Iterator[int]:
    log: Path = plan.state / f"{port}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            leashed(argv, on_death=signal.SIGKILL),
            env={**os.environ, **env}, stdout=output, stderr=output,
        )  # fmt: skip
        try:
            wait_until(lambda: process.poll() is not None or answers(port)(), within=UP_WITHIN)
            if process.poll() is not None:
                raise LocalStackError(f"a server did not start:\n{log.read_text()[-2000:]}")
            yield port
        finally:
            process.terminate()
            process.wait(timeout=UP_WITHIN)


def _ours(plan: Plan, port: int, crowds: Sequence[Crowd], each: int) -> Side:
    issuer, tokens = issuer_of(plan), dict[str, str]()
    for office in {crowd.office.office_id for crowd in crowds}:
        tokens[office] = issuer.issue(account_of(office, Role.CLERK), office, Role.CLERK)

    def asked(crowd: Crowd) -> bytes:
        headers = {
            "Authorization": f"Bearer {tokens[crowd.office.office_id]}",
            "Idempotency-Key": str(uuid4()),
            "If-Match": f'"{VERSIONS}"',
        }
        return request("POST", f"/api/v1/gatherings/{crowd.stream}/counts", headers, BODY)

    in_loop(rate(port, [asked(crowd) for crowd in crowds[:WARM_UP]], CONNECTIONS))
    left = crowds[WARM_UP:]

    def side(repeat: int) -> float:
        mine = [asked(crowd) for crowd in left[repeat * each : (repeat + 1) * each]]
        with undisturbed():
            return in_loop(rate(port, mine, CONNECTIONS))

    return side


def _bare(port: int, each: int) -> Side:
    def asked() -> bytes:
        return request("POST", f"/gatherings/{uuid4()}/counts", {}, BODY)

    in_loop(rate(port, [asked() for _ in range(WARM_UP)], CONNECTIONS))

    def side(_repeat: int) -> float:
        mine = [asked() for _ in range(each)]
        with undisturbed():
            return in_loop(rate(port, mine, CONNECTIONS))

    return side
