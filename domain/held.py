"""The offices that hold a petition, and who takes their place (nơi giữ đơn)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from domain.codes import Seat
from domain.competence import judge_between
from domain.events.petition import PetitionRehomed
from domain.events.rehoming import Rehomed
from domain.homes import Home
from domain.rehoming import Resting
from domain.values import Signature


@dataclass(frozen=True, slots=True)
class Offer:
    """A transfer that waits for an answer (lượt chuyển đơn)."""

    number: int
    to_office: str


class Held(Resting):
    """Who is in charge, who was offered it, who must judge. ``holders``: ever in charge."""

    REHOMED: ClassVar[type[Rehomed]] = PetitionRehomed
    WHAT: ClassVar[str] = "đơn"

    in_charge: str

    def __init__(self, stream: UUID) -> None:
        super().__init__(stream)
        self.holders: tuple[str, ...] = ()
        self.offer: Offer | None = None
        self.returned_by: tuple[str, ...] = ()
        self.judge: str | None = None
        self.ended = False

    def is_hidden_from(self, office: str) -> bool:
        """Whether this is the accused office and does not hold the petition itself."""
        offered = None if self.offer is None else self.offer.to_office
        return office not in (self.in_charge, offered) and self.is_about(office)

    def seats(self) -> Iterable[tuple[Seat, str]]:
        """Who is in charge, who was offered it, who must judge; nobody once it ended."""
        if self.ended:
            return
        yield Seat.IN_CHARGE, self.in_charge
        if self.offer is not None:
            yield Seat.OFFERED_TO, self.offer.to_office
        if self.judge is not None:
            yield Seat.JUDGE, self.judge

    def give(self, seat: Seat, was: str, now: str) -> None:
        """Let an heir have a part. An offer between two that are one office now falls away."""
        del was
        match seat:
            case Seat.IN_CHARGE:
                self.in_charge, self.holders = now, (*self.holders, now)
            case Seat.OFFERED_TO if self.offer is not None:
                self.offer = Offer(self.offer.number, now)
            case Seat.JUDGE:
                self.judge = now
        if self.offer is not None and self.offer.to_office == self.in_charge:
            self.end_offer()

    def move(self, former: str, holder: str, seats: tuple[Seat, ...], by: Signature) -> None:
        """A judge is the nearest above all who disown it today, not the heir of the old one."""
        if Seat.JUDGE in seats:
            disowned, tree = (self.in_charge, *self.returned_by), self.offices
            judge = judge_between(disowned, tree.directory, tree.day, barred=self.barred)
            if judge is not None:
                self.take_over(former, holder, Home(judge, False, ()), (Seat.JUDGE,), by)
                seats = tuple(seat for seat in seats if seat is not Seat.JUDGE)
        if seats:
            super().move(former, holder, seats, by)

    def also_told(self, home: Home, seats: tuple[Seat, ...]) -> dict[str, Any]:
        """Which offer waits, if one does."""
        del home, seats
        return {"offer": None if self.offer is None else self.offer.number}

    def take_charge(self, office: str) -> None:
        """By an act of its own: whatever waited for a decision is decided."""
        self.end_offer()
        self.settle(Seat.IN_CHARGE)
        self.in_charge, self.holders = office, (*self.holders, office)

    def end_offer(self) -> None:
        """Nothing is offered any more."""
        self.offer = None
        self.settle(Seat.OFFERED_TO)
