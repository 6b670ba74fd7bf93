"""One holder at a time, and an epoch that fences whoever slept: in memory and on Postgres."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing

import pytest

from infra.memory.leases import LeaseTable, MemoryLeases
from infra.memory.relay_cursor import CursorRow, MemoryRelayCursor
from infra.postgres.leases import Lease, LeaseLost, Leases
from infra.postgres.relay_cursor import CursorFenced, Published, RelayCursor
from tests.stores import Addresses

LONG, NOTHING = 60.0, 0.0
IDS = {"tiepdan.events.v1": "id=1", "tiepdan.access.v1": "2"}

Two = tuple[Leases | MemoryLeases, Leases | MemoryLeases]
Cursor = RelayCursor | MemoryRelayCursor


@pytest.fixture(params=["memory", "postgres"])
def two(request: pytest.FixtureRequest) -> Iterator[Two]:
    """Two holders, one of the application, one a projector."""
    if request.param == "memory":
        table = LeaseTable(time.monotonic)
        yield MemoryLeases(table, "a"), MemoryLeases(table, "b")
        return
    addresses: Addresses = request.getfixturevalue("addresses")
    with ExitStack() as opened:
        a = opened.enter_context(closing(Leases(addresses.app, "a")))
        b = opened.enter_context(closing(Leases(addresses.projector, "b")))
        yield a, b


@pytest.fixture(params=["memory", "postgres"])
def cursor(request: pytest.FixtureRequest) -> Iterator[Cursor]:
    if request.param == "memory":
        yield MemoryRelayCursor(CursorRow())
        return
    addresses: Addresses = request.getfixturevalue("addresses")
    with closing(RelayCursor(addresses.app)) as real:
        yield real


def taken(lease: Lease | None) -> Lease:
    assert lease is not None
    return lease


def standing(position: int) -> Published:
    """Published up to there, all in the first lane."""
    return Published(position, (position, *(0,) * 23), IDS)


def test_a_held_lease_is_not_granted_to_another(two: Two) -> None:
    a, b = two
    lease = taken(a.acquire("relay", LONG))
    assert lease.is_held()
    assert b.acquire("relay", LONG) is None
    assert [(held.name, held.holder) for held in a.held("re")] == [("relay", "a")]


def test_a_holder_that_asks_again_is_granted_it_with_another_epoch(two: Two) -> None:
    a, _ = two
    first, second = taken(a.acquire("relay", LONG)), taken(a.acquire("relay", LONG))
    assert second.epoch > first.epoch
    with pytest.raises(LeaseLost):
        a.renew(first, LONG)


def test_leases_of_other_names_are_free(two: Two) -> None:
    a, b = two
    taken(b.acquire("project/1", LONG))
    taken(a.acquire("project/0", LONG))
    assert [held.holder for held in b.held("project/")] == ["a", "b"]


def test_a_released_lease_goes_on_with_a_higher_epoch(two: Two) -> None:
    a, b = two
    first = taken(a.acquire("relay", LONG))
    a.release(first)
    assert a.held("relay") == []
    second = taken(b.acquire("relay", LONG))
    assert second.epoch > first.epoch


def test_an_expired_lease_is_taken_over_and_the_sleeper_learns_it(two: Two) -> None:
    a, b = two
    first = taken(a.acquire("relay", NOTHING))
    assert not first.is_held()
    second = taken(b.acquire("relay", LONG))
    with pytest.raises(LeaseLost):
        a.renew(first, LONG)
    a.release(first)
    assert b.renew(second, LONG).epoch == second.epoch


def test_a_lease_that_ran_out_unnoticed_is_ours_still(two: Two) -> None:
    a, b = two
    lease = taken(a.acquire("relay", NOTHING))
    assert a.renew(lease, LONG).epoch == lease.epoch
    assert b.acquire("relay", LONG) is None


def test_of_many_who_ask_at_once_one_is_granted(addresses: Addresses) -> None:
    many = [Leases(addresses.app, f"holder {n}") for n in range(6)]
    with ThreadPoolExecutor(6) as askers:
        granted = list(askers.map(lambda leases: leases.acquire("relay", LONG), many))
    assert sum(lease is not None for lease in granted) == 1
    for leases in many:
        leases.close()


def test_the_cursor_begins_at_nothing_and_moves_with_its_epoch(cursor: Cursor) -> None:
    begun = cursor.take_over(1)
    assert begun == Published(0, (0,) * 24, {})
    cursor.move(standing(7), was=begun, epoch=1)
    assert cursor.load() == standing(7)
    assert cursor.take_over(1) == standing(7)


def test_a_relay_of_an_earlier_epoch_moves_nothing(cursor: Cursor) -> None:
    begun = cursor.take_over(1)
    cursor.take_over(2)
    with pytest.raises(CursorFenced):
        cursor.move(standing(9), was=begun, epoch=1)
    with pytest.raises(CursorFenced):
        cursor.take_over(1)
    assert cursor.load().position == 0


def test_a_cursor_put_back_by_an_operator_is_not_moved_on_by_the_relay(cursor: Cursor) -> None:
    begun = cursor.take_over(1)
    cursor.move(standing(7), was=begun, epoch=1)
    cursor.put_back(standing(3), was=standing(7))
    with pytest.raises(CursorFenced):
        cursor.move(standing(9), was=standing(7), epoch=1)
    with pytest.raises(CursorFenced):
        cursor.put_back(begun, was=standing(7))
    assert cursor.load() == standing(3)
