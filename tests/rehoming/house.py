"""A store and its views, and the policy as a program of its own that is killed now and then."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import psutil

from infra.postgres.fact_store import PostgresFactStore
from infra.postgres.views.queries import PostgresViews
from infra.postgres.views.store import PostgresViewStore
from tests.rehoming import program
from tests.rehoming.diary import Diary
from tests.rehoming.filling import (
    AFTER,
    Open,
    enter_country,
    enter_reform,
    open_petitions,
    record,
    reread,
)
from tests.rehoming.following import Following
from tests.rehoming.oracle import Pencil, wrong

Figures = dict[str, Any]
PATIENCE = 4 * 3_600.0
BOARD_EVERY = 1.0
TELL_EVERY = 15.0
COMPARED_AT_ONCE = 20_000
MEGA = 2**20


class House:
    """Fills, reforms, kills, compares; what is done stands in the diary."""

    def __init__(
        self, store: PostgresFactStore, views: PostgresViewStore, asked: PostgresViews,
        app: str, diary: Diary, folder: Path,
    ) -> None:  # fmt: skip
        self.store, self.views, self.asked, self.app = store, views, asked, app
        self.diary, self.folder = diary, folder
        self.following = Following(store, views)
        self.offices: Sequence[str] = ()
        self.boards = self.boards_failed = self.most_mb = 0
        self.next_board = self.next_word = 0.0

    @classmethod
    @contextmanager
    def opened(cls, app: str, projector: str, diary: Diary, folder: Path) -> Iterator["House"]:
        """On a database; closed at the end."""
        store = PostgresFactStore.open(app, environ={})
        views, asked = PostgresViewStore.at(projector), PostgresViews.open(app, [])
        try:
            yield cls(store, views, asked, app, diary, folder)
        finally:
            for part in (asked, views, store):
                part.close()

    def run(self, random: Random) -> Figures:
        """Everything, and what was seen."""
        told = self._filled(random)
        self.offices = sorted({each.holder for each in told})[:200]
        self.following.catch_up()
        begun, before = time.monotonic(), self.diary.seconds
        for point in self.diary.points[self.diary.killed :]:
            if not self._cut(point):
                break
            self.diary.killed += 1
            self.diary.seconds = before + time.monotonic() - begun
            self.diary.keep(self.folder)
        say(f"killed {self.diary.killed} times")
        last = self._to_the_end()
        self.diary.seconds = before + time.monotonic() - begun
        self.diary.keep(self.folder)
        moved = self.store.head() - self.diary.head
        say(f"{moved} facts in {self.diary.seconds:.0f} s; every petition is compared")
        found = list(self._wrong(told))
        return {
            "petitions": len(told), "killed": self.diary.killed, "facts": moved,
            "seconds": round(self.diary.seconds, 1), "last_run": last, "most_mb": self.most_mb,
            "wrong": len(found), "examples": [str(each) for each in found[:5]],
            "boards": self.boards, "boards_failed": self.boards_failed,
        }  # fmt: skip

    def _wrong(self, told: Sequence[Open]) -> Iterator[UUID]:
        pencil = Pencil()
        for at in range(0, len(told), COMPARED_AT_ONCE):
            yield from wrong(pencil, self.store, told[at : at + COMPARED_AT_ONCE])
            say(f"{min(at + COMPARED_AT_ONCE, len(told))} compared")

    def _filled(self, random: Random) -> Sequence[Open]:
        """The petitions as they were on the day before, the reform after them."""
        many, begun = self.diary.petitions, time.monotonic()
        if self.diary.reformed:
            say("going on")
            return list(open_petitions(reread(self.store), many, random))
        before = enter_country(self.store)
        told = record(self.store, open_petitions(before, many, random))
        say(f"{many} petitions open after {time.monotonic() - begun:.0f} s; the reform")
        enter_reform(self.store, before)
        self.diary.ready(self.store.head(), random)
        self.diary.keep(self.folder)
        say(f"reformed after {time.monotonic() - begun:.0f} s; the views")
        return told

    def _cut(self, at: int) -> bool:
        """Kill a run once the store has come so far; False when it ended before."""
        running = self._start()
        while running.poll() is None:
            self._look(running)
            if self.store.head() >= at:
                running.kill()
                running.communicate()
                say(f"killed at {self.store.head() - self.diary.head} facts")
                return True
            self.following.follow(2_000)
        self._must_have_ended_well(running)
        return False

    def _to_the_end(self) -> Figures:
        """Runs until one of them has nothing to do and no view is behind."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            running = self._start()
            while running.poll() is None:
                self._look(running)
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

    def _look(self, running: subprocess.Popen[bytes]) -> None:
        """The boards of old offices, once a second; how far it is, now and then."""
        now = time.monotonic()
        if now < self.next_board:
            time.sleep(0.005)
            return
        self.next_board = now + BOARD_EVERY
        self._look_at_boards()
        try:
            self.most_mb = max(self.most_mb, psutil.Process(running.pid).memory_info().rss // MEGA)
        except psutil.NoSuchProcess:
            return
        if now >= self.next_word:
            self.next_word = now + TELL_EVERY
            say(f"{self.store.head() - self.diary.head} facts, {self.most_mb} MB at most")

    def _look_at_boards(self) -> None:
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
