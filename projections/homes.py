"""Where work of abolished offices went, and which waits for a decision (nơi kế thừa việc).

A row keeps what an office has only until a person decides in three columns side by side, an
entry for each part: which part, of which abolished office, and who answers meanwhile. And it
keeps its ``formers``: the abolished offices its work lay at, the first one first, since an
office last took it over by an act of its own.
"""

from collections.abc import Iterable
from typing import Protocol

from domain.codes import Seat
from domain.events.rehoming import Rehomed
from projections.base import Changes

Entry = tuple[str, str, str]


class Waits(Protocol):
    """A row with the three columns."""

    @property
    def interim_seats(self) -> tuple[str, ...]: ...

    @property
    def interim_for(self) -> tuple[str, ...]: ...

    @property
    def interim_at(self) -> tuple[str, ...]: ...


def waiting(row: Waits) -> Iterable[Entry]:
    """Part, abolished office, who answers meanwhile."""
    return zip(row.interim_seats, row.interim_for, row.interim_at, strict=True)


def moved_home(row: Waits, event: Rehomed) -> Changes:
    """The columns after parts went to another office, for good or for now."""
    gone = {(str(seat), event.former) for seat in event.seats}
    entries = [each for each in waiting(row) if each[:2] not in gone]
    if event.interim:
        entries += [(str(seat), event.former, event.to_office) for seat in event.seats]
    return _columns(entries)


def settled(row: Waits, *seats: Seat) -> Changes:
    """The columns once an office took these parts over by an act of its own."""
    if not row.interim_seats:
        return {}
    return _columns(each for each in waiting(row) if each[0] not in seats)


def trail(formers: tuple[str, ...], event: Rehomed) -> tuple[str, ...]:
    """The offices the work lay at, after it left another; a decision moves it from none anew."""
    return formers if event.former in formers[-1:] else (*formers, event.former)


def _columns(entries: Iterable[Entry]) -> Changes:
    seats, formers, holders = tuple(zip(*entries, strict=True)) or ((), (), ())
    return {"interim_seats": seats, "interim_for": formers, "interim_at": holders}
