"""The working calendar as a month (lịch làm việc)."""

from dataclasses import dataclass

from services.web.models.acts import Post, Question
from services.web.models.desk import Pager
from services.web.models.forms import Choice, Field
from services.web.models.marks import EmptyState, Link
from services.web.models.places import DayPick
from services.web.models.shell import Shell


@dataclass(frozen=True, slots=True)
class CalendarCell:
    """A day of the month; outside it `number` is empty.

    `words` say what the day is when it is no plain working day, `note` which notice says so.
    """

    number: str = ""
    kind: str = ""
    day: str = ""
    words: str = ""
    note: str = ""
    unread: bool = False
    today: bool = False
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class CalendarLine:
    """An entry of the month: days, what, notice, whether it was read, how to take it back.

    `confirm` is where a notice that was not read yet is entered.
    """

    days: str
    words: str
    basis: str
    read: str
    since: str
    withdraw: Link | None = None
    confirm: Link | None = None


@dataclass(frozen=True, slots=True)
class CalendarForm:
    """One act on the calendar, asked for beside the month."""

    title: str
    lead: str
    submit: str
    post: Post
    questions: tuple[Question, ...]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class MovedLine:
    """A deadline that a change of law or calendar moved."""

    number: str
    href: str
    words: str
    was: str
    due: str


@dataclass(frozen=True, slots=True)
class Moves:
    """What a change moved: counts by office for all, the files of the reader's own office.

    Without `done` it is still being worked out; `again` asks once more.
    """

    words: str
    again: Link | None = None
    offices: tuple[tuple[str, str], ...] = ()
    rows: tuple[MovedLine, ...] = ()
    more: str = ""


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """A month of an office's calendar (lịch làm việc).

    `weeks` are rows of seven, Monday first. `owners` are calendars to change to, `suggested` days
    that the holidays package thinks of, for an officer who reads the notice.
    """

    shell: Shell
    title: str
    month: str
    summary: str
    weeks: tuple[tuple[CalendarCell, ...], ...]
    previous: Link
    next: Link
    day: DayPick
    owners: tuple[tuple[Link, bool], ...]
    find: Field
    hidden: tuple[tuple[str, str], ...]
    found: tuple[Link, ...]
    lines: tuple[CalendarLine, ...]
    legend: tuple[tuple[str, str], ...]
    acts: tuple[tuple[Link, bool], ...] = ()
    form: CalendarForm | None = None
    suggested: tuple[Link, ...] = ()
    suggested_title: str = ""
    reviews: Link | None = None
    moves: Moves | None = None


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """An ended file whose result a later notice puts in doubt, and how a head says it was seen."""

    id: str
    number: str
    href: str
    clock: str
    met: str
    was: str
    now: str
    office: str
    post: Post | None = None


@dataclass(frozen=True, slots=True)
class ReviewsPage:
    """Ended files that wait for a head's look (hồ sơ chờ xem lại)."""

    shell: Shell
    title: str
    summary: str
    rows: tuple[ReviewLine, ...]
    outcomes: tuple[Choice, ...]
    problem: str = ""
    pager: Pager | None = None
    empty: EmptyState | None = None
