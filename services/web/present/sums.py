"""Open work by the units of then or of now, and the board of a unit that ended (tổng số)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from domain.directory import Unit
from domain.succession import places_now
from projections.answers import Freshness
from projections.gatherings import GatheringRow
from projections.open_work import OpenSums
from services.areas import may_look_over
from services.sums import Added, By, Row, Sums
from services.web.formats import number
from services.web.models import Cell, EmptyState, Header, Link, UnitGroup, UnitRow, UnitTable
from services.web.models.sums import Past, SumsPage
from services.web.present import area
from services.web.present.answering import who_answers
from services.web.present.days import AsOf
from services.web.present.frame import Seat, age_of, board_of, shell
from services.web.present.offices import where_now

COUNTRY: Final = "/tong-so"
WAYS: Final[Mapping[str, By]] = {"nay": By.NOW, "truoc": By.THEN}
WORDS: Final = {by: word for word, by in WAYS.items()}
HEADERS: Final = tuple(
    Header(words)
    for words in (
        "Đơn đang\ngiải quyết", "Vụ việc\nchưa xong", "Quá\nhạn", "Hạn trong\n3 ngày",
        "Chuyển đến\nchưa nhận", "Bị\ntrả lại", "Chờ quyết định\nnơi nhận",
    )
)  # fmt: skip
ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SumsFacts:
    """What is added up, which way is shown, and the rows the reader may see."""

    sums: Sums
    by: By
    added: Added
    rows: Sequence[Row]
    other: Added
    crowds: Sequence[GatheringRow]
    freshness: Freshness
    day: AsOf


def sums_address(unit: str | None) -> str:
    """The page of a unit's sums, or of the country's."""
    return COUNTRY if unit is None else f"/don-vi/{unit}/tong-so"


def ways_of(unit: str | None, eve: date | None, shown: By | None) -> tuple[tuple[Link, bool], ...]:
    """The two ways of counting; none where no unit has ended yet."""
    if eve is None:
        return ()
    here = sums_address(unit)
    words = {By.NOW: "Theo đơn vị hiện nay", By.THEN: f"Theo đơn vị trước {_vn(eve + ONE_DAY)}"}
    return tuple((Link(words[by], f"{here}?theo={WORDS[by]}"), by is shown) for by in words)


def sums_page(facts: SumsFacts, seat: Seat) -> SumsPage:
    """The page: both totals in words, one of the ways as a table."""
    unit, day = facts.sums.unit, facts.sums.day_of(By.THEN)
    title = f"{'Cả nước' if unit is None else unit.name}: việc đang mở"
    name = None if unit is None else unit.unit_id
    here, age = sums_address(name), age_of(facts.freshness, seat.now)
    at = f", số liệu {age.at:%H:%M:%S}" if age.at else ""
    return SumsPage(
        shell=shell(seat, title, here=here, age=age),
        title=title,
        summary=f"Theo đơn vị ngày {_vn(facts.added.at)}{at}",
        ways=ways_of(name, day if day < seat.today else None, facts.by),
        both=_both(facts),
        table=sums_table(facts, seat),
        waiting=_waiting(facts.added),
        crumbs=_crumbs(unit, seat),
        past=_past(unit, seat) if unit is not None and facts.sums.is_past else None,
        day=facts.day.pick(here, keep=(("theo", WORDS[facts.by]),)),
        gatherings=tuple(area.crowd_card(row, seat) for row in facts.crowds),
        no_rows=None if facts.rows else EmptyState("Không còn việc nào đang mở."),
    )


def _both(facts: SumsFacts) -> str:
    now, then = (facts.added, facts.other) if facts.by is By.NOW else (facts.other, facts.added)
    return (
        f"Tổng số đơn đang giải quyết: {number(now.total.petitions)} theo đơn vị hiện nay,"
        f" {number(then.total.petitions)} theo đơn vị ngày {_vn(then.at)}."
    )


def _waiting(added: Added) -> str:
    if not added.waiting:
        return ""
    counted = ", nên được tính về cấp trên" if added.by is By.NOW else ""
    return (
        f"{number(added.waiting)} đơn, vụ việc của cơ quan đã kết thúc chờ quyết định nơi nhận;"
        f" cấp trên trực tiếp đang tạm chịu trách nhiệm{counted}."
    )


def sums_table(facts: SumsFacts, seat: Seat) -> UnitTable:
    """A row for each unit, below the top unit it lay or lies in; the totals add up."""
    groups = [
        UnitGroup(_group_title(top, facts), tuple(_row(row, facts, seat) for row in rows))
        for top, rows in groupby(facts.rows, key=lambda row: row.top)
    ]
    total = UnitRow("total", "Tổng cộng", "", _cells(facts.added.total, facts.added.waiting))
    return UnitTable("Theo đơn vị", "Thứ tự hành chính, không xếp hạng", "Đơn vị", HEADERS,
                     tuple(groups), total)  # fmt: skip


def _group_title(top: str | None, facts: SumsFacts) -> str:
    unit = facts.sums.unit
    if top is None or unit is None or top == unit.unit_id:
        return ""
    found = facts.added.placing.unit(top)
    later = f", từ {_vn(found.valid_from)}" if found.valid_from > facts.added.at else ""
    return f"{found.name}{later}"


def _row(row: Row, facts: SumsFacts, seat: Seat) -> UnitRow:
    cells = _cells(row.sums, row.waiting)
    if row.unit is None:
        words = "Các đơn vị khác" if facts.sums.unit is None else "Chưa rõ đơn vị"
        return UnitRow("others", words, "", cells)
    unit = facts.added.placing.unit(row.unit)
    looked_at = facts.sums.unit
    own = looked_at is not None and unit.unit_id == looked_at.unit_id and unit.level != "commune"
    name = f"Cơ quan của {unit.name}" if own else unit.name
    if unit.valid_from > facts.added.at:
        name = f"{name} (từ {_vn(unit.valid_from)})"
    over = may_look_over(seat.officer, unit.unit_id, seat.directory, seat.today)
    href = sums_address(unit.unit_id) if over and not own else f"/don-vi/{unit.unit_id}"
    return UnitRow(unit.unit_id, name, href, cells)


def _cells(sums: OpenSums, waiting: int) -> tuple[Cell, ...]:
    values = (
        sums.petitions, sums.cases, sums.overdue, sums.due_soon, sums.offers, sums.returned,
        waiting,
    )  # fmt: skip
    return tuple(Cell(value) for value in values)


def _crumbs(unit: Unit | None, seat: Seat) -> tuple[Link, ...]:
    if unit is None:
        return ()
    stands = seat.directory.units.on(unit.unit_id, seat.today) is not None
    board = board_of(unit) if stands else ""
    return (
        (Link("Bảng điều hành", board),) if board else (Link(unit.name, f"/don-vi/{unit.unit_id}"),)
    )


def _past(unit: Unit, seat: Seat) -> Past:
    until = unit.valid_until or seat.today
    places = places_now(unit.unit_id, seat.directory, seat.today)
    return Past(
        ended=f"{unit.name} kết thúc ngày {_vn(until)}. Đây là bảng lịch sử.",
        answers=who_answers(unit, seat),
        places_words=where_now(unit, places) if places else "",
        places=tuple(Link(place.name, f"/don-vi/{place.unit_id}") for place, _ in places),
    )


def _vn(day: date) -> str:
    return f"{day:%d/%m/%Y}"
