"""Every clock of a file on a day, counted (bộ tính thời hạn). Pure.

What goes in: the file's dated facts, the calendar of the office answerable, the rulebook and
the day of asking. A clock has the rule in force on its first day and keeps it; an extension
goes by the law of its decision's day.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from domain.codes import ComplexGround, PetitionKind
from domain.law.calendar import Calendar, DayOff
from domain.law.clocks import (
    LINES,
    RIGHT,
    SETTLEMENT,
    SUSPENSION_SENT,
    Clock,
    Happening,
    Line,
    WhatIf,
)
from domain.law.counting import Pause, count
from domain.law.deadlines import Deadline, Lengthened, deadline
from domain.law.provisions import Rule
from domain.law.rulebook import Rulebook
from domain.law.terms import Condition, DayUnit, Topic
from domain.law.timeline import Extended, Timeline, degree

LINE_OF: Final = {line.clock: line for line in LINES}


def clocks(
    timeline: Timeline, calendar: Calendar, book: Rulebook, asked_on: date
) -> tuple[Clock, ...]:
    """Every clock begun by the day asked: those that run first, the earliest due before all."""
    seen = seen_on(timeline, calendar, book, asked_on)
    others = [
        (happening, seen_on(other, calendar, book, asked_on))
        for happening, other in alternatives(timeline, asked_on)
    ]
    return in_order(
        Clock(
            line.clock,
            line.scope,
            limit,
            line.met(seen),
            line.told,
            tuple(what_ifs(line, limit, seen, others, calendar, book, asked_on)),
            line.whose,
        )
        for line in LINES
        if (limit := limit_of(line, seen, calendar, book, asked_on)) is not None
    )


def seen_on(timeline: Timeline, calendar: Calendar, book: Rulebook, asked_on: date) -> Timeline:
    """The file with what time itself did to it: its settlement ended undecided (quá hạn)."""
    limit = settlement(timeline, calendar, book, asked_on)
    settled = timeline.decided_on or timeline.ended_on or asked_on
    late = limit is not None and not limit.rests and min(settled, asked_on) > limit.due
    overdue_on = limit.due if limit and late else None
    return (
        timeline if overdue_on == timeline.overdue_on else replace(timeline, overdue_on=overdue_on)
    )


def in_order(found: Iterable[Clock]) -> tuple[Clock, ...]:
    """Clocks as they are shown."""
    return tuple(sorted(found, key=lambda each: (not each.runs, each.deadline.due, each.name)))


def settlement(
    timeline: Timeline, calendar: Calendar, book: Rulebook, asked_on: date
) -> Deadline | None:
    """By when a case must be settled; None for proposals and feedback, and before it is open."""
    return limit_of(LINE_OF[SETTLEMENT], timeline, calendar, book, asked_on)


def limit_of(
    line: Line, timeline: Timeline, calendar: Calendar, book: Rulebook, asked_on: date
) -> Deadline | None:
    """One clock's limit; None when it has not begun, or no rule in force that day knows it."""
    start = line.start(timeline)
    if start is None or start > asked_on or timeline.kind not in line.kinds:
        return None
    rules = book.rules_for(line.rules, start, line.so(timeline))
    if not rules:
        return None
    if line.clock == RIGHT:
        return deadline(rules[0], start, calendar, timeline.obstacles)
    if line.clock != SETTLEMENT:
        return deadline(rules[0], start, calendar)
    pauses = timeline.pauses(asked_on)
    lengthened = lengthenings(rules[0], timeline, calendar, book, pauses)
    return deadline(rules[0], start, calendar, pauses, lengthened)


def lengthenings(
    rule: Rule, timeline: Timeline, calendar: Calendar, book: Rulebook, pauses: Sequence[Pause]
) -> tuple[Lengthened, ...]:
    """The extensions that count: as often as the book lets them, made while the limit ran."""
    start, counting = timeline.taken_up_on, list[Lengthened]()
    if start is None:
        return ()
    for extended in sorted(timeline.extended, key=_turn):
        days = rule.days + sum(each.days for each in counting)
        due = count(start, days, rule.unit, calendar, pauses).due
        so = conditions_of_extension(timeline.kind, extended.grounds)
        allowed = book.extension_for(rule.rule_id, extended.decided_on, so)
        if allowed is None or len(counting) >= allowed.times or extended.decided_on > due:
            continue
        counting.append(Lengthened(extended.decided_on, allowed.days, allowed.article))
    return tuple(counting)


def _turn(extended: Extended) -> tuple[date, int]:
    """Of two decisions of one day the one for fewer grounds is first, however they are told."""
    return extended.decided_on, len(set(extended.grounds))


def extensions_allowed(timeline: Timeline, book: Rulebook, on: date) -> int:
    """How often the book lets the settlement be extended, for the grounds marked now."""
    if timeline.taken_up_on is None:
        return 0
    rules = book.rules_for(SETTLEMENT, timeline.taken_up_on, timeline.conditions())
    so = conditions_of_extension(timeline.kind, timeline.grounds)
    allowed = book.extension_for(rules[0].rule_id, on, so) if rules else None
    return 0 if allowed is None else allowed.times


def may_be_suspended(kind: PetitionKind, taken_up_on: date, on: date, book: Rulebook) -> bool:
    """Whether the law that governs such a file on a day knows a suspension.

    It does when it says by when its decision must be sent.
    """
    governing = book.governing_day(Topic.SUSPENSION, taken_up_on, on)
    return bool(book.rules_for(SUSPENSION_SENT, governing, {Condition(kind.value)}))


def suspension_grounds(
    kind: PetitionKind, taken_up_on: date, on: date, book: Rulebook
) -> frozenset[str]:
    """What the law that governs such a file on a day names as grounds to suspend it."""
    governing = book.governing_day(Topic.SUSPENSION, taken_up_on, on)
    return frozenset(each.code for each in book.choices_on(f"{kind}.suspension", governing))


def conditions_of_extension(
    kind: PetitionKind, grounds: Iterable[ComplexGround]
) -> frozenset[Condition]:
    """What is so of a file that is to be extended."""
    return degree(kind, grounds) | {Condition(kind.value)}


def what_ifs(
    line: Line, now: Deadline, timeline: Timeline, others: Iterable[tuple[Happening, Timeline]],
    calendar: Calendar, book: Rulebook, asked_on: date,
) -> Iterator[WhatIf]:  # fmt: skip
    """What would move the day a running clock is due, and to which day."""
    if line.met(timeline) is not None:
        return
    for happening, other in others:
        then = limit_of(line, other, calendar, book, asked_on)
        more = then is not None and len(then.lengthened) > len(now.lengthened)
        if then is not None and then.due != now.due and more is (happening is Happening.EXTENDED):
            yield WhatIf(happening, then.due)
    if now.rests:
        yield WhatIf(Happening.CONTINUED_LATER, None)
    elif line.clock == SETTLEMENT and may_be_suspended(timeline.kind, now.start, asked_on, book):
        yield WhatIf(Happening.SUSPENDED, None)
    if now.rule.unit is DayUnit.WORKING and asked_on < now.due:
        off = calendar.with_days_off([DayOff(now.due, "", "")])
        then = limit_of(line, timeline, off, book, asked_on)
        if then is not None:
            yield WhatIf(Happening.DAY_OFF_ADDED, then.due)


def alternatives(timeline: Timeline, asked_on: date) -> Iterator[tuple[Happening, Timeline]]:
    """The same file, had one thing more been decided today."""
    grounds = timeline.grounds or (ComplexGround.VERIFICATION_SITES,)
    if not timeline.grounds:
        yield Happening.MARKED_COMPLEX, replace(timeline, grounds=grounds)
    if not timeline.remote:
        yield Happening.MARKED_REMOTE, replace(timeline, remote=True)
    if timeline.kind is PetitionKind.DENUNCIATION and not timeline.several_places:
        yield Happening.CHECK_WIDENED, replace(timeline, several_places=True)
    extended = (*timeline.extended, Extended(asked_on, grounds))
    yield Happening.EXTENDED, replace(timeline, grounds=grounds, extended=extended)
