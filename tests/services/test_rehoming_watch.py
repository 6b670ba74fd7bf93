"""Work is taken over by itself when an office has ended, and again after a failure."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import uuid4

import pytest

from domain.directory import Directory
from domain.ports import StoreUnavailable
from infra.local.ports import wait_until
from infra.memory import FixedClock, MemoryFactStore
from projections.ports import ViewsUnavailable
from services.casework import Casework
from services.no_vault import NoVault
from services.rehoming import Rehomed
from services.rehoming_watch import RehomingWatch
from tests.builders import CAM_LY, officer
from tests.domain.after_the_reform import REFORMED
from tests.domain.directory_facts import LITTLE_COUNTRY
from tests.domain.test_petition import receive

SOON = 20
OFTEN, NEVER = 0.005, 3_600.0


@dataclass
class Runs:
    """A policy that counts its runs, and fails as often as it is told to."""

    failures: list[Exception] = field(default_factory=list)
    unreadable: int = 0
    begun: int = 0
    going_on: Callable[[], bool] = lambda: True

    def run(self, going_on: Callable[[], bool] = lambda: True) -> Rehomed:
        self.begun += 1
        self.going_on = going_on
        if self.failures:
            raise self.failures.pop()
        return Rehomed(unreadable=self.unreadable)


@dataclass
class Scene:
    """A watch over a policy, a tree and a clock that the test changes."""

    policy: Runs = field(default_factory=Runs)
    tree: Directory = LITTLE_COUNTRY
    clock: FixedClock = field(default_factory=FixedClock)
    closed: bool = False

    def watch(self, run_every: float = NEVER) -> RehomingWatch:
        parts = ExitStack()
        parts.callback(self.close)
        return RehomingWatch(
            self.policy, lambda: self.tree, self.clock, parts,
            look_every=OFTEN, run_every=run_every,
        )  # fmt: skip

    def close(self) -> None:
        self.closed = True

    def has_run(self, times: int) -> bool:
        return wait_until(lambda: self.policy.begun >= times, within=SOON)


def test_it_runs_at_the_start_and_when_the_office_tree_has_changed() -> None:
    scene = Scene()
    with scene.watch():
        assert scene.has_run(1)
        scene.tree = REFORMED
        assert scene.has_run(2)


def test_it_runs_on_a_new_day() -> None:
    scene = Scene()
    with scene.watch():
        assert scene.has_run(1)
        scene.clock.advance(timedelta(days=1))
        assert scene.has_run(2)


def test_it_runs_now_and_then_although_nothing_has_changed() -> None:
    scene = Scene()
    with scene.watch(run_every=0.01):
        assert scene.has_run(3)


@pytest.mark.parametrize(
    "failure", [StoreUnavailable("away"), ViewsUnavailable("away"), ValueError("a bug")]
)
def test_after_a_failure_it_runs_again(failure: Exception) -> None:
    scene = Scene(Runs([failure]))
    with scene.watch():
        assert scene.has_run(2)


def test_it_tells_how_many_files_it_left_alone_the_last_time() -> None:
    scene = Scene(Runs(unreadable=3))
    with scene.watch(run_every=0.01) as watch:
        assert wait_until(lambda: watch.unreadable == 3, within=SOON)
        scene.policy.unreadable = 0
        assert wait_until(lambda: watch.unreadable == 0, within=SOON)


def test_at_the_end_the_policy_is_asked_to_stop_and_everything_is_closed() -> None:
    scene = Scene()
    with scene.watch():
        assert scene.has_run(1)
        assert scene.policy.going_on()
    assert not scene.policy.going_on()
    assert scene.closed


def test_a_program_without_a_vault_takes_no_text_in() -> None:
    store = MemoryFactStore()
    casework = Casework(store, NoVault(), lambda: LITTLE_COUNTRY, FixedClock())
    ask, by = receive(texts={"summary": "Xin xem lại"}), officer(CAM_LY)
    with pytest.raises(RuntimeError, match="no vault"):
        casework.handle(ask, by, key=uuid4(), request=b"", correlation="none")
    assert store.head() == 0
