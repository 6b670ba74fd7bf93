"""Lanes are shared out fairly, none is left alone, whoever comes, goes or dies."""

import threading
from collections.abc import Callable, Iterator

import pytest

from domain.ports import LANES, PARTITIONS
from infra.local.ports import wait_until
from infra.postgres.leases import Leases
from services.projector.shares import LaneShares, fair_shares
from tests.stores import Addresses

Join = Callable[[], LaneShares]
ALL = frozenset(range(LANES))


@pytest.fixture
def join(addresses: Addresses) -> Iterator[Join]:
    """A new projector among those of one group."""
    opened: list[Leases] = []

    def join() -> LaneShares:
        opened.append(Leases(addresses.projector, f"projector-{len(opened)}"))
        return LaneShares(opened[-1], "live", seconds=60)

    yield join
    for leases in opened:
        leases.close()


def tend(*members: LaneShares, turns: int = 2) -> list[int]:
    """Some turns of each; how many lanes each has then. No lane has two holders."""
    for _ in range(turns):
        for member in members:
            member.tend()
    held = [lane for member in members for lane in member.lanes]
    assert len(held) == len(set(held))
    return [len(member.lanes) for member in members]


def busy(member: LaneShares) -> int:
    """How many lanes of case facts it has."""
    return sum(lane < PARTITIONS for lane in member.lanes)


@pytest.mark.parametrize("members", [1, 2, 5, 7, 12, 13, 24, 30])
def test_each_topic_is_dealt_out_whole_and_nobody_has_two_lanes_more(members: int) -> None:
    dealt = [fair_shares(place, members) for place in range(members)]
    for topic in zip(*dealt, strict=True):
        assert sum(topic) == PARTITIONS
        assert max(topic) - min(topic) <= 1


def test_who_has_the_odd_lane_of_one_topic_has_none_of_the_other() -> None:
    assert [sum(fair_shares(place, 24)) for place in range(24)] == [1] * 24


def test_who_is_alone_has_every_lane(join: Join) -> None:
    alone = join()
    alone.tend()
    assert alone.lanes == ALL


def test_who_joins_gets_a_fair_share(join: Join) -> None:
    first, second, third = join(), join(), join()
    first.tend()
    assert tend(first, second) == [12, 12]
    assert tend(first, second, third) == [8, 8, 8]


def test_the_lanes_that_are_busy_are_shared_evenly(join: Join) -> None:
    members = [join() for _ in range(5)]
    members[0].tend()
    tend(*members[:2])
    assert [busy(member) for member in members[:2]] == [6, 6]
    tend(*members)
    assert sorted(busy(member) for member in members) == [2, 2, 2, 3, 3]


def test_who_stays_keeps_working_on_what_it_keeps(join: Join) -> None:
    first, second = join(), join()
    first.tend()
    before = first.lanes
    tend(first, second)
    kept = first.lanes
    assert kept < before
    tend(first, second, turns=3)
    assert first.lanes == kept


def test_who_leaves_leaves_the_lanes_to_the_others_at_once(join: Join) -> None:
    first, second = join(), join()
    tend(first, second)
    second.leave()
    first.tend()
    assert (first.lanes, second.lanes) == (ALL, frozenset())


def test_the_lanes_of_the_dead_are_taken_when_their_leases_run_out(
    join: Join, addresses: Addresses
) -> None:
    survivor, dead = join(), join()
    assert tend(survivor, dead) == [12, 12]
    addresses.run("UPDATE store.leases SET expires_at = now() WHERE holder = 'projector-1'")
    survivor.tend()
    assert survivor.lanes == ALL
    dead.tend()
    assert dead.lanes == frozenset()
    assert tend(survivor, dead) == [12, 12]


def test_tending_goes_on_until_told_to_stop(join: Join) -> None:
    alone, stop = join(), threading.Event()
    tender = threading.Thread(target=alone.tend_until, args=(stop,))
    tender.start()
    assert wait_until(lambda: alone.lanes == ALL, within=10)
    stop.set()
    tender.join(timeout=5)
    assert not tender.is_alive()
