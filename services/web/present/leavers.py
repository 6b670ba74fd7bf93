"""Cases whose handler holds no post in the office any more (việc phải bàn giao)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import uuid4

from domain.commands.case import AssignHandler
from domain.law.calendar import Calendar
from projections.case_row import CaseRow
from services import access
from services.web.models import Choice, EmptyState, Field, Pager
from services.web.models.acts import Post
from services.web.models.waiting import LeaverRow, LeaversPage
from services.web.present.deadlines import explained_at
from services.web.present.frame import Seat, shell
from services.web.present.words import due_chip, label
from services.web.site import Colleague

ADDRESS: Final = "/viec-ban-giao"
TITLE: Final = "Việc phải bàn giao"
ROWS: Final = 30


@dataclass(frozen=True, slots=True)
class Leaving:
    """A page of such cases, and who they may be given to."""

    rows: Sequence[CaseRow]
    next: str | None
    after: str
    colleagues: Sequence[Colleague]
    calendar: Calendar
    problem: str = ""


def leavers_page(found: Leaving, seat: Seat) -> LeaversPage:
    """The list, each case with a form to hand it on."""
    rows = tuple(_row(row, found, seat) for row in found.rows)
    more = f"{ADDRESS}?sau={found.next}" if found.next else ""
    return LeaversPage(
        shell=shell(seat, TITLE, here=ADDRESS),
        title=TITLE,
        summary="Vụ việc chưa xong của người đã thôi giữ chức vụ; thời hạn vẫn tính tiếp.",
        rows=rows,
        problem=found.problem,
        pager=Pager(f"{len(rows)} vụ việc", ADDRESS if found.after else "", more)
        if more or found.after else None,
        empty=None if rows else EmptyState("Không có việc nào phải bàn giao."),
    )  # fmt: skip


def _row(row: CaseRow, found: Leaving, seat: Seat) -> LeaverRow:
    handler = row.handler or ""
    left = [each for each in seat.directory.posts.leavers(row.office, seat.today)
            if each.account == handler]  # fmt: skip
    last_day = left[-1].valid_until if left else None
    others = (each for each in found.colleagues if each.account != handler)
    may = access.may(AssignHandler, seat.officer.role)
    post = Post(f"{ADDRESS}/{row.case_id}", uuid4().hex, str(row.version), (("sau", found.after),))
    due = None if row.decided_on else row.settle_due
    return LeaverRow(
        id=str(row.case_id),
        number=row.number,
        href=f"/vu-viec/{row.case_id}",
        words=f"{label(row.kind)} · {label(row.field)} · {seat.names.unit(row.place)}",
        handler=handler,
        left="" if last_day is None else f"giữ chức vụ đến {last_day:%d/%m/%Y}",
        due=explained_at(f"/vu-viec/{row.case_id}", due_chip(due, seat.today, found.calendar)),
        post=post if may else None,
        choices=Field(
            "handler",
            "Giao cho",
            choices=tuple(Choice(each.account, each.words, each.account) for each in others),
        ),
    )
