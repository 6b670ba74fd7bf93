"""Commands handed to rounds together, and how each of them ended."""

import threading
from collections.abc import Sequence
from hashlib import sha256
from uuid import UUID, uuid4, uuid5

from domain.codes import Field as Subject
from domain.codes import Site
from domain.commands.base import Command
from domain.commands.gathering import ReportGathering
from domain.errors import Refusal
from domain.ports import FactStore, StoreUnavailable
from domain.values import CountRange, Officer
from infra.memory import FixedClock, MemoryFactStore, MemoryVault
from services.casework import Casework, Outcome
from services.casework.call import Call
from services.casework.rounds import Rounds
from services.casework.waiting import Waiting
from tests.builders import CAM_LY, LUC_NAM, NAMES, officer
from tests.domain.directory_facts import LITTLE_COUNTRY
from tests.scenario import AFTER_THE_GIVEN

SOON = 20.0
CROWDS = tuple(uuid5(NAMES, f"round crowd {n}") for n in range(2))
CLERK, THERE = officer(CAM_LY), officer(LUC_NAM)


def casework(store: FactStore, vault: MemoryVault | None = None) -> Casework:
    return Casework(
        store, vault or MemoryVault(), lambda: LITTLE_COUNTRY, FixedClock(AFTER_THE_GIVEN)
    )


def call(command: Command, by: Officer = CLERK, *, key: UUID | None = None) -> Call:
    return Call(command, by, key or uuid4(), sha256(repr(command).encode()).digest(), "together")


class Ended:
    """Who was told of what."""

    def __init__(self) -> None:
        self.told: list[Waiting] = []
        self._one_more = threading.Semaphore(0)

    def __call__(self, ended: Sequence[Waiting]) -> None:
        self.told += ended
        for _ in ended:
            self._one_more.release()

    def all_of(self, wanted: int) -> None:
        for _ in range(wanted):
            assert self._one_more.acquire(timeout=SOON)


def ending(one: Waiting) -> Outcome | type[Exception]:
    try:
        return one.result()
    except (Refusal, StoreUnavailable, ArithmeticError) as refused:
        return type(refused)


def together(rounds: Rounds, calls: Sequence[Call]) -> list[Outcome | type[Exception]]:
    """All taken in before the first round begins, so that they share it; ends in their order."""
    ended, waiting = Ended(), list[Waiting]()
    for each in calls:
        waiting.append(Waiting(each, ended))
    with rounds._news:
        for one in waiting:
            rounds.take_in(one)
    ended.all_of(len(calls))
    assert sorted(map(id, ended.told)) == sorted(map(id, waiting))
    return [ending(one) for one in waiting]


def report(crowd: UUID) -> ReportGathering:
    return ReportGathering(
        gathering_id=crowd,
        place="07519",
        site=Site.COMMUNE_OFFICE,
        home="07519",
        count=CountRange(20, 30),
        issue=Subject.LAND,
    )


def told(store: MemoryFactStore) -> list[tuple[str, str, int]]:
    """What was recorded, but for the texts' own ids."""
    log = store.read(after=0, limit=1_000)
    return [(str(fact.stream), fact.type_name, fact.version) for fact in log]
