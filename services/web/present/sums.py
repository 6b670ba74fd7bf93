"""Open work by the units of then or of now, and the board of a unit that ended (tổng số)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby, zip_longest
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
from services.web.models.places import DayPick
from services.web.models.sums import Past, SumsPage
from services.web.present import area
from services.web.present.answering import unit_that_answers, who_answers
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
QUEUES: Final = ("tat-ca", "", "", "", "chua-nhan", "tra-lai")
"""The lists behind the figures; of petitions and cases counted together there is none."""
NOW_IN: Final = Header("Nay thuộc", number=False)
MOST_NAMED: Final = 3
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
    """The page: both totals in words, one of the ways as a table.

    Whose own office has ended looks back: the ways and days are not offered.
    """
    unit, day, today = facts.sums.unit, facts.sums.day_of(By.THEN), facts.sums.today
    title = f"{'Cả nước' if unit is None else unit.name}: việc đang mở"
    name = None if unit is None else unit.unit_id
    here, age = sums_address(name), age_of(facts.freshness, seat.now)
    at = f", số liệu {age.at:%H:%M:%S}" if age.at else ""
    chosen = seat.until is None
    return SumsPage(
        shell=shell(seat, title, here=here if chosen else board_of(seat.unit), age=age),
        title=title,
        summary=f"Theo đơn vị ngày {_vn(facts.added.at)}{at}",
        ways=ways_of(name, day if day < today else None, facts.by) if chosen else (),
        both=_both(facts),
        table=sums_table(facts, seat),
        waiting=_waiting(facts.added),
        crumbs=() if unit is None else _crumbs(unit, facts),
        past=_past(unit, facts) if unit is not None and facts.sums.is_past else None,
        day=_day_of(facts, here) if chosen else None,
        gatherings=tuple(area.crowd_card(row, seat) for row in facts.crowds),
        no_rows=None if facts.rows else EmptyState("Không còn việc nào đang mở."),
    )


def _day_of(facts: SumsFacts, here: str) -> DayPick:
    return facts.day.pick(here, asks_known=True, keep=(("theo", WORDS[facts.by]),))


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
    past = _says_where(facts)
    cells = _cells(facts.added.total, facts.added.waiting)
    total = UnitRow("total", "Tổng cộng", "", (*cells, Cell()) if past else cells)
    return UnitTable("Theo đơn vị", "Thứ tự hành chính, không xếp hạng", "Đơn vị",
                     (*HEADERS, NOW_IN) if past else HEADERS, tuple(groups), total)  # fmt: skip


def _says_where(facts: SumsFacts) -> bool:
    """Whether each unit of then tells where it is today."""
    return facts.sums.is_past and facts.by is By.THEN


def _group_title(top: str | None, facts: SumsFacts) -> str:
    unit = facts.sums.unit
    if top is None or unit is None or top == unit.unit_id:
        return ""
    found = facts.added.placing.unit(top)
    later = f", từ {_vn(found.valid_from)}" if found.valid_from > facts.added.at else ""
    return f"{found.name}{later}"


def _row(row: Row, facts: SumsFacts, seat: Seat) -> UnitRow:
    cells = _cells(row.sums, row.waiting)
    if _says_where(facts):
        cells = (*cells, Cell(words=_now_in(row.unit, facts)))
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
    adds_up = over and not own and seat.until is None
    href = sums_address(unit.unit_id) if adds_up else f"/don-vi/{unit.unit_id}"
    if adds_up and _has_a_list(unit, facts):
        cells = tuple(_opened(cell, unit, queue) for cell, queue in zip_longest(cells, QUEUES))
    return UnitRow(unit.unit_id, name, href, cells)


def _has_a_list(unit: Unit, facts: SumsFacts) -> bool:
    """Whether the list of a unit holds just what its row counts: both of today, or both of the
    last day of the former unit that is looked at.
    """
    whole, at = facts.sums.unit, facts.added.at
    if facts.day.known is not None:
        return False
    if facts.by is By.NOW:
        return not facts.sums.is_past and at == facts.sums.today
    return facts.sums.is_past and whole is not None and whole.valid_until == at == unit.valid_until


def _opened(cell: Cell, unit: Unit, queue: str | None) -> Cell:
    return replace(cell, href=area.list_href(unit.unit_id, queue)) if queue and cell.value else cell


def _now_in(unit: str | None, facts: SumsFacts) -> str:
    """Where a unit of then is today, a split one by its candidates."""
    own = facts.sums.unit
    if unit is None or (own is not None and unit == own.unit_id):
        return ""
    places = places_now(unit, facts.sums.directory, facts.sums.today)
    names = [place.name for place, _ in places[:MOST_NAMED]]
    more = f" và {len(places) - MOST_NAMED} đơn vị khác" if len(places) > MOST_NAMED else ""
    return ", ".join(names) + more if names else "chưa xác định"


def _cells(sums: OpenSums, waiting: int) -> tuple[Cell, ...]:
    values = (
        sums.petitions, sums.cases, sums.overdue, sums.due_soon, sums.offers, sums.returned,
        waiting,
    )  # fmt: skip
    return tuple(Cell(value) for value in values)


def _crumbs(unit: Unit, facts: SumsFacts) -> tuple[Link, ...]:
    board = "" if facts.sums.is_past else board_of(unit)
    return (
        (Link("Bảng điều hành", board),) if board else (Link(unit.name, f"/don-vi/{unit.unit_id}"),)
    )


def _past(unit: Unit, facts: SumsFacts) -> Past:
    directory, today = facts.sums.directory, facts.sums.today
    places = places_now(unit.unit_id, directory, today)
    home = unit_that_answers(unit, directory, today)
    return Past(
        ended=f"{unit.name} kết thúc hoạt động hết ngày {_vn(unit.valid_until or today)}; "
        "bảng này là lịch sử.",
        answers=who_answers(unit, directory, today),
        home=None if home is None else Link(home.name, f"/don-vi/{home.unit_id}"),
        places_words=where_now(unit, places) if places else "",
        places=tuple(Link(place.name, f"/don-vi/{place.unit_id}") for place, _ in places),
    )


def _vn(day: date) -> str:
    return f"{day:%d/%m/%Y}"
