"""Files an office answers for until somebody decides, one of them beside (hồ sơ chờ nơi nhận)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode
from uuid import uuid4

from domain.codes import LABELS
from domain.codes import Seat as Part
from domain.commands.rehoming import DecidePetitionHome
from domain.law.calendar import Calendar
from domain.succession import places_now
from projections.case_row import CaseRow
from projections.gatherings import GatheringRow
from projections.petition_row import PetitionRow
from projections.resting import Work
from projections.return_missions import MissionRow
from services import access
from services.web.models import DueChip, EmptyState, Link, Pager
from services.web.models.acts import Post
from services.web.models.forms import Field
from services.web.models.waiting import WaitingForm, WaitingPage, WaitingRow
from services.web.present.deadlines import SLUG
from services.web.present.frame import Seat, shell
from services.web.present.subjects import PATHS
from services.web.present.taking_over import FileRow, Waiting, candidates
from services.web.present.words import day_words, due_chip, label, local, people, reply_chip

QUEUE: Final = "/ho-so-cho-quyet-dinh"
TITLE: Final = "Hồ sơ chờ quyết định nơi nhận"
ROWS: Final = 30
SORTS: Final[Mapping[Work, str]] = {
    Work.PETITION: "Đơn",
    Work.CASE: "Vụ việc",
    Work.GATHERING: "Đoàn đông người",
    Work.MISSION: "Hỗ trợ về",
}
FILES: Final[Mapping[Work, str]] = {
    Work.PETITION: PATHS["petition"],
    Work.CASE: PATHS["case"],
    Work.GATHERING: PATHS["gathering"],
    Work.MISSION: PATHS["mission"],
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address says, and what was answered and refused."""

    work: Work = Work.PETITION
    after: str = ""
    chosen: str = ""
    find: str = ""
    problem: str = ""
    said: str = ""

    def link(self, **other: str) -> str:
        """The address of the queue with some of it changed."""
        sort = "" if self.work is Work.PETITION else self.work.value
        asked = {"viec": sort, "sau": self.after, **other}
        words = urlencode({name: value for name, value in asked.items() if value})
        return f"{QUEUE}?{words}" if words else QUEUE


@dataclass(frozen=True, slots=True)
class Found:
    """A page of the queue, where the next one begins, and the file that is open."""

    items: Sequence[Waiting]
    next: str | None
    current: Waiting | None
    calendar: Calendar = field(repr=False)


def undecided_files(found: Found, asked: Asked, seat: Seat) -> WaitingPage:
    """The queue and one file beside it, the first when none was opened."""
    items, current = found.items, found.current
    return WaitingPage(
        shell=shell(seat, TITLE, here=QUEUE),
        title=TITLE,
        summary="Cơ quan bạn chỉ tạm chịu trách nhiệm; thời hạn vẫn tính tiếp từ cơ quan cũ.",
        action=QUEUE,
        filters=tuple(
            (Link(words, Asked(sort).link()), sort is asked.work) for sort, words in SORTS.items()
        ),
        rows=tuple(_row(each, asked, found, seat, here=each is current) for each in items),
        form=None if current is None else _form(current, asked, found, seat),
        pager=_pager(found, asked),
        empty=None if items else EmptyState("Không có hồ sơ nào chờ quyết định."),
    )


def _pager(found: Found, asked: Asked) -> Pager | None:
    if found.next is None and not asked.after:
        return None
    following = asked.link(sau=found.next) if found.next else ""
    return Pager(f"{len(found.items)} hồ sơ", asked.link(sau="") if asked.after else "", following)


def _row(each: Waiting, asked: Asked, found: Found, seat: Seat, *, here: bool) -> WaitingRow:
    due = next(iter(_due(each.row, seat, found.calendar)), ("", None))[1]
    return WaitingRow(
        id=str(each.id),
        name=_name(each.row, seat),
        href=f"{asked.link(chon=str(each.id))}#chosen",
        words=_words(each.row, seat),
        former=seat.names.office(each.former),
        due=due,
        current=here,
    )


def _name(row: FileRow, seat: Seat) -> str:
    if isinstance(row, PetitionRow | CaseRow):
        return row.number
    at = row.reported_at if isinstance(row, GatheringRow) else row.requested_at
    return f"{seat.names.unit(row.place)}, {day_words(local(at).date(), seat.today)}"


def _words(row: FileRow, seat: Seat) -> str:
    """What it is, without a word of anybody."""
    match row:
        case PetitionRow() | CaseRow():
            return f"{label(row.kind)} · {label(row.field)} · {seat.names.unit(row.place)}"
        case GatheringRow():
            return f"{label(row.issue)} · {people(row.count_low, row.count_high)}"
        case MissionRow():
            return f"{row.people} người · về {seat.names.unit(row.home)}"


def _due(row: FileRow, seat: Seat, calendar: Calendar) -> Iterator[tuple[str, DueChip]]:
    """The clocks that run, each by its name; the earliest first."""
    today = seat.today
    days = []
    if isinstance(row, PetitionRow) and row.answered_on is None:
        days.append((row.due_on, "Trả lời người dân", due_chip(row.due_on, today, calendar)))
    if isinstance(row, PetitionRow) and row.reply_due is not None:
        days.append((row.reply_due, "Nhận đơn", reply_chip(row.reply_due, today, calendar)))
    if isinstance(row, CaseRow) and row.settle_due is not None and row.decided_on is None:
        days.append((row.settle_due, "Giải quyết", due_chip(row.settle_due, today, calendar)))
    if isinstance(row, CaseRow) and row.direction_due is not None and row.decided_on is None:
        days.append(
            (row.direction_due, "Theo chỉ đạo", due_chip(row.direction_due, today, calendar))
        )
    for _, words, chip in sorted(days, key=lambda each: each[0]):
        if chip is not None:
            yield words, chip


def _form(each: Waiting, asked: Asked, found: Found, seat: Seat) -> WaitingForm:
    file = f"{FILES[each.work]}/{each.id}"
    follows = _following(each, found)
    kept = (
        ("viec", each.work.value), ("sau", asked.after), ("chon", str(each.id)),
        ("ke", "" if follows is None else str(follows.id)), ("office", each.former),
    )  # fmt: skip
    may = access.may(DecidePetitionHome, seat.officer.role)
    post = Post(f"{QUEUE}/{each.work.value}/{each.id}", uuid4().hex, str(each.row.version), kept)
    return WaitingForm(
        name=_name(each.row, seat),
        href=file,
        facts=tuple(_facts(each, seat)),
        due=tuple(_due(each.row, seat, found.calendar)),
        clocks=Link("Mọi thời hạn", f"{file}/{SLUG}")
        if each.work in (Work.PETITION, Work.CASE) else None,
        find=Field("tim", "Tìm cơ quan khác", value=asked.find, required=False, unmarked=True),
        choices=Field(
            "to_office", "Giao cho", value=asked.said,
            choices=tuple(candidates(each, asked.find, seat)),
        ),
        hidden=tuple((name, value) for name, value in kept[:3] if value),
        post=post if may else None,
        problem=asked.problem,
    )  # fmt: skip


def _following(each: Waiting, found: Found) -> Waiting | None:
    """The file to open after this one was decided."""
    items = list(found.items)
    at = items.index(each) if each in items else -1
    others = (*items[at + 1 :], *items[: max(at, 0)])
    return next(iter(others), None)


def _facts(each: Waiting, seat: Seat) -> Iterator[tuple[str, str]]:
    row, names = each.row, seat.names
    yield "Là", _words(row, seat)
    if isinstance(row, PetitionRow):
        yield "Tiếp nhận", f"{row.received_on:%d/%m/%Y}, {(seat.today - row.received_on).days} ngày"
    if isinstance(row, CaseRow):
        yield "Thụ lý", f"{row.opened_on:%d/%m/%Y}, {(seat.today - row.opened_on).days} ngày"
    if isinstance(row, PetitionRow | CaseRow):
        yield "Nơi xảy ra", _place(row.place, seat)
    former = seat.directory.offices.of(each.former)
    ended = former[-1].valid_until if former else None
    until = "" if ended is None else f", kết thúc {ended:%d/%m/%Y}"
    yield "Cơ quan cũ", f"{names.office(each.former)}{until}"
    yield "Việc của cơ quan cũ", ", ".join(LABELS[Part(part)] for part in each.parts)
    yield "Đang tạm giữ", names.office(seat.officer.office)


def _place(unit_id: str, seat: Seat) -> str:
    """Where it happened, and where that is today."""
    name = seat.names.unit(unit_id)
    if seat.directory.units.on(unit_id, seat.today) is not None:
        return name
    now = ", ".join(unit.name for unit, _ in places_now(unit_id, seat.directory, seat.today))
    return f"{name} (nay {now or 'chưa xác định'})"
