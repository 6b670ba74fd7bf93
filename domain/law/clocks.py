"""The clocks of a file (các loại thời hạn): when each begins, what stops it, for which files.

The rulebook says how long; :mod:`domain.law.engine` counts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from domain.codes import Instance, PetitionKind
from domain.law.deadlines import Deadline
from domain.law.terms import Condition
from domain.law.timeline import Timeline

Day = Callable[[Timeline], date | None]
So = Callable[[Timeline], frozenset[Condition]]


class Scope(StrEnum):
    """Whose time a clock measures (loại thời hạn)."""

    TOTAL = "total"
    """The citizen's: from the first receipt, never started again (tổng thời gian)."""
    STAGE = "stage"
    """The office's that has the file now (thời hạn của từng bước)."""


class Whose(StrEnum):
    """Who must act before a clock ends (ai phải làm)."""

    OFFICE = "office"
    """The office that answers for the file."""
    SUPERIOR = "superior"
    """Who stands above it."""
    CITIZEN = "citizen"
    """Who complains. Too late, the complaint need not be taken up."""


@dataclass(frozen=True, slots=True)
class Line:
    """A clock of the law. ``rules`` is its name in the rulebook, ``so`` what is so for it.

    Not ``told``: no fact tells that it was met, so nobody is called late by it.
    """

    clock: str
    scope: Scope
    kinds: frozenset[PetitionKind]
    start: Day
    met: Day
    rules: str
    so: So
    told: bool = True
    whose: Whose = Whose.OFFICE

    @property
    def watched(self) -> bool:
        """Whether the office that answers for the file is reminded of it."""
        return self.told and self.whose is Whose.OFFICE


class Happening(StrEnum):
    """What would move a due day (điều làm đổi hạn)."""

    MARKED_COMPLEX = "marked_complex"
    MARKED_REMOTE = "marked_remote"
    CHECK_WIDENED = "check_widened"
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
    """A clock as it stands (thời hạn của hồ sơ). ``met_on``: the day on which it was stopped.

    ``watched``: a fact tells when it is met.
    """

    name: str
    scope: Scope
    deadline: Deadline
    met_on: date | None = None
    watched: bool = True
    what_ifs: tuple[WhatIf, ...] = ()
    whose: Whose = Whose.OFFICE

    @property
    def runs(self) -> bool:
        """Whether it still counts against who must act."""
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
RIGHT: Final = "right_to_complain"
"""The clocks that code asks for by name."""


def _never(timeline: Timeline) -> date | None:
    del timeline
    return None


def _received_from_agency(timeline: Timeline) -> date | None:
    return timeline.received_on if timeline.from_agency else None


def _held_for_another(timeline: Timeline) -> date | None:
    """It came on this day, whenever it was sorted (Law 25/2018 art. 24.2)."""
    return timeline.held_since if timeline.misdirected_on else None


def _held_again(timeline: Timeline) -> date | None:
    return timeline.held_since if timeline.further else None


def _passed_on(timeline: Timeline) -> date | None:
    return timeline.accepted_on or timeline.offered_on or timeline.ended_on


def _settled(timeline: Timeline) -> date | None:
    return timeline.decided_on or timeline.ended_on


def _notified(timeline: Timeline) -> date | None:
    """Once it is settled nobody needs to be told any more that it was taken up."""
    return timeline.notified_on or _settled(timeline)


def _newest_suspension(timeline: Timeline) -> date | None:
    return max(timeline.suspended_on, default=None)


def _concluded_for_agency(timeline: Timeline) -> date | None:
    return timeline.concluded_on if timeline.from_agency else None


def _demanded(timeline: Timeline) -> date | None:
    """The first direction after the settlement ended undecided (yêu cầu báo cáo)."""
    since, until = timeline.overdue_on, _settled(timeline) or date.max
    days = (day for day in timeline.directed_on if since and since < day <= until)
    return min(days, default=None)


def _demanded_or_settled(timeline: Timeline) -> date | None:
    """Once it is settled nobody needs to ask any more why it is not."""
    return _demanded(timeline) or _settled(timeline)


def _explained(timeline: Timeline) -> date | None:
    """The first report to the superior that answers such a demand, or else the decision."""
    asked, settled = _demanded(timeline), _settled(timeline)
    if asked is None:
        return None
    answers = [day for day in timeline.reported_on if day >= asked]
    return min(answers if settled is None else [*answers, settled], default=None)


def _first_answer(timeline: Timeline) -> date | None:
    """The decision reached the citizen, or its limit ended without one."""
    if timeline.instance is not Instance.FIRST:
        return None
    told = timeline.told_on if timeline.decided_on else None
    return told or timeline.overdue_on


def _second_time(timeline: Timeline) -> frozenset[Condition]:
    return (timeline.conditions() - {Condition.FIRST}) | {Condition.SECOND}


def _line(
    clock: str,
    start: Day,
    met: Day = _never,
    *,
    kinds: frozenset[PetitionKind] = SETTLED,
    scope: Scope = Scope.STAGE,
    whose: Whose = Whose.OFFICE,
    rules: str = "",
    so: So = Timeline.conditions,
) -> Line:
    return Line(clock, scope, kinds, start, met, rules or clock, so, met is not _never, whose)


LINES: Final = (
    _line(RIGHT, lambda t: t.known_on, lambda t: t.received_on, kinds=COMPLAINT,
        whose=Whose.CITIZEN),
    _line(REPLY, lambda t: t.received_on, lambda t: t.answered_on, kinds=ANY, scope=Scope.TOTAL),
    _line(UNTOUCHED, lambda t: t.received_on, lambda t: t.touched_on, kinds=ANY, scope=Scope.TOTAL),
    _line(TRANSFER_ANSWER, lambda t: t.offered_on, lambda t: t.ended_on, kinds=ANY),
    _line("acceptance", lambda t: t.held_since, _passed_on),
    _line("denunciation.from_press", _received_from_agency, lambda t: t.answered_on,
        kinds=DENUNCIATION),
    _line("wrong_addressee", _held_for_another, _passed_on, kinds=DENUNCIATION),
    _line("denunciation.further", _held_again, _passed_on, kinds=DENUNCIATION),
    _line("acceptance_notice", lambda t: t.taken_up_on, _notified, kinds=DENUNCIATION),
    _line(SETTLEMENT, lambda t: t.taken_up_on, _settled),
    _line("denunciation.overdue.demand", lambda t: t.overdue_on, _demanded_or_settled,
        kinds=DENUNCIATION, whose=Whose.SUPERIOR),
    _line("denunciation.overdue.answer", _demanded, _explained, kinds=DENUNCIATION),
    _line(SUSPENSION_SENT, _newest_suspension),
    _line("decision_sent", lambda t: t.decided_on, lambda t: t.told_on),
    _line("decision_effective", lambda t: t.decided_on),
    _line("conclusion_published", lambda t: t.decided_on, kinds=DENUNCIATION),
    _line("second_complaint", _first_answer, kinds=COMPLAINT, whose=Whose.CITIZEN, rules=RIGHT,
        so=_second_time),
    _line("reception.result_report", _concluded_for_agency, kinds=ANY),
)  # fmt: skip
"""Every clock. One of which the rulebook knows nothing on its first day does not run."""
