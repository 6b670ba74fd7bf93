"""Work that rests on offices, and what becomes of it when one stands no longer (kế thừa việc).

Nothing is ever without an answerable office: to its one heir it goes for good, otherwise the
nearest superior answers until a person decides. Custody, offers and clocks go on.
"""

from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Final
from uuid import UUID

from domain.codes import Role, Seat
from domain.dossier import Dossier
from domain.events.base import OfficeEvent
from domain.events.rehoming import Rehomed
from domain.homes import NO_TREE, Home, OfficesOn
from domain.refusals import rehoming as refuse
from domain.refusals.petition import AccusedOffice
from domain.units import Office
from domain.values import Signature

FOR_GOOD: Final = frozenset({Seat.JUDGE, Seat.INFORMED, Seat.ON_SITE, Seat.ASKING})
"""Parts in which an office answers to nobody: the nearest superior simply takes them over."""


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """A part in which ``at`` answers for an abolished office until a person decides."""

    seat: Seat
    former: str
    at: str


class Resting(Dossier):
    """A dossier with offices in it. ``meanwhile`` are the parts that wait for a decision."""

    REHOMED: ClassVar[type[Rehomed]]
    WHAT: ClassVar[str]
    """The Vietnamese word for the thing, in a sentence."""

    def __init__(self, stream: UUID) -> None:
        super().__init__(stream)
        self.accused: str | None = None
        self.meanwhile: tuple[Meanwhile, ...] = ()
        self.offices: OfficesOn = NO_TREE

    def seen_on(self, offices: OfficesOn) -> None:
        """Look at the offices it names as the tree of a day has them."""
        self.offices = offices

    @abstractmethod
    def seats(self) -> Iterable[tuple[Seat, str]]:
        """The offices with a part in what is still to be done; nobody once it is over."""

    @abstractmethod
    def give(self, seat: Seat, was: str, now: str) -> None:
        """Let another office have a part."""

    def also_told(self, home: Home, seats: tuple[Seat, ...]) -> dict[str, Any]:
        """What the fact says beyond every such fact."""
        del home, seats
        return {}

    def is_about(self, office: str) -> bool:
        """Whether it complains of this office, or of one whose place it has taken."""
        return self.accused is not None and office in self.barred

    @property
    def barred(self) -> frozenset[str]:
        """The offices it may never go to."""
        return frozenset() if self.accused is None else self.offices.in_place_of(self.accused)

    def rehome(self, office: str, by: Signature) -> None:
        """Take every part of an abolished office to who stands in its place.

        What waits for a decision goes to the heir as soon as there is one alone. Refuses:
        ``OfficeStillStands``, ``NothingRestsHere``, ``NobodyAnswers``.
        """
        self.must_exist(self.WHAT)
        moving = self._moving_from(office)
        if not moving and self.offices.stands(office):
            raise refuse.OfficeStillStands("Cơ quan này còn hoạt động vào ngày thực hiện.")
        if not moving:
            raise refuse.NothingRestsHere("Không còn việc gì trong hồ sơ này ở cơ quan đó.")
        for (former, holder), seats in moving.items():
            self.move(former, holder, tuple(seats), by)

    def _moving_from(self, office: str) -> dict[tuple[str, str], list[Seat]]:
        """The parts to be moved, by the abolished office and who holds them now."""
        moving: dict[tuple[str, str], list[Seat]] = {}
        gone = not self.offices.stands(office)
        for seat, holder in dict.fromkeys(self.seats()):
            for former in self._formers(seat, holder):
                ended = gone and (holder == office or self._is_taken_in(seat, holder, office))
                if ended or (former == office != holder and self._is_settled(former)):
                    moving.setdefault((former, holder), []).append(seat)
        return moving

    def _is_taken_in(self, seat: Seat, holder: str, office: str) -> bool:
        """Whether who handles it took over the office complained of, which ends by that."""
        return seat is Seat.HANDLING and office == self.accused and self.is_about(holder)

    def _formers(self, seat: Seat, holder: str) -> tuple[str, ...]:
        """For whom an office has a part: others, or itself."""
        others = (each.former for each in self.meanwhile if (each.seat, each.at) == (seat, holder))
        return tuple(others) or (holder,)

    def _is_settled(self, former: str) -> bool:
        home = self.offices.home_of(former, barred=self.barred)
        return home is not None and not home.interim

    def move(self, former: str, holder: str, seats: tuple[Seat, ...], by: Signature) -> None:
        """Take parts to who stands in the place of the abolished office they were of."""
        home = self.offices.home_of(former, barred=self.barred)
        if home is None:
            raise refuse.NobodyAnswers(
                f"Cơ quan {former} không có nơi kế thừa và không còn cấp trên.",
                pointer="/office",
                mend="Quản trị danh bạ nêu cơ quan kế thừa, hoặc quyết định nơi nhận hồ sơ này.",
            )
        final = tuple(seat for seat in seats if seat in FOR_GOOD or not home.interim)
        open_still = tuple(seat for seat in seats if seat not in final)
        self.take_over(former, holder, replace(home, interim=False), final, by)
        self.take_over(former, holder, home, open_still, by)

    def take_over(
        self, former: str, holder: str, home: Home, seats: tuple[Seat, ...], by: Signature
    ) -> None:
        """Record that an office has these parts from here on, if there are any."""
        if not seats:
            return
        self.record(
            self.REHOMED,
            by,
            former=former,
            from_office=holder,
            to_office=home.office.office_id,
            to_unit=home.office.unit,
            seats=seats,
            interim=home.interim,
            candidates=home.candidates,
            **self.also_told(home, seats),
        )

    def decide_home(
        self, former: str, by: Signature, *, to: Office, within_reach: frozenset[str]
    ) -> None:
        """Say where the parts of an abolished office go for good.

        ``within_reach`` are the offices below which ``to`` stands, itself among them. Refuses:
        ``HomeNotOpen``, ``NotAnsweringMeanwhile``, ``AccusedOffice``, ``NotACandidate``.
        """
        self.must_exist(self.WHAT)
        at, seats = self._undecided(former)
        if by.officer.role is not Role.ADMIN and by.officer.office != at:
            raise refuse.NotAnsweringMeanwhile(
                "Chỉ cơ quan đang tạm chịu trách nhiệm quyết định nơi nhận.",
                mend="Nhờ thủ trưởng cơ quan đó hoặc quản trị danh bạ quyết định.",
            )
        if self.is_about(to.office_id):
            raise AccusedOffice(
                "Hồ sơ liên quan chính cơ quan này, phải giao nơi khác.", pointer="/to_office"
            )
        home = self.offices.home_of(former, barred=self.barred)
        candidates = () if home is None else home.candidates
        if home is not None and to.office_id not in candidates and at not in within_reach:
            raise refuse.NotACandidate(
                "Chỉ giao cho nơi kế thừa, hoặc cơ quan dưới quyền nơi đang tạm giữ.",
                pointer="/to_office",
            )
        self.take_over(former, at, Home(to, False, candidates), seats, by)

    def _undecided(self, former: str) -> tuple[str, tuple[Seat, ...]]:
        """Who has the parts that wait for a decision, and which they are."""
        waiting = [each for each in self.meanwhile if each.former == former]
        held = set(self.seats())
        at = waiting[0].at if waiting else former
        seats = tuple(each.seat for each in waiting if (each.seat, each.at) in held)
        if not waiting and not self.offices.stands(former):
            seats = tuple(seat for seat, holder in self.seats() if holder == former)
        if not seats:
            raise refuse.HomeNotOpen("Hồ sơ này không có việc chờ quyết định nơi nhận.")
        return at, seats

    def settle(self, *seats: Seat) -> None:
        """These parts wait for no decision any more: an office took them over by an act."""
        self.meanwhile = tuple(each for each in self.meanwhile if each.seat not in seats)

    def evolve(self, event: OfficeEvent) -> None:
        """Take in that parts have gone to another office."""
        if not isinstance(event, Rehomed):
            return
        gone = set(event.seats)
        self.meanwhile = tuple(
            each for each in self.meanwhile if each.former != event.former or each.seat not in gone
        )
        if event.interim:
            waits = (Meanwhile(seat, event.former, event.to_office) for seat in event.seats)
            self.meanwhile = (*self.meanwhile, *waits)
        for seat in event.seats:
            self.give(seat, event.from_office, event.to_office)
