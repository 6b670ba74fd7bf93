"""An office's desk: its queues, what was offered to it, its inbox (bàn tiếp dân, hộp việc)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import quote

from domain.commands.petition import AcceptPetition, ReceivePetition
from domain.law.calendar import Calendar
from projections.answers import DeskCounts, Freshness, InboxItem, Incoming, Page
from projections.asks import Queue as Asked
from services import access
from services.web import formats
from services.web.models import (
    Desk,
    EmptyState,
    Fragment,
    Link,
    Pager,
    Queue,
    QueueGroup,
    TransferRow,
)
from services.web.present.frame import Seat, age_of, shell
from services.web.present.petitions import inbox_row, transfer_row
from services.web.present.words import local

QUEUES: Final[dict[str, tuple[Asked, str]]] = {
    "cho-toi": (Asked.MINE, "Chờ tôi"),
    "chua-nhan": (Asked.INCOMING, "Chưa nhận"),
    "sap-han": (Asked.DUE_SOON, "Sắp hạn"),
    "qua-han": (Asked.OVERDUE, "Quá hạn"),
    "chi-dao": (Asked.DIRECTED, "Chỉ đạo"),
    "tra-lai": (Asked.RETURNED, "Bị trả lại"),
    "theo-doi": (Asked.FOLLOWED, "Theo dõi"),
    "tranh-chap": (Asked.DECIDE, "Chờ quyết định"),
    "co-quan": (Asked.ALL, "Của cả cơ quan"),
}
"""The queues by the word in the address."""

FIRST: Final = "cho-toi"
URGENT: Final = frozenset({Asked.OVERDUE})


@dataclass(frozen=True, slots=True)
class DeskFacts:
    """What the views say of an office's desk, asked at one moment."""

    queue: str
    counts: DeskCounts
    page: Page[InboxItem]
    incoming: Sequence[Incoming]
    freshness: Freshness
    calendar: Calendar
    first_page: bool = True


def desk(facts: DeskFacts, seat: Seat) -> Desk:
    """The page of a desk, with a queue open."""
    asked, words = QUEUES[facts.queue]
    rows = tuple(inbox_row(item, seat, facts.calendar, where=False) for item in facts.page.items)
    age = age_of(facts.freshness, seat.now)
    here = f"/hop-viec?hang={facts.queue}"
    drawn = local(seat.now).isoformat(timespec="microseconds")
    news = f"/hop-viec/phan/moi?hang={facts.queue}&tu={quote(drawn, safe='')}"
    return Desk(
        shell=shell(seat, "Hộp việc", here="/hop-viec", age=age, stream="/truc-tiep"),
        title=formats.weekday(seat.today),
        duty=(
            (f"{seat.names.office(seat.officer.office)} · Hôm nay đã tiếp nhận ", False),
            (f"{facts.counts.received_today} đơn", True),
        ),
        intake_href="/tiep-nhan" if access.may(ReceivePetition, seat.officer.role) else "/ds",
        rail=rail(facts.counts, facts.queue),
        transfers=transfers(facts.incoming, seat, facts.calendar),
        queue_title=f"{words} ({facts.counts.queues.get(asked, 0)})",
        rows=rows,
        no_rows=None if rows else _empty(words, age.at),
        pager=_pager(facts, here),
        rail_live=Fragment(f"/hop-viec/phan/hang?hang={facts.queue}", "inbox"),
        transfers_live=Fragment("/hop-viec/phan/chuyen-den", "inbox"),
        news_live=Fragment(news, "inbox") if facts.first_page else None,
    )


def rail(counts: DeskCounts, here: str) -> tuple[QueueGroup, ...]:
    """The queues with how much waits in each."""
    queues = tuple(
        Queue(
            words, f"/hop-viec?hang={word}", counts.queues.get(asked, 0), current=word == here,
            urgent=asked in URGENT,
        )
        for word, (asked, words) in QUEUES.items()
    )  # fmt: skip
    return (QueueGroup("Việc của cơ quan", queues),)


def transfers(
    offers: Sequence[Incoming], seat: Seat, calendar: Calendar
) -> tuple[TransferRow, ...]:
    """What was offered to this office; nobody but those who may answer is shown buttons."""
    if not access.may(AcceptPetition, seat.officer.role):
        return ()
    return tuple(transfer_row(item, seat, calendar) for item in offers)


def news_link(page: Page[InboxItem], since: datetime, queue: str) -> Link | None:
    """How many of the rows moved since the page was drawn; None when none did."""
    fresh = sum(item.petition.recorded_at > since for item in page.items)
    return Link(f"{fresh} mục mới, bấm để tải", f"/hop-viec?hang={queue}") if fresh else None


def _empty(words: str, at: datetime | None) -> EmptyState:
    checked = f"Kiểm tra gần nhất {at:%H:%M:%S}." if at else ""
    link = Link("Xem việc của cả cơ quan", "/hop-viec?hang=co-quan")
    return EmptyState(f"Không có việc trong hàng “{words}”.", checked, link)


def _pager(facts: DeskFacts, here: str) -> Pager | None:
    if facts.page.next is None and facts.first_page:
        return None
    after = f"{here}&sau={quote(facts.page.next, safe='')}" if facts.page.next else ""
    words = f"{len(facts.page.items)} hồ sơ trên trang này"
    return Pager(words, "" if facts.first_page else here, after)
