"""A whole stack with the demo, by the same command that users start it with."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from infra.clock import SystemClock
from infra.identity.keys import load_signing_key
from infra.identity.tokens import LocalIssuer
from infra.local.errors import LocalStackError
from infra.local.leash import leashed
from infra.local.ports import free_port, wait_until
from infra.settings import Settings
from services.stack.env import operator_env
from services.stack.plan import Plan, find_plan
from services.stack.up import STOP_WITHIN, is_up

UP_WITHIN = 300.0


@contextmanager
def whole_stack(state: Path) -> Iterator[Plan]:
    """``tiepdan up --demo`` on Kafka in a new folder, stopped afterwards."""
    state.mkdir(mode=0o700)
    log = state / "up.log"
    argv = [sys.executable, "-m", "services.cli", "up", "--demo", "--stream", "kafka"]
    argv += ["--state", str(state), "--port", str(free_port())]
    with log.open("wb") as output:
        process = subprocess.Popen(
            leashed(argv), stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
        try:
            ended = process.poll
            wait_until(lambda: ended() is not None or is_up(state, process.pid), within=UP_WITHIN)
            plan = find_plan(state)
            if plan is None or not is_up(state, process.pid):
                raise LocalStackError(f"the stack did not start:\n{log.read_text()[-2000:]}")
            yield plan
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=STOP_WITHIN)


def issuer_of(plan: Plan) -> LocalIssuer:
    """Signs tokens of a demo stack."""
    return LocalIssuer(
        load_signing_key(plan.signing_key_file()),
        SystemClock(),
        issuer=plan.issuer,
        audience=Settings.read(operator_env(plan)).jwt_audience,
    )
