"""Due days worked out again after the calendar or a rulebook changed (tính lại thời hạn). Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic
from uuid import UUID

from domain.codes import PetitionKind
from domain.law.clocks import REPLY, SETTLEMENT
from projections import cases, petitions
from projections.base import R, Rows, changed
from projections.case_row import CaseRow, CaseState, met_on
from projections.cases import Cases
from projections.clocks import Clocks
from projections.office_load import Item, move_load
from projections.petition_row import PetitionRow
from projections.petitions import Petitions
from projections.settlements import timeline_of


@dataclass(frozen=True, slots=True)
class Moved:
    """A due day that moved (hạn thay đổi). ``ended``: of a clock that was met already.

    Such a one moves only by what was learned on the very day it was met.
    """

    clock: str
    subject: UUID
    number: str
    office: str
    lane: int
    was: date | None
    due: date | None
    ended: bool

    def as_data(self) -> Mapping[str, object]:
        """Plain values."""
        return {
            "clock": self.clock, "subject": str(self.subject),
            "number": self.number, "office": self.office,
            "was": None if self.was is None else self.was.isoformat(),
            "due": None if self.due is None else self.due.isoformat(),
        }  # fmt: skip

    def line(self) -> str:
        """For people."""
        return f"{self.number}  {self.office}  {self.was or '-'} -> {self.due or '-'}"


@dataclass(frozen=True, slots=True)
class Sort(Generic[R]):
    """A sort of rows that keep a due day: who writes them, its columns, how it is worked out.

    ``met``: the columns of which the first filled is the day its clock stopped.
    """

    projection: str
    row: type[R]
    start: str
    due: str
    met: tuple[str, ...]
    again: Callable[[R, Clocks], R]
    moved: Callable[[R, R], Moved]
    load: Callable[[R], Iterable[Item]]


def _reply_again(row: PetitionRow, clocks: Clocks) -> PetitionRow:
    kind = PetitionKind(row.kind)
    due = clocks.reply_due(
        kind, row.received_on, row.in_charge, row.in_charge_unit, met_on=row.answered_on
    )
    return row if due == row.due_on else changed(row, due_on=due)


def _reply_moved(before: PetitionRow, after: PetitionRow) -> Moved:
    return Moved(
        REPLY, after.petition_id, after.number, after.in_charge, after.lane,
        before.due_on, after.due_on,
        ended=after.answered_on is not None,
    )  # fmt: skip


def _settlement_again(row: CaseRow, clocks: Clocks) -> CaseRow:
    met = met_on(row)
    due = clocks.settle_due(timeline_of(row), row.office, row.unit, met_on=met)
    return row if due == row.settle_due else changed(row, settle_due=due)


def _settlement_moved(before: CaseRow, after: CaseRow) -> Moved:
    return Moved(
        SETTLEMENT, after.case_id, after.number, after.office, after.lane,
        before.settle_due, after.settle_due,
        ended=after.state != CaseState.OPEN,
    )  # fmt: skip


SORTS: tuple[Sort[Any], ...] = (
    Sort(
        Petitions.name, PetitionRow, "received_on", "due_on", ("answered_on",),
        _reply_again, _reply_moved, petitions.load_of,
    ),
    Sort(
        Cases.name, CaseRow, "opened_on", "settle_due", ("decided_on", "closed_on"),
        _settlement_again, _settlement_moved, cases.load_of,
    ),
)  # fmt: skip
"""Every sort of row that keeps a due day worked out by law."""


def worked_out_again(sort: Sort[R], rows: Iterable[R], clocks: Clocks) -> Iterator[tuple[R, R]]:
    """The rows whose day moved, each before and after."""
    for row in rows:
        after = sort.again(row, clocks)
        if after is not row:
            yield row, after


def put_moved(sort: Sort[R], pairs: Iterable[tuple[R, R]], into: Rows) -> tuple[Moved, ...]:
    """Write the rows that moved, and what the offices' counts make of it."""
    told = []
    for before, after in pairs:
        moved = sort.moved(before, after)
        into.put(after)
        move_load(into, moved.lane, sort.load(before), sort.load(after))
        told.append(moved)
    return tuple(told)
