"""A lane of the store held against its records: what is told, and what is no difference."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from uuid import uuid4

import pytest

from infra.memory import MemoryFactStore
from infra.memory.reconciled import MemoryDigests
from infra.postgres.reconciled import Difference, Kind, LaneState, StoredDigest
from projections.ports import StreamRecord
from services.reconciler.lane import LaneCheck
from tests.contracts.facts import accepted
from tests.services.tape import on_tape

HEAD = 1_000


class AlteredRows(MemoryDigests):
    """The store after somebody wrote other bytes at a position."""

    def __init__(self, store: MemoryFactStore, position: int, body: bytes) -> None:
        super().__init__(store)
        self._position, self._sha256 = position, sha256(body).digest()

    def at(self, lane: int, positions: Collection[int]) -> Mapping[int, StoredDigest]:
        return {at: self._altered(row) for at, row in super().at(lane, positions).items()}

    def after(self, lane: int, position: int, limit: int) -> Sequence[StoredDigest]:
        return list(map(self._altered, super().after(lane, position, limit)))

    def _altered(self, row: StoredDigest) -> StoredDigest:
        return replace(row, sha256=self._sha256) if row.position == self._position else row


class Table:
    """Six facts of one stream, so of one lane; and the records a relay sends of them."""

    def __init__(self) -> None:
        self.store, stream = MemoryFactStore(), uuid4()
        self.store.append([accepted(stream, version) for version in range(1, 7)])
        self.rows = MemoryDigests(self.store)
        sent = on_tape(self.store)
        self.records = [replace(record, offset=n) for n, record in enumerate(sent)]
        self.lane = self.records[0].lane

    def check(self, *, begin: int = 0, was: LaneState | None = None) -> LaneCheck:
        return LaneCheck(LaneState(self.lane, "topic"), self.rows, begin=begin, was=was)

    def found(self, *sent: int, published: int = HEAD) -> Difference | None:
        """The difference once the facts of these positions were sent in this order."""
        check = self.check()
        check.take(self.sent(*sent))
        check.close(published)
        return check.state.difference

    def sent(self, *positions: int) -> list[StreamRecord]:
        return [
            replace(self.records[position - 1], offset=offset)
            for offset, position in enumerate(positions)
        ]


@pytest.fixture
def table() -> Table:
    return Table()


def test_what_both_hold_is_no_difference(table: Table) -> None:
    assert table.found(1, 2, 3, 4, 5, 6) is None


def test_repeats_are_counted_and_are_no_difference(table: Table) -> None:
    check = table.check()
    check.take(table.sent(1, 2, 3, 2, 3, 4, 5, 6))
    check.close(HEAD)
    assert (check.state.difference, check.state.repeats, check.state.compared) == (None, 2, 6)


def test_a_record_left_out_is_missing_at_its_position(table: Table) -> None:
    found = table.found(1, 2, 4, 5, 6)
    assert found is not None
    assert (found.kind, found.position, found.version) == (Kind.MISSING, 3, 3)
    assert found.stream == table.records[0].stream


def test_a_fact_the_relay_has_not_passed_is_not_missing(table: Table) -> None:
    assert table.found(1, 2, 3, published=3) is None


def test_a_hole_that_was_filled_by_sending_again_is_no_difference(table: Table) -> None:
    check = table.check()
    check.take(table.sent(1, 2, 4, 5))
    check.close(HEAD)
    assert check.state.difference is not None
    check.take(table.sent(3, 4, 5, 6))
    check.close(HEAD)
    assert check.state.difference is None


def test_a_record_that_overtook_another_and_never_came_again_is_out_of_order(
    table: Table,
) -> None:
    found = table.found(1, 3, 2, 4)
    assert found is not None
    assert (found.kind, found.position, found.offset) == (Kind.ORDER, 3, 1)


def test_a_fact_only_the_stream_has_is_surplus_and_stays_told(table: Table) -> None:
    stray = replace(table.records[5], position=7, prev=6, offset=6)
    check = table.check()
    check.take([*table.records, stray])
    check.close(HEAD)
    check.close(HEAD)
    found = check.state.difference
    assert found is not None
    assert (found.kind, found.position, found.offset) == (Kind.SURPLUS, 7, 6)
    assert check.state.differences == 1


def test_a_record_without_a_place_is_surplus(table: Table) -> None:
    stray = replace(table.records[5], position=0, prev=0, fault="no position")
    check = table.check()
    check.take([stray])
    assert check.state.difference is not None
    assert check.state.difference.kind is Kind.SURPLUS


@pytest.mark.parametrize("place", [2, 5], ids=["in the middle", "at the end"])
def test_other_bytes_at_a_position_are_told(table: Table, place: int) -> None:
    check = table.check()
    other = [replace(r, body=r.body + b" ") if n == place else r
             for n, r in enumerate(table.records)]  # fmt: skip
    check.take(other)
    check.close(HEAD)
    found = check.state.difference
    assert found is not None
    assert (found.kind, found.position, found.offset) == (Kind.BODY, place + 1, place)
    assert check.state.position == 6


def test_a_repeat_with_other_bytes_is_told(table: Table) -> None:
    check = table.check()
    check.take([*table.records, replace(table.records[1], body=b"{}", offset=6)])
    assert check.state.difference == Difference(
        Kind.BODY, table.lane, 2, 6, table.records[1].stream, 2
    )


def test_a_record_that_names_another_before_it_is_told(table: Table) -> None:
    check = table.check()
    check.take([table.records[0], replace(table.records[1], prev=0)])
    assert check.state.difference is not None
    assert check.state.difference.kind is Kind.CHAIN


def test_two_runs_that_meet_in_the_middle_have_the_digest_of_one(table: Table) -> None:
    whole, parts = table.check(), table.check()
    whole.take(table.records)
    parts.take(table.records[:2])
    resumed = LaneCheck(parts.state, table.rows)
    resumed.take(table.records[2:])
    assert resumed.state == whole.state


def test_a_history_altered_in_both_places_alike_is_told_by_the_digest_of_before(
    table: Table,
) -> None:
    before = table.check()
    before.take(table.records)
    table.rows = AlteredRows(table.store, 3, b'{"other":1}')
    altered = [replace(r, body=b'{"other":1}') if n == 2 else r
               for n, r in enumerate(table.records)]  # fmt: skip
    again = table.check(was=before.state)
    again.take(altered)
    assert again.state.difference is not None
    assert again.state.difference.kind is Kind.HISTORY


def test_what_lies_before_the_beginning_is_left_out(table: Table) -> None:
    broken = [replace(table.records[0], body=b"{}"), *table.records[1:]]
    check = LaneCheck(LaneState(table.lane, "topic", position=3), table.rows, begin=3)
    check.take(broken)
    check.close(HEAD)
    assert (check.state.difference, check.state.compared, check.state.repeats) == (None, 3, 0)
