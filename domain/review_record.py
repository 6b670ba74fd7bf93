"""What was asked about the results of one file, and what a head said to it (xem lại kết quả)."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from uuid import UUID

from domain.codes import ReviewOutcome
from domain.commands.review import AskReview, NoteReview
from domain.dossier import Dossier
from domain.errors import NotFound
from domain.events.base import OfficeEvent
from domain.events.review import Review, ReviewAsked, ReviewNoted
from domain.refusals.review import AlreadyAsked, NothingToReview
from domain.values import Officer, Signature


def in_doubt(met_on: date, was_due: date, due: date) -> bool:
    """Whether it was in time by what was known when it was met and is late now, or the reverse."""
    return (met_on > was_due) is not (met_on > due)


class ReviewRecord(Dossier):
    """The stream of one petition's or case's reviews; a clock at a time is open.

    An open question waits as long as its result is :func:`in_doubt`: when the notice that it
    came from is withdrawn it falls away, and comes back with the notice.
    """

    BEGINS_WITH = Review

    def __init__(self, stream: UUID) -> None:
        super().__init__(stream)
        self.open: dict[str, ReviewAsked] = {}
        self.outcomes: dict[str, ReviewOutcome] = {}
        self._asked: dict[str, date] = {}
        self.offices: frozenset[str] = frozenset()

    def evolve(self, event: OfficeEvent) -> None:
        """Take a fact in."""
        match event:
            case ReviewAsked(clock=clock):
                self.open[clock] = event
                self.outcomes.pop(clock, None)
                self._asked[clock] = event.due
                self.offices |= {event.office}
            case ReviewNoted(clock=clock):
                self.open.pop(clock, None)
                self.outcomes[clock] = ReviewOutcome(event.outcome)

    def ask(self, ask: AskReview, by: Signature) -> None:
        """Something is to be looked at, on behalf of the office answerable, once for each day."""
        if self._asked.get(ask.clock) == ask.due:
            raise AlreadyAsked(f"Đã đề nghị xem lại hạn {ask.due:%d/%m/%Y}.")
        said = {k: v for k, v in ask.values().items() if k not in ("office", "unit")}
        officer = Officer(by.officer.account, ask.office, by.officer.role)
        self.record(ReviewAsked, replace(by, officer=officer, unit=ask.unit), **said)

    def note(self, ask: NoteReview, by: Signature, *, within_reach: Collection[str]) -> None:
        """A head has looked. ``within_reach``: who answers for the file, and who is above.

        To others the file does not exist. Refuses: ``NotFound``, ``NothingToReview``.
        """
        if by.officer.office not in within_reach:
            raise NotFound("Không tìm thấy hồ sơ.")
        asked = self.open.get(ask.clock)
        if asked is None:
            raise NothingToReview("Không có đề nghị nào đang chờ.", mend="Tải lại danh sách.")
        self.record(ReviewNoted, by, **ask.values(), asked=asked.originator_version)
