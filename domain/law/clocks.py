"""The clocks of a file (các loại thời hạn): when each begins, what stops it, for which files.

The rulebook says how long; :mod:`domain.law.engine` counts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from domain.codes import PetitionKind
from domain.law.deadlines import Deadline
from domain.law.timeline import Timeline

Day = Callable[[Timeline], date | None]


class Scope(StrEnum):
    """Whose time a clock measures (loại thời hạn)."""

    TOTAL = "total"
    """The citizen's: from the first receipt, never started again (tổng thời gian)."""
    STAGE = "stage"
    """The office's that has the file now (thời hạn của từng bước)."""


@dataclass(frozen=True, slots=True)
class Line:
    """A clock of the law. ``clock`` is its name in the rulebook.

    Not ``watched``: no fact tells that it was met, so nobody is called late by it.
    """

    clock: str
    scope: Scope
    kinds: frozenset[PetitionKind]
    start: Day
    met: Day
    watched: bool = True


class Happening(StrEnum):
    """What would move a due day (điều làm đổi hạn)."""

    MARKED_COMPLEX = "marked_complex"
    MARKED_REMOTE = "marked_remote"
    EXTENDED = "extended"
    SUSPENDED = "suspended"
    CONTINUED_LATER = "continued_later"
    DAY_OFF_ADDED = "day_off_added"


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The day it would be due if something happened; None where that depends on more."""

    happening: Happening
    due: date | None


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock as it stands (thời hạn của hồ sơ). ``met_on``: the day on which it was stopped."""

    name: str
    scope: Scope
    deadline: Deadline
    met_on: date | None = None
    watched: bool = True
    what_ifs: tuple[WhatIf, ...] = ()

    @property
    def runs(self) -> bool:
        """Whether it still counts against the office."""
        return self.met_on is None

    def is_late_on(self, day: date) -> bool:
        """Whether its day passed before it was met. While it rests nobody is late."""
        if not self.watched or (self.runs and self.deadline.rests):
            return False
        return (self.met_on or day) > self.deadline.due


COMPLAINT: Final = frozenset({PetitionKind.COMPLAINT})
DENUNCIATION: Final = frozenset({PetitionKind.DENUNCIATION})
SETTLED: Final = COMPLAINT | DENUNCIATION
ANY: Final = frozenset(PetitionKind)

REPLY: Final = "reply.citizen"
UNTOUCHED: Final = "petition.untouched"
TRANSFER_ANSWER: Final = "transfer.answer"
SETTLEMENT: Final = "settlement"
SUSPENSION_SENT: Final = "suspension_sent"
"""The clocks that code asks for by name."""


def _never(timeline: Timeline) -> date | None:
    del timeline
    return None


def _received_from_agency(timeline: Timeline) -> date | None:
    return timeline.received_on if timeline.from_agency else None


def _passed_on(timeline: Timeline) -> date | None:
    return timeline.accepted_on or timeline.offered_on or timeline.ended_on


def _settled(timeline: Timeline) -> date | None:
    return timeline.decided_on or timeline.ended_on


def _newest_suspension(timeline: Timeline) -> date | None:
    return max(timeline.suspended_on, default=None)


def _line(
    clock: str,
    start: Day,
    met: Day = _never,
    *,
    kinds: frozenset[PetitionKind] = SETTLED,
    scope: Scope = Scope.STAGE,
    watched: bool = True,
) -> Line:
    return Line(clock, scope, kinds, start, met, watched and met is not _never)


LINES: Final = (
    _line(REPLY, lambda t: t.received_on, lambda t: t.answered_on, kinds=ANY, scope=Scope.TOTAL),
    _line(UNTOUCHED, lambda t: t.received_on, lambda t: t.touched_on, kinds=ANY, scope=Scope.TOTAL),
    _line(TRANSFER_ANSWER, lambda t: t.offered_on, lambda t: t.ended_on, kinds=ANY),
    _line("acceptance", lambda t: t.held_since, _passed_on),
    _line(
        "denunciation.from_press",
        _received_from_agency,
        lambda t: t.answered_on,
        kinds=DENUNCIATION,
    ),
    _line("wrong_addressee", lambda t: t.misdirected_on, _passed_on, kinds=DENUNCIATION),
    _line("acceptance_notice", lambda t: t.taken_up_on, kinds=DENUNCIATION),
    _line(SETTLEMENT, lambda t: t.taken_up_on, _settled),
    _line(SUSPENSION_SENT, _newest_suspension),
    _line("decision_sent", lambda t: t.decided_on, lambda t: t.told_on),
    _line("decision_effective", lambda t: t.decided_on, watched=False),
    _line("conclusion_published", lambda t: t.decided_on, kinds=DENUNCIATION),
)
"""Every clock. One of which the rulebook knows nothing on its first day does not run."""
