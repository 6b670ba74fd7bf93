"""The dated facts of one file, as far as its clocks follow them (mốc thời gian của hồ sơ).

Days in Vietnam. In which order the facts were told makes no difference. A timeline knows
nothing of the law; :mod:`domain.law.engine` counts on it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.codes import ComplexGround, Contested, Instance, PetitionKind
from domain.law.counting import Pause
from domain.law.terms import Condition

ESPECIALLY_COMPLEX_FROM = 2
"""Criteria met. Decree 31/2019 art. 3."""

OF_DISCIPLINE = {
    Contested.ACT: frozenset[Condition](),
    Contested.DISCIPLINE: frozenset({Condition.DISCIPLINE}),
    Contested.DISMISSAL: frozenset({Condition.DISCIPLINE, Condition.DISMISSAL}),
}
"""What is so of a complaint for what it is about."""


@dataclass(frozen=True, slots=True)
class Extended:
    """A decision that extended the settlement, and how complex the case was then (gia hạn)."""

    decided_on: date
    grounds: tuple[ComplexGround, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """What happened to a file on which day; None for what did not.

    Of the petition: ``received_on`` by the first office (``from_agency``: sent on by an agency,
    a deputy, the press), ``held_since`` by the office answerable now, ``touched_on`` the first
    act, ``misdirected_on`` found to be another office's, ``accepted_on`` for settlement,
    ``answered_on`` the citizen was told what becomes of it, ``concluded_on`` its case ended.
    ``known_on`` the citizen learned of what is contested, ``obstacles`` stood in the way;
    ``several_places`` must be asked, ``further`` it denounces again. Of the case:
    ``taken_up_on``, ``notified_on`` who must know was told so, ``decided_on``, ``told_on`` the
    citizen got the result; ``directed_on`` by a superior, ``reported_on`` to one;
    ``overdue_on`` the settlement ended undecided, which the engine works out.
    """

    kind: PetitionKind
    received_on: date | None = None
    from_agency: bool = False
    held_since: date | None = None
    touched_on: date | None = None
    misdirected_on: date | None = None
    offered_on: date | None = None
    accepted_on: date | None = None
    answered_on: date | None = None
    concluded_on: date | None = None
    known_on: date | None = None
    obstacles: tuple[Pause, ...] = ()
    several_places: bool = False
    further: bool = False
    taken_up_on: date | None = None
    notified_on: date | None = None
    instance: Instance = Instance.FIRST
    contested: Contested = Contested.ACT
    remote: bool = False
    grounds: tuple[ComplexGround, ...] = ()
    extended: tuple[Extended, ...] = ()
    suspended_on: tuple[date, ...] = ()
    continued_on: tuple[date, ...] = ()
    directed_on: tuple[date, ...] = ()
    reported_on: tuple[date, ...] = ()
    overdue_on: date | None = None
    decided_on: date | None = None
    told_on: date | None = None
    ended_on: date | None = None

    def conditions(self) -> frozenset[Condition]:
        """What is so of the file, in the rulebook's words."""
        so = {Condition(self.kind.value), Condition(self.instance.value)}
        if self.remote:
            so.add(Condition.REMOTE)
        if self.several_places:
            so.add(Condition.SEVERAL_PLACES)
        return frozenset(so | OF_DISCIPLINE[self.contested] | degree(self.kind, self.grounds))

    def pauses(self, asked_on: date) -> tuple[Pause, ...]:
        """The suspensions, oldest first; one that nobody ended lasts until the day asked.

        With its file it ends: what is over rests no more.
        """
        begun, ended = sorted(self.suspended_on), sorted(self.continued_on)
        closed = [Pause(s, c) for s, c in zip(begun, ended, strict=False)]
        until, runs = self.ended_on or asked_on, self.ended_on is None
        still = [Pause(s, max(s, until), open=runs) for s in begun[len(ended) :]]
        return (*closed, *still)

    @property
    def rests(self) -> bool:
        """Whether it is suspended now."""
        return self.ended_on is None and len(self.suspended_on) > len(self.continued_on)


def degree(kind: PetitionKind, grounds: Iterable[ComplexGround]) -> frozenset[Condition]:
    """How complex a case is for so many grounds. Only denunciations know a second degree."""
    held = len(set(grounds))
    if kind is PetitionKind.DENUNCIATION and held >= ESPECIALLY_COMPLEX_FROM:
        return frozenset({Condition.ESPECIALLY_COMPLEX})
    return frozenset({Condition.COMPLEX}) if held else frozenset()
