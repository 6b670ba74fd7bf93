"""The list behind a figure: its filters in the address, fifty rows a page (danh sách)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from domain.law.calendar import Calendar
from projections.answers import Freshness, InboxItem, Incoming, Page
from services.units.deciding import former_unit
from services.web.models import EmptyState, FilterChip, Link, Pager, PetitionList
from services.web.present.frame import Seat, age_of, board_of, shell
from services.web.present.petitions import inbox_row, offered_row
from services.web.present.words import label

TITLES: Final = {
    "tat-ca": "Đang giải quyết",
    "qua-han": "Quá hạn",
    "hom-nay": "Hạn hôm nay",
    "sap-han": "Hạn trong 3 ngày làm việc",
    "tra-lai": "Bị trả lại",
    "chua-nhan": "Chuyển đến chưa nhận",
    "da-xong": "Tất cả, kể cả đã kết thúc",
}
"""What a list shows, by the word in the address."""

EVERYTHING: Final = "tat-ca"


@dataclass(frozen=True, slots=True)
class ListAsked:
    """What the address asks for. ``unit`` is an id; empty words ask nothing."""

    queue: str
    unit: str
    office: str = ""
    kind: str = ""
    field: str = ""
    after: str = ""

    def query(self, **changed: str) -> str:
        """The address of this list with some of it changed; "" takes a filter away."""
        named = {
            "don-vi": self.unit, "hang": self.queue, "co-quan": self.office,
            "loai": self.kind, "linh-vuc": self.field, **changed,
        }  # fmt: skip
        kept = {name: value for name, value in named.items() if value}
        return f"/ds?{urlencode(kept)}" if kept else "/ds"


def petition_list(
    asked: ListAsked,
    page: Page[InboxItem] | Page[Incoming],
    freshness: Freshness,
    seat: Seat,
    calendar: Calendar,
) -> PetitionList:
    """A page of a list."""
    rows = tuple(
        offered_row(item, seat, calendar)
        if isinstance(item, Incoming)
        else inbox_row(item, seat, calendar, where=True)
        for item in page.items
    )
    age = age_of(freshness, seat.now)
    at = f", số liệu {age.at:%H:%M:%S}" if age.at else ""
    unit = former_unit(seat.directory, asked.unit, seat.today)
    board = board_of(unit) or f"/don-vi/{unit.unit_id}"
    clear = asked.query(hang="", **dict.fromkeys(("co-quan", "loai", "linh-vuc"), ""))
    return PetitionList(
        shell=shell(seat, TITLES[asked.queue], here="/ds", age=age),
        title=TITLES[asked.queue],
        summary=f"{len(rows)} hồ sơ trên trang này{at}" if rows else f"Không có hồ sơ nào{at}",
        crumbs=(Link(unit.name, board),),
        rows=rows,
        filters=_filters(asked, seat),
        clear_href=clear if len(_filters(asked, seat)) > 1 else "",
        pager=_pager(asked, page.next, len(rows)),
        no_rows=None if rows else EmptyState(
            "Không có hồ sơ nào khớp với bộ lọc.",
            "Hồ sơ không thuộc phần việc của bạn không có trong danh sách.",
            Link("Bỏ bộ lọc", clear),
        ),
    )  # fmt: skip


def _filters(asked: ListAsked, seat: Seat) -> tuple[FilterChip, ...]:
    """The filters in force, each with the list without it."""
    chips = [FilterChip(seat.names.unit(asked.unit), asked.query(**{"don-vi": ""}))]
    if asked.queue != EVERYTHING:
        chips.append(FilterChip(TITLES[asked.queue], asked.query(hang="")))
    more: Mapping[str, tuple[str, str]] = {
        "co-quan": (asked.office, seat.names.office(asked.office or None)),
        "loai": (asked.kind, label(asked.kind)),
        "linh-vuc": (asked.field, label(asked.field)),
    }
    chips += [
        FilterChip(words, asked.query(**{name: ""}))
        for name, (value, words) in more.items()
        if value
    ]
    return tuple(chips)


def _pager(asked: ListAsked, following: str | None, count: int) -> Pager | None:
    if following is None and not asked.after:
        return None
    after = asked.query(sau=following) if following else ""
    first = asked.query() if asked.after else ""
    return Pager(f"{count} hồ sơ trên trang này", first, after)
