"""``python -m tests.rehoming``: the figures as JSON on stdout; 1 when a petition lies wrong.

From the environment: PETITIONS (2000; the goal is 200000), CUTS (10), SEED. On a Postgres of
its own in a folder that is gone afterwards.
"""

import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any

from infra.local.ports import free_port
from infra.local.postgres import Postgres, RunningPostgres
from infra.postgres.fact_store import PostgresFactStore
from infra.postgres.migrate import APP, PROJECTOR, ROLES, as_role, migrate
from infra.postgres.views.queries import PostgresViews
from infra.postgres.views.store import PostgresViewStore
from tests.rehoming import program
from tests.rehoming.filling import AFTER, enter_country, enter_reform, open_petitions, record
from tests.rehoming.following import Following
from tests.rehoming.oracle import Pencil, wrong

Figures = dict[str, Any]
PATIENCE = 3_600.0
BOARD_EVERY = 1.0


def main(env: Mapping[str, str]) -> int:
    """Fill, reform, re-home under cuts, compare."""
    random = Random(int(env.get("SEED") or 1))
    many, cuts = int(env.get("PETITIONS") or 2_000), int(env.get("CUTS") or 10)
    with tempfile.TemporaryDirectory(prefix="tiepdan-rehoming-") as folder:
        server = Postgres(Path(folder) / "postgres", free_port())
        with RunningPostgres(server):
            passwords = {role: secrets.token_urlsafe(16) for role in ROLES}
            migrate(server.dsn(), passwords)
            app, projector = (
                as_role(server.dsn(), role, passwords[role]) for role in (APP, PROJECTOR)
            )
            found = House(app, projector, random).run(many, cuts)
    print(json.dumps(found))
    return 0 if not found["wrong"] and not found["boards_failed"] else 1


class House:
    """A store and its views, and the policy as a program of its own."""

    def __init__(self, app: str, projector: str, random: Random) -> None:
        self.app, self.random = app, random
        self.store = PostgresFactStore.open(app, environ={})
        self.views = PostgresViewStore.at(projector)
        self.asked = PostgresViews.open(app, [])
        self.following = Following(self.store, self.views)
        self.boards = self.boards_failed = 0
        self.next_board = 0.0

    def run(self, many: int, cuts: int) -> Figures:
        """Everything, and what was seen."""
        before = enter_country(self.store)
        told = record(self.store, open_petitions(before, many, self.random))
        say(f"{many} petitions open; the reform")
        enter_reform(self.store, before)
        self.following.catch_up()
        self.offices = sorted({each.holder for each in told})[:200]
        points = sorted(self.random.randrange(max(1, many * 9 // 10)) for _ in range(cuts))
        begun, head = time.monotonic(), self.store.head()
        killed = sum(self._cut(head + point) for point in points)
        say(f"killed {killed} times")
        last = self._to_the_end()
        seconds = time.monotonic() - begun
        self.following.catch_up()
        moved = self.store.head() - head
        found = wrong(Pencil(), self.store, told)
        figures = {
            "petitions": many, "killed": killed, "facts": moved, "seconds": round(seconds, 1),
            "last_run": last, "wrong": len(found), "examples": [str(each) for each in found[:5]],
            "boards": self.boards, "boards_failed": self.boards_failed,
        }  # fmt: skip
        for part in (self.asked, self.views, self.store):
            part.close()
        return figures

    def _cut(self, at: int) -> bool:
        """Kill a run once the store has come so far; False when it ended before."""
        running = self._start()
        while running.poll() is None:
            self._look()
            if self.store.head() >= at:
                running.kill()
                running.communicate()
                return True
            self.following.follow(500)
        self._must_have_ended_well(running)
        return False

    def _to_the_end(self) -> Figures:
        """Runs until one of them has nothing to do and no view is behind."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            running = self._start()
            while running.poll() is None:
                self._look()
                self.following.follow(2_000)
            figures = self._must_have_ended_well(running)
            say(json.dumps(figures))
            if not (figures["moved"] or figures["busy"] or self.following.follow(1)):
                return figures
            self.following.catch_up()
        raise TimeoutError("the work did not come to an end")

    def _start(self) -> subprocess.Popen[bytes]:
        argv = [sys.executable, "-m", program.__name__, self.app]
        return subprocess.Popen(argv, stdout=subprocess.PIPE)

    @staticmethod
    def _must_have_ended_well(running: subprocess.Popen[bytes]) -> Figures:
        told, _ = running.communicate()
        if running.returncode:
            raise RuntimeError(f"the policy ended with {running.returncode}")
        figures: Figures = json.loads(told)
        return figures

    def _look(self) -> None:
        """The boards of old offices, once a second."""
        if time.monotonic() < self.next_board:
            time.sleep(0.005)
            return
        self.next_board = time.monotonic() + BOARD_EVERY
        today = AFTER.date()
        self.boards += 1
        try:
            self.asked.office_sums(
                self.offices, today=today, soon_until=today, received_since=today
            )
        except Exception as failed:  # noqa: BLE001 - counted, and the run fails by it
            say(f"board: {failed}")
            self.boards_failed += 1


def say(line: str) -> None:
    """For whoever watches."""
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(os.environ))
