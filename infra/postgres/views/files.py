"""One thing and what happened to it (hồ sơ)."""

from collections.abc import Sequence
from uuid import UUID

from psycopg.sql import SQL

from infra.postgres.views.arrays import uuids
from infra.postgres.views.paging import Asked, Key, a_number
from infra.postgres.views.reading import Reader
from projections.access_log import AccessRow
from projections.answers import Page, everything
from projections.case_history import HistoryRow
from projections.case_row import CaseRow
from projections.gatherings import GatheringRow
from projections.pending_transfers import OfferRow
from projections.petition_row import PetitionRow
from projections.queries import PAGE
from projections.return_missions import MissionRow

LAST = 2**62
NUMBERED = SQL("number = %b ORDER BY position LIMIT 1")


class FileQueries(Reader):
    """Implements :class:`projections.queries.FileViews`."""

    def find_petition(self, petition: UUID) -> PetitionRow | None:
        return self._one(PetitionRow, petition)

    def find_petitions(self, petitions: Sequence[UUID]) -> Sequence[PetitionRow]:
        return self._rows(PetitionRow, SQL("petition_id = ANY(%b)"), [uuids(petitions)])

    def find_petition_by_number(self, number: str) -> PetitionRow | None:
        return next(iter(self._rows(PetitionRow, NUMBERED, [number.strip().upper()])), None)

    def find_case(self, case: UUID) -> CaseRow | None:
        return self._one(CaseRow, case)

    def find_case_by_number(self, number: str) -> CaseRow | None:
        return next(iter(self._rows(CaseRow, NUMBERED, [number.strip().upper()])), None)

    def find_cases(self, cases: Sequence[UUID]) -> Sequence[CaseRow]:
        return self._rows(CaseRow, SQL("case_id = ANY(%b)"), [uuids(cases)])

    def find_gathering(self, gathering: UUID) -> GatheringRow | None:
        return self._one(GatheringRow, gathering)

    def find_mission(self, mission: UUID) -> MissionRow | None:
        return self._one(MissionRow, mission)

    def offers_of(self, petition: UUID) -> Sequence[OfferRow]:
        return self._rows(OfferRow, SQL("petition_id = %b ORDER BY offer"), [petition])

    def petitions_of_case(self, case: UUID) -> Sequence[PetitionRow]:
        where = SQL("case_id = %b ORDER BY received_on, petition_id")
        return self._rows(PetitionRow, where, [case])

    def missions_of(self, gathering: UUID) -> Sequence[MissionRow]:
        where = SQL("gathering_id = %b ORDER BY requested_at, mission_id")
        return self._rows(MissionRow, where, [gathering])

    def history(
        self, stream: UUID, *, after_version: int = 0, limit: int = 200
    ) -> Sequence[HistoryRow]:
        where = SQL("stream = %b AND version > %b ORDER BY version LIMIT %b")
        return self._rows(HistoryRow, where, [stream, after_version, limit])

    def access_log(
        self, subject: UUID, *, after: str | None = None, limit: int = PAGE
    ) -> Page[AccessRow]:
        where = SQL("subject = %b AND position < %b ORDER BY position DESC LIMIT %b")

        def read(behind: Key | None, count: int) -> Sequence[AccessRow]:
            before = LAST if behind is None else int(behind[0])
            return self._rows(AccessRow, where, [subject, before, count])

        asked: Asked[AccessRow] = Asked(after, limit, everything)
        return asked.page(read, lambda row: (str(row.position),), a_number)
