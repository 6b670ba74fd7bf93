"""Petitions and the offices they rest on, folded from a store in memory."""

from collections.abc import Sequence

from projections.answers import Page
from projections.petition_row import PetitionRow
from projections.resting import AT_ONCE, Rests, Work, of_petition
from tests.services.folded import Folded


class RestingRows(Folded):
    """A :class:`projections.resting.WorkViews` of petitions alone."""

    def offices_at_work(self) -> Sequence[str]:
        return sorted({office for each in self._rests() for office in each.offices})

    def offices_undecided(self) -> Sequence[str]:
        return sorted({office for each in self._rests() for office in each.undecided})

    def resting_on(
        self, work: Work, offices: Sequence[str], *, after: str | None = None, limit: int = AT_ONCE
    ) -> Page[Rests]:  # fmt: skip
        wanted = set(offices)
        found = [
            each
            for each in self._rests()
            if each.work is work
            and wanted & {*each.offices, *each.undecided}
            and (after is None or str(each.subject) > after)
        ]
        page = tuple(found[:limit])
        return Page(page, str(page[-1].subject) if len(found) > limit else None)

    def _rests(self) -> Sequence[Rests]:
        return sorted(map(of_petition, self.of(PetitionRow)), key=lambda each: str(each.subject))
