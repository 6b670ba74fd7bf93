"""A crowd, by count and place, never by people (đoàn đông người)."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.bounds import within
from domain.codes import Seat, Site
from domain.commands.gathering import ReceiveCrowd, ReportGathering, ReviseGatheringCount
from domain.directory import Directory
from domain.events.base import OfficeEvent
from domain.events.gathering import (
    CrowdReceived,
    GatheringAcknowledged,
    GatheringCountRevised,
    GatheringDispersed,
    GatheringRehomed,
    GatheringReported,
)
from domain.events.rehoming import Rehomed
from domain.policies.escalation import Ladder
from domain.refusals import gathering as refuse
from domain.rehoming import Resting
from domain.values import CountRange, Signature, TextRef

MOST_PEOPLE = 100_000


class Gathering(Resting):
    """One gathering: how many stand where, who must receive them, and whether they were."""

    BEGINS_WITH = GatheringReported
    REHOMED: ClassVar[type[Rehomed]] = GatheringRehomed
    WHAT: ClassVar[str] = "đoàn đông người"

    reported_by: str
    place: str
    site: Site
    home: str
    count: CountRange
    must_receive: str

    def __init__(self, stream: UUID) -> None:
        super().__init__(stream)
        self.must_come: tuple[str, ...] = ()
        self.acknowledged_by: frozenset[str] = frozenset()
        self.received = False
        self.over = False

    def report(
        self,
        ask: ReportGathering,
        by: Signature,
        *,
        place: str,
        home: str,
        ladder: Ladder,
        texts: tuple[TextRef, ...],
    ) -> None:
        """Say that a crowd stands somewhere, and who must receive it by the ladder."""
        if self.version:
            raise refuse.GatheringAlreadyReported("Đoàn này đã được báo.")
        self.record(
            GatheringReported,
            by,
            place=place,
            site=ask.site,
            home=home,
            count=_checked(ask.count),
            issue=ask.issue,
            must_receive=ladder.must_receive,
            must_come=ladder.must_come,
            case_id=ask.case_id,
            texts=texts,
        )

    def revise_count(
        self, ask: ReviseGatheringCount, by: Signature, *, told: Collection[str]
    ) -> None:
        """Count again, as an office that was told."""
        self._must_be_there()
        self._must_concern(by, told)
        self.record(GatheringCountRevised, by, count=_checked(ask.count))

    def acknowledge(self, by: Signature, *, told: Collection[str]) -> None:
        """Confirm that the office knows; also when the people have gone meanwhile."""
        self.must_exist("đoàn đông người")
        self._must_concern(by, told)
        if by.officer.office in self.acknowledged_by:
            raise refuse.GatheringAlreadyAcknowledged("Cơ quan bạn đã xác nhận.")
        self.record(GatheringAcknowledged, by)

    def receive(
        self, ask: ReceiveCrowd, by: Signature, *, most: int, texts: tuple[TextRef, ...]
    ) -> None:
        """Receive its representatives, ``most`` by the law of the day, once, by who must."""
        self._must_be_there()
        if by.officer.office != self.must_receive:
            raise refuse.NotTheReceiver("Cơ quan khác có trách nhiệm tiếp đoàn này.")
        if self.received:
            raise refuse.CrowdAlreadyReceived("Đoàn này đã được tiếp.")
        self.record(
            CrowdReceived,
            by,
            received_by=by.officer.role,
            in_person=ask.in_person,
            representatives=self._representatives(ask.representatives, most),
            texts=texts,
        )

    def _representatives(self, number: int, most: int) -> int:
        within(number, 1, MOST_PEOPLE, what="Số người đại diện", pointer="/representatives")
        if number > most:
            raise refuse.TooManyRepresentatives(
                f"Đoàn nhiều nhất {self.count.high} người cử không quá {most} người đại diện.",
                pointer="/representatives",
                mend="Sửa số người đại diện, hoặc cập nhật số người của đoàn.",
            )
        return number

    def disperse(self, by: Signature, *, told: Collection[str]) -> None:
        """Say, once, that the people have gone."""
        self._must_be_there()
        self._must_concern(by, told)
        self.record(GatheringDispersed, by)

    def offices_told(self, directory: Directory, on: date) -> frozenset[str]:
        """Every office a report reaches at once: on site, at home, and all above them."""
        home = directory.find_office(self.home, on)
        first = {self.reported_by, self.must_receive, *self.must_come}
        first |= {home.office_id} if home else set()
        standing = [office for office in first if directory.find_office(office, on)]
        above = {
            superior.office_id
            for office in standing
            for superior in directory.superiors_of(office, on)
        }
        return frozenset(first | above)

    def seats(self) -> Iterable[tuple[Seat, str]]:
        """Who is on site, who must receive, who must come; nobody once the people have gone."""
        if self.over:
            return
        yield Seat.ON_SITE, self.reported_by
        yield Seat.MUST_RECEIVE, self.must_receive
        for office in self.must_come:
            yield Seat.MUST_COME, office

    def give(self, seat: Seat, was: str, now: str) -> None:
        """Let an heir have a part. Two duties to come that fall to one office stay two."""
        match seat:
            case Seat.ON_SITE:
                self.reported_by = now
            case Seat.MUST_RECEIVE:
                self.must_receive = now
            case Seat.MUST_COME:
                self.must_come = replaced(self.must_come, was, now)

    def _must_be_there(self) -> None:
        self.must_exist("đoàn đông người")
        if self.over:
            raise refuse.GatheringIsOver("Đoàn đã về, không ghi thêm được.")

    def _must_concern(self, by: Signature, told: Collection[str]) -> None:
        if by.officer.office not in told:
            raise refuse.NotConcerned("Cơ quan bạn không được báo về đoàn này.")

    def evolve(self, event: OfficeEvent) -> None:
        """Take a fact in."""
        super().evolve(event)
        match event:
            case GatheringReported():
                self.reported_by, self.place, self.home = event.office, event.place, event.home
                self.site, self.count = event.site, event.count
                self.must_receive, self.must_come = event.must_receive, tuple(event.must_come)
            case GatheringCountRevised(count=count):
                self.count = count
            case GatheringAcknowledged(office=office):
                self.acknowledged_by |= {office}
            case CrowdReceived():
                self.received = True
            case GatheringDispersed():
                self.over = True


def replaced(offices: tuple[str, ...], was: str, now: str) -> tuple[str, ...]:
    """The same offices with another in the place of the first of that name."""
    if was not in offices:
        return offices
    place = offices.index(was)
    return (*offices[:place], now, *offices[place + 1 :])


def _checked(count: CountRange) -> CountRange:
    """Refuses: ``OutOfRange``, :class:`~domain.refusals.gathering.CountUpsideDown`."""
    within(count.low, 1, MOST_PEOPLE, what="Số người ít nhất", pointer="/count/low")
    within(count.high, 1, MOST_PEOPLE, what="Số người nhiều nhất", pointer="/count/high")
    if count.low > count.high:
        raise refuse.CountUpsideDown(
            f"Từ {count.low} đến {count.high} người: số đầu phải nhỏ hơn hoặc bằng số sau.",
            pointer="/count",
        )
    return count
