"""The board of a province (bảng điều hành toàn tỉnh)."""

from collections.abc import Mapping, Sequence
from typing import Final

from domain.directory import Unit
from projections.answers import OfficeSums
from services.api.answers import added_up
from services.web.models import (
    Cell,
    EmptyState,
    Figure,
    Fragment,
    Header,
    Link,
    ProvinceBoard,
    UnitGroup,
    UnitRow,
    UnitTable,
)
from services.web.present import area
from services.web.present.area import AreaFacts, crowds_href, list_href
from services.web.present.changes import change_lines
from services.web.present.frame import Seat, age_of, board_of, shell
from services.web.present.maps import province_map
from services.web.present.words import local

HEADERS: Final = (
    Header("Đoàn đang\ndiễn ra"),
    Header("Chưa\nai tiếp"),
    Header("Chuyển đến\nchưa nhận"),
    Header("Quá\nhạn"),
    Header("Hạn trong\n3 ngày"),
    Header("Đang\ngiải quyết"),
)
KINDS: Final = ("xã", "phường", "thị trấn", "đặc khu")
WALL_CROWDS: Final = 4
WALL_CHANGES: Final = 6
"""Lines of a wall's feed, less one for each crowd nobody received, which takes its room."""


def province_board(
    facts: AreaFacts, seat: Seat, cells: Mapping[str, tuple[int, int]], *, wall: bool = False
) -> ProvinceBoard:
    """The whole province at one moment; the wall variant shows what fits without scrolling."""
    here, unit = board_of(facts.unit), facts.unit
    age = age_of(facts.freshness, seat.now)
    alerts, lines = area.alerts(facts, seat), change_lines(facts.changes, seat, links=not wall)
    crowds = tuple(area.crowd_card(row, seat, wall=wall) for row in facts.crowds)
    suffix = "?man-hinh-lon=1" if wall else ""
    return ProvinceBoard(
        shell=shell(
            seat, f"Bảng điều hành {unit.name}", here=here, age=age, alarm=True, wall=wall,
            stream=f"/truc-tiep?don-vi={unit.unit_id}",
        ),
        title=f"Bảng điều hành {unit.name[:1].lower()}{unit.name[1:]}",
        summary=_summary(unit, seat),
        as_of=age.at or local(seat.now),
        live=Fragment(f"{here}/phan/bang{suffix}", "board"),
        alerts=alerts[:1] if wall else alerts,
        figures=figures(facts, seat),
        units=unit_table(facts, seat),
        gatherings=crowds[:WALL_CROWDS] if wall else crowds,
        gatherings_note=f"{len(crowds)} đoàn, chưa ai tiếp xếp trước" if crowds else "",
        no_gatherings=None if crowds else no_crowds(facts, seat),
        stale_advice="Việc đoàn đông người: gọi trực ban của cơ quan.",
        ways=facts.ways,
        map=province_map(facts, seat, cells, wall=wall),
        changes=lines[: WALL_CHANGES - _alone(facts)] if wall else lines,
        no_changes=None if lines else EmptyState("Chưa có thay đổi nào trong một giờ qua."),
        wall_href="" if wall else f"{here}?man-hinh-lon=1",
        wall_units=wall_table(facts, seat) if wall else None,
    )  # fmt: skip


def figures(facts: AreaFacts, seat: Seat) -> tuple[Figure, ...]:
    """The five numbers of the strip."""
    return (
        area.standing_figure(facts),
        area.alone_figure(facts, seat.now),
        area.pending_figure(facts),
        area.overdue_figure(facts, seat.today),
        area.returns_figure(facts),
    )


def no_crowds(facts: AreaFacts, seat: Seat) -> EmptyState:
    """Nothing stands anywhere, as of the moment of the data."""
    at = age_of(facts.freshness, seat.now).at
    checked = f"Kiểm tra gần nhất {at:%H:%M:%S}." if at else ""
    over = Link("Xem các đoàn đã kết thúc", crowds_href(facts.unit.unit_id, "ket-thuc"))
    return EmptyState("Không có đoàn nào đang diễn ra.", checked, over)


def _summary(unit: Unit, seat: Seat) -> str:
    children = seat.directory.children(unit.unit_id, seat.today)
    communes = [child for child in seat.directory.units_under(unit.unit_id, seat.today)
                if child.level == "commune"]  # fmt: skip
    districts = sum(child.level == "district" for child in children)
    head = f"{districts} huyện, thị xã, thành phố · " if districts else ""
    return f"{head}{len(communes)} {_kinds(communes)}"


def _kinds(communes: Sequence[Unit]) -> str:
    """What the communes of a day are, by their names: ``xã, phường``."""
    names = [unit.name.casefold() for unit in communes]
    found = (kind for kind in KINDS if any(name.startswith(f"{kind} ") for name in names))
    return ", ".join(found) or "đơn vị cấp xã"


def unit_table(facts: AreaFacts, seat: Seat) -> UnitTable:
    """A row per district (or commune) and one for the province's own offices: totals add up."""
    rows = [_unit_row(child, facts) for child in _children(facts, seat)]
    here = frozenset((facts.unit.unit_id,))
    apart = _row("own", "Cơ quan cấp tỉnh", "", facts.own, *_crowds(facts, here))
    everything = added_up("all", facts.sums.values())
    total = _row("total", "Toàn tỉnh", "", everything, len(facts.crowds), _alone(facts))
    return UnitTable(
        title="Theo đơn vị",
        note="Thứ tự hành chính, không xếp hạng",
        first="Đơn vị",
        headers=HEADERS,
        groups=(UnitGroup("", (*rows, apart)),),
        total=total,
    )


def _alone(facts: AreaFacts) -> int:
    return sum(row.received_at is None for row in facts.crowds)


def wall_table(facts: AreaFacts, seat: Seat) -> UnitTable:
    """The same figures lying down, so that a wall needs no scrolling."""
    children = _children(facts, seat)
    sums = [facts.sums_in(child.unit_id) for child in children]
    own = facts.own
    lines = (
        ("chua-nhan", "Chưa nhận", [each.pending for each in (*sums, own)]),
        ("qua-han", "Quá hạn", [each.overdue for each in (*sums, own)]),
    )
    names = [*(child.name for child in children), "Cấp tỉnh"]
    rows = tuple(
        UnitRow(f"w-{key}", name, "", tuple(Cell(value) for value in values))
        for key, name, values in lines
    )
    headers = tuple(Header(_short(name)) for name in names)
    return UnitTable("Theo đơn vị", "Thứ tự hành chính", "", headers, (UnitGroup("", rows),))


def _short(name: str) -> str:
    for kind, short in (("Huyện ", ""), ("Thị xã ", ""), ("Thành phố ", "TP ")):
        if name.startswith(kind):
            return short + name[len(kind) :]
    return name


def _children(facts: AreaFacts, seat: Seat) -> tuple[Unit, ...]:
    return seat.directory.children(facts.unit.unit_id, seat.today)


def _unit_row(unit: Unit, facts: AreaFacts) -> UnitRow:
    sums, places = facts.sums_in(unit.unit_id), facts.places_in(unit.unit_id)
    href = board_of(unit) or f"/don-vi/{unit.unit_id}"
    return _row(unit.unit_id, unit.name, href, sums, *_crowds(facts, places))


def _crowds(facts: AreaFacts, places: frozenset[str]) -> tuple[int, int]:
    here = [row for row in facts.crowds if row.place in places]
    return len(here), sum(row.received_at is None for row in here)


def _row(key: str, name: str, href: str, sums: OfficeSums, crowds: int, alone: int) -> UnitRow:
    def cell(value: int, link: str, *, urgent: bool = False) -> Cell:
        return Cell(value, href=link if value and href else "", urgent=urgent and value > 0)

    return UnitRow(
        key,
        name,
        href,
        (
            cell(crowds, crowds_href(key)),
            cell(alone, crowds_href(key, "chua-tiep"), urgent=True),
            cell(sums.pending, list_href(key, "chua-nhan")),
            cell(sums.overdue, list_href(key, "qua-han")),
            cell(sums.due_soon, list_href(key, "sap-han")),
            cell(sums.open, list_href(key, "tat-ca")),
        ),
    )
