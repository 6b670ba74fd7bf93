"""What dated things were, period by period, and what was known of it (biên niên).

A unit or an office is told by notes: it began, changed, ended, has an heir, a note was
withdrawn. Two times are kept apart: from which day on a note holds, and on which day it was
recorded. Immutable: news make a copy.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final, Generic, Protocol, Self, TypeAlias, TypeVar

from domain.codes import SuccessionMatch, SuccessionRelation

ONE_DAY: Final = timedelta(days=1)


class Dated(Protocol):
    """Something that stands from a day on, until its last day or for good."""

    @property
    def valid_from(self) -> date: ...

    @property
    def valid_until(self) -> date | None: ...


T = TypeVar("T", bound=Dated)
D = TypeVar("D", bound=Dated)


@dataclass(frozen=True, slots=True)
class Begin(Generic[T]):
    """It exists, as it was on its first day."""

    thing: T


@dataclass(frozen=True, slots=True)
class Change:
    """From a day on one of its features is another."""

    since: date
    feature: str
    value: object


@dataclass(frozen=True, slots=True)
class End:
    """It stands no longer after this day."""

    last_day: date


@dataclass(frozen=True, slots=True)
class Heir:
    """Another takes over all or a part of it (đơn vị, cơ quan kế thừa)."""

    heir: str
    relation: SuccessionRelation
    match: SuccessionMatch
    since: date


@dataclass(frozen=True, slots=True)
class Ceded:
    """It goes on, but a part of it is another's from a day on."""

    to: str
    since: date


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The note of this version was a mistake."""

    version: int


Says: TypeAlias = Begin[Any] | Change | End | Heir | Ceded | Withdrawn


@dataclass(frozen=True, slots=True)
class Note:
    """One fact about a thing: its place in the thing's stream, and the day it was recorded."""

    version: int
    recorded_on: date
    says: Says


Noted: TypeAlias = tuple[str, Note]
"""The id of a thing, and a note about it."""


def stands(thing: Dated, on: date) -> bool:
    """Whether it stood on that day, first and last day included."""
    return thing.valid_from <= on and (thing.valid_until is None or on <= thing.valid_until)


def newest(candidates: Iterable[D], on: date) -> D | None:
    """Of those that stood on a day the one that began last: a reused code is the newer's."""
    standing = (candidate for candidate in candidates if stands(candidate, on))
    return max(standing, key=lambda candidate: candidate.valid_from, default=None)


def holding(notes: Iterable[Note]) -> tuple[Note, ...]:
    """The notes that were not withdrawn, in the order they were recorded."""
    every = tuple(notes)
    withdrawn = {note.says.version for note in every if isinstance(note.says, Withdrawn)}
    return tuple(note for note in every if note.version not in withdrawn)


def periods(notes: Iterable[Note]) -> tuple[Any, ...]:
    """The thing as it was, one after the other; nothing when its beginning was withdrawn.

    Of two changes of one day the later recorded holds.
    """
    said = [note.says for note in holding(notes)]
    told = [says.thing for says in said if isinstance(says, Begin)][:1]
    changes = [says for says in said if isinstance(says, Change)]
    for change in sorted(changes, key=lambda each: each.since):
        if told:
            told[-1:] = _changed(told[-1], change)
    for end in (says for says in said if isinstance(says, End)):
        told = [_ended(each, end.last_day) for each in told if each.valid_from <= end.last_day]
    return tuple(told)


def _changed(before: Any, change: Change) -> tuple[Any, ...]:
    """The period before a change and the one after it; one period if both begin on one day."""
    if change.since <= before.valid_from:
        return (replace(before, **{change.feature: change.value}),)
    return (
        replace(before, valid_until=change.since - ONE_DAY),
        replace(before, valid_from=change.since, **{change.feature: change.value}),
    )


def _ended(period: Any, last_day: date) -> Any:
    open_until = period.valid_until
    if open_until is None or open_until > last_day:
        return replace(period, valid_until=last_day)
    return period


class Chronicle(Generic[T]):
    """Everything noted about the things of one sort, by id."""

    __slots__ = ("_heirs_of", "_notes", "_periods", "newest_record")

    def __init__(self) -> None:
        self._notes: Mapping[str, tuple[Note, ...]] = {}
        self._periods: Mapping[str, tuple[T, ...]] = {}
        self._heirs_of: Mapping[str, tuple[str, ...]] = {}
        self.newest_record = date.min

    def with_notes(self, news: Iterable[Noted]) -> Self:
        """A copy with more notes, or itself when it knows them all."""
        touched: dict[str, tuple[Note, ...]] = {}
        for name, note in news:
            known = touched.get(name) or self._notes.get(name, ())
            if all(note.version != each.version for each in known):
                touched[name] = (*known, note)
        return self._grown(touched) if touched else self

    def _grown(self, touched: Mapping[str, tuple[Note, ...]]) -> Self:
        copy = type(self)()
        copy._notes = {**self._notes, **touched}
        copy._periods = {**self._periods, **{name: periods(touched[name]) for name in touched}}
        copy._heirs_of = self._grown_heirs(touched)
        recorded = (note.recorded_on for notes in touched.values() for note in notes)
        copy.newest_record = max(self.newest_record, *recorded)
        return copy

    def _grown_heirs(
        self, touched: Mapping[str, tuple[Note, ...]]
    ) -> Mapping[str, tuple[str, ...]]:
        """Who is heir of whom, looked at from the heir."""
        fresh: dict[str, list[str]] = {}
        for name, notes in touched.items():
            for note in notes:
                if isinstance(note.says, Heir | Ceded):
                    heir = note.says.heir if isinstance(note.says, Heir) else note.says.to
                    fresh.setdefault(heir, []).append(name)
        if not fresh:
            return self._heirs_of
        grown = dict(self._heirs_of)
        for heir, names in fresh.items():
            grown[heir] = tuple(dict.fromkeys((*grown.get(heir, ()), *names)))
        return grown

    def known_on(self, day: date) -> Self:
        """What was recorded up to the end of a day; itself when nothing came later."""
        if day >= self.newest_record:
            return self
        early = (
            (name, note)
            for name, notes in self._notes.items()
            for note in notes
            if note.recorded_on <= day
        )
        return type(self)().with_notes(early)

    def changed_since(self, older: "Chronicle[T]") -> Mapping[str, tuple[T, ...]]:
        """The periods of the things of which more is known than in an older copy."""
        before = older._periods
        return {
            name: lived for name, lived in self._periods.items() if before.get(name) is not lived
        }

    def __contains__(self, name: str) -> bool:
        return name in self._periods

    def names(self) -> Iterable[str]:
        """Every id ever noted."""
        return self._periods

    def of(self, name: str) -> tuple[T, ...]:
        """All periods of a thing, the first one first; nothing for a name not noted."""
        return self._periods.get(name, ())

    def on(self, name: str, day: date) -> T | None:
        """The thing as it stood on a day."""
        for period in self._periods.get(name, ()):
            if stands(period, day):
                return period
        return None

    def notes_of(self, name: str) -> tuple[Note, ...]:
        """Everything recorded about a thing, withdrawn notes included."""
        return self._notes.get(name, ())

    def heirs(self, name: str) -> tuple[Heir, ...]:
        """Who took it over, in the order they were named."""
        return tuple(
            note.says for note in holding(self.notes_of(name)) if isinstance(note.says, Heir)
        )

    def ceded(self, name: str) -> tuple[Ceded, ...]:
        """What it gave away while it went on."""
        return tuple(
            note.says for note in holding(self.notes_of(name)) if isinstance(note.says, Ceded)
        )

    def forebears(self, name: str) -> tuple[str, ...]:
        """Those that this one took over, all or a part, in the order it was noted."""
        return tuple(
            each
            for each in self._heirs_of.get(name, ())
            if any(heir.heir == name for heir in self.heirs(each))
            or any(part.to == name for part in self.ceded(each))
        )
