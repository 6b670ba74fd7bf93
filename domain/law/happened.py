"""A file's facts as a timeline (từ sự kiện đến mốc thời gian): what happened on which day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from domain.bounds import FIRST_DAY
from domain.codes import Channel, Contested, Instance, PetitionKind, Seat
from domain.days import day_of
from domain.events import case, filing, petition, rehoming, settlement
from domain.events.base import OfficeEvent
from domain.law.calendar import ONE_DAY, OffDay
from domain.law.counting import Pause
from domain.law.timeline import Extended, Timeline

SETTLED: Final = frozenset({PetitionKind.COMPLAINT, PetitionKind.DENUNCIATION})
"""Whoever hears that it was taken up has been answered (Law 42/2013 art. 28.1)."""


Begun = petition.PetitionReceived | case.CaseOpened
"""What a file with clocks begins with."""


@dataclass(frozen=True, slots=True)
class Happened:
    """A timeline, and whose working days it is counted by: of who answers for it now."""

    number: str
    office: str
    unit: str
    timeline: Timeline


def happened(facts: Iterable[OfficeEvent], *, by: date, known: date) -> Happened | None:
    """A petition or case by a day, as known at the end of another; None for anything else."""
    seen = (
        fact for fact in facts if day_of(fact.occurred_at) <= by and day_of(fact.timestamp) <= known
    )
    first = next(seen, None)
    return all_happened(first, seen) if isinstance(first, Begun) else None


def all_happened(first: Begun, more: Iterable[OfficeEvent]) -> Happened:
    """The same by everything that was told: the fact it began with, and what came after."""
    telling = _Telling(first)
    for fact in more:
        telling.take_in(fact)
    return Happened(first.number, telling.office, telling.unit, Timeline(**telling.days))


class _Telling:
    """A file while its facts are told: its days so far, by their names in a timeline.

    ``offered_to`` has yet to say whether it takes it, ``competent`` is whose it was found to be.
    """

    def __init__(self, first: Begun) -> None:
        self.is_case = isinstance(first, case.CaseOpened)
        self.office, self.unit = first.office, first.unit
        self.offered_to: str | None = None
        self.competent: str | None = None
        self.days = _first_days(first)

    def take_in(self, fact: OfficeEvent) -> None:
        """One more fact."""
        if isinstance(fact, rehoming.Rehomed):
            self._move_home(fact)
            return
        on = day_of(fact.occurred_at)
        if self.is_case:
            days = _case_days(self.days, fact, on)
        else:
            days = self._petition_days(fact, on) or _filing_days(fact)
        if days:
            self.days |= days
            self.days.setdefault("touched_on", on)

    def _move_home(self, fact: rehoming.Rehomed) -> None:
        """An heir answers for it, or for an offer of it: every clock runs on.

        What was offered to who answers for it now, or found to be its own, waits for no other.
        """
        if {Seat.IN_CHARGE, Seat.HANDLING} & set(fact.seats):
            self.office, self.unit = fact.to_office, fact.to_unit
        if Seat.OFFERED_TO in fact.seats and self.offered_to is not None:
            self.offered_to = fact.to_office
        if self.offered_to == self.office:
            self.days |= self._no_offer()
        if self.competent == self.office:
            self.days["misdirected_on"] = None

    def _no_offer(self) -> dict[str, Any]:
        self.offered_to = None
        return {"offered_on": None}

    def _held_by(self, office: str, unit: str, on: date) -> dict[str, Any]:
        self.office, self.unit, self.competent = office, unit, None
        return {
            **self._no_offer(), "held_since": on, "misdirected_on": None, "several_places": False,
        }  # fmt: skip

    def _petition_days(self, fact: OfficeEvent, on: date) -> dict[str, Any]:
        answered = self.days.get("answered_on")
        match fact:
            case petition.PetitionClassified(kind=kind, competent_office=competent):
                self.competent = competent
                elsewhere = None if competent == self.office else on
                return {"kind": PetitionKind(kind), "misdirected_on": elsewhere}
            case petition.PetitionTransferred(to_office=receiver):
                self.offered_to = receiver
                return {"offered_on": on}
            case petition.PetitionReturned() | petition.PetitionRecalled():
                return self._no_offer()
            case petition.PetitionAccepted():
                return self._held_by(fact.office, fact.unit, on)
            case petition.CompetenceDecided():
                return self._held_by(fact.to_office, fact.to_unit, on)
            case petition.PetitionTakenUp():
                heard = on if self.days["kind"] in SETTLED else None
                return {"accepted_on": on, "answered_on": answered or heard}
            case petition.CitizenGuided():
                return {"answered_on": answered or on, "ended_on": on}
            case petition.PetitionConcluded():
                return {"answered_on": answered or on, "ended_on": on, "concluded_on": on}
        return {}


def _first_days(first: Begun) -> dict[str, Any]:
    on, kind = day_of(first.occurred_at), PetitionKind(first.kind)
    if isinstance(first, case.CaseOpened):
        return {"kind": kind, "taken_up_on": on}
    sent_on = first.channel == Channel.AGENCY
    return {"kind": kind, "received_on": on, "from_agency": sent_on, "held_since": on}


def _filing_days(fact: OfficeEvent) -> dict[str, Any]:
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
    since = max(fact.obstacle_from, FIRST_DAY) - ONE_DAY
    return (Pause(since, fact.obstacle_until, why=OffDay.OBSTACLE),)


def _case_days(so_far: Mapping[str, Any], fact: OfficeEvent, on: date) -> dict[str, Any]:
    match fact:
        case case.DirectionIssued():
            return {"directed_on": (*so_far.get("directed_on", ()), on)}
        case case.CaseReportedUpward():
            return {"reported_on": (*so_far.get("reported_on", ()), on)}
        case case.AcceptanceNotified(noticed_on=day):
            return {"notified_on": day}
        case settlement.SettlementExtended():
            more = Extended(fact.decided_on, tuple(fact.grounds))
            return {"extended": (*so_far.get("extended", ()), more)}
        case settlement.CaseSuspended(decided_on=day):
            return {"suspended_on": (*so_far.get("suspended_on", ()), day)}
        case settlement.CaseContinued(decided_on=day):
            return {"continued_on": (*so_far.get("continued_on", ()), day)}
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
