"""Work beside a program's own that comes to no end any more is told of, in words and figures."""

from collections.abc import Callable
from contextlib import ExitStack

import pytest

from domain.ports import StoreUnavailable
from infra.local.ports import wait_until
from services.accompanied import OLD, Accompanied
from services.watch import Watch
from services.worker_health import Status
from tests.services.test_machine import Calm

SOON = 20
OFTEN = 0.005


class Look:
    """What a watch looks at: it fails from the moment it is told to."""

    def __init__(self) -> None:
        self.times = 0
        self.fails = False

    def __call__(self, _going_on: Callable[[], bool]) -> None:
        self.times += 1
        if self.fails:
            raise StoreUnavailable("away")

    def is_made_again(self) -> bool:
        """Whether it was tried twice more, so that one began after this was asked."""
        before = self.times
        return wait_until(lambda: self.times > before + 1, within=SOON)


@pytest.mark.parametrize(("own", "told"), [("ready", "degraded"), ("down", "down")])
def test_work_that_fails_again_and_again_is_told_of_and_forgotten_once_it_succeeds(
    own: Status, told: str
) -> None:
    now, look = [0.0], Look()
    watch = Watch("reviewing", look, ExitStack(), every=OFTEN, beat=lambda: now[0])
    worker = Accompanied(Calm(own), watch)
    with watch:
        now[0] = OLD + 1
        assert wait_until(lambda: worker.condition() == Calm(own).condition(), within=SOON)
        look.fails = True
        assert look.is_made_again()
        now[0] += OLD + 1
        found = worker.condition()
        assert (found.status, found.troubles[-1].words) == (
            told, "reviewing has not come to its end for 601 s"
        )  # fmt: skip
        look.fails = False
        assert wait_until(lambda: worker.condition() == Calm(own).condition(), within=SOON)


def test_the_age_of_each_work_is_a_figure() -> None:
    now = [5.0]
    watch = Watch("due_days", Look(), ExitStack(), every=OFTEN, beat=lambda: now[0])
    now[0] += 7
    own, age, _ = Accompanied(Calm("ready"), watch).metrics()
    assert own.name == "own"
    assert [(one.labels, one.value) for one in age.samples] == [({"work": "due_days"}, 7.0)]


def test_files_left_alone_are_told_of_until_they_can_be_read() -> None:
    watch = Watch("rehoming", Look(), ExitStack(), every=OFTEN)
    worker = Accompanied(Calm("ready"), watch)
    watch.unreadable = 2
    found, (_, _, figure) = worker.condition(), worker.metrics()
    assert (found.status, found.troubles[-1].words) == (
        "degraded", "rehoming leaves 2 files alone: they cannot be read"
    )  # fmt: skip
    assert [(one.labels, one.value) for one in figure.samples] == [({"work": "rehoming"}, 2.0)]
    watch.unreadable = 0
    assert worker.condition() == Calm("ready").condition()
