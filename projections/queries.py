"""What pages and programs may ask of the views (truy vấn).

Offices and units are given as ids: the directory in memory knows which lie under which.
``today`` and ``now`` are passed in. A due day itself is not late: overdue is strictly
before today. Sealed rows (``data_class`` 3) are among the answers; the door decides who
sees what of them. Cursors are opaque; a broken one is refused with
:class:`domain.errors.Invalid`.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from projections.access_log import AccessRow
from projections.answers import (
    Awaiting,
    DeskCounts,
    Freshness,
    InboxItem,
    Incoming,
    OfficeSums,
    Page,
    ProvinceFigures,
    Sieve,
    everything,
)
from projections.asks import (
    Area,
    CaseFilter,
    FlowSum,
    GatheringFilter,
    OfferFilter,
    PetitionFilter,
    Queue,
)
from projections.case_history import HistoryRow
from projections.case_row import CaseRow
from projections.gatherings import GatheringRow
from projections.law_moves import LawMoveViews
from projections.open_work import OpenViews
from projections.pending_transfers import OfferRow
from projections.petition_row import PetitionRow
from projections.ports import Parked
from projections.reminders import ReminderViews
from projections.resting import RestingViews
from projections.return_missions import MissionRow
from projections.reviews import ReviewViews

PAGE = 50


class DeskViews(Protocol):
    """What an office sees of its own work (bàn tiếp dân, hộp việc)."""

    def desk_counts(
        self, office: str, *, today: date, soon_until: date, account: str | None = None
    ) -> DeskCounts:
        """How much waits in each queue. ``soon_until``: last day that counts as near.

        With an account, :attr:`Queue.MINE` leaves out cases given to somebody else.
        """

    def inbox(
        self, office: str, queue: Queue, *, today: date, soon_until: date,
        account: str | None = None, after: str | None = None, limit: int = PAGE,
        seen: Sieve[InboxItem] = everything,
    ) -> Page[InboxItem]:  # fmt: skip
        """A queue's petitions, the earliest due first, those without a due day last.

        :attr:`Queue.INCOMING` and :attr:`Queue.DECIDE` list petitions too; their offers and
        grounds come from :meth:`incoming` and :meth:`awaiting_decision`.
        """

    def incoming(
        self, offices: Sequence[str], *, after: str | None = None, limit: int = PAGE,
        seen: Sieve[Incoming] = everything,
    ) -> Page[Incoming]:  # fmt: skip
        """Offers waiting for these offices' answer, the earliest reply date first."""

    def awaiting_decision(self, offices: Sequence[str]) -> Sequence[Awaiting]:
        """What waits for these offices as superiors: disputes, reports, escalations.

        The oldest first.
        """


class BoardViews(Protocol):
    """What a district or province sees (bảng điều hành)."""

    def office_sums(
        self, offices: Sequence[str], *, today: date, soon_until: date, received_since: date
    ) -> Mapping[str, OfficeSums]:
        """The figures of each office that has any; the others are absent."""

    def province_figures(self, area: Area, *, today: date, now: datetime) -> ProvinceFigures:
        """The five figures with their last fourteen days (today last) and detail words' data."""

    def recent_changes(
        self, area: Area, *, since: datetime, limit: int = PAGE
    ) -> Sequence[HistoryRow]:
        """Case work recorded since a moment by or about this area, newest first."""

    def flows(self, offices: Sequence[str], *, first: date, last: date) -> Sequence[FlowSum]:
        """What happened per office, day and kind, both days included."""


class ListViews(Protocol):
    """The lists behind every figure. One row more than the page decides ``next``.

    ``seen``, here and wherever a page is asked for, leaves out what the reader may not see
    before the page is cut: it is short only at the end of the list, and its cursor is of a row
    that it shows.
    """

    def petitions(
        self, ask: PetitionFilter, *, after: str | None = None, limit: int = PAGE,
        seen: Sieve[InboxItem] = everything,
    ) -> Page[InboxItem]:  # fmt: skip
        """Petitions by their running deadline, then id; those without one last.

        With ``ended`` the newest receipt comes first: most have no deadline any more.
        """

    def cases(
        self, ask: CaseFilter, *, after: str | None = None, limit: int = PAGE,
        seen: Sieve[CaseRow] = everything,
    ) -> Page[CaseRow]:  # fmt: skip
        """Cases, ordered by their settlement date, then id."""

    def offers(
        self, ask: OfferFilter, *, after: str | None = None, limit: int = PAGE,
        seen: Sieve[Incoming] = everything,
    ) -> Page[Incoming]:  # fmt: skip
        """Offers, ordered by reply date, then petition."""

    def gatherings(
        self, ask: GatheringFilter, *, after: str | None = None, limit: int = PAGE,
        seen: Sieve[GatheringRow] = everything,
    ) -> Page[GatheringRow]:  # fmt: skip
        """Crowds, those not received first, then newest report first."""

    def missions(
        self, area: Area, *, under_way: bool = True, after: str | None = None, limit: int = PAGE,
        seen: Sieve[MissionRow] = everything,
    ) -> Page[MissionRow]:  # fmt: skip
        """Return missions, newest request first."""


class FileViews(Protocol):
    """One thing and what happened to it (hồ sơ)."""

    def find_petition(self, petition: UUID) -> PetitionRow | None:
        """The petition, or None when no view knows it yet."""

    def find_petitions(self, petitions: Sequence[UUID]) -> Sequence[PetitionRow]:
        """Those of these petitions that the views know, in any order."""

    def find_petition_by_number(self, number: str) -> PetitionRow | None:
        """The petition with exactly this receipt number, in any case of letters."""

    def find_case(self, case: UUID) -> CaseRow | None:
        """The case, or None when no view knows it yet."""

    def find_case_by_number(self, number: str) -> CaseRow | None:
        """The case with exactly this number, in any case of letters."""

    def find_cases(self, cases: Sequence[UUID]) -> Sequence[CaseRow]:
        """Those of these cases that the views know, in any order."""

    def find_gathering(self, gathering: UUID) -> GatheringRow | None:
        """The gathering, or None when no view knows it yet."""

    def find_mission(self, mission: UUID) -> MissionRow | None:
        """The mission, or None when no view knows it yet."""

    def offers_of(self, petition: UUID) -> Sequence[OfferRow]:
        """A petition's offers, oldest first."""

    def petitions_of_case(self, case: UUID) -> Sequence[PetitionRow]:
        """The petitions taken up in a case, oldest receipt first."""

    def missions_of(self, gathering: UUID) -> Sequence[MissionRow]:
        """The return missions of a gathering, oldest first."""

    def history(
        self, stream: UUID, *, after_version: int = 0, limit: int = 200
    ) -> Sequence[HistoryRow]:
        """A stream's facts, oldest first."""

    def access_log(
        self, subject: UUID, *, after: str | None = None, limit: int = PAGE
    ) -> Page[AccessRow]:
        """Who read about a subject, newest first."""


class FeedViews(Protocol):
    """How far the views are, and what came since (luồng trực tiếp)."""

    def feed(self, since: Mapping[int, int], *, limit: int = 500) -> Sequence[HistoryRow]:
        """History after a position in each lane named, by position; all lanes or nothing lost.

        Lanes not named are not read. At most ``limit`` rows: ask again from the last ones.
        """

    def feed_head(self) -> Mapping[int, int]:
        """Where the history stands in each lane begun."""

    def amended(self) -> int:
        """How often rows were set right otherwise than by the next facts of their lane."""

    def wait_for(self, lane: int, position: int, *, timeout: float) -> bool:
        """Wait until every view shows this position; False when the time is over first."""

    def freshness(self) -> Freshness:
        """How far and how old the views are."""

    def parked(self, *, limit: int = PAGE) -> Sequence[Parked]:
        """Records set aside, oldest first."""

    def parked_count(self) -> int:
        """How many records are set aside."""

    def totals(self) -> Mapping[str, str]:
        """Table to a digest of its rows, in whatever order they lie: equal rows, equal digests.

        128 bits: they find what went wrong, they are no proof against somebody who forges rows.
        """


class Views(
    DeskViews, BoardViews, ListViews, FileViews, RestingViews, OpenViews, ReminderViews,
    LawMoveViews, ReviewViews, FeedViews, Protocol,
):  # fmt: skip
    """Everything that can be asked."""
