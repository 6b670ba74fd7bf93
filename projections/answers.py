"""Answers: what a desk, a board and a feed show, in numbers and rows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Generic, TypeAlias, TypeVar

from projections.asks import Queue
from projections.case_row import CaseRow
from projections.gatherings import GatheringRow
from projections.next_acts import NextAct
from projections.pending_transfers import OfferRow
from projections.petition_row import PetitionRow

T = TypeVar("T")

Sieve: TypeAlias = Callable[[Sequence[T]], Iterable[T]]
"""What of some rows a page may show, in their order; it may change all but their sort keys."""


def everything(rows: Sequence[T]) -> Iterable[T]:
    """The sieve of programs, which nothing is hidden from."""
    return rows


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some rows of a list, and the cursor of the following ones, if there are any."""

    items: tuple[T, ...]
    next: str | None


@dataclass(frozen=True)
class InboxItem:
    """A petition in a list: what is next and which deadline runs (None: none does)."""

    petition: PetitionRow
    case: CaseRow | None
    next: NextAct
    due_on: date | None


@dataclass(frozen=True)
class Incoming:
    """An offer and the petition it is about."""

    offer: OfferRow
    petition: PetitionRow


class AwaitingWhat(StrEnum):
    """Why something waits for a superior."""

    COMPETENCE = "competence"
    REPORT = "report"
    ESCALATION = "escalation"


@dataclass(frozen=True)
class Awaiting:
    """Something that waits for a superior office. Exactly one of the ids is the subject."""

    what: AwaitingWhat
    superior: str
    since: date
    petition: PetitionRow | None
    case: CaseRow | None


@dataclass(frozen=True)
class DeskCounts:
    """How many petitions wait in each queue, and how many were received today."""

    queues: Mapping[Queue, int]
    received_today: int


@dataclass(frozen=True)
class OfficeSums:
    """The figures of one office (số liệu của một cơ quan).

    Overdue, due soon: petitions without an answer and cases without a decision.
    ``*_oldest``: the earliest due day among them, ``pending_since`` the earliest offer.
    """

    office: str
    overdue: int = 0
    overdue_oldest: date | None = None
    pending: int = 0
    pending_since: date | None = None
    pending_late: int = 0
    due_soon: int = 0
    open: int = 0
    received: int = 0
    returned: int = 0
    escalated: int = 0
    directed: int = 0
    disputes: int = 0


@dataclass(frozen=True)
class Series:
    """A figure now, at the end of each of the last fourteen days (today last)."""

    now: int
    days: tuple[int, ...]


@dataclass(frozen=True)
class ProvinceFigures:
    """The five figures of a board, with what their line of words needs."""

    gatherings: Series
    gatherings_hour_ago: int
    not_received: Series
    waiting_since: datetime | None
    """When the crowd that waits longest was reported."""
    pending: Series
    pending_late: int
    pending_since: date | None
    overdue: Series
    overdue_oldest: date | None
    returns: Series
    consented: int
    declined: int


class Urgency(StrEnum):
    """What a unit's cell on the map shows: only the most urgent, in this order."""

    CROWD_WAITING = "crowd_waiting"
    CROWD = "crowd"
    OVERDUE = "overdue"
    PENDING = "pending"
    QUIET = "quiet"


def most_urgent(crowds: Sequence[GatheringRow], sums: Sequence[OfficeSums]) -> tuple[Urgency, int]:
    """A unit's state and its count, from the crowds that stand there and its offices' figures."""
    standing = [crowd for crowd in crowds if crowd.dispersed_at is None]
    counted = (
        (Urgency.CROWD_WAITING, sum(crowd.received_at is None for crowd in standing)),
        (Urgency.CROWD, len(standing)),
        (Urgency.OVERDUE, sum(figures.overdue for figures in sums)),
        (Urgency.PENDING, sum(figures.pending for figures in sums)),
    )
    return next(((state, n) for state, n in counted if n), (Urgency.QUIET, 0))


@dataclass(frozen=True)
class LaneAge:
    """How far a projection is in a lane. ``recorded_at``: its newest fact there."""

    projection: str
    lane: int
    position: int
    recorded_at: datetime | None
    age: timedelta


@dataclass(frozen=True)
class Freshness:
    """How old the views are: ``age`` since the lane heard of last was known to be complete.

    ``lanes`` is the oldest first. Add nothing to it from another clock: a page shows
    its own clock's now minus ``age``.
    """

    lanes: tuple[LaneAge, ...]

    @property
    def age(self) -> timedelta | None:
        """The oldest lane's age, None before the first fact was folded."""
        return self.lanes[0].age if self.lanes else None

    @property
    def recorded_at(self) -> datetime | None:
        """When the newest fact shown anywhere was recorded."""
        return max((a.recorded_at for a in self.lanes if a.recorded_at is not None), default=None)

    @property
    def positions(self) -> Mapping[int, int]:
        """The position that every projection has reached, by lane."""
        reached: dict[int, int] = {}
        for lane in self.lanes:
            reached[lane.lane] = min(lane.position, reached.get(lane.lane, lane.position))
        return reached
