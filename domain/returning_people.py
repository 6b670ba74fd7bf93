"""The people of a return mission, by count: asked, willing, on the road, home (số người về)."""

from uuid import UUID

from domain.bounds import within
from domain.commands.return_mission import (
    ArriveHome,
    DepartForHome,
    OfferReturn,
    RecordConsent,
    RecordDecline,
)
from domain.events.base import OfficeEvent
from domain.events.return_mission import (
    ReturnArrivedHome,
    ReturnConsented,
    ReturnDeclined,
    ReturnDeparted,
    ReturnOffered,
    ReturnRequested,
)
from domain.gathering import MOST_PEOPLE
from domain.refusals import return_mission as refuse
from domain.returning import Returning
from domain.values import Signature

PEOPLE = "Số người"


class ReturningPeople(Returning):
    """Counts add up: an offer, a consent or a departure may come in parts.

    Each step is for those the step before was taken with, and nobody is counted twice. Who
    accepted and stays after all is one who declined.
    """

    def __init__(self, stream: UUID) -> None:
        super().__init__(stream)
        self.people = 0
        self.offered = 0
        self.consented = 0
        self.declined = 0
        self.departed = 0
        self.arrived = 0

    @property
    def unanswered(self) -> int:
        """How many were offered help and have neither accepted nor declined."""
        return self.offered - self.consented - self.declined

    @property
    def waiting(self) -> int:
        """How many accepted and have not left: they may still change their minds."""
        return self.consented - self.departed

    def offer(self, ask: OfferReturn, by: Signature) -> None:
        """Offer the help to so many of them and explain it."""
        self.must_be_led_by(by)
        left = self.people - self.offered
        self.record(ReturnOffered, by, people=_at_most(ask.people, left, "được đề nghị hỗ trợ"))

    def consent(self, ask: RecordConsent, by: Signature) -> None:
        """So many accept, of their own will."""
        self.must_be_led_by(by)
        self.record(
            ReturnConsented, by, people=_at_most(ask.people, self.unanswered, "chưa trả lời")
        )

    def decline(self, ask: RecordDecline, by: Signature) -> None:
        """So many stay by choice, also of those who had accepted and have not left."""
        self.must_be_led_by(by)
        left = self.unanswered + self.waiting
        people = _at_most(ask.people, left, "chưa trả lời hoặc đồng ý về mà chưa đi")
        self.record(ReturnDeclined, by, people=people)

    def depart(self, ask: DepartForHome, by: Signature) -> None:
        """Leave with those who accepted, and with nobody else."""
        self.must_be_led_by(by)
        people = _at_most(ask.people, self.waiting, "đồng ý về, chưa đi")
        self.record(ReturnDeparted, by, people=people)

    def arrive(self, ask: ArriveHome, by: Signature) -> None:
        """Arrive with those who left."""
        self.must_be_led_by(by)
        left = self.departed - self.arrived
        people = _at_most(ask.people, left, "đang trên đường")
        self.record(ReturnArrivedHome, by, people=people, needs_care=ask.needs_care)

    def evolve(self, event: OfficeEvent) -> None:
        """Take a fact in."""
        super().evolve(event)
        match event:
            case ReturnRequested(people=people):
                self.people = people
            case ReturnOffered(people=people):
                self.offered += people
            case ReturnConsented(people=people):
                self.consented += people
            case ReturnDeclined(people=people):
                self.consented = still_willing(self.unanswered, self.consented, people)
                self.declined += people
            case ReturnDeparted(people=people):
                self.departed += people
            case ReturnArrivedHome(people=people):
                self.arrived += people


def still_willing(unanswered: int, consented: int, declining: int) -> int:
    """How many go home although so many more stay: who had not answered stays first."""
    changed_their_minds = max(0, declining - max(0, unanswered))
    return max(0, consented - changed_their_minds)


def _at_most(people: int, left: int, which: str) -> int:
    """Refuses: ``OutOfRange`` below one, ``TooManyPeople`` beyond the step before."""
    within(people, 1, MOST_PEOPLE, what=PEOPLE, pointer="/people")
    if people > left:
        raise refuse.TooManyPeople(
            f"Chỉ còn {left} người {which}, không thể ghi {people}.", pointer="/people"
        )
    return people
