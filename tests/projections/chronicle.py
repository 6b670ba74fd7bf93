"""Histories to project: facts as offices would record them, with places in the log."""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from domain import codes
from domain.codes import PetitionKind, Role, Seat, Site
from domain.events import access, case, gathering, petition, reminder, return_mission
from domain.events.base import OfficeEvent, envelope
from domain.events.registry import type_name
from domain.streams import access_stream, lane_of, reminder_stream
from domain.values import CountRange, Officer, Signature
from infra.serial import encode
from projections.access_log import AccessLog
from projections.base import Fact, Projection
from projections.case_history import CaseHistory
from projections.cases import Cases
from projections.clocks import LawClocks
from projections.gatherings import Gatherings
from projections.pending_transfers import PendingTransfers
from projections.petitions import Petitions
from projections.reminders import Reminders
from projections.return_missions import ReturnMissions
from projections.reviews import Reviews
from services.law import carried_law

MORNING = datetime(2025, 5, 5, 1, 0, tzinfo=UTC)
"""A Monday, 8:00 in Hanoi."""
TODAY = date(2025, 5, 5)

NAMES = UUID("0d1f4f8e-5a3a-4c8e-9f0e-1b1d7a3c5e7f")

TAM_DI, NGHIA_PHUONG, LUC_NAM, TNMT, BAC_GIANG = OFFICES = (
    "ubnd-07444-20250101",
    "ubnd-07450-20250101",
    "ubnd-218-20250101",
    "tnmt-218-20250101",
    "ubnd-24-20250101",
)


def unit_of(office: str) -> str:
    """The unit in an office's id."""
    return office.split("-", 1)[1]


def stream_of(name: str) -> UUID:
    """The same stream for the same name."""
    return uuid5(NAMES, name)


def all_projections() -> tuple[Projection, ...]:
    """What a projector folds, under the law and the holidays of 2025."""
    clocks = LawClocks(carried_law)
    return (
        Petitions(clocks), PendingTransfers(), Cases(clocks), Gatherings(), ReturnMissions(),
        Reminders(), Reviews(), CaseHistory(), AccessLog(),
    )  # fmt: skip


def moved(
    was: str, now: str, seats: tuple[Seat, ...], former: str | None, interim: bool
) -> dict[str, Any]:
    """What every fact says by which work leaves an abolished office."""
    return {
        "former": former or was, "from_office": was, "to_office": now, "to_unit": unit_of(now),
        "seats": seats, "interim": interim, "candidates": (now,),
    }  # fmt: skip


def matters(*rungs: int) -> tuple[str, ...]:
    """What :meth:`Chronicle.overdue` is about."""
    return tuple(f"clock/reply.citizen/2025-05-19/{rung}" for rung in rungs)


class Chronicle:
    """Facts in the order they were recorded. Positions have gaps, as in the store."""

    def __init__(self, start: datetime = MORNING) -> None:
        self.facts: list[Fact] = []
        self.at = start
        self._versions: defaultdict[UUID, int] = defaultdict(int)

    def wait(self, **by: float) -> "Chronicle":
        """Let time pass."""
        self.at += timedelta(**by)
        return self

    def record(
        self, event: type[OfficeEvent], stream: UUID, office: str, *,
        occurred_at: datetime | None = None, **payload: Any,
    ) -> Fact:  # fmt: skip
        """One more fact of a stream."""
        self._versions[stream] += 1
        by = Signature(
            officer=Officer("acc-1", office, Role.CLERK), unit=unit_of(office),
            occurred_at=occurred_at or self.at, recorded_at=self.at, correlation="c",
        )  # fmt: skip
        made = event(**envelope(stream, self._versions[stream], by), **payload)
        position = 3 * len(self.facts) + 2
        fact = Fact(position, lane_of(stream, event.TOPIC), type_name(event), encode(made), made)
        self.facts.append(fact)
        return fact

    def received(
        self, stream: UUID, office: str = TAM_DI, *, kind: PetitionKind = PetitionKind.FEEDBACK,
        **other: Any,
    ) -> Fact:  # fmt: skip
        """A petition was received."""
        payload: dict[str, Any] = {
            "number": f"LN-25-{len(self.facts) + 1:04}", "kind": kind,
            "channel": codes.Channel.COUNTER, "field": codes.Field.ENVIRONMENT,
            "place": unit_of(office), "petitioners": 1, "election": False,
            "accused_office": None, "texts": (),
        }  # fmt: skip
        return self.record(petition.PetitionReceived, stream, office, **payload | other)

    def transferred(self, stream: UUID, office: str, to: str, *, offer: int, due: date) -> Fact:
        """An offer was made."""
        return self.record(
            petition.PetitionTransferred, stream, office, offer=offer, to_office=to,
            to_unit=unit_of(to), ground=codes.TransferGround.OTHER_FIELD, papers=1,
            reply_due=due, texts=(),
        )  # fmt: skip

    def accepted(self, stream: UUID, office: str, sender: str, *, offer: int) -> Fact:
        """An offer was accepted."""
        return self.record(
            petition.PetitionAccepted, stream, office, offer=offer, from_office=sender
        )

    def returned(self, stream: UUID, office: str, sender: str, *, offer: int, times: int) -> Fact:
        """An offer was returned."""
        return self.record(
            petition.PetitionReturned, stream, office, offer=offer, from_office=sender,
            ground=codes.ReturnGround.NOT_COMPETENT, times_returned=times, texts=(),
        )  # fmt: skip

    def petition_rehomed(
        self, stream: UUID, was: str, now: str, seats: tuple[Seat, ...], *,
        offer: int | None = None, former: str | None = None, interim: bool = False,
    ) -> Fact:  # fmt: skip
        """An heir has parts of a petition."""
        return self.record(
            petition.PetitionRehomed, stream, now,
            **moved(was, now, seats, former, interim), offer=offer,
        )  # fmt: skip

    def case_rehomed(
        self, stream: UUID, was: str, now: str, seats: tuple[Seat, ...], *,
        handler: str | None = None, former: str | None = None, interim: bool = False,
    ) -> Fact:  # fmt: skip
        """An heir has parts of a case."""
        return self.record(
            case.CaseRehomed, stream, now,
            **moved(was, now, seats, former, interim), handler=handler,
        )  # fmt: skip

    def case_opened(
        self, stream: UUID, office: str, of: UUID, kind: PetitionKind = PetitionKind.COMPLAINT
    ) -> None:
        """A case was opened for a petition: three facts in two streams."""
        self.record(
            case.CaseOpened, stream, office, number=f"VV-{len(self.facts)}", petition_id=of,
            kind=kind, field=codes.Field.LAND, place=unit_of(office), accused_office=None,
        )  # fmt: skip
        self.record(case.PetitionLinked, stream, office, petition_id=of)
        self.record(petition.PetitionTakenUp, of, office, case_id=stream)

    def crowd(self, stream: UUID, office: str = LUC_NAM, home: str = NGHIA_PHUONG) -> Fact:
        """A crowd was reported."""
        return self.record(
            gathering.GatheringReported, stream, office, place=unit_of(office),
            site=Site.DISTRICT_OFFICE, home=unit_of(home), count=CountRange(30, 40),
            issue=codes.Field.COMPENSATION, must_receive=office, must_come=(home,),
            case_id=None, texts=(),
        )  # fmt: skip

    def crowd_received(self, stream: UUID, office: str = LUC_NAM) -> Fact:
        """Its representatives were received."""
        return self.record(
            gathering.CrowdReceived, stream, office, received_by=Role.LEADER, in_person=True,
            representatives=2, texts=(),
        )  # fmt: skip

    def return_requested(self, stream: UUID, crowd: UUID, office: str = BAC_GIANG) -> Fact:
        """Help home was asked for."""
        return self.record(
            return_mission.ReturnRequested, stream, office, gathering_id=crowd,
            site=Site.PROVINCE_OFFICE, place=unit_of(office), home=unit_of(NGHIA_PHUONG),
            home_office=NGHIA_PHUONG, people=16,
        )  # fmt: skip

    def overdue(self, subject: UUID, rung: int, office: str = TAM_DI, to: str = LUC_NAM) -> Fact:
        """Somebody was told that a file is late."""
        return self.record(
            reminder.OverdueReminded, reminder_stream(subject), office, subject=subject,
            to_office=to, clock="reply.citizen", due=date(2025, 5, 19), rung=rung,
        )  # fmt: skip

    def settled(self, subject: UUID, *rungs: int) -> Fact:
        """It is late no more."""
        return self.record(
            reminder.ReminderSettled, reminder_stream(subject), TAM_DI, subject=subject,
            reminders=matters(*rungs), offices=(LUC_NAM,),
        )  # fmt: skip

    def passed_on(self, subject: UUID, to: str, *rungs: int) -> Fact:
        """Another office is to know of it now."""
        return self.record(
            reminder.ReminderPassedOn, reminder_stream(subject), TAM_DI, subject=subject,
            to_office=to, reminders=matters(*rungs), offices=(LUC_NAM,),
        )  # fmt: skip

    def opened_text(self, subject: UUID, office: str = TAM_DI) -> Fact:
        """Somebody read a protected text."""
        return self.record(
            access.TextOpened, access_stream(subject), office, subject=subject,
            entry=stream_of("entry"), field="summary", purpose=codes.AccessPurpose.HANDLING,
        )  # fmt: skip
