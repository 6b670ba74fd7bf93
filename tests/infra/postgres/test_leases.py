"""One holder at a time, and an epoch that fences whoever slept."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from infra.postgres.leases import Lease, LeaseLost, Leases
from infra.postgres.relay_cursor import CursorFenced, Published, RelayCursor
from tests.stores import Addresses

LONG, NOTHING = 60.0, 0.0


@pytest.fixture
def two(addresses: Addresses) -> Iterator[tuple[Leases, Leases]]:
    """Two holders, one of the application, one a projector."""
    a, b = Leases(addresses.app, "a"), Leases(addresses.projector, "b")
    yield a, b
    a.close()
    b.close()


def taken(lease: Lease | None) -> Lease:
    assert lease is not None
    return lease


def test_a_held_lease_is_not_granted_to_another(two: tuple[Leases, Leases]) -> None:
    a, b = two
    lease = taken(a.acquire("relay", LONG))
    assert lease.is_held()
    assert b.acquire("relay", LONG) is None
    assert [(held.name, held.holder) for held in a.held("re")] == [("relay", "a")]


def test_leases_of_other_names_are_free(two: tuple[Leases, Leases]) -> None:
    a, b = two
    taken(a.acquire("project/0", LONG))
    taken(b.acquire("project/1", LONG))
    assert [held.holder for held in b.held("project/")] == ["a", "b"]


def test_a_released_lease_goes_on_with_a_higher_epoch(two: tuple[Leases, Leases]) -> None:
    a, b = two
    first = taken(a.acquire("relay", LONG))
    a.release(first)
    second = taken(b.acquire("relay", LONG))
    assert second.epoch > first.epoch


def test_an_expired_lease_is_taken_over_and_the_sleeper_learns_it(
    two: tuple[Leases, Leases],
) -> None:
    a, b = two
    first = taken(a.acquire("relay", NOTHING))
    assert not first.is_held()
    second = taken(b.acquire("relay", LONG))
    with pytest.raises(LeaseLost):
        a.renew(first, LONG)
    a.release(first)
    assert b.renew(second, LONG).epoch == second.epoch


def test_a_lease_that_ran_out_unnoticed_is_ours_still(two: tuple[Leases, Leases]) -> None:
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


def test_the_cursor_begins_at_nothing_and_moves_with_its_epoch(addresses: Addresses) -> None:
    cursor = RelayCursor(addresses.app)
    assert cursor.take_over(1) == Published(0, (0,) * 24, {})
    there = Published(7, (7, *(0,) * 23), {"tiepdan.events.v1": "id=1", "tiepdan.access.v1": "2"})
    cursor.move(there, epoch=1)
    assert cursor.load() == there
    cursor.close()


def test_a_relay_of_an_earlier_epoch_moves_nothing(addresses: Addresses) -> None:
    cursor = RelayCursor(addresses.app)
    cursor.take_over(1)
    cursor.take_over(2)
    with pytest.raises(CursorFenced):
        cursor.move(Published(9, (0,) * 24, {}), epoch=1)
    with pytest.raises(CursorFenced):
        cursor.take_over(1)
    assert cursor.load().position == 0
    cursor.close()
