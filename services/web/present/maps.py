"""The states of a province's communes, ready for the hexagonal map (bản đồ ô)."""

from collections.abc import Mapping, Sequence
from typing import Final

from domain.directory import Unit
from projections.answers import Urgency, most_urgent
from projections.gatherings import GatheringRow
from services.web.hexgrid import CellState, GridCell
from services.web.hexmap import BOARD, WALL, hex_map
from services.web.models import HexMap
from services.web.models.hexes import CellKind
from services.web.present.area import OUTSIDE, AreaFacts, crowds_href, list_href
from services.web.present.frame import Seat

KINDS: Final[Mapping[Urgency, CellKind]] = {
    Urgency.CROWD_WAITING: "alone",
    Urgency.CROWD: "received",
    Urgency.OVERDUE: "overdue",
    Urgency.PENDING: "offered",
    Urgency.QUIET: "quiet",
}
SAID: Final[Mapping[Urgency, str]] = {
    Urgency.CROWD_WAITING: "{} đoàn chưa ai tiếp",
    Urgency.CROWD: "{} đoàn đã có người tiếp",
    Urgency.OVERDUE: "{} đơn quá hạn",
    Urgency.PENDING: "{} đơn chuyển đến chưa nhận",
    Urgency.QUIET: "",
}
QUEUES: Final[Mapping[Urgency, str]] = {Urgency.OVERDUE: "qua-han", Urgency.PENDING: "chua-nhan"}


def province_map(
    facts: AreaFacts, seat: Seat, cells: Mapping[str, tuple[int, int]], *, wall: bool
) -> HexMap:
    """The drawing of a province with what stands in each commune."""
    directory, on = seat.directory, seat.today
    grid: list[GridCell] = []
    states: dict[str, CellState] = {}
    districts: dict[str, str] = {}
    for district, commune in communes_of(facts.unit, seat):
        districts[district.unit_id] = district.name
        states[commune.code] = unit_state(commune, facts)
        if commune.code in cells:
            column, row = cells[commune.code]
            grid.append(GridCell(commune.code, column, row, district.unit_id))
    beside = [*outside(facts), *seats_of_districts(facts, directory.children(
        facts.unit.unit_id, on))]  # fmt: skip
    return hex_map(
        f"Bản đồ ô: {facts.unit.name}",
        grid,
        districts,
        states,
        beside,
        frame=WALL if wall else BOARD,
        province_code=facts.unit.code,
    )


def communes_of(province: Unit, seat: Seat) -> Sequence[tuple[Unit, Unit]]:
    """Every commune with the unit it is drawn in: its district, or itself where there is none."""
    pairs: list[tuple[Unit, Unit]] = []
    for child in seat.directory.children(province.unit_id, seat.today):
        below = seat.directory.children(child.unit_id, seat.today)
        pairs += [(child, commune) for commune in below] or [(province, child)]
    return pairs


def unit_state(unit: Unit, facts: AreaFacts) -> CellState:
    """What a commune's cell shows: only the most urgent."""
    offices = facts.placing.offices_at(unit.unit_id)
    sums = [facts.sums[office] for office in offices if office in facts.sums]
    places = facts.places_in(unit.unit_id)
    here = [row for row in facts.crowds if row.place in places and _is_local(row)]
    urgency, count = most_urgent(here, sums)
    return _state(unit, urgency, count)


def _state(unit: Unit, urgency: Urgency, count: int) -> CellState:
    queue = QUEUES.get(urgency)
    href = f"/don-vi/{unit.unit_id}"
    if queue:
        href = list_href(unit.unit_id, queue)
    elif urgency is not Urgency.QUIET:
        href = crowds_href(unit.unit_id)
    return CellState(unit.name, href, KINDS[urgency], count, SAID[urgency].format(count))


def outside(facts: AreaFacts) -> list[CellState]:
    """The ends of the ladder: the province's reception office and the two cities."""
    return [
        _crowds_at(name, [row for row in facts.crowds if row.site == site], facts.unit)
        for site, name in OUTSIDE
    ]


def seats_of_districts(facts: AreaFacts, districts: Sequence[Unit]) -> list[CellState]:
    """District offices where a crowd stands: no commune's cell is theirs."""
    found = []
    for district in districts:
        here = [row for row in facts.crowds if row.place == district.unit_id and _is_local(row)]
        if here:
            found.append(_crowds_at(district.name, here, district))
    return found


def _crowds_at(name: str, rows: Sequence[GatheringRow], unit: Unit) -> CellState:
    urgency, count = most_urgent(rows, ())
    words = SAID[urgency].format(count)
    return CellState(name, crowds_href(unit.unit_id), KINDS[urgency], count, words)


def _is_local(row: GatheringRow) -> bool:
    return row.site not in {site for site, _ in OUTSIDE}
