"""The page that tells every clock of a file (mọi thời hạn của hồ sơ)."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlencode

from domain.law.law import Law
from services.explaining import Explained, Explanation
from services.web import formats
from services.web.models import EmptyState, Link
from services.web.models.clocks import DeadlinesPage, FileClocks
from services.web.present.days import AsOf
from services.web.present.deadlines import SLUG, whys
from services.web.present.frame import Seat, shell
from services.web.present.subjects import PATHS
from services.web.present.words import label

SORTS: Final = {"petition": "Đơn", "case": "Vụ việc"}
NO_CLOCKS: Final = EmptyState("Chưa có thời hạn nào bắt đầu.")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which file is asked about, and of which day."""

    number: str
    here: str
    day: AsOf

    @property
    def link(self) -> Link:
        """The file itself."""
        return Link(self.number, self.here)

    def onward(self, after: int) -> Link:
        """The clocks of the next files that belong to it, of the same day."""
        days = {"ngay": self.day.on, "biet": self.day.known}
        asked = {name: formats.day(day) for name, day in days.items() if day is not None}
        query = urlencode({**asked, "tu": after})
        return Link("Các đơn tiếp theo", f"{self.here}/{SLUG}?{query}")


def deadlines_page(asked: Asked, found: Explanation | None, seat: Seat, law: Law) -> DeadlinesPage:
    """Every clock; without ``found`` the file was not there that day. ``law`` as it was known."""
    return DeadlinesPage(
        shell=shell(seat, f"Thời hạn của {asked.number}", here="/hop-viec"),
        title=f"Thời hạn của {asked.number}",
        crumbs=(Link("Hộp việc", "/hop-viec"), asked.link),
        day=asked.day.pick(f"{asked.here}/{SLUG}", asks_known=True),
        words=_by_which_law(asked.day, law),
        files=() if found is None else tuple(_file(each, seat, law) for each in found.files),
        empty=EmptyState("Ngày này chưa có hồ sơ.") if found is None else None,
        more=None if found is None or found.next is None else asked.onward(found.next),
    )


def _by_which_law(day: AsOf, law: Law) -> tuple[str, ...]:
    edition = law.book.edition
    book = f"Bộ quy tắc ấn bản {edition}" if edition else "Bộ quy tắc kèm theo hệ thống"
    return (book, _as_known(day.known or day.today, day.today))


def _as_known(known: date, today: date) -> str:
    if known == today:
        return "Theo mọi thông tin đã ghi đến hôm nay"
    return f"Theo thông tin đã ghi đến hết ngày {known:%d/%m/%Y}"


def _file(told: Explained, seat: Seat, law: Law) -> FileClocks:
    kind = told.file.timeline.kind
    clocks = whys(told, law)
    return FileClocks(
        id=f"clocks-{told.subject}",
        title=f"{SORTS[told.sort]} {told.file.number}",
        file=Link("Mở hồ sơ", f"{PATHS[told.sort]}/{told.subject}"),
        words=f"{label(kind)} · {seat.names.office(told.file.office)}",
        clocks=clocks,
        no_clocks=None if clocks else NO_CLOCKS,
    )
