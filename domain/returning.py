"""The offices of a return mission, and who takes their place (các cơ quan hỗ trợ về)."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.codes import Seat
from domain.events.rehoming import Rehomed
from domain.events.return_mission import ReturnMissionRehomed
from domain.refusals import return_mission as refuse
from domain.rehoming import Resting
from domain.values import Signature


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
        """Who has a part; at the end only who promised a reception, until it was held."""
        if not self.closed:
            yield Seat.HOME, self.home_office
            yield Seat.ASKING, self.requested_by
            if self.leading is not None:
                yield Seat.LEADING, self.leading
        if self.host is not None and not self.held:
            yield Seat.HOST, self.host

    def must_run(self) -> None:
        """Refuses: ``NotFound``, ``MissionIsClosed``."""
        self.must_exist(self.WHAT)
        if self.closed:
            raise refuse.MissionIsClosed("Đợt hỗ trợ về đã kết thúc, không ghi thêm được.")

    def must_be_led_by(self, by: Signature) -> None:
        """Refuses: whoever neither leads nor is at home, and everybody before there is a lead."""
        self.must_run()
        if self.leading is None:
            raise refuse.NoLeadYet("Phải cử người phụ trách trước.")
        if by.officer.office not in (self.leading, self.home_office):
            raise refuse.NotTheReturnOffice("Chỉ cơ quan phụ trách hoặc nơi đi thực hiện bước này.")

    def must_be_home(self, by: Signature) -> None:
        """Refuses: whoever is not the home office."""
        self.must_run()
        if by.officer.office != self.home_office:
            raise refuse.NotTheReturnOffice("Chỉ cơ quan nơi công dân cư trú thực hiện bước này.")

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
