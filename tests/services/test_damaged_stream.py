"""One damaged batch on the stream: each program that reads it says so, in its own way."""

import threading
import time
from collections.abc import Mapping, Sequence
from typing import cast

import pytest

from infra.kafka.log_watch import StreamStuck
from infra.memory import FixedClock, MemoryFactStore
from infra.memory.leases import LeaseTable, MemoryLeases
from infra.memory.reconciled import MemoryDigests
from infra.memory.relay_cursor import CursorRow, MemoryRelayCursor
from infra.memory.views import MemoryViewStore
from infra.postgres.leases import Leases
from infra.postgres.reconciled import ReconciledLanes, StoreDigests
from infra.postgres.relay_cursor import RelayCursor
from infra.serial import decode
from infra.settings import SettingsError
from projections.ports import StreamRecord
from services.doctor_stream import one_history
from services.lifetime import Exit
from services.projector.lanes import Desk
from services.projector.program import ProjectorParts, run_projector
from services.reconciler.health import ReconcilerHealth
from services.reconciler.passing import Sources
from services.reconciler.program import ReconcilerParts, run_reconciler
from services.relay.program import ending
from tests.contracts.facts import a_petition
from tests.services.kept_lanes import KeptLanes, unguarded
from tests.services.tape import Books, Tape, Versions, on_tape

WHERE = "lane 3, tiepdan.events.v1/3: the batch at 17 is damaged"


class Damaged(Tape):
    """A stream that cannot be read as long as it is damaged."""

    def __init__(self, store: MemoryFactStore) -> None:
        super().__init__()
        self.write(*on_tape(store))
        self.mended = False

    def poll(self, timeout: float) -> Mapping[int, Sequence[StreamRecord]]:
        if not self.mended:
            raise StreamStuck(WHERE)
        return super().poll(timeout)


@pytest.fixture
def stream() -> Damaged:
    store = MemoryFactStore()
    store.append(a_petition())
    return Damaged(store)


@pytest.fixture
def sources(stream: Damaged) -> Sources:
    rows, cursor = MemoryDigests(MemoryFactStore()), MemoryRelayCursor(CursorRow())
    return Sources(
        lambda: stream,
        cast("StoreDigests", rows),
        cast("ReconciledLanes", KeptLanes()),
        cast("RelayCursor", cursor),
    )


def test_a_projector_ends_with_the_code_of_one_that_hangs(stream: Damaged) -> None:
    leases = MemoryLeases(LeaseTable(time.monotonic), "projector-1")
    desk = Desk((Versions(),), MemoryViewStore(), decode)
    parts = ProjectorParts(stream, desk, cast("Leases", leases), FixedClock(), Books())
    assert run_projector(parts, threading.Event()) == Exit.STUCK


def test_a_relay_ends_with_the_code_of_one_that_hangs() -> None:
    assert ending(StreamStuck(WHERE)) is Exit.STUCK


def test_a_reconciler_tells_where_it_cannot_read_and_goes_on_once_it_can(
    stream: Damaged, sources: Sources
) -> None:
    parts = ReconcilerParts(sources, every=0)
    health, told = ReconcilerHealth(parts.status), list[list[str]]()

    class Between(threading.Event):
        """The stream is mended after two passes; the third is the last."""

        def wait(self, timeout: float | None = None) -> bool:
            told.append([trouble.words for trouble in health.condition().troubles])
            stream.mended = len(told) == 2
            if len(told) == 3:
                self.set()
            return super().wait(timeout)

    assert run_reconciler(parts, Between()) is Exit.CLEAN
    first, second, third = told
    assert first == second == [f"the stream cannot be read: {WHERE}"]
    assert not any("cannot be read" in words for words in third)
    assert parts.status.passes == 1


def test_a_doctor_finds_it_where_store_and_stream_are_compared(sources: Sources) -> None:
    with pytest.raises(SettingsError, match="the batch at 17 is damaged"):
        one_history(sources, unguarded)
