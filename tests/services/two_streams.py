"""Two streams of one lane, as tests of the projector read them."""

from uuid import UUID, uuid4
from zlib import crc32

import pytest

from domain.events.petition import PetitionAccepted
from infra.memory.fact_store import MemoryFactStore
from projections.ports import StreamRecord
from tests.contracts.facts import accepted
from tests.services.tape import Tape, Watched, on_tape

LANE = 3


def stream_in(lane: int = LANE) -> UUID:
    return next(stream for stream in iter(uuid4, None) if crc32(stream.bytes) % 12 == lane)


A, B, C = stream_in(), stream_in(), stream_in()
ELSEWHERE = stream_in(LANE + 1)


def story(*facts: PetitionAccepted) -> list[StreamRecord]:
    """The records of a store that holds these facts."""
    store = MemoryFactStore()
    store.append(facts)
    return on_tape(store)


@pytest.fixture
def tape() -> Tape:
    return Tape()


@pytest.fixture
def lane() -> list[StreamRecord]:
    """Two streams of one lane, their facts in turn: A1 B1 A2 B2 A3."""
    return story(accepted(A, 1), accepted(B, 1), accepted(A, 2), accepted(B, 2), accepted(A, 3))


def told(watched: Watched, *streams: UUID) -> list[str]:
    return [watched.versions(stream) for stream in streams]
