"""A file's facts as a timeline (từ sự kiện đến mốc thời gian): what happened on which day."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from domain.codes import Channel, Contested, Instance, PetitionKind, Seat
from domain.days import day_of
from domain.events import case, filing, petition, rehoming, settlement
from domain.events.base import OfficeEvent
from domain.law.calendar import ONE_DAY, OffDay
from domain.law.counting import Pause
from domain.law.timeline import Extended, Timeline

SETTLED: Final = frozenset({PetitionKind.COMPLAINT, PetitionKind.DENUNCIATION})
"""Whoever hears that it was taken up has been answered (Law 42/2013 art. 28.1)."""


@dataclass(frozen=True, slots=True)
class Happened:
    """A timeline, and whose working days it is counted by: of who answers for it now."""

    number: str
    office: str
    unit: str
    timeline: Timeline


def happened(facts: Iterable[OfficeEvent], *, by: date, known: date) -> Happened | None:
    """A petition or case by a day, as known at the end of another; None for anything else."""
    told: Happened | None = None
    for fact in facts:
        on = day_of(fact.occurred_at)
        if on <= by and day_of(fact.timestamp) <= known:
            told = _begun(fact, on) if told is None else _next(told, fact, on)
    return told


def _begun(fact: OfficeEvent, on: date) -> Happened | None:
    match fact:
        case petition.PetitionReceived(kind=kind):
            timeline = Timeline(
                kind=PetitionKind(kind),
                received_on=on,
                from_agency=fact.channel == Channel.AGENCY,
                held_since=on,
            )
        case case.CaseOpened(kind=kind):
            timeline = Timeline(kind=PetitionKind(kind), taken_up_on=on)
        case _:
            return None
    return Happened(fact.number, fact.office, fact.unit, timeline)


def _next(told: Happened, fact: OfficeEvent, on: date) -> Happened:
    if isinstance(fact, rehoming.Rehomed):
        return _moved_home(told, fact)
    days = {
        **_petition_days(told, fact, on),
        **filing_days(fact),
        **_case_days(told.timeline, fact, on),
    }
    if not days:
        return told
    days.setdefault("touched_on", told.timeline.touched_on or on)
    moved = replace(told, timeline=replace(told.timeline, **days))
    match fact:
        case petition.PetitionAccepted():
            return replace(moved, office=fact.office, unit=fact.unit)
        case petition.CompetenceDecided():
            return replace(moved, office=fact.to_office, unit=fact.to_unit)
    return moved


def _moved_home(told: Happened, fact: rehoming.Rehomed) -> Happened:
    """An heir answers for it: every clock runs on."""
    if not {Seat.IN_CHARGE, Seat.HANDLING} & set(fact.seats):
        return told
    return replace(told, office=fact.to_office, unit=fact.to_unit)


def _petition_days(told: Happened, fact: OfficeEvent, on: date) -> dict[str, Any]:
    answered = told.timeline.answered_on
    match fact:
        case petition.PetitionClassified(kind=kind):
            elsewhere = None if fact.competent_office == told.office else on
            return {"kind": PetitionKind(kind), "misdirected_on": elsewhere}
        case petition.PetitionTransferred():
            return {"offered_on": on}
        case petition.PetitionReturned() | petition.PetitionRecalled():
            return {"offered_on": None}
        case petition.PetitionAccepted() | petition.CompetenceDecided():
            return {
                "held_since": on, "offered_on": None, "misdirected_on": None,
                "several_places": False,
            }  # fmt: skip
        case petition.PetitionTakenUp():
            heard = on if told.timeline.kind in SETTLED else None
            return {"accepted_on": on, "answered_on": answered or heard}
        case petition.CitizenGuided():
            return {"answered_on": answered or on, "ended_on": on}
        case petition.PetitionConcluded():
            return {"answered_on": answered or on, "ended_on": on, "concluded_on": on}
    return {}


def filing_days(fact: OfficeEvent) -> dict[str, Any]:
    """What a note about the filing of a petition changes; others change nothing."""
    match fact:
        case filing.CheckWidened():
            return {"several_places": True}
        case filing.FurtherDenounced():
            return {"further": True}
        case filing.FilingDated(contested=contested, instance=instance, known_on=known):
            return {
                "contested": Contested(contested), "instance": Instance(instance),
                "known_on": known, "remote": fact.remote, "obstacles": _obstacle(fact),
            }  # fmt: skip
    return {}


def _obstacle(fact: filing.FilingDated) -> tuple[Pause, ...]:
    """The days that do not count, its first and its last among them."""
    if fact.obstacle_from is None or fact.obstacle_until is None:
        return ()
    return (Pause(fact.obstacle_from - ONE_DAY, fact.obstacle_until, why=OffDay.OBSTACLE),)


def _case_days(so_far: Timeline, fact: OfficeEvent, on: date) -> dict[str, Any]:
    match fact:
        case case.DirectionIssued():
            return {"directed_on": (*so_far.directed_on, on)}
        case case.CaseReportedUpward():
            return {"reported_on": (*so_far.reported_on, on)}
        case case.AcceptanceNotified(noticed_on=day):
            return {"notified_on": day}
        case settlement.SettlementExtended():
            more = Extended(fact.decided_on, tuple(fact.grounds))
            return {"extended": (*so_far.extended, more)}
        case settlement.CaseSuspended(decided_on=day):
            return {"suspended_on": (*so_far.suspended_on, day)}
        case settlement.CaseContinued(decided_on=day):
            return {"continued_on": (*so_far.continued_on, day)}
        case case.DecisionIssued(decided_on=day):
            return {"decided_on": day}
        case case.CaseClosed(noticed_on=day):
            return {"told_on": day, "ended_on": on}
    return _marks(fact)


def _marks(fact: OfficeEvent) -> dict[str, Any]:
    match fact:
        case settlement.CaseMarkedComplex(grounds=grounds):
            return {"grounds": tuple(grounds)}
        case settlement.CaseUnmarkedComplex():
            return {"grounds": ()}
        case settlement.CaseMarkedRemote():
            return {"remote": True}
        case settlement.CaseUnmarkedRemote():
            return {"remote": False}
        case settlement.CaseInstanceNamed(instance=instance):
            return {"instance": instance}
        case settlement.CaseContestedNamed(contested=contested):
            return {"contested": Contested(contested)}
    return {}
