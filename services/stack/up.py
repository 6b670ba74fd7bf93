"""``tiepdan up``: settle the plan, start everything, say where to look, stay, stop."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from infra.kafka.settings import Library
from infra.local.errors import AlreadyRunning, LocalStackError
from infra.local.kafka.distribution import is_available
from infra.local.ports import wait_until
from infra.local.state import is_owned, read_status
from infra.local.supervisor import Supervisor
from infra.settings import Settings
from services import wiring
from services.migrating import tell_unfilled
from services.stack.children import children_of, servers_of
from services.stack.env import DATABASE, chosen_client, operator_env, server_of
from services.stack.plan import Plan, find_plan
from services.stack.seeding import Seeding
from services.stack.settling import Asked, settle

START_WITHIN = 900.0
STOP_WITHIN = 30.0

Say = Callable[[str], None]


def up(asked: Asked, say: Say, when_up: Callable[[], None], *, servers_only: bool = False) -> None:
    """Start the stack of a folder and stay until SIGINT or SIGTERM.

    ``servers_only`` leaves our programs out, for whoever puts a backup back.
    Raises ``PlanRefused``, ``LocalStackError`` (``AlreadyRunning``, ``MissingProgram``).
    """
    refuse_running(asked.state)
    known = find_plan(asked.state)
    at_hand = is_available()
    plan = settle(asked, broker_at_hand=at_hand)
    if plan.stream == "log":
        why = "As told" if at_hand else "No Kafka here (it needs Java 17 and Maven)"
        say(f"{why}: following the event store's own log.")
    say(f"Starting in {plan.state}" + ("" if known else "; the first start takes about a minute"))
    server_of(plan).prepare()
    plan.signing_key_file()
    plan.vault_key_file()
    settings = Settings.read({**operator_env(plan), **chosen_client()})
    if plan.stream == "kafka":
        wiring.kafka_settings(settings)  # a client that is not installed is told before the start
    seeding = Seeding(settings, say)

    def fill() -> None:
        seeding()
        tell_unfilled(settings.secret("store_dsn"), say)

    children = [*servers_of(plan)] if servers_only else children_of(plan, fill)
    facts = dict(facts_of(plan, settings.kafka_client))
    if servers_only:
        facts |= {"apis": [], "workers": {}, "figures": {}}
    Supervisor(plan.state, children, facts=facts).run(when_up)
    say(f"Stopped; the data stay in {plan.state}")


def refuse_running(state: Path) -> None:
    """Before anything is drawn anew: the plan is the running stack's. Raises ``AlreadyRunning``."""
    if is_owned(state):
        raise AlreadyRunning(f"{state} is in use; `tiepdan status --state {state}` says by whom")


def facts_of(plan: Plan, client: Library = "kafka-python") -> Mapping[str, object]:
    """What ``tiepdan status`` says besides the processes. design.md 10."""
    return {
        "api": {"url": plan.api_url},
        "apis": list(plan.api_urls),
        "postgres": {"dsn": server_of(plan).dsn(DATABASE)},
        "kafka": {"bootstrap": plan.bootstrap, "client": client},
        "stream": plan.stream,
        "demo": plan.demo,
        "metrics": {"url": f"http://127.0.0.1:{plan.metrics_port}/metrics"},
        "figures": plan.figures,
        "workers": {name: {"url": url} for name, url in plan.workers.items()},
    }


def up_detached(state: Path, arguments: list[str], say: Say) -> None:
    """Start ``tiepdan up`` in the background, wait until it is up. Raises ``LocalStackError``."""
    state.mkdir(mode=0o700, parents=True, exist_ok=True)
    refuse_running(state)
    log = state / "up.log"
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "services.cli", "up", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    say(f"Starting in the background; the log is {log}")
    wait_until(lambda: process.poll() is not None or is_up(state, process.pid), within=START_WITHIN)
    if process.poll() is not None or not is_up(state, process.pid):
        end = log.read_text(encoding="utf-8", errors="replace")[-2000:]
        raise LocalStackError(f"it did not start; the end of {log}:\n{end}")


def is_up(state: Path, pid: int) -> bool:
    """Whether the supervisor with this pid says that all is up."""
    status = read_status(state)
    return status is not None and status["state"] == "up" and status["pid"] == pid


def down(state: Path) -> bool:
    """Stop the stack of a folder; False when none ran. Raises ``LocalStackError``."""
    status = read_status(state)
    if status is None or not is_owned(state):
        return False
    pid = status["pid"]
    if not isinstance(pid, int):
        raise LocalStackError(f"{state / 'status.json'} names no process")
    os.kill(pid, signal.SIGTERM)
    if not wait_until(lambda: not is_owned(state), within=STOP_WITHIN):
        raise LocalStackError(f"process {pid} did not stop within {STOP_WITHIN:.0f} s")
    return True
