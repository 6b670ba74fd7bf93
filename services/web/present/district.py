"""The board of a district (bảng điều hành huyện): what needs a look first, then alphabetical."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from domain.directory import Unit
from domain.names import short_name
from projections.answers import Awaiting, AwaitingWhat, OfficeSums
from services.api.answers import added_up
from services.web.models import (
    Cell,
    DistrictBoard,
    EmptyState,
    Fragment,
    Header,
    TodoEntry,
    UnitGroup,
    UnitRow,
    UnitTable,
)
from services.web.present import area
from services.web.present.area import AreaFacts, list_href
from services.web.present.frame import Seat, age_of, board_of, shell
from services.web.present.province import no_crowds
from services.web.present.words import alphabet_key, day_words, local, oldest_chip

HEADERS: Final = (
    Header("Quá hạn", number=False),
    Header("Chuyển đến\nchưa nhận", number=False),
    Header("Hạn trong\n3 ngày"),
    Header("Bị\ntrả lại"),
    Header("Đang\ngiải quyết"),
    Header("Tiếp nhận\ntrong tháng"),
    Header("Chuyển\nlên trên"),
)
DECIDES: Final = {
    AwaitingWhat.COMPETENCE: "Tranh chấp thẩm quyền",
    AwaitingWhat.REPORT: "Báo cáo chờ ý kiến",
    AwaitingWhat.ESCALATION: "Đề nghị cấp trên giải quyết",
}


def district_board(facts: AreaFacts, seat: Seat, first: Sequence[str] = ()) -> DistrictBoard:
    """One district at one moment.

    ``first`` are the units that stood in the first group when the page was opened: a live
    update keeps them there, because rows do not move by themselves.
    """
    here, unit = board_of(facts.unit), facts.unit
    age = age_of(facts.freshness, seat.now)
    children = seat.directory.children(unit.unit_id, seat.today)
    urgent = tuple(first) or tuple(c.unit_id for c in children if _needs_a_look(c, facts))
    kept = "".join(f"&dau={each}" for each in urgent).replace("&", "?", 1)
    crowds = tuple(area.crowd_card(row, seat) for row in facts.crowds)
    decisions = tuple(_todo(row, seat) for row in facts.awaiting)
    return DistrictBoard(
        shell=shell(
            seat, unit.name, here=here, age=age, alarm=True,
            stream=f"/truc-tiep?don-vi={unit.unit_id}",
        ),
        title=unit.name,
        summary=f"{len(children)} xã, phường, thị trấn · "
        f"{len(seat.directory.offices_of(unit.unit_id, seat.today))} cơ quan cấp huyện",
        as_of=age.at or local(seat.now),
        live=Fragment(f"{here}/phan/bang{kept}", "board"),
        alerts=area.alerts(facts, seat),
        figures=(
            area.standing_figure(facts), area.alone_figure(facts, seat.now),
            area.overdue_figure(facts, seat.today), area.pending_figure(facts),
            area.returns_figure(facts),
        ),
        units=_table(facts, seat, children, urgent),
        gatherings=crowds,
        gatherings_note="",
        no_gatherings=None if crowds else no_crowds(facts, seat),
        stale_advice="Việc đoàn đông người: gọi trực ban của cơ quan.",
        ways=facts.ways,
        decisions_title="Chờ cơ quan bạn quyết định",
        decisions=decisions,
        no_decisions=None if decisions else EmptyState("Không có việc chờ quyết định."),
    )  # fmt: skip


def _needs_a_look(unit: Unit, facts: AreaFacts) -> bool:
    sums, places = facts.sums_in(unit.unit_id), facts.places_in(unit.unit_id)
    crowd = any(row.place in places and row.received_at is None for row in facts.crowds)
    return bool(sums.overdue or sums.pending_late or crowd)


def _table(
    facts: AreaFacts, seat: Seat, children: Sequence[Unit], first: Sequence[str]
) -> UnitTable:
    rows = {child.unit_id: _row(child, facts, seat) for child in _alphabetical(children)}
    urgent = tuple(row for key, row in rows.items() if key in first)
    others = tuple(row for key, row in rows.items() if key not in first)
    offices = _cells("own", "Cơ quan cấp huyện", "", facts.own, seat.today)
    groups = [
        *([UnitGroup(f"Cần xem trước ({len(urgent)})", urgent)] if urgent else []),
        UnitGroup(f"Các xã, phường, thị trấn khác ({len(others)})" if urgent else "", others),
        UnitGroup("Cấp huyện", (offices,)),
    ]
    everything = added_up("all", facts.sums.values())
    return UnitTable(
        title="Theo xã, phường, thị trấn",
        note="Nhóm cần xem trước, rồi theo bảng chữ cái",
        first="Đơn vị",
        headers=HEADERS,
        groups=tuple(groups),
        total=UnitRow("total", "Toàn huyện", "", tuple(map(Cell, _numbers(everything)))),
    )


def _alphabetical(units: Iterable[Unit]) -> list[Unit]:
    """By the name without its kind, in the order of the Vietnamese alphabet."""
    return sorted(units, key=lambda unit: (alphabet_key(short_name(unit.name)), unit.code))


def _row(unit: Unit, facts: AreaFacts, seat: Seat) -> UnitRow:
    sums = facts.sums_in(unit.unit_id)
    return _cells(unit.unit_id, unit.name, f"/don-vi/{unit.unit_id}", sums, seat.today)


def _numbers(sums: OfficeSums) -> tuple[int, ...]:
    return (
        sums.overdue, sums.pending, sums.due_soon, sums.returned, sums.open, sums.received,
        sums.escalated,
    )  # fmt: skip


def _cells(key: str, name: str, href: str, sums: OfficeSums, today: date) -> UnitRow:
    late, slow = list_href(key, "qua-han"), list_href(key, "chua-nhan")
    overdue = Cell(0)
    if sums.overdue:
        chip = oldest_chip(sums.overdue, sums.overdue_oldest, today, late=True)
        overdue = Cell(due=chip, href=late if href else "")
    pending = Cell(sums.pending, href=slow if sums.pending and href else "")
    if sums.pending_late:
        chip = oldest_chip(sums.pending, sums.pending_since, today, late=False)
        pending = Cell(due=chip, href=slow if href else "")
    _, _, *rest = _numbers(sums)
    links = (list_href(key, "sap-han"), list_href(key, "tra-lai"), list_href(key, "tat-ca"), "", "")
    others = (
        Cell(value, href=link if value and href else "")
        for value, link in zip(rest, links, strict=True)
    )
    return UnitRow(key, name, href, (overdue, pending, *others))


def _todo(row: Awaiting, seat: Seat) -> TodoEntry:
    """Something that waits for the reader's office, by number and office."""
    names, days = seat.names, (seat.today - row.since).days
    waiting = f"chờ từ {day_words(row.since, seat.today)}" + (f", {days} ngày" if days else "")
    if row.petition is not None:
        words = f"{row.petition.number} · {names.office(row.petition.in_charge)} · {waiting}"
        return TodoEntry(DECIDES[row.what], f"/ho-so/{row.petition.petition_id}", words)
    if row.case is not None:
        words = f"{row.case.number} · {names.office(row.case.office)} · {waiting}"
        return TodoEntry(DECIDES[row.what], f"/vu-viec/{row.case.case_id}", words)
    return TodoEntry(DECIDES[row.what], "/hop-viec", waiting)
