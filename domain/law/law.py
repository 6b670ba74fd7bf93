"""What is known of calendar and rulebooks at one moment (pháp luật và lịch đang biết)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self

from domain.events.base import OfficeEvent
from domain.law.almanac import Almanac
from domain.law.calendar import Calendar
from domain.law.editions import Rulebooks
from domain.law.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Law:
    """Everything deadlines are counted by. Never changes: it grows copies."""

    almanac: Almanac
    rulebooks: Rulebooks

    @property
    def book(self) -> Rulebook:
        """The newest rulebook known."""
        return self.rulebooks.current

    def with_facts(self, news: Iterable[OfficeEvent]) -> Self:
        """A copy grown by these facts, or itself when none of them is news."""
        facts = tuple(news)
        return self._with(self.almanac.with_facts(facts), self.rulebooks.with_facts(facts))

    def known_on(self, day: date) -> Self:
        """What was known at the end of a day."""
        return self._with(self.almanac.known_on(day), self.rulebooks.known_on(day))

    def _with(self, almanac: Almanac, rulebooks: Rulebooks) -> Self:
        if almanac is self.almanac and rulebooks is self.rulebooks:
            return self
        return type(self)(almanac, rulebooks)

    def calendar_of(self, office: str, unit: str) -> Calendar:
        """The working days of an office, its own closures included."""
        return self.almanac.calendar_of(office, unit)
