"""Questions: queues, areas and filters of the lists."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Queue(StrEnum):
    """The queues of an office's inbox (hàng việc)."""

    MINE = "mine"
    """Petitions the office answers for, also while offered elsewhere (chờ tôi)."""
    INCOMING = "incoming"
    """Offered to the office, not answered (chưa nhận)."""
    DUE_SOON = "due_soon"
    """Of the office's own: due from today to the near day (sắp hạn)."""
    OVERDUE = "overdue"
    """Of the office's own: due before today (quá hạn)."""
    DIRECTED = "directed"
    """A superior directed the case, and it has no decision (chỉ đạo)."""
    RETURNED = "returned"
    """Came back from where it was offered (bị trả lại)."""
    FOLLOWED = "followed"
    """Passed on by the office, accepted elsewhere, not at its end (theo dõi)."""
    DECIDE = "decide"
    """A competence dispute this office must decide (tranh chấp thẩm quyền)."""
    ALL = "all"
    """Everything the office answers for, whoever handles it (của cả cơ quan)."""


class DueWindow(StrEnum):
    """When the running deadline falls. Soon begins today; later is all that follows."""

    OVERDUE = "overdue"
    TODAY = "today"
    SOON = "soon"
    LATER = "later"


@dataclass(frozen=True)
class Area:
    """A part of the country: its offices and its units. A crowd is in it by any of
    where it stands, where it comes from, and who must receive it.
    """

    offices: tuple[str, ...]
    units: tuple[str, ...]


@dataclass(frozen=True)
class Reach:
    """What a list need not read, because its reader could see none of it (tầm với).

    ``offices``: files that name none of them; None leaves nothing out. Without
    ``denunciations``: those that ``own`` does not hold. What is read is still to be judged.
    """

    own: str
    offices: tuple[str, ...] | None
    denunciations: bool


@dataclass(frozen=True)
class PetitionFilter:
    """Which petitions; None asks nothing. Only ``offices`` (in charge) must be given.

    ``number`` is the beginning of a receipt number. ``today`` and ``soon_until`` are
    needed for ``due``. Without ``ended`` only those not at their end.
    """

    offices: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    number: str | None = None
    due: DueWindow | None = None
    today: date | None = None
    soon_until: date | None = None
    received_from: date | None = None
    received_to: date | None = None
    election: bool | None = None
    ended: bool = False
    came_from: bool = False
    """Also those that came from these offices when they were abolished."""
    reach: Reach | None = None


@dataclass(frozen=True)
class CaseFilter:
    """Which cases. Without ``closed`` only those not closed."""

    offices: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    number: str | None = None
    overdue_on: date | None = None
    """Only those without a decision and due before this day."""
    escalated: bool = False
    closed: bool = False
    came_from: bool = False
    """Also those that came from these offices when they were abolished."""
    reach: Reach | None = None


@dataclass(frozen=True)
class OfferFilter:
    """Which unanswered offers: to any of ``to_offices`` and, if given, from any of these."""

    to_offices: tuple[str, ...]
    from_offices: tuple[str, ...] = ()
    late_on: date | None = None
    """Only those whose reply was due before this day."""
    came_from: bool = False
    """Also those whose receiver came in the place of these offices when they were abolished."""
    reach: Reach | None = None


class CrowdState(StrEnum):
    """What a board asks about crowds."""

    GOING_ON = "going_on"
    NOT_RECEIVED = "not_received"
    OVER = "over"


@dataclass(frozen=True)
class GatheringFilter:
    """Which crowds; no state: all of them."""

    area: Area
    state: CrowdState | None = None


@dataclass(frozen=True)
class FlowSum:
    """So often this happened at an office on a day. ``what``: :class:`.office_flow.Flow`."""

    office: str
    day: date
    what: str
    n: int
