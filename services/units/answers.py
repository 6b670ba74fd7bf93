"""What is answered about units, to programs and at the command line (trả lời về đơn vị)."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any, Final

from pydantic import BaseModel

from domain.chronicle import Begin, Ceded, Change, End, Heir, Note, Withdrawn, holding
from domain.codes import SuccessionMatch
from domain.directory import Directory, Unit
from domain.succession import Candidate, former_units
from domain.undecided import Doubt, OpenQuestions, Undecided, Why
from domain.unit_finding import Found, whereabouts


class UnitAnswer(BaseModel):
    """An administrative unit, as of a day (đơn vị hành chính)."""

    unit_id: str
    code: str
    name: str
    level: str
    parent: str | None
    valid_from: date
    valid_until: date | None

    @classmethod
    def of(cls, unit: Unit) -> "UnitAnswer":
        """From the directory."""
        return cls.model_validate(unit, from_attributes=True)


class PlaceNow(BaseModel):
    """Where an old unit is. Not ``whole``: only a part of it, one candidate among others."""

    unit: UnitAnswer
    whole: bool
    match: SuccessionMatch

    @classmethod
    def of(cls, place: tuple[Unit, Candidate]) -> "PlaceNow":
        """From the directory."""
        unit, candidate = place
        return cls(unit=UnitAnswer.of(unit), whole=candidate.whole, match=candidate.match)


class Successors(BaseModel):
    """Where a unit is on a day: itself, one place, or candidates and never a guess."""

    unit: UnitAnswer
    stands: bool
    places: list[PlaceNow]

    @classmethod
    def of(cls, unit: Unit, directory: Directory, on: date) -> "Successors":
        """From the directory."""
        stands = directory.units.on(unit.unit_id, on) is not None
        places = [PlaceNow.of(place) for place in whereabouts(unit, directory, on)]
        return cls(unit=UnitAnswer.of(unit), stands=stands, places=places)


class FoundUnit(BaseModel):
    """A unit that a search found, by which of its names; an old one with where it is now."""

    unit: UnitAnswer
    by_name: str
    stands: bool
    places: list[PlaceNow]

    @classmethod
    def of(cls, found: Found) -> "FoundUnit":
        """From what was found."""
        return cls(
            unit=UnitAnswer.of(found.unit),
            by_name=found.by_name,
            stands=found.stands,
            places=[PlaceNow.of(place) for place in found.places],
        )


class NoteAnswer(BaseModel):
    """One fact about a unit or an office, and when it was recorded. ``withdrawn``: no more."""

    version: int
    recorded_on: date
    what: str
    says: dict[str, Any]
    withdrawn: bool

    @classmethod
    def of(cls, note: Note, kept: Collection[int]) -> "NoteAnswer":
        """From the directory. ``kept``: the versions that were not withdrawn."""
        what, told = SAYS[type(note.says)]
        return cls(
            version=note.version,
            recorded_on=note.recorded_on,
            what=what,
            says=told(note.says),
            withdrawn=note.version not in kept,
        )


class UnitHistory(BaseModel):
    """A unit period by period, the facts about it, and whom it took over (lịch sử đơn vị)."""

    unit_id: str
    version: int
    periods: list[UnitAnswer]
    notes: list[NoteAnswer]
    former: list[UnitAnswer]

    @classmethod
    def of(cls, unit_id: str, directory: Directory) -> "UnitHistory":
        """From the directory."""
        notes = directory.units.notes_of(unit_id)
        kept = {note.version for note in holding(notes)}
        return cls(
            unit_id=unit_id,
            version=max((note.version for note in notes), default=0),
            periods=[UnitAnswer.of(period) for period in directory.units.of(unit_id)],
            notes=[NoteAnswer.of(note, kept) for note in notes],
            former=[UnitAnswer.of(unit) for unit in former_units(unit_id, directory)],
        )


SAYS: Final[Mapping[type, tuple[str, Callable[[Any], dict[str, Any]]]]] = {
    Begin: ("established", lambda s: {"name": s.thing.name, "since": s.thing.valid_from}),
    Change: ("changed", lambda s: {"since": s.since, s.feature: s.value}),
    End: ("ended", lambda s: {"last_day": s.last_day}),
    Heir: ("succeeded", lambda s: {
        "successor": s.heir, "relation": s.relation, "match": s.match, "since": s.since,
    }),
    Ceded: ("part_moved", lambda s: {"to": s.to, "since": s.since}),
    Withdrawn: ("withdrew", lambda s: {"version": s.version}),
}  # fmt: skip
"""How a note is told: a word, and what it says."""


class ChoiceAnswer(BaseModel):
    """A unit that may be the answer, and why it is offered. A suggestion, never taken."""

    unit: UnitAnswer
    why: Why


class UndecidedAnswer(BaseModel):
    """An old unit of which a person must decide (đơn vị chờ quyết định)."""

    unit: UnitAnswer
    above: list[str]
    doubt: Doubt
    choices: list[ChoiceAnswer]

    @classmethod
    def of(
        cls, waiting: Undecided, questions: OpenQuestions, directory: Directory
    ) -> "UndecidedAnswer":
        """From the queue."""
        unit = waiting.unit
        above = directory.ancestors(unit.unit_id, unit.valid_until or unit.valid_from)
        choices = questions.choices(unit)
        return cls(
            unit=UnitAnswer.of(unit),
            above=[each.name for each in above],
            doubt=waiting.doubt,
            choices=[ChoiceAnswer(unit=UnitAnswer.of(c.unit), why=c.why) for c in choices],
        )


class UndecidedPage(BaseModel):
    """A page of what waits. ``next``: the unit to ask for after, if any."""

    items: list[UndecidedAnswer]
    next: str | None

    @classmethod
    def of(
        cls, waiting: Sequence[Undecided], limit: int, questions: OpenQuestions,
        directory: Directory,
    ) -> "UndecidedPage":  # fmt: skip
        """From one entry more than the page has; it decides ``next``."""
        shown = waiting[:limit]
        more = len(waiting) > limit
        return cls(
            items=[UndecidedAnswer.of(each, questions, directory) for each in shown],
            next=shown[-1].unit.unit_id if more else None,
        )
