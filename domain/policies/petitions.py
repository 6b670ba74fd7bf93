"""A petition that waits: its clocks, an offer without an answer, nobody having looked (đơn)."""

from collections.abc import Iterator
from typing import Final

from domain.events import reminder as facts
from domain.law.clocks import TRANSFER_ANSWER, UNTOUCHED, Scope
from domain.policies.due_days import of_clock
from domain.policies.known import Known, Running
from domain.policies.waiting import Waiting, day_after
from domain.policies.watched import PetitionFile

OWN: Final = frozenset({UNTOUCHED, TRANSFER_ANSWER})
"""Clocks with a reminder of their own."""


def of_petition(file: PetitionFile, known: Known) -> Iterator[Waiting]:
    """Every reminder that waits for a petition."""
    petition = file.petition
    for clock in known.running(file.timeline, petition.in_charge):
        cause = file.received if clock.scope is Scope.TOTAL else file.held
        if clock.clock == UNTOUCHED:
            yield from _untouched(file, clock)
        elif clock.clock not in OWN:
            yield from of_clock(file, clock, cause, known)
    if file.offered is not None and petition.offer is not None:
        due = file.offered.reply_due
        yield Waiting(
            facts.OfferUnansweredReminded,
            petition.id,
            day_after(due),
            petition.in_charge,
            petition.offer.to_office,
            file.offered,
            {"offer": petition.offer.number, "due": due},
            accused=petition.accused,
        )


def _untouched(file: PetitionFile, clock: Running) -> Iterator[Waiting]:
    """Its own office, and who stands above it: the decree makes it their matter."""
    petition = file.petition
    for rung in range(2):
        yield Waiting(
            facts.UntouchedReminded,
            petition.id,
            day_after(clock.due),
            petition.in_charge,
            petition.in_charge,
            file.received,
            {"due": clock.due, "rung": rung},
            rung=rung,
            accused=petition.accused,
        )
