"""Topics are made anew only where the store holds all that stands on them, or on demand."""

from collections.abc import Mapping
from dataclasses import replace
from typing import cast

import pytest

from infra.kafka.log_watch import StreamStuck
from infra.kafka.topics import TopicsUnfit
from infra.memory import MemoryFactStore
from infra.memory.reconciled import MemoryDigests
from infra.memory.relay_cursor import CursorRow, MemoryRelayCursor
from infra.postgres.reconciled import (
    Difference,
    Kind,
    LaneState,
    ReconciledLanes,
    StoreDigests,
)
from infra.postgres.relay_cursor import RelayCursor
from projections.ports import FactStream
from services.cli.exits import Exit, code_of
from services.reconciler.passing import Sources
from services.renewing import WouldLose, renew
from tests.contracts.facts import a_petition
from tests.services.kept_lanes import KeptLanes, unguarded
from tests.services.tape import Tape, on_tape

MADE = {"tiepdan.events.v1": "2", "tiepdan.access.v1": "2"}


class Desk:
    """A store, its stream, and what comparing them found."""

    def __init__(self) -> None:
        self.store, self.tape, self.kept = MemoryFactStore(), Tape(), KeptLanes()
        self.store.append(a_petition())
        self.tape.write(*on_tape(self.store))
        self.renewed = 0

    def open(self) -> FactStream:
        return self.tape

    def sources(self) -> Sources:
        return Sources(
            self.open,
            cast("StoreDigests", MemoryDigests(self.store)),
            cast("ReconciledLanes", self.kept),
            cast("RelayCursor", MemoryRelayCursor(CursorRow())),
        )

    def make_anew(self) -> Mapping[str, str]:
        self.renewed += 1
        return MADE

    def renew(self, *, lose: bool = False) -> Mapping[str, str]:
        return renew(self.sources(), unguarded, self.make_anew, lose=lose)

    def refused(self) -> str:
        """Why it is not done; on demand it is."""
        with pytest.raises(WouldLose) as why:
            self.renew()
        assert (self.renewed, code_of(why.value)) == (0, Exit.MISMATCH)
        assert self.renew(lose=True) == MADE
        return str(why.value)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_topics_that_hold_what_the_store_holds_are_made_anew(desk: Desk) -> None:
    assert desk.renew() == MADE
    assert desk.renewed == 1


def test_a_stream_of_another_history_is_not_deleted_unasked(desk: Desk) -> None:
    foreign = MemoryFactStore()
    foreign.append([*a_petition(), *a_petition()])
    desk.tape = Tape()
    desk.tape.write(*on_tape(foreign))
    assert "not in the store, which ends at 3" in desk.refused()


@pytest.mark.parametrize("kind", [Kind.SURPLUS, Kind.BODY, Kind.HISTORY])
def test_what_comparing_found_on_the_stream_alone_is_not_deleted_unasked(
    desk: Desk, kind: Kind
) -> None:
    desk.kept.save([LaneState(3, "topic-1", difference=Difference(kind, 3, 17))])
    assert f"{kind}: lane 3, position 17" in desk.refused()


@pytest.mark.parametrize("kind", [Kind.MISSING, Kind.ORDER, Kind.CHAIN])
def test_what_sending_anew_mends_is_no_reason_against_it(desk: Desk, kind: Kind) -> None:
    desk.kept.save([LaneState(3, "topic-1", difference=Difference(kind, 3, 17))])
    assert desk.renew() == MADE


def test_what_was_found_on_topics_that_are_gone_is_no_reason_against_it(desk: Desk) -> None:
    state = LaneState(3, "topic-1", difference=Difference(Kind.SURPLUS, 3, 17))
    desk.kept.save([replace(state, topic_id="topic-0")])
    assert desk.renew() == MADE


class Unreadable(Desk):
    """A stream whose end nobody can read."""

    def open(self) -> FactStream:
        raise StreamStuck("lane 3, tiepdan.events.v1/3: the batch at 17 is damaged")


def test_a_damaged_stream_is_not_deleted_unasked() -> None:
    assert "the batch at 17 is damaged" in Unreadable().refused()


class Halved(Desk):
    """One of the topics is not there."""

    def open(self) -> FactStream:
        raise TopicsUnfit("topic tiepdan.access.v1 is not there")


def test_topics_of_which_one_is_missing_are_made_anew() -> None:
    assert Halved().renew() == MADE
