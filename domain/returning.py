"""The offices of a return mission, and who takes their place (các cơ quan hỗ trợ về)."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.codes import Seat
from domain.events.rehoming import Rehomed
from domain.events.return_mission import ReturnMissionRehomed
from domain.rehoming import Resting


class Returning(Resting):
    """Who asked, who is at home, who leads, who holds the reception at home, and when."""

    REHOMED: ClassVar[type[Rehomed]] = ReturnMissionRehomed
    WHAT: ClassVar[str] = "đợt hỗ trợ về"

    requested_by: str
    home_office: str

    def __init__(self, stream: UUID) -> None:
        super().__init__(stream)
        self.leading: str | None = None
        self.follow_up_on: date | None = None
        self.host: str | None = None
        self.held = False
        self.closed = False

    def seats(self) -> Iterable[tuple[Seat, str]]:
        """Who has a part; at the end only who holds the reception still to come."""
        if not self.closed:
            yield Seat.HOME, self.home_office
            yield Seat.ASKING, self.requested_by
            if self.leading is not None:
                yield Seat.LEADING, self.leading
        to_come = self.follow_up_on is not None and self.follow_up_on >= self.offices.day
        if self.host is not None and to_come and not self.held:
            yield Seat.HOST, self.host

    def give(self, seat: Seat, was: str, now: str) -> None:
        """Let an heir have a part."""
        del was
        match seat:
            case Seat.HOME:
                self.home_office = now
            case Seat.ASKING:
                self.requested_by = now
            case Seat.LEADING:
                self.leading = now
            case Seat.HOST:
                self.host = now
