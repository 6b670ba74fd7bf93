"""What happened at an office on a day (số việc phát sinh theo ngày)."""

from datetime import date
from enum import StrEnum
from typing import ClassVar

from domain.days import day_of
from projections.base import Fact, Rows, Tally
from projections.values import value


class Flow(StrEnum):
    """What is counted. Each is counted by one projection alone."""

    RECEIVED = "received"
    GUIDED = "guided"
    TRANSFERRED = "transferred"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    TAKEN_UP = "taken_up"
    CONCLUDED = "concluded"
    DISPUTED = "disputed"
    DECIDED = "decided"
    ESCALATED = "escalated"
    CLOSED = "closed"
    CROWD_REPORTED = "crowd_reported"
    CROWD_RECEIVED = "crowd_received"
    CROWD_DISPERSED = "crowd_dispersed"
    RETURN_REQUESTED = "return_requested"
    RETURN_CLOSED = "return_closed"


@value(frozen=True)
class OfficeFlow(Tally):
    """So often an office recorded this, by the day it happened in the world."""

    TABLE: ClassVar[str] = "office_flow"
    KEY: ClassVar[tuple[str, ...]] = ("office", "day", "what", "lane")

    office: str
    day: date
    what: str
    lane: int
    n: int


def count_flow(rows: Rows, fact: Fact, what: Flow) -> None:
    """One more of this, at the office that recorded the fact."""
    event = fact.event
    rows.add(OfficeFlow, (event.office, day_of(event.occurred_at), what, fact.lane), 1)
