"""A file that this release cannot read stays where it is; all the others are taken over."""

import logging
from collections import Counter
from dataclasses import replace
from uuid import UUID, uuid5

import pytest

from domain.events.petition import PetitionReceived
from domain.petition import Petition
from domain.ports import AtHand, StoreUnavailable, Wanted
from infra.memory import FixedClock, MemoryFactStore
from services.casework import Casework
from services.casework.rounds import AT_ONCE
from services.no_vault import NoVault
from services.rehoming import NAMED, Rehomed, Rehoming
from tests.builders import CAM_LY, HANOI, NAMES, fact, in_order
from tests.domain.after_the_reform import AUGUST_MORNING, NEW_CAM_LY, REFORMED
from tests.services.resting_rows import RestingRows

PETITIONS = sorted((uuid5(NAMES, f"open {number}") for number in range(AT_ONCE + 6)), key=str)
FIRST = PETITIONS[0]


class Newer(MemoryFactStore):
    """A store in which a newer release wrote facts of some files."""

    def __init__(self, *by_it: UUID) -> None:
        super().__init__()
        self.by_it = by_it

    def at_hand(self, wanted: Wanted) -> AtHand:
        found = super().at_hand(wanted)
        newer = {
            stream: [told._replace(type_name="petition.received/9") for told in lying]
            for stream, lying in found.facts.items()
            if stream in self.by_it
        }
        return replace(found, facts={**found.facts, **newer})


class Away(MemoryFactStore):
    """A store that goes away once everything is in it."""

    def at_hand(self, wanted: Wanted) -> AtHand:
        raise StoreUnavailable("away")


def policy(store: MemoryFactStore, office: str = CAM_LY) -> Rehoming:
    """Over petitions of an office that was abolished."""
    store.append(in_order(*(fact(PetitionReceived, office, each) for each in PETITIONS)))
    clock = FixedClock(AUGUST_MORNING)
    casework = Casework(store, NoVault(), lambda: REFORMED, clock)
    views = RestingRows(store)
    views.follow()
    return Rehoming(views, casework, lambda: REFORMED, clock)


def lies_with(store: MemoryFactStore, stream: UUID) -> str:
    return Petition.replay(stream, store.load(stream)).in_charge


def test_behind_a_file_that_cannot_be_read_all_the_others_are_taken_over(
    caplog: pytest.LogCaptureFixture,
) -> None:
    store = Newer(FIRST)
    with caplog.at_level(logging.WARNING):
        made = policy(store).run()
    others = len(PETITIONS) - 1
    assert (made.moved, made.unreadable, made.busy) == (others, 1, 0)
    homes = Counter(lies_with(store, each) for each in PETITIONS)
    assert homes == {CAM_LY: 1, NEW_CAM_LY: others}
    assert lies_with(store, FIRST) == CAM_LY
    said = {record.getMessage() for record in caplog.records}
    assert said == {
        f"not taken over, its facts cannot be read: petition {FIRST} (UnknownEventType)"
    }


def test_a_release_that_can_read_it_takes_it_over() -> None:
    store = Newer(FIRST)
    rehoming = policy(store)
    rehoming.run()
    store.by_it = ()
    made = rehoming.run()
    assert (made.moved, made.unreadable) == (1, 0)
    assert lies_with(store, FIRST) == NEW_CAM_LY


def test_of_many_files_that_cannot_be_read_all_are_counted_and_some_are_named(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING):
        made = policy(Newer(*PETITIONS)).run()
    assert (made.moved, made.unreadable) == (0, len(PETITIONS))
    assert len(caplog.records) == NAMED


def test_what_nobody_takes_over_is_told_beside_what_cannot_be_read() -> None:
    made = policy(Newer(FIRST), HANOI).run()
    assert made == Rehomed(stuck=Counter({HANOI: len(PETITIONS) - 1}), unreadable=1)


def test_a_store_that_is_away_ends_the_run() -> None:
    with pytest.raises(StoreUnavailable):
        policy(Away()).run()
