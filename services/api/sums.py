"""Open work by units as it is answered, and who answers for a former unit (tổng số)."""

from collections.abc import Sequence
from datetime import date

from pydantic import BaseModel

from domain.directory import Directory, Unit
from domain.homes import OfficesOn
from projections.gatherings import GatheringRow
from projections.open_work import OpenSums
from services.api.answers import Age, OfficeAnswer
from services.api.reading import Reading
from services.areas import AreaNotForReader, may_look_over, sees_country
from services.sums import Added, By, Row, Sums
from services.units.answers import UnitAnswer


class SumsRow(BaseModel):
    """The open work of one unit. Without a unit: of those the reader does not look over.

    ``began_later``: it did not stand on that day yet. ``waiting``: of its petitions and cases,
    what an office only has until a person decides where it goes.
    """

    unit: UnitAnswer | None
    began_later: bool
    sums: OpenSums
    waiting: int


class UnitSums(BaseModel):
    """Open work added up by the units of a day. ``totals``: both ways, of the same moment."""

    unit: UnitAnswer | None
    by: By
    at: date
    rows: list[SumsRow]
    total: OpenSums
    waiting: int
    totals: dict[By, OpenSums]


class AnswersNow(BaseModel):
    """Who answers for a former unit's work; ``interim``: until a person decides among others."""

    office: OfficeAnswer | None
    interim: bool
    candidates: list[str]

    @classmethod
    def of(cls, unit: Unit, directory: Directory, today: date) -> "AnswersNow":
        """From the directory."""
        seat = directory.find_office(unit.unit_id, min(unit.valid_until or today, today))
        tree = OfficesOn(directory, today)
        if seat is not None and tree.stands(seat.office_id):
            return cls(office=OfficeAnswer.of(seat), interim=False, candidates=[])
        home = None if seat is None else tree.home_of(seat.office_id)
        if home is None:
            return cls(office=None, interim=False, candidates=[])
        office = OfficeAnswer.of(home.office)
        return cls(office=office, interim=home.interim, candidates=list(home.candidates))


class PastBoard(BaseModel):
    """The board of a unit that ended, or as of a day: what is open, by the units of then (lịch sử).

    ``ended_on``: None while it stands. What is open is of now: by which units, of then.
    """

    unit: UnitAnswer
    ended_on: date | None
    answers: AnswersNow
    sums: UnitSums
    gatherings: list[GatheringRow]
    freshness: Age


def sums_of(reading: Reading, unit: Unit | None) -> Sums:
    """What is open of a unit, or of the country. Raises ``ViewsUnavailable``."""
    directory, today = reading.directory, reading.today
    offices = Sums.offices(unit, directory, today)
    found = reading.parts.views.open_at(offices, today=today, soon_until=reading.soon_until)
    return Sums(unit, found, directory, today)


def told(
    reading: Reading,
    sums: Sums,
    by: By,
    at: date | None = None,
    known: Directory | None = None,
) -> UnitSums:
    """The answer, without a figure of a unit the reader does not look over."""
    added = sums.added(by, at, known)
    other = sums.added(By.THEN if by is By.NOW else By.NOW)
    seen = rows_seen(reading, sums, added)
    return UnitSums(
        unit=None if sums.unit is None else UnitAnswer.of(sums.unit),
        by=by,
        at=added.at,
        rows=[_row(row, added) for row in seen],
        total=added.total,
        waiting=added.waiting,
        totals={added.by: added.total, other.by: other.total},
    )


def rows_seen(reading: Reading, sums: Sums, added: Added) -> Sequence[Row]:
    """The rows; of the country's those of units not looked over are one row without a unit."""
    if sums.unit is not None:
        return added.rows
    officer, directory, today = reading.officer, reading.directory, reading.today
    own = [
        row
        for row in added.rows
        if row.unit is not None and may_look_over(officer, row.unit, directory, today)
    ]
    others = [row for row in added.rows if row not in own]
    if not others:
        return own
    rest = OpenSums.of(row.sums for row in others)
    return (*own, Row(None, None, rest, sum(row.waiting for row in others)))


def must_see_country(reading: Reading) -> None:
    """Refuses: :class:`AreaNotForReader`."""
    if not sees_country(reading.officer, reading.directory, reading.today):
        raise AreaNotForReader(
            "Tổng số cả nước dành cho lãnh đạo, theo dõi, thanh tra cấp tỉnh.",
            pointer="query/unit",
            mend="Nêu đơn vị của mình hoặc đơn vị trực thuộc.",
        )


def _row(row: Row, added: Added) -> SumsRow:
    unit = None if row.unit is None else added.placing.unit(row.unit)
    return SumsRow(
        unit=None if unit is None else UnitAnswer.of(unit),
        began_later=unit is not None and unit.valid_from > added.at,
        sums=row.sums,
        waiting=row.waiting,
    )
