"""What an office is reminded of, as its head reads it (việc cần nhắc)."""

from collections.abc import Iterator, Mapping
from datetime import date, time
from itertools import groupby
from typing import Final
from urllib.parse import urlencode

from domain.law.calendar import Calendar
from projections.answers import Freshness, Page
from projections.next_acts import NextAct, next_act
from projections.reminders import OpenReminder, ReminderRow, Urgency
from services import access
from services.web import formats
from services.web.models import DueChip, EmptyState, Fragment, Link, Pager
from services.web.models.reminders import ReminderGroup, ReminderLine, ReminderPage
from services.web.present import case_acts, crowd_acts, petition_acts
from services.web.present.asking import ActKind
from services.web.present.deadlines import explained_at
from services.web.present.facts import words_of
from services.web.present.frame import REMINDERS, Seat, age_of, shell
from services.web.present.places import place_words
from services.web.present.words import day_words, due_chip, label, local, moment_words

TITLE: Final = "Việc cần nhắc"
GROUPS: Final[Mapping[Urgency, str]] = {
    Urgency.CROWD: "Đoàn đông người chưa được tiếp",
    Urgency.LATE: "Quá hạn",
    Urgency.UNANSWERED: "Nơi khác đang chờ cơ quan bạn",
    Urgency.LEAVER: "Người thụ lý đã rời vị trí",
    Urgency.TODAY: "Đến hạn hôm nay",
    Urgency.SOON: "Sắp đến hạn",
}
CLOCKS: Final[Mapping[str, str]] = {
    "reply.citizen": "trả lời người dân",
    "acceptance": "thụ lý",
    "denunciation.from_press": "xử lý đơn do cơ quan khác chuyển",
    "wrong_addressee": "chuyển đơn không thuộc thẩm quyền",
    "denunciation.further": "xem xét tố cáo tiếp",
    "acceptance_notice": "gửi thông báo thụ lý",
    "settlement": "giải quyết",
    "decision_sent": "gửi quyết định",
    "denunciation.overdue.answer": "giải trình việc quá hạn",
}
"""What must be done before a clock ends, in the middle of a sentence."""

ENDS: Final[Mapping[str, ActKind]] = {
    "reminder.offer_unanswered": petition_acts.ACCEPT,
    "reminder.untouched": petition_acts.CLASSIFY,
    "reminder.report_unacknowledged": case_acts.KNOW,
    "reminder.leavers_work": case_acts.ASSIGN,
    "reminder.direction_due": case_acts.REPORT,
    "reminder.direction_unanswered": case_acts.REPORT,
    "reminder.crowd_not_received": crowd_acts.RECEIVE,
    "reminder.follow_up_due": crowd_acts.HELD,
    "reminder.follow_up_not_held": crowd_acts.HELD,
}
"""The act that takes the reason of a reminder away."""

NEXT: Final[Mapping[NextAct, ActKind]] = {
    NextAct.CLASSIFY: petition_acts.CLASSIFY,
    NextAct.TRANSFER: petition_acts.TRANSFER,
    NextAct.OPEN_CASE: petition_acts.TAKE_UP,
    NextAct.SETTLE_RETURN: petition_acts.TRANSFER,
}
ON_CLOCK: Final[Mapping[str, ActKind]] = {
    "acceptance_notice": case_acts.NOTIFY,
    "settlement": case_acts.DECISION,
    "decision_sent": case_acts.CLOSE,
}


def reminder_page(
    page: Page[OpenReminder], office: str, freshness: Freshness, calendar: Calendar, seat: Seat,
    *, first: bool = True,
) -> ReminderPage:  # fmt: skip
    """A page of an office's list. Only the first one draws itself anew."""
    own = office == seat.officer.office
    asked = "" if own else f"?{urlencode({'co-quan': office})}"
    lines = [(Urgency(item.reminder.urgency), _line(item, seat, calendar)) for item in page.items]
    return ReminderPage(
        shell=shell(
            seat, TITLE, here=REMINDERS if own else "", age=age_of(freshness, seat.now),
            stream="/truc-tiep",
        ),
        title=TITLE if own else f"{TITLE}: {seat.names.office(office)}",
        summary=f"{len(lines)} việc trên trang này, tự mất khi lý do không còn",
        groups=tuple(
            ReminderGroup(GROUPS[urgency], tuple(line for _, line in some))
            for urgency, some in groupby(lines, key=lambda each: each[0])
        ),
        pager=_pager(page, office, own=own, first=first),
        empty=None if lines else EmptyState("Không có việc nào cần nhắc."),
        live=Fragment(f"{REMINDERS}/phan/danh-sach{asked}", "inbox") if first else None,
    )  # fmt: skip


def _pager(page: Page[OpenReminder], office: str, *, own: bool, first: bool) -> Pager | None:
    if first and page.next is None:
        return None
    asked = {} if own else {"co-quan": office}
    following = "" if page.next is None else f"{REMINDERS}?{urlencode({**asked, 'sau': page.next})}"
    back = "" if first else f"{REMINDERS}?{urlencode(asked)}".rstrip("?")
    return Pager(f"{len(page.items)} việc trên trang này", back, following)


def _line(item: OpenReminder, seat: Seat, calendar: Calendar) -> ReminderLine:
    row, names = item.reminder, seat.names
    code, under, href = _file(item, seat)
    step = f"đã lên bậc {row.rung}" if row.rung else "báo chính cơ quan"
    if row.to_office != item.answerable and not row.rung:
        step = f"chờ {names.office(row.to_office)}"
    return ReminderLine(
        id=f"{row.subject}-{row.version}",
        file=Link(code, href),
        under=under,
        what=_what(row),
        why=_why(item, seat),
        whose=names.office(item.answerable),
        since=f"nhắc từ {_since(row, seat)}, {step}",
        due=_due(item, seat, calendar, href),
        act=_act(item, seat, href),
    )


def _due(item: OpenReminder, seat: Seat, calendar: Calendar, href: str) -> DueChip | None:
    """The mark; of a petition or case with the way to how its day came about."""
    chip = due_chip(_limit(item.reminder), seat.today, calendar)
    if item.petition is None and item.case is None:
        return chip
    return explained_at(href, chip)


def _since(row: ReminderRow, seat: Seat) -> str:
    """A day for what falls as a day begins, else the moment."""
    there = local(row.since)
    whole = there.time() == time()
    return day_words(there.date(), seat.today) if whole else moment_words(row.since, seat.today)


def _limit(row: ReminderRow) -> date | None:
    return None if row.urgency == Urgency.LEAVER else row.due


def _what(row: ReminderRow) -> str:
    words = words_of(row.what).removeprefix("Nhắc: ")
    clock = f" {CLOCKS.get(row.clock, row.clock)}" if row.clock else ""
    return f"{words[:1].upper()}{words[1:]}{clock}"


def _why(item: OpenReminder, seat: Seat) -> str:
    row = item.reminder
    if item.gathering is not None:
        return f"Báo lúc {moment_words(item.gathering.reported_at, seat.today)}, chưa ai tiếp"
    if row.due is None:
        return ""
    said = "Không còn giữ vị trí sau ngày" if row.urgency == Urgency.LEAVER else "Hạn"
    return f"{said} {formats.day(row.due)}"


def _file(item: OpenReminder, seat: Seat) -> tuple[str, str, str]:
    """What the file is called, what stands below, where it is."""
    names, subject = seat.names, item.reminder.subject
    if item.petition is not None:
        return item.petition.number, label(item.petition.kind), f"/ho-so/{subject}"
    if item.case is not None:
        return item.case.number, f"Vụ việc, {label(item.case.kind).lower()}", f"/vu-viec/{subject}"
    if item.gathering is not None:
        return "Đoàn đông người", place_words(item.gathering, seat), f"/su-viec/{subject}"
    home = names.unit(item.mission.home) if item.mission is not None else ""
    return "Hỗ trợ công dân về", home, f"/ho-tro-ve/{subject}"


def _act(item: OpenReminder, seat: Seat, href: str) -> Link | None:
    """The act that ends it, for the office that is told, if this reader may do it."""
    row = item.reminder
    if row.to_office != seat.officer.office:
        return None
    kind = next(_kinds(item), None)
    if kind is None or not access.may(kind.command, seat.officer.role):
        return None
    return Link(kind.title, f"{href}/{kind.slug}")


def _kinds(item: OpenReminder) -> Iterator[ActKind]:
    row = item.reminder
    if row.rung:
        if item.case is not None:
            yield case_acts.DIRECT
    elif row.what in ENDS:
        yield ENDS[row.what]
    elif item.petition is not None:
        then = next_act(item.petition, None)
        if then in NEXT:
            yield NEXT[then]
    elif item.case is not None:
        unassigned = row.clock == "settlement" and item.case.handler is None
        kind = case_acts.ASSIGN if unassigned else ON_CLOCK.get(row.clock or "")
        yield from () if kind is None else (kind,)
