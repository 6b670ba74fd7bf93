"""Why a file is due when it is, as the API tells it (vì sao hạn này)."""

from collections.abc import Sequence
from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from domain.codes import PetitionKind, ReviewOutcome
from domain.law.calendar import OffDay
from domain.law.clocks import Happening, Scope, Whose
from domain.law.deadlines import Doubt
from domain.law.terms import DayUnit
from services.explained import Explanation


class RuleAnswer(BaseModel):
    """The rule that applies: its id in the rulebook, its article, and whether that was read."""

    id: str
    article: str
    days: int
    unit: DayUnit
    verified: bool


class SkippedAnswer(BaseModel):
    """A day that did not count; ``basis`` is the notice that says so."""

    day: date
    why: OffDay
    name: str | None
    basis: str | None


class LengthenedAnswer(BaseModel):
    """An extension that counts."""

    decided_on: date
    days: int
    article: str


class RestAnswer(BaseModel):
    """Days in which the clock stood still; without ``until`` it still does."""

    model_config = ConfigDict(populate_by_name=True)

    since: date = Field(alias="from")
    until: date | None
    days: int
    why: OffDay


class ChangeAnswer(BaseModel):
    """What would move the due day, and to which day; null where that depends on more."""

    happening: Happening = Field(alias="if")
    due: date | None


class ClockAnswer(BaseModel):
    """One clock: when it is due and how that came about, as values and as sentences (``told``).

    ``promised``: the day that an act named instead; the system goes by it. Not ``watched``: no
    fact tells that it was met. ``known_at``: by what was known on which day it is told; ``due_now``
    is the day by what is known now, where that is another, and ``review`` whether somebody looks
    at what it did to the result (``waiting``) or what was said.
    """

    clock: str
    scope: Scope
    whose: Whose
    term: str
    due: date
    promised: date | None
    known_at: date
    due_now: date | None
    review: Literal["waiting"] | ReviewOutcome | None
    met_on: date | None
    late: bool
    watched: bool
    rests: bool
    provisional: tuple[Doubt, ...]
    rule: RuleAnswer
    start: date
    skipped: tuple[SkippedAnswer, ...]
    extensions: tuple[LengthenedAnswer, ...]
    suspensions: tuple[RestAnswer, ...]
    would_change: tuple[ChangeAnswer, ...]
    told: tuple[str, ...]


class FileClocksAnswer(BaseModel):
    """The clocks of one file, those that run first, the earliest due before all.

    ``known_at``: for a file that ended the day of its end, unless another was asked; ``as_then``
    says so in a sentence.
    """

    subject: UUID
    sort: Literal["petition", "case"]
    number: str
    kind: PetitionKind
    office: str
    at: date
    known_at: date
    ended_on: date | None
    as_then: str
    edition: int
    clocks: tuple[ClockAnswer, ...]


class DeadlinesAnswer(BaseModel):
    """A file and what belongs to it. ``next`` alone says whether there is more."""

    items: Sequence[FileClocksAnswer]
    next: int | None

    @classmethod
    def of(cls, found: Explanation) -> "DeadlinesAnswer":
        """From what was explained."""
        items = [FileClocksAnswer.model_validate(each.as_data()) for each in found.files]
        return cls(items=items, next=found.next)
