"""Open work added up by units: of then, or of now (tổng số theo đơn vị).

Both ways add up the same pieces, told by the views at one moment, so their totals agree.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from domain.directory import Directory, Unit
from domain.placing import How, Place, Placing
from projections.open_work import OpenAt, OpenSums
from services.areas import placing_of, scope_of

UNANSWERED: Final = frozenset({How.MEANWHILE, How.NOBODY})


class By(StrEnum):
    """By which units open work is counted (tính theo đơn vị nào)."""

    THEN = "then"
    """By the units of a former day, where the work lay then (đơn vị trước sắp xếp)."""
    NOW = "now"
    """By the units in which the work is answered for (đơn vị hiện nay)."""


@dataclass(frozen=True, slots=True)
class Row:
    """The open work of one unit. Without a unit: what counts in the country alone.

    ``top`` is the unit below no other it lies in. ``waiting``: of its petitions and cases,
    those that an office only has until a person decides, or for which nobody answers.
    """

    unit: str | None
    top: str | None
    sums: OpenSums
    waiting: int


@dataclass(frozen=True, slots=True)
class Added:
    """Open work added up one way, on the day whose units count it."""

    by: By
    at: date
    placing: Placing
    rows: tuple[Row, ...]

    @property
    def total(self) -> OpenSums:
        """What its rows add up to."""
        return OpenSums.of(row.sums for row in self.rows)

    @property
    def waiting(self) -> int:
        """How much of it waits for a decision."""
        return sum(row.waiting for row in self.rows)


class Sums:
    """The open work of a unit, or of the country, to be added up any way.

    Of a unit that stands it is what counts there now, of a former one what came from there.
    """

    def __init__(
        self, unit: Unit | None, found: Iterable[OpenAt], directory: Directory, today: date
    ) -> None:
        self.unit = unit
        self.directory, self.today = directory, today
        self._last_day = None if unit is None or _stands(unit, today) else unit.valid_until
        self._found = tuple(found)
        if unit is not None:
            scope = scope_of(unit.unit_id, directory, today)
            self._found = tuple(x for x in self._found if scope.holds(x.office, x.formers))

    @staticmethod
    def offices(unit: Unit | None, directory: Directory, today: date) -> Sequence[str] | None:
        """What to ask the views about; None asks about everything."""
        return None if unit is None else scope_of(unit.unit_id, directory, today).offices

    @property
    def is_past(self) -> bool:
        """Whether it is of a unit that ended."""
        return self._last_day is not None

    def day_of(self, by: By) -> date:
        """The day whose units count when none is named: today, or the eve of the reform."""
        if by is By.NOW:
            return self.today
        return self._last_day or placing_of(self.directory, self.today).eve or self.today

    def added(self, by: By, at: date | None = None, known: Directory | None = None) -> Added:
        """Added up by the units of a day, as they are known, or once were."""
        day = at or self.day_of(by)
        placing = placing_of(known or self.directory, day)
        groups: dict[tuple[str | None, str | None], list[tuple[OpenSums, Place]]] = {}
        for each in self._found:
            place = placing.place(each.office, each.formers if by is By.THEN else ())
            row = (self._row_of(place.unit, placing), _top(place.unit, placing))
            groups.setdefault(row, []).append((each.sums, place))
        order = {name: n for n, name in enumerate(_in_order(groups, placing))}
        rows = (_row(key, several) for key, several in groups.items())
        return Added(by, day, placing, tuple(sorted(rows, key=lambda row: order[row.unit])))

    def _row_of(self, unit: str | None, placing: Placing) -> str | None:
        """The unit whose row a place belongs to: right below the one looked at, or the top."""
        if unit is None:
            return None
        down = (*reversed(placing.above(unit)), unit)
        if self.unit is None:
            return down[0]
        if self.unit.unit_id in down:
            return down[min(down.index(self.unit.unit_id) + 1, len(down) - 1)]
        return down[min(1, len(down) - 1)] if self.unit.parent is None else unit


def _stands(unit: Unit, today: date) -> bool:
    return unit.valid_until is None or unit.valid_until >= today


def _top(unit: str | None, placing: Placing) -> str | None:
    return None if unit is None else (unit, *placing.above(unit))[-1]


def _row(key: tuple[str | None, str | None], several: Sequence[tuple[OpenSums, Place]]) -> Row:
    waiting = (
        sums.petitions + sums.cases if place.how in UNANSWERED else sums.undecided
        for sums, place in several
    )
    return Row(*key, OpenSums.of(sums for sums, _ in several), sum(waiting))


def _in_order(
    rows: Mapping[tuple[str | None, str | None], object], placing: Placing
) -> Sequence[str | None]:
    """By the codes from the top down; what counts in no unit comes last."""
    named = [unit for unit, _ in rows if unit is not None]

    def codes(unit: str) -> tuple[tuple[bool, str], ...]:
        chain = (*reversed(placing.above(unit)), unit)
        units = (placing.unit(name) for name in chain)
        return tuple((each.valid_from > placing.on, each.code) for each in units)

    return [*sorted(named, key=codes), None]
