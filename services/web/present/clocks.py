"""The page that tells every clock of a file (mọi thời hạn của hồ sơ)."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlencode

from domain.law.law import Law
from services.explained import SORTS, WAITING, Explained, Explanation
from services.reviews import offices_reviewed
from services.web import formats
from services.web.models import EmptyState, Link
from services.web.models.clocks import DeadlinesPage, FileClocks
from services.web.present.days import AsOf
from services.web.present.deadlines import SLUG, whys
from services.web.present.frame import Seat, shell
from services.web.present.subjects import PATHS
from services.web.present.words import label

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
    edition = found.files[0].edition if found and found.files else law.book.edition
    return DeadlinesPage(
        shell=shell(seat, f"Thời hạn của {asked.number}", here="/hop-viec"),
        title=f"Thời hạn của {asked.number}",
        crumbs=(Link("Hộp việc", "/hop-viec"), asked.link),
        day=asked.day.pick(f"{asked.here}/{SLUG}", asks_known=True),
        words=_by_which_law(asked.day, edition),
        files=() if found is None else tuple(_file(each, seat, law) for each in found.files),
        empty=EmptyState("Ngày này chưa có hồ sơ.") if found is None else None,
        more=None if found is None or found.next is None else asked.onward(found.next),
    )


def _by_which_law(day: AsOf, edition: int) -> tuple[str, ...]:
    book = f"Bộ quy tắc ấn bản {edition}" if edition else "Bộ quy tắc kèm theo hệ thống"
    return (book, _as_known(day.known, day.today))


def _as_known(known: date | None, today: date) -> str:
    if known is None:
        return "Theo mọi thông tin đã ghi đến hôm nay; việc đã xong theo thông tin khi xong"
    if known == today:
        return "Theo mọi thông tin đã ghi đến hôm nay"
    return f"Theo thông tin đã ghi đến hết ngày {known:%d/%m/%Y}"


def _file(told: Explained, seat: Seat, law: Law) -> FileClocks:
    kind = told.file.timeline.kind
    clocks = whys(told, law, reviewer=_reviews(told, seat))
    return FileClocks(
        id=f"clocks-{told.subject}",
        title=f"{SORTS[told.sort]} {told.file.number}",
        file=Link("Mở hồ sơ", f"{PATHS[told.sort]}/{told.subject}"),
        words=f"{label(kind)} · {seat.names.office(told.file.office)}",
        clocks=clocks,
        no_clocks=None if clocks else NO_CLOCKS,
        as_then=told.as_then,
    )


def _reviews(told: Explained, seat: Seat) -> bool:
    """Whether this reader finds the questions about its results in the list of reviews."""
    if WAITING not in told.reviews.values():
        return False
    return told.file.office in offices_reviewed(seat.officer, seat.directory, seat.today)
