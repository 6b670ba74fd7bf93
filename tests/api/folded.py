"""Views in memory: the rows that a store's facts add up to, found by their ids."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar, cast
from uuid import UUID

from domain.ports import FactStore
from infra.memory import MemoryFactStore
from infra.memory.views import MemoryViewStore
from infra.serial import decode
from projections.answers import Page, Sieve
from projections.base import Fact, Row
from projections.case_history import HistoryRow
from projections.case_row import CaseRow
from projections.gatherings import GatheringRow
from projections.petition_row import PetitionRow
from projections.queries import Views
from projections.recomputing import Moved
from tests.api.world import ViewsDown, World
from tests.projections.folding import fold_one_by_one

R = TypeVar("R", bound=Row)


def folding_world() -> World:
    """A world whose views show every fact at once, and know nothing but single rows."""
    store = MemoryFactStore()
    return World(store=store, views=cast("Views", FoldedViews(store)))


@dataclass
class FoldedViews(ViewsDown):
    """What the facts of a store add up to; what is asked of lists nobody can reach."""

    store: FactStore
    moved: Sequence[Moved] = ()
    """What the last pass over the due days moved."""

    def _rows(self, row: type[R], wanted: Callable[[R], bool]) -> list[R]:
        views = MemoryViewStore()
        records = self.store.read(after=0, limit=1000)
        fold_one_by_one(
            views,
            [
                Fact(each.position, each.lane, each.type_name, each.body,
                     decode(each.type_name, each.body))
                for each in records
            ],
        )  # fmt: skip
        found = [cast("R", each) for each in views.rows.get(row, {}).values()]
        return [each for each in found if wanted(each)]

    def find_petition(self, petition: UUID) -> PetitionRow | None:
        return next(iter(self.find_petitions([petition])), None)

    def find_petitions(self, petitions: Sequence[UUID]) -> Sequence[PetitionRow]:
        return self._rows(PetitionRow, lambda row: row.petition_id in petitions)

    def find_case(self, case: UUID) -> CaseRow | None:
        return next(iter(self.find_cases([case])), None)

    def find_cases(self, cases: Sequence[UUID]) -> Sequence[CaseRow]:
        return self._rows(CaseRow, lambda row: row.case_id in cases)

    def find_gathering(self, gathering: UUID) -> GatheringRow | None:
        found = self._rows(GatheringRow, lambda row: row.gathering_id == gathering)
        return next(iter(found), None)

    def history(self, stream: UUID, *, after_version: int, limit: int) -> Sequence[HistoryRow]:
        found = self._rows(
            HistoryRow, lambda row: row.stream == stream and row.version > after_version
        )
        return sorted(found, key=lambda row: row.version)[:limit]

    def law_pass(self, position: int) -> int:
        return position

    def moved_by_office(self, position: int, upto: int) -> Sequence[tuple[str, int]]:
        assert position <= upto
        offices = [each.office for each in self.moved]
        return [(office, offices.count(office)) for office in sorted(set(offices))]

    def moved_in(
        self, position: int, upto: int, office: str, *, after: str | None, limit: int,
        seen: Sieve[Moved],
    ) -> Page[Moved]:  # fmt: skip
        assert position <= upto
        assert after is None
        shown = tuple(seen([each for each in self.moved if each.office == office]))
        return Page(shown[:limit], None)
