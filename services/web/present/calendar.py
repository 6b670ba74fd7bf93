"""The working calendar as a month: weeks, entries, whose it is (lịch làm việc)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from urllib.parse import urlencode

from domain.codes import ClosureScope
from domain.commands.review import NoteReview
from domain.events.calendar import CalendarFact, DayOffAnnounced, OfficeClosed
from domain.law.almanac import Entry, is_verified
from services import access
from services.calendar_months import (
    DayKind,
    MonthDay,
    MonthShown,
    Owner,
    days_of,
    month_after,
    month_before,
    said_of,
)
from services.web import formats
from services.web.models import Link
from services.web.models.calendar import CalendarCell, CalendarLine, CalendarPage, Moves
from services.web.models.forms import Field, FieldError
from services.web.models.places import DayPick
from services.web.present import calendar_acts as acts
from services.web.present.calendar_forms import form_of, may_write, offered, suggested
from services.web.present.frame import Seat, shell

ADDRESS: Final = "/lich"
WEEK: Final = 7
FOUND: Final = 8
KINDS: Final = {
    DayKind.HOLIDAY: "Nghỉ lễ",
    DayKind.MADE_UP: "Nghỉ bù",
    DayKind.SWAPPED: "Nghỉ hoán đổi",
    DayKind.WORKED: "Làm bù",
    DayKind.CLOSED: "Đóng cửa",
    DayKind.WEEKEND: "Cuối tuần",
}
READ: Final = "Đã đối chiếu"
UNREAD: Final = "Chưa đối chiếu"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address says, and what a form brought and was refused for."""

    first: date
    owner: Owner
    chosen: date | None = None
    known: date | None = None
    wrong: str = ""
    find: str = ""
    act: str = ""
    said: dict[str, str] = field(default_factory=dict)
    errors: tuple[FieldError, ...] = ()
    problem: str = ""

    @property
    def ref(self) -> str:
        """How the address names whose calendar it is."""
        return self.owner.office or self.owner.unit

    @property
    def kept(self) -> tuple[tuple[str, str], ...]:
        """What every form of the page carries on."""
        return (("thang", f"{self.first:%Y-%m}"), ("cua", self.ref))

    def link(self, **other: str) -> str:
        """The address of this calendar with some of it changed."""
        known = "" if self.known is None else f"{self.known:%d/%m/%Y}"
        words = {**dict(self.kept), "biet": known, **other}
        return f"{ADDRESS}?{urlencode({name: value for name, value in words.items() if value})}"


def calendar_page(
    shown: MonthShown,
    asked: Asked,
    seat: Seat,
    moves: Moves | None = None,
    suggestions: Sequence[tuple[date, str, dict[str, str]]] = (),
) -> CalendarPage:
    """A month of an owner's calendar, with what the reader may write into it."""
    name = name_of(asked.owner, seat)
    writes = access.may(NoteReview, seat.officer.role)
    month = f"Tháng {shown.first.month}/{shown.first.year}"
    return CalendarPage(
        shell=shell(seat, f"Lịch làm việc {month.lower()}", here=ADDRESS),
        title=f"Lịch làm việc: {name}",
        month=month,
        summary=_summary(shown),
        weeks=tuple(_weeks(shown, asked, seat.today)),
        previous=_month(month_before(shown.first), asked),
        next=_month(month_after(shown.first), asked),
        day=_pick(asked, seat.today),
        owners=tuple(_owners(asked, seat)),
        find=Field("tim", "Lịch của nơi khác", value=asked.find, required=False, unmarked=True),
        hidden=(asked.kept[0],),
        found=tuple(_found(asked, seat)),
        lines=tuple(_line(entry, asked, seat) for entry in shown.entries),
        legend=tuple((kind.value, words) for kind, words in KINDS.items()),
        acts=tuple(offered(asked, seat)),
        form=form_of(asked, seat, shown),
        suggested=tuple(suggested(asked, seat, suggestions)),
        reviews=Link("Hồ sơ đã kết thúc chờ xem lại", "/xem-lai") if writes else None,
        suggested_title=f"Gợi ý năm {shown.first.year}, chưa có trong lịch",
        moves=moves,
    )


def name_of(owner: Owner, seat: Seat) -> str:
    """Whose calendar it is, in words."""
    if owner.office:
        return seat.names.office(owner.office)
    return f"mọi cơ quan của {seat.names.unit(owner.unit)}"


def _summary(shown: MonthShown) -> str:
    worked = sum(day.working for day in shown.days)
    hours = ", ".join(shown.hours)
    sure = "" if shown.announced else (
        f" Lịch nghỉ năm {shown.first.year} chưa chốt, hạn trong năm còn là tạm tính."
    )  # fmt: skip
    return f"{worked} ngày làm việc. Giờ làm việc {hours}.{sure}"


def _weeks(shown: MonthShown, asked: Asked, today: date) -> Iterator[tuple[CalendarCell, ...]]:
    """Rows of seven, Monday first; days of other months stay empty."""
    before = shown.first.weekday()
    cells = [*[CalendarCell()] * before, *(_cell(day, asked, today) for day in shown.days)]
    cells += [CalendarCell()] * (-len(cells) % WEEK)
    return (tuple(cells[at : at + WEEK]) for at in range(0, len(cells), WEEK))


def _cell(day: MonthDay, asked: Asked, today: date) -> CalendarCell:
    told = day.kind not in (DayKind.WORKING, DayKind.WEEKEND)
    return CalendarCell(
        number=str(day.day.day),
        kind=day.kind.value,
        day=formats.weekday(day.day),
        words=_words(day) if told else "",
        note=day.basis if told else "",
        unread=not day.verified,
        today=day.day == today,
        chosen=day.day == asked.chosen,
    )


def _words(day: MonthDay) -> str:
    kind = KINDS[day.kind]
    if day.name.casefold().startswith(kind.casefold()):
        return day.name[0].upper() + day.name[1:]
    return f"{kind}: {day.name}"


def _month(first: date, asked: Asked) -> Link:
    return Link(f"Tháng {first.month}/{first.year}", asked.link(thang=f"{first:%Y-%m}"))


def _pick(asked: Asked, today: date) -> DayPick:
    known = "" if asked.known is None else f"{asked.known:%d/%m/%Y}"
    day = f"{asked.chosen or today:%d/%m/%Y}"
    return DayPick(ADDRESS, day, known, True, (asked.kept[1],), asked.wrong)


def _owners(asked: Asked, seat: Seat) -> Iterator[tuple[Link, bool]]:
    """One's own, that of the own unit's offices, and the calendar being looked at."""
    own = seat.directory.get_office(seat.officer.office, seat.today)
    near = [Owner(own.office_id, own.unit), Owner("", own.unit)]
    for owner in dict.fromkeys((*near, asked.owner)):
        other = Asked(asked.first, owner, known=asked.known)
        name = name_of(owner, seat)
        yield Link(name[0].upper() + name[1:], other.link()), owner == asked.owner


def _found(asked: Asked, seat: Seat) -> Iterator[Link]:
    if not asked.find:
        return
    for unit in seat.directory.search(asked.find, seat.today, FOUND):
        offices = seat.directory.offices_of(unit.unit_id, seat.today)
        for owner in (Owner("", unit.unit_id), *(Owner(o.office_id, o.unit) for o in offices)):
            name = name_of(owner, seat)
            yield Link(name[0].upper() + name[1:], Asked(asked.first, owner).link())


def _line(entry: Entry, asked: Asked, seat: Seat) -> CalendarLine:
    first, last = days_of(entry)
    days = formats.weekday(first) if first == last else f"{first:%d/%m} đến {last:%d/%m/%Y}"
    words, fact = said_of(entry.fact), entry.fact
    if isinstance(fact, OfficeClosed):
        owner = (
            Owner(fact.place, "") if fact.scope == ClosureScope.OFFICE else Owner("", fact.place)
        )
        words = f"{name_of(owner, seat)} {words}"
    known = entry.recorded_on
    return CalendarLine(
        days=days,
        words=words[0].upper() + words[1:],
        basis=fact.basis or "Chưa có số văn bản",
        read=UNREAD if _is_unread(fact) else READ,
        since="Có sẵn" if known == date.min else f"{known:%d/%m/%Y}",
        withdraw=_withdrawal(entry, asked, seat),
        confirm=_confirmation(fact, asked, seat),
    )


def _is_unread(fact: CalendarFact) -> bool:
    return isinstance(fact, DayOffAnnounced | OfficeClosed) and not is_verified(fact)


def _confirmation(fact: CalendarFact, asked: Asked, seat: Seat) -> Link | None:
    """The form of a day off whose notice was not read, filled in but for the notice."""
    if asked.known is not None or not isinstance(fact, DayOffAnnounced) or not _is_unread(fact):
        return None
    if not may_write(acts.DAY_OFF, asked.owner, seat):
        return None
    swap = "" if fact.worked_on is None else f"{fact.worked_on:%d/%m/%Y}"
    said = {"day": f"{fact.day:%d/%m/%Y}", "holiday": fact.holiday, "kind": fact.kind}
    href = asked.link(viec=acts.DAY_OFF.slug, worked_on=swap, **said)
    return Link("Đối chiếu", f"{href}#ghi")


def _withdrawal(entry: Entry, asked: Asked, seat: Seat) -> Link | None:
    """Where the entry is taken back; None for who may not, or looks at what was known once."""
    if asked.known is not None:
        return None
    if isinstance(entry.fact, DayOffAnnounced):
        kind, place = acts.DAY_WITHDRAWN, str(entry.fact.day.year)
        mine = True
    elif isinstance(entry.fact, OfficeClosed):
        kind, place = acts.CLOSURE_WITHDRAWN, entry.fact.place
        mine = seat.officer.role in access.SYSTEM or place == seat.officer.office
    else:
        return None
    if not mine or not access.may(kind.command, seat.officer.role):
        return None
    href = asked.link(viec=kind.slug, so=str(entry.version), noi=place)
    return Link("Hủy", f"{href}#ghi")
