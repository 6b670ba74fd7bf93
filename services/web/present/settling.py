"""Which acts on the time a case takes are possible now, and the day each would give."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from domain.codes import ComplexGround, Contested, Instance, PetitionKind
from domain.law.endings import reasons_to_close
from domain.law.engine import extensions_allowed, may_be_suspended, suspension_grounds
from domain.law.law import Law
from domain.law.timeline import Extended, Timeline
from services.web.present.asking import OCCURRED, ActKind, day_in, moment_in
from services.web.present.case_acts import CLOSE
from services.web.present.settlement_acts import (
    COMPLEX,
    CONTESTED,
    CONTINUE,
    EXTEND,
    INSTANCE,
    NOT_REMOTE,
    PLAIN,
    REMOTE,
    SUSPEND,
)

TICKED: Final = "grounds."
MARKS: Final[Mapping[ActKind, Mapping[str, Any]]] = {
    PLAIN: {"grounds": ()}, REMOTE: {"remote": True}, NOT_REMOTE: {"remote": False},
}  # fmt: skip
"""What an act without a choice makes of a file."""


def possible(timeline: Timeline, law: Law, today: date) -> tuple[ActKind, ...]:
    """What the office that settles may do about its time: most wanted first.

    Nothing once it has decided, nor for what no limit is set.
    """
    settled = timeline.kind in (PetitionKind.COMPLAINT, PetitionKind.DENUNCIATION)
    if timeline.decided_on is not None or not settled:
        return ()
    return (*_decisions(timeline, law, today), *_marks(timeline))


def _decisions(timeline: Timeline, law: Law, today: date) -> Iterator[ActKind]:
    if timeline.rests:
        yield CONTINUE
        return
    if extensions_allowed(timeline, law.book, today) > len(timeline.extended):
        yield EXTEND
    begun = timeline.taken_up_on
    if begun is not None and may_be_suspended(timeline.kind, begun, today, law.book):
        yield SUSPEND


def _marks(timeline: Timeline) -> Iterator[ActKind]:
    yield COMPLEX
    if timeline.grounds:
        yield PLAIN
    if timeline.kind is PetitionKind.COMPLAINT:
        yield NOT_REMOTE if timeline.remote else REMOTE
        yield INSTANCE
        yield CONTESTED


def lawful(
    kind: ActKind, timeline: Timeline, law: Law, values: Mapping[str, str], today: date
) -> Mapping[str, frozenset[str]]:
    """The codes that the law of the day knows for such a file, by question; elsewhere all of them.

    The day is the one that was typed, else today; also where the law of that day knows none.
    """
    begun = timeline.taken_up_on
    if begun is None:
        return {}
    if kind is SUSPEND:
        typed = day_in(values.get("decided_on", "").strip(), today) or today
        days = (suspension_grounds(timeline.kind, begun, on, law.book) for on in (typed, today))
        return {"ground": next(filter(None, days), frozenset())}
    if kind is CLOSE:
        moment = moment_in(values.get(OCCURRED, "").strip(), today)
        on = today if moment is None else moment.date()
        decided = timeline.decided_on is not None
        reasons = reasons_to_close(timeline.kind, begun, on, law.book, decided=decided)
        return {"reason": frozenset(map(str, reasons))}
    return {}


def first_answers(kind: ActKind, timeline: Timeline) -> Mapping[str, str]:
    """What is on file already, for a form that replaces it."""
    if kind is COMPLEX:
        return {f"{TICKED}{ground}": "1" for ground in timeline.grounds}
    if kind is INSTANCE:
        return {"instance": timeline.instance}
    return {"contested": timeline.contested} if kind is CONTESTED else {}


def after(
    kind: ActKind, timeline: Timeline, values: Mapping[str, str], today: date
) -> Timeline | None:
    """The file as the act would leave it; None for acts that move no clock, or not yet told."""
    day = day_in(values.get("decided_on", "").strip(), today)
    if kind in MARKS:
        return replace(timeline, **MARKS[kind])
    if kind is COMPLEX:
        ticked = tuple(each for each in ComplexGround if values.get(f"{TICKED}{each}"))
        return replace(timeline, grounds=ticked) if ticked else None
    if kind is INSTANCE and values.get("instance") in set(Instance):
        return replace(timeline, instance=Instance(values["instance"]))
    if kind is CONTESTED and values.get("contested") in set(Contested):
        return replace(timeline, contested=Contested(values["contested"]))
    return None if day is None else _decided(kind, timeline, day)


def _decided(kind: ActKind, timeline: Timeline, day: date) -> Timeline | None:
    if kind is EXTEND:
        extended = (*timeline.extended, Extended(day, timeline.grounds))
        return replace(timeline, extended=extended)
    if kind is SUSPEND:
        return replace(timeline, suspended_on=(*timeline.suspended_on, day))
    if kind is CONTINUE:
        return replace(timeline, continued_on=(*timeline.continued_on, day))
    return None
