"""Filling a stack with the demo (nạp dữ liệu mẫu), through the same door as everything else.

Which acts there are follows from the seed alone, and each has its own key. An interrupted
filling goes on behind the last act recorded; one that is whole records nothing.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final
from uuid import uuid5

from domain.codes import Role
from domain.commands.petition import ReceivePetition
from domain.directory import Directory
from domain.ports import FactStore
from domain.values import Officer
from services.casework import Casework
from services.demo.accounts import SYSTEM_ACCOUNT
from services.demo.clock import NOW, TODAY, DemoClock
from services.demo.crowds import CrowdStory, crowd_stories
from services.demo.figures import ALL
from services.demo.offices import demo_offices
from services.demo.steps import DEMO, Step, Story, in_time
from services.demo.stories import Teller, remarkable_stories, road_case
from services.demo.workload import plain_stories

SYSTEM: Final = Officer(SYSTEM_ACCOUNT, "system", Role.SYSTEM)

Progress = Callable[[int, int], None]
"""Told every now and then: acts done, acts in all."""

TELL_EVERY: Final = 50


@dataclass(frozen=True, slots=True)
class DemoSummary:
    """What the demo is made of, and how much of it was recorded now (``recorded``)."""

    offices: int
    petitions: int
    gatherings: int
    acts: int
    recorded: int


def fill(
    casework: Casework,
    directory: Callable[[], Directory],
    store: FactStore,
    clock: DemoClock,
    seed: int,
    progress: Progress,
    *,
    scale: float = 1.0,
) -> DemoSummary:
    """Record the demo up to its "now" and leave the clock there.

    ``casework`` runs on ``clock``; ``directory`` reads the office tree afresh, and the
    casework sees what it read. The units must have been imported. ``scale``, up to 1,
    thins out the plain petitions; those late, waiting or remarkable stay. Refuses:
    :class:`domain.directory.UnknownUnit` without the units.
    """
    offices = _establish(casework, directory, seed)
    stories = plan(seed, directory(), scale)
    steps = in_time(stories)
    first = _first_missing(steps, store)
    for done, step in enumerate(steps[first:], start=first + 1):
        clock.move_to(step.at)
        _record(casework, step)
        if done % TELL_EVERY == 0 or done == len(steps):
            progress(done, len(steps))
    clock.move_to(NOW)
    return DemoSummary(
        offices=offices,
        petitions=sum(isinstance(step.command, ReceivePetition) for step in steps),
        gatherings=sum(isinstance(story, CrowdStory) for story in stories),
        acts=len(steps),
        recorded=len(steps) - first,
    )


def plan(seed: int, directory: Directory, scale: float = 1.0) -> list[Story]:
    """Every story of the demo. The same seed, units and scale give the same stories."""
    road = road_case(Teller(seed, directory))[0]
    return [
        *(story for work in ALL for story in plain_stories(work, seed, directory, scale)),
        *remarkable_stories(seed, directory),
        *crowd_stories(seed, road.case_id),
    ]


def _establish(casework: Casework, directory: Callable[[], Directory], seed: int) -> int:
    """Enter the offices that are missing, and read the tree again."""
    known = directory()
    wanted = tuple(demo_offices(known))
    for ask in wanted:
        if known.find_office(ask.office_id, TODAY) is None:
            asked = sha256(repr(ask).encode()).digest()
            key = uuid5(DEMO, f"{seed}/office/{ask.office_id}")
            casework.handle(ask, SYSTEM, key=key, request=asked, correlation="demo/offices")
    directory()
    return len(wanted)


def _first_missing(steps: Sequence[Step], store: FactStore) -> int:
    """How many acts are recorded: they are recorded in order, so halving finds the end."""
    missing = range(len(steps))
    return bisect_left(missing, 1, key=lambda n: store.find_receipt(steps[n].key) is None)


def _record(casework: Casework, step: Step) -> None:
    casework.handle(
        step.command,
        step.by,
        key=step.key,
        request=step.request,
        correlation=f"demo/{step.story}",
        occurred_at=step.happened,
    )
