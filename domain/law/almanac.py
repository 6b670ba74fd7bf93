"""Everything ever recorded about working days, and what was known of it when (sổ lịch).

Two times are kept apart: on which days a fact holds, and on which day it was recorded.
Immutable: news make a copy.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Self
from uuid import UUID

from domain.codes import LABELS, ClosureScope, DayOffKind
from domain.days import day_of
from domain.events import calendar as facts
from domain.events.base import OfficeEvent
from domain.law.calendar import Calendar, Closure, DayOff, OffDay

Place = tuple[ClosureScope, str]
"""An office or a unit that has closures and hours of its own."""

DEFAULT_HOURS: Final = ("07:30-11:30", "13:00-17:00")
"""Where nobody has said otherwise."""

FILLER: Final = "system:calendar"
"""Who fills a new stack with what its release knows of the calendar."""

WITHDRAWALS: Final = (facts.DayOffWithdrawn, facts.ClosureWithdrawn)


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact in force: its place in its stream, the day it was recorded, what it says."""

    version: int
    recorded_on: date
    fact: facts.CalendarFact


class Almanac:
    """The working calendar of the whole state. Never changes: it grows copies.

    A year of which nothing was recorded is as the release has it: ``carried``.
    """

    __slots__ = ("_calendar", "_calendars", "_carried", "_closures", "_entries", "newest_record")

    def __init__(
        self,
        entries: Mapping[UUID, tuple[Entry, ...]] | None = None,
        carried: "Almanac | None" = None,
    ) -> None:
        self._entries: Mapping[UUID, tuple[Entry, ...]] = entries or {}
        self._carried: Mapping[UUID, tuple[Entry, ...]] = {} if carried is None else carried.streams
        recorded = (entry.recorded_on for each in self._entries.values() for entry in each)
        self.newest_record = max(recorded, default=date.min)
        self._calendar: Calendar | None = None
        self._calendars: dict[tuple[str, str], Calendar] = {}
        self._closures: Mapping[Place, tuple[Closure, ...]] | None = None

    @classmethod
    def of(cls, news: Iterable[OfficeEvent]) -> Self:
        """What these facts add up to; facts about other things are passed over."""
        return cls().with_facts(news)

    def with_facts(self, news: Iterable[OfficeEvent]) -> Self:
        """A copy grown by these facts, or itself when none of them is news."""
        grown: dict[UUID, tuple[Entry, ...]] = {}
        for fact in news:
            if isinstance(fact, facts.CalendarFact):
                stream, version = fact.originator_id, fact.originator_version
                known = grown.get(stream) or self._entries.get(stream, ())
                if all(version != entry.version for entry in known):
                    recorded = date.min if fact.actor == FILLER else day_of(fact.timestamp)
                    grown[stream] = (*known, Entry(version, recorded, fact))
        return self._with({**self._entries, **grown}) if grown else self

    def _with(self, entries: Mapping[UUID, tuple[Entry, ...]]) -> Self:
        copy = type(self)(entries)
        copy._carried = self._carried
        return copy

    @property
    def streams(self) -> Mapping[UUID, tuple[Entry, ...]]:
        """What was recorded, stream by stream."""
        return self._entries

    def known_on(self, day: date) -> Self:
        """What was recorded up to the end of a day; itself when nothing came later.

        What a new stack was filled with counts as known before: its offices went by it.
        """
        if day >= self.newest_record:
            return self
        early = {
            stream: tuple(entry for entry in entries if entry.recorded_on <= day)
            for stream, entries in self._entries.items()
        }
        return self._with({stream: entries for stream, entries in early.items() if entries})

    def of_stream(self, stream: UUID) -> tuple[Entry, ...]:
        """What holds of one year or place: withdrawn facts and withdrawals left out."""
        return in_force(self._entries.get(stream) or self._carried.get(stream, ()))

    def entries(self) -> tuple[Entry, ...]:
        """Everything in force, stream by stream."""
        streams = {**self._carried, **self._entries}
        return tuple(entry for stream in streams for entry in self.of_stream(stream))

    @property
    def calendar(self) -> Calendar:
        """The calendar that all offices share."""
        if self._calendar is None:
            said = [entry.fact for entry in self.entries()]
            days = [day_off(fact) for fact in said if isinstance(fact, facts.DayOffAnnounced)]
            years = [fact.year for fact in said if isinstance(fact, facts.YearAnnounced)]
            self._calendar = Calendar(days, years)
        return self._calendar

    def closings(self, places: Iterable[Place]) -> tuple[Entry, ...]:
        """The facts that close any of these places, units above them included."""
        asked = set(places)
        return tuple(
            entry
            for entry in self.entries()
            if isinstance(entry.fact, facts.OfficeClosed) and asked & set(closed_by(entry.fact))
        )

    def closures_of(self, place: Place) -> tuple[Closure, ...]:
        """What closes the offices of a unit, or one office alone."""
        if self._closures is None:
            self._closures = _closures(entry.fact for entry in self.entries())
        return self._closures.get(place, ())

    def calendar_of(self, office: str, unit: str) -> Calendar:
        """The calendar of an office: the shared one, its closures and those of its unit."""
        if (office, unit) not in self._calendars:
            found = [each for place in places_of(office, unit) for each in self.closures_of(place)]
            if not found:
                return self.calendar
            self._calendars[office, unit] = self.calendar.closed_for(found)
        return self._calendars[office, unit]

    def hours_of(self, places: Iterable[Place], on: date) -> tuple[str, ...]:
        """When a place is open on a working day; of several places the first that said so."""
        said = [entry.fact for entry in self.entries()]
        hours = [fact for fact in said if isinstance(fact, facts.WorkingHoursSet)]
        for scope, name in places:
            of_place = [
                fact
                for fact in hours
                if (fact.scope, fact.place) == (scope, name) and fact.valid_from <= on
            ]
            if of_place:
                return tuple(max(of_place, key=lambda fact: fact.valid_from).hours)
        return DEFAULT_HOURS


def in_force(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries of one stream that were not withdrawn, in the order they were recorded.

    A day announced again was confirmed: the newest entry speaks for it.
    """
    every = tuple(entries)
    gone = {entry.fact.withdrawn for entry in every if isinstance(entry.fact, WITHDRAWALS)}
    newest: dict[date, int] = {}
    for entry in every:
        if isinstance(entry.fact, facts.DayOffAnnounced):
            gone.add(newest.get(entry.fact.day, 0))
            newest[entry.fact.day] = entry.version
    return tuple(
        entry
        for entry in every
        if entry.version not in gone and not isinstance(entry.fact, WITHDRAWALS)
    )


def places_of(office: str, unit: str) -> tuple[Place, Place]:
    """Whose closures and hours are an office's: its own, then its unit's."""
    return (ClosureScope.OFFICE, office), (ClosureScope.UNIT, unit)


def is_verified(fact: facts.DayOffAnnounced | facts.OfficeClosed) -> bool:
    """Whether the notice was read: only one with a number was, whatever a release carried."""
    return fact.verified and bool(fact.basis)


def day_off(fact: facts.DayOffAnnounced) -> DayOff:
    """The entry of a calendar that a fact is."""
    name = LABELS[fact.kind if fact.kind == DayOffKind.SWAPPED else fact.holiday]
    read = is_verified(fact)
    return DayOff(fact.day, name, fact.basis, OffDay(fact.kind), fact.worked_on, read)


def closed_by(fact: facts.OfficeClosed) -> Iterator[Place]:
    """The places that a fact closes: one office, or a unit and all below it."""
    return ((ClosureScope(fact.scope), name) for name in fact.units or (fact.place,))


def closure(fact: facts.OfficeClosed) -> Closure:
    """The closure that a fact is."""
    cause, read = fact.cause, is_verified(fact)
    return Closure(fact.first_day, fact.last_day, cause, LABELS[cause], fact.basis, read)


def _closures(said: Iterable[OfficeEvent]) -> Mapping[Place, tuple[Closure, ...]]:
    found: dict[Place, tuple[Closure, ...]] = {}
    for fact in said:
        if isinstance(fact, facts.OfficeClosed):
            for place in closed_by(fact):
                found[place] = (*found.get(place, ()), closure(fact))
    return found
