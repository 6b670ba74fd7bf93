"""How much open work a change touches, asked of the views (việc đang mở của cơ quan)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from projections.answers import Page
from projections.asks import Area, CaseFilter, CrowdState, GatheringFilter
from projections.queries import Views

AT_ONCE: Final = 500
"""Rows of a page: what is counted is read in pages, as lists are."""


@dataclass(frozen=True, slots=True)
class OpenWork:
    """What rests on an office: petitions and cases not at their end, offers it must answer."""

    petitions: int = 0
    cases: int = 0
    offers: int = 0

    @property
    def any(self) -> int:
        """All of it."""
        return self.petitions + self.cases + self.offers


@dataclass(frozen=True, slots=True)
class Touched:
    """The open work that a reform touches: by office, and crowds and missions in its area."""

    offices: Mapping[str, OpenWork] = field(default_factory=dict)
    crowds: int = 0
    missions: int = 0

    @property
    def totals(self) -> Mapping[str, int]:
        """All of it, by kind."""
        return {
            "open_petitions": sum(each.petitions for each in self.offices.values()),
            "open_cases": sum(each.cases for each in self.offices.values()),
            "open_offers": sum(each.offers for each in self.offices.values()),
            "open_crowds": self.crowds,
            "open_missions": self.missions,
        }


def touched(views: Views, area: Area, today: date) -> Touched:
    """What is open at the offices of an area, and in its units."""
    ask = GatheringFilter(area, CrowdState.GOING_ON)
    return Touched(
        offices=open_work(views, area.offices, today),
        crowds=sum(1 for _ in _pages(views.gatherings, ask)),
        missions=sum(1 for _ in _pages(views.missions, area)),
    )


def open_work(views: Views, offices: Sequence[str], today: date) -> Mapping[str, OpenWork]:
    """The open work of each of these offices that has any."""
    sums = views.office_sums(offices, today=today, soon_until=today, received_since=today)
    cases: dict[str, int] = {}
    for row in _pages(views.cases, CaseFilter(offices=tuple(offices))):
        cases[row.office] = cases.get(row.office, 0) + 1
    found = {
        office: OpenWork(
            petitions=sums[office].open if office in sums else 0,
            cases=cases.get(office, 0),
            offers=sums[office].pending if office in sums else 0,
        )
        for office in {*sums, *cases}
    }
    return {office: work for office, work in found.items() if work.any}


def _pages(query: Callable[..., Page[Any]], ask: object) -> Iterable[Any]:
    after: str | None = None
    while True:
        page = query(ask, after=after, limit=AT_ONCE)
        yield from page.items
        if page.next is None:
            return
        after = page.next
