"""The whole house, started as a user starts it: one running stack for all tests that need one.

``tiepdan up --demo --detach`` in a folder of its own, with the real broker, stopped at the
end. Set ``TIEPDAN_TEST_STATE`` to the folder of a demo that already runs to try tests on it.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from domain.codes import Role
from infra.identity.tokens import LocalIssuer
from infra.local.kafka import Distribution
from infra.local.ports import free_port, wait_until
from infra.local.state import read_status
from infra.settings import Settings
from services.cli.state import settings_of
from services.demo.accounts import account_of
from services.trust import local_issuer
from tests.doors import Door
from tests.let_go import until_last_asked

TIEPDAN = Path(sys.prefix) / "bin" / "tiepdan"
RUNNING = "TIEPDAN_TEST_STATE"
START_WITHIN, HEAL_WITHIN = 300, 60
HEAD = """
SELECT coalesce(max(notification_id), 0) FROM store.stored_events WHERE topic NOT LIKE 'reminder.%'
"""


@dataclass
class Stack:
    """A running stack, by its state folder."""

    state: Path

    @cached_property
    def settings(self) -> Settings:
        """The stack's settings, secrets included: we own its folder."""
        return settings_of(self.state)

    @cached_property
    def url(self) -> str:
        """Where the API and the pages are."""
        return str(self.status()["api"]["url"])

    @cached_property
    def issuer(self) -> LocalIssuer:
        """Who signs this stack's tokens."""
        return local_issuer(self.settings)

    @cached_property
    def admin_dsn(self) -> str:
        """The database as its superuser."""
        return str(self.status()["postgres"]["dsn"])

    def status(self) -> Mapping[str, Any]:
        """What the supervisor wrote last; it writes every second and at every turn."""
        found = read_status(self.state)
        assert found is not None, f"{self.state} never ran"
        return found

    def program(self, name: str) -> Mapping[str, Any]:
        """One process of the stack: pid, health, restarts."""
        found: Mapping[str, Any] = self.status()["processes"][name]
        return found

    def run(self, *words: str, within: float = 120) -> subprocess.CompletedProcess[str]:
        """``tiepdan WORDS --state ..``, whatever it answers."""
        argv = [str(TIEPDAN), *words, "--state", str(self.state)]
        return subprocess.run(argv, capture_output=True, text=True, timeout=within, check=False)

    def tell(self, *words: str, within: float = 120) -> Any:
        """The JSON of a command that must succeed."""
        done = self.run(*words, "--json", within=within)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def token(self, office: str, role: Role) -> str:
        """What a demo officer signs in with."""
        return self.issuer.issue(account_of(office, role), office, role)

    @contextlib.contextmanager
    def door(self, office: str, role: Role = Role.CLERK) -> Iterator[Door]:
        """The API as an officer sees it."""
        headers = {"Authorization": f"Bearer {self.token(office, role)}"}
        with httpx.Client(base_url=self.url, headers=headers, timeout=30) as http:
            yield Door(http, office)

    def head(self) -> int:
        """The position of the newest fact; reminders apart, which come by themselves."""
        with psycopg.connect(self.admin_dsn) as connection:
            row = connection.execute(HEAD).fetchone()
        assert row is not None
        return int(row[0])

    def head_when_up(self) -> int:
        """The head, as soon as the store answers."""
        found: list[int] = []

        def look() -> bool:
            with contextlib.suppress(psycopg.OperationalError):
                found.append(self.head())
            return bool(found)

        assert wait_until(look, within=HEAL_WITHIN), "the store is away"
        return found[0]

    def is_well(self) -> bool:
        """Whether every process is up and the API takes work in with nothing missing."""
        if any(each["health"] != "up" for each in self.status()["processes"].values()):
            return False
        try:
            return bool(httpx.get(f"{self.url}/readyz", timeout=5).json()["status"] == "ready")
        except httpx.TransportError:
            return False

    def wait_until_well(self) -> None:
        """Wait until the supervisor has mended everything."""
        assert wait_until(self.is_well, within=HEAL_WITHIN), self.status()["processes"]

    def kill(self, name: str) -> None:
        """``kill -9`` of one program; the supervisor brings it back. Waits until it has."""
        before = self.program(name)
        os.kill(before["pid"], signal.SIGKILL)
        assert wait_until(lambda: self.is_reborn(name, before), within=HEAL_WITHIN), name

    def is_reborn(self, name: str, before: Mapping[str, Any]) -> bool:
        """Whether a program runs in a later life than before."""
        now = self.program(name)
        return bool(now["restarts"] > before["restarts"] and now["health"] == "up")

    @contextlib.contextmanager
    def without(self, name: str) -> Iterator[None]:
        """One program killed and kept down: the supervisor sleeps meanwhile."""
        supervisor, before = self.status()["pid"], self.program(name)
        os.kill(supervisor, signal.SIGSTOP)
        try:
            os.kill(before["pid"], signal.SIGKILL)
            yield
        finally:
            os.kill(supervisor, signal.SIGCONT)
        assert wait_until(lambda: self.is_reborn(name, before), within=HEAL_WITHIN), name


@pytest.fixture(scope="session")
def running_stack(
    request: pytest.FixtureRequest, state_root: Path, kafka_distribution: Distribution
) -> Iterator[Stack]:
    """The one stack of the run."""
    at_hand = os.environ.get(RUNNING)
    if at_hand:
        yield Stack(Path(at_hand).resolve())
        return
    stack = Stack(state_root / "stack")
    up = ("up", "--demo", "--detach", "--stream", "kafka", "--port", str(free_port()))
    with until_last_asked(request) as standing:
        standing.callback(stack.run, "down")
        done = stack.run(*up, within=START_WITHIN)
        assert done.returncode == 0, done.stderr
        yield stack


@pytest.fixture
def stack(running_stack: Stack) -> Stack:
    """The running stack, well again whatever the test before did to it."""
    running_stack.wait_until_well()
    return running_stack
