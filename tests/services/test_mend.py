"""The relay's cursor is put back before what is missing, while the relay goes on moving it."""

from dataclasses import replace
from uuid import uuid4

import pytest

from infra.memory import MemoryFactStore
from infra.memory.reconciled import MemoryDigests
from infra.memory.relay_cursor import CursorRow, MemoryRelayCursor
from infra.postgres.reconciled import Difference, Kind, LaneState
from infra.postgres.relay_cursor import Published
from services.reconciler.mend import CannotMend, send_again
from tests.contracts.facts import opened

IDS = {"tiepdan.events.v1": "1", "tiepdan.access.v1": "1"}
MISSING = 5


class Moving(MemoryRelayCursor):
    """A cursor whose relay finishes a round just after each of the first looks at it."""

    def __init__(self, row: CursorRow, *, moves: int) -> None:
        super().__init__(row)
        self._row_moved, self._moves = row, moves

    def load(self) -> Published:
        found = super().load()
        if self._moves:
            self._moves -= 1
            self._row_moved.stands = replace(found, position=found.position + 1)
        return found


@pytest.fixture
def rows() -> MemoryDigests:
    store = MemoryFactStore()
    store.append([opened(uuid4()) for _ in range(10)])
    return MemoryDigests(store)


def row_at(position: int, rows: MemoryDigests) -> CursorRow:
    return CursorRow(1, Published(position, rows.heads(position), IDS))


def missing(rows: MemoryDigests, position: int = MISSING) -> list[LaneState]:
    lane = next(n for n, head in enumerate(rows.heads(position)) if head == position)
    return [LaneState(lane, "1", difference=Difference(Kind.MISSING, lane, position))]


def test_a_relay_that_moves_its_cursor_meanwhile_does_not_keep_it_from_being_put_back(
    rows: MemoryDigests,
) -> None:
    row = row_at(8, rows)
    assert send_again(Moving(row, moves=1), rows, missing(rows)) == MISSING
    assert row.stands == Published(MISSING - 1, rows.heads(MISSING - 1), IDS)


def test_a_relay_that_never_stops_moving_it_is_said(rows: MemoryDigests) -> None:
    row = row_at(8, rows)
    with pytest.raises(CannotMend, match="the relay moves its cursor: try again"):
        send_again(Moving(row, moves=10_000), rows, missing(rows))
    assert row.stands.position > 8


@pytest.mark.parametrize("position", [0, 2, MISSING - 1])
def test_a_cursor_that_stands_before_what_is_missing_is_not_put_forward(
    rows: MemoryDigests, position: int
) -> None:
    row = row_at(position, rows)
    assert send_again(MemoryRelayCursor(row), rows, missing(rows)) == position + 1
    assert row == row_at(position, rows)
