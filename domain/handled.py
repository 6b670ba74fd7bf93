"""Who handles a case, and which superiors know of it (nơi giải quyết, cấp trên đã biết)."""

from collections.abc import Iterable
from typing import Any, ClassVar
from uuid import UUID

from domain.codes import Seat
from domain.events.base import OfficeEvent
from domain.events.case import CaseRehomed, HandlerAssigned
from domain.events.rehoming import Rehomed
from domain.homes import Home
from domain.refusals import case as refuse
from domain.rehoming import Resting
from domain.values import Signature


class Handled(Resting):
    """The offices of a case. ``told`` are those above that a report or an escalation reached.

    ``unconfirmed`` are those of them that have yet to say that they know, ``rungs`` those that
    were asked to take the lead, ``handler`` is the officer who handles it; ``newest_move`` is
    how it last came from an abolished office.
    """

    REHOMED: ClassVar[type[Rehomed]] = CaseRehomed
    WHAT: ClassVar[str] = "vụ việc"

    handling: str

    def __init__(self, stream: UUID) -> None:
        super().__init__(stream)
        self.handler: str | None = None
        self.told: tuple[str, ...] = ()
        self.unconfirmed: frozenset[str] = frozenset()
        self.rungs: tuple[str, ...] = ()
        self.closed = False
        self.newest_move: CaseRehomed | None = None

    def is_hidden_from(self, office: str) -> bool:
        """Whether this is the accused office and does not handle it."""
        return office != self.handling and self.is_about(office)

    def must_be_handled_by(self, by: Signature) -> None:
        """Refuses: ``NotFound``, ``CaseIsClosed``, ``NotHandling``."""
        self.must_be_open()
        if by.officer.office != self.handling:
            raise refuse.NotHandling("Cơ quan bạn không giải quyết vụ việc này.")

    def must_be_open(self) -> None:
        """Refuses: ``NotFound``, ``CaseIsClosed``."""
        self.must_exist(self.WHAT)
        if self.closed:
            raise refuse.CaseIsClosed("Vụ việc đã kết thúc, không ghi thêm được.")

    def seats(self) -> Iterable[tuple[Seat, str]]:
        """Who handles it, and which superiors have yet to say that they know."""
        if self.closed:
            return
        yield Seat.HANDLING, self.handling
        for superior in sorted(self.unconfirmed):
            yield Seat.INFORMED, superior

    def give(self, seat: Seat, was: str, now: str) -> None:
        """Let an heir have a part. Nobody reports to himself."""
        if seat is Seat.HANDLING:
            self.handling = now
        else:
            self.rungs = tuple(now if office == was else office for office in self.rungs)
            self.unconfirmed -= {was}
            self.tell(now)
        self.unconfirmed -= {self.handling}

    def also_told(self, home: Home, seats: tuple[Seat, ...]) -> dict[str, Any]:
        """Who handles it from here on: the same officer where he or she holds a post there."""
        stays = Seat.HANDLING not in seats or (
            self.handler is not None
            and self.offices.holds_a_post(self.handler, home.office.office_id)
        )
        return {"handler": self.handler if stays else None}

    def tell(self, office: str) -> None:
        """A superior learns of it and has yet to say so."""
        self.told = (*dict.fromkeys((*self.told, office)),)
        self.unconfirmed |= {office}

    def evolve(self, event: OfficeEvent) -> None:
        """Take in who handles it."""
        super().evolve(event)
        match event:
            case CaseRehomed(handler=handler):
                self.handler = handler
                if Seat.HANDLING in event.seats:
                    self.newest_move = event
            case HandlerAssigned(handler=handler):
                self.handler = handler
