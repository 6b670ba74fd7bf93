"""A projector ends when told, when it hangs, and leaves its lanes to the others."""

import threading
from collections.abc import Iterator, Mapping, Sequence

import pytest

from domain.ports import LANES
from infra.local.ports import wait_until
from infra.memory.clocks import FixedClock
from infra.memory.fact_store import MemoryFactStore
from infra.memory.views import MemoryViewStore
from infra.postgres.leases import Lease, Leases
from infra.serial import decode
from projections.ports import FactStream, StreamRecord, StreamUnavailable
from services.lifetime import Exit
from services.projector.lanes import Desk
from services.projector.program import ProjectorParts, run_projector
from tests.contracts.facts import a_petition
from tests.services.tape import Books, Tape, Versions, on_tape
from tests.stores import Addresses


class Hanging(Tape):
    """A client that never comes back."""

    def __init__(self) -> None:
        super().__init__()
        self.freed = threading.Event()

    def poll(self, timeout: float) -> Mapping[int, Sequence[StreamRecord]]:
        self.freed.wait(20)
        return {}


class Away(Tape):
    """A carrier nobody can reach."""

    def poll(self, timeout: float) -> Mapping[int, Sequence[StreamRecord]]:
        raise StreamUnavailable("no broker")


class Broken(Leases):
    """Leases that fail in a way nobody foresaw."""

    def renew(self, lease: Lease, seconds: float) -> Lease:
        raise RuntimeError(f"no renewal of {lease.name}")


@pytest.fixture
def leases(addresses: Addresses) -> Iterator[Leases]:
    leases = Leases(addresses.projector, "projector-1")
    yield leases
    leases.close()


def parts_over(stream: FactStream, leases: Leases) -> ProjectorParts:
    desk = Desk((Versions(),), MemoryViewStore(), decode)
    return ProjectorParts(stream, desk, leases, FixedClock(), Books())


def test_it_folds_until_told_to_stop_and_lets_go_of_its_lanes(leases: Leases) -> None:
    store, tape, stop = MemoryFactStore(), Tape(), threading.Event()
    store.append(a_petition())
    tape.write(*on_tape(store))
    parts = parts_over(tape, leases)
    ended: list[Exit] = []
    program = threading.Thread(target=lambda: ended.append(run_projector(parts, stop)))
    program.start()
    assert wait_until(lambda: parts.status.folded == 3, within=10)
    assert len(leases.held("projector/live/lane/")) == LANES
    stop.set()
    program.join(timeout=10)
    assert ended == [Exit.CLEAN]
    assert leases.held("projector/") == []


def test_a_client_that_hangs_ends_the_process(leases: Leases) -> None:
    hanging, stop, codes = Hanging(), threading.Event(), list[int]()

    def end(code: int) -> None:
        codes.append(code)
        stop.set()
        hanging.freed.set()

    parts = parts_over(hanging, leases)
    run_projector(ProjectorParts(**{**vars(parts), "patience": 0.1, "end": end}), stop)
    assert codes == [Exit.STUCK]


def test_a_carrier_that_is_away_ends_it_with_a_telling_code(leases: Leases) -> None:
    assert run_projector(parts_over(Away(), leases), threading.Event()) == Exit.UNAVAILABLE


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_projector_that_can_no_longer_share_its_lanes_does_not_end_as_if_told_to(
    addresses: Addresses,
) -> None:
    leases = Broken(addresses.projector, "projector-1")
    assert run_projector(parts_over(Tape(), leases), threading.Event()) == Exit.LEASE_LOST
    leases.close()
