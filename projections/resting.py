"""Which offices open work rests on, as its rows say (việc đang đặt ở cơ quan nào)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from projections.answers import Page, Sieve, everything
from projections.case_row import CaseRow, CaseState
from projections.gatherings import GatheringRow
from projections.homes import waiting
from projections.petition_row import PetitionRow
from projections.return_missions import MissionRow

AT_ONCE = 200
"""Rows of a page."""


class Work(StrEnum):
    """The sorts of dossiers that rest on offices."""

    PETITION = "petition"
    CASE = "case"
    GATHERING = "gathering"
    MISSION = "return_mission"


@dataclass(frozen=True)
class Rests:
    """An open dossier and the offices it rests on. ``version`` is what the view has seen.

    ``undecided`` are the abolished offices for which one of them only answers meanwhile.
    ``accused`` matters for a case: it must not stay with who took that office over.
    """

    work: Work
    subject: UUID
    version: int
    offices: tuple[str, ...]
    undecided: tuple[str, ...] = ()
    accused: str | None = None


class WorkViews(Protocol):
    """Open work by the offices it rests on (việc đang mở theo cơ quan)."""

    def offices_at_work(self) -> Sequence[str]:
        """Every office that open work rests on, or that an open case complains of."""

    def offices_undecided(self) -> Sequence[str]:
        """Every abolished office for which another only answers until a person decides."""

    def resting_on(
        self, work: Work, offices: Sequence[str], *, after: str | None = None, limit: int = AT_ONCE
    ) -> Page[Rests]:  # fmt: skip
        """Open dossiers of a sort that rest on any of these, or are undecided for it; by id.

        Of petitions those that no case handles: the others go where their case goes.
        """


class RestingViews(WorkViews, Protocol):
    """And what of it waits for a person, to decide or to hand it on."""

    def undecided(
        self, work: Work, answering: Sequence[str], *, after: str | None = None,
        limit: int = AT_ONCE, seen: Sieve[Any] = everything,
    ) -> Page[Rests]:  # fmt: skip
        """Open dossiers of a sort in which these only answer until a person decides; by id.

        ``seen`` is of the sort's rows.
        """

    def handled_by(
        self, officers: Mapping[str, Sequence[str]], *, after: str | None = None,
        limit: int = AT_ONCE, seen: Sieve[CaseRow] = everything,
    ) -> Page[CaseRow]:  # fmt: skip
        """Cases not closed that these officers of these offices handle; by id."""


def of_petition(row: PetitionRow) -> Rests:
    """Who is in charge, who was offered it, who must judge."""
    open_ = row.ended_on is None
    named = (row.in_charge, row.offered_to, row.disputed_superior) if open_ else ()
    return _rests(Work.PETITION, row.petition_id, row, named)


def of_case(row: CaseRow) -> Rests:
    """Who handles it, and which superiors have yet to say that they know."""
    named = () if row.state == CaseState.CLOSED else (row.office, *row.unconfirmed)
    return _rests(Work.CASE, row.case_id, row, named, row.accused_office)


def of_gathering(row: GatheringRow) -> Rests:
    """Who is on site, who must receive, who must come."""
    there = row.dispersed_at is None
    named = (row.office, row.must_receive, *row.must_come) if there else ()
    return _rests(Work.GATHERING, row.gathering_id, row, named)


def of_mission(row: MissionRow) -> Rests:
    """Who asked, who is at home, who leads; and who promised a reception, until it was held."""
    under_way = (row.office, row.home_office, row.lead_office) if row.closed_at is None else ()
    host = (row.follow_up_office,) if row.follow_up_held_on is None else ()
    return _rests(Work.MISSION, row.mission_id, row, (*under_way, *host))


def _rests(
    work: Work,
    subject: UUID,
    row: PetitionRow | CaseRow | GatheringRow | MissionRow,
    named: Iterable[str | None],
    accused: str | None = None,
) -> Rests:
    offices = tuple(dict.fromkeys(office for office in named if office is not None))
    undecided = tuple(dict.fromkeys(former for _, former, at in waiting(row) if at in offices))
    return Rests(work, subject, row.version, offices, undecided, accused)
