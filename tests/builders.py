"""Readable defaults: who acts, what was recorded, with only what a test is about spelled out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from domain import codes
from domain.codes import PetitionKind, Role, Site
from domain.events import (
    access,
    calendar,
    case,
    directory,
    filing,
    gathering,
    law,
    petition,
    register,
    reminder,
    return_mission,
    review,
    settlement,
)
from domain.events.base import OfficeEvent, envelope
from domain.law.editions import digest_of
from domain.streams import (
    access_stream,
    calendar_stream,
    office_stream,
    register_stream,
    reminder_stream,
    review_stream,
    rulebook_stream,
    unit_stream,
)
from domain.values import CountRange, Officer, Signature, TextRef

MORNING = datetime(2025, 5, 5, 1, 0, tzinfo=UTC)
"""A Monday, 8:00 in Hanoi, when there were three tiers."""

NAMES = UUID("0d1f4f8e-5a3a-4c8e-9f0e-1b1d7a3c5e7f")

PETITION, OTHER_PETITION, CASE, GATHERING, MISSION = (
    uuid5(NAMES, name) for name in ("petition", "other petition", "case", "gathering", "mission")
)

CAM_LY = "ubnd-07519-20250101"
NGHIA_PHUONG = "ubnd-07486-20250101"
VOI = "ubnd-07375-20250101"
LUC_NAM = "ubnd-218-20250101"
LANG_GIANG = "ubnd-217-20250101"
LAND_OFFICE = "tnmt-218-20250101"
BAC_GIANG = "ubnd-24-20250101"
BOARD = "tcd-24-20250101"
HANOI = "ubnd-01-20250101"

TEXT = TextRef("note", uuid5(NAMES, "text"), "ab" * 32)


def officer(office: str, role: Role = Role.CLERK) -> Officer:
    """An officer of an office, by an opaque account."""
    return Officer(f"{role}.{office}", office, role)


def head(office: str) -> Officer:
    """The head of an office."""
    return officer(office, Role.LEADER)


@dataclass(frozen=True)
class Draft:
    """A fact without its place in a stream; ``facts`` are what a test says of it."""

    event: type[OfficeEvent]
    office: str
    stream: UUID
    facts: Mapping[str, Any] = field(default_factory=dict)
    role: Role = Role.CLERK
    at: datetime | None = None

    def recorded(self, version: int, at: datetime) -> OfficeEvent:
        """The whole fact at a place in its stream, the rest filled in with defaults."""
        moment = self.at or at
        by = Signature(
            officer(self.office, self.role), unit_of(self.office), moment, moment, "correlation"
        )
        defaults = DEFAULTS.get(self.event, {})
        return self.event(**envelope(self.stream, version, by), **{**defaults, **self.facts})

    def tells(self, fact: OfficeEvent) -> bool:
        """Whether a fact is this one, as far as the test says anything of it."""
        said = {**self.facts, "office": self.office, "originator_id": self.stream}
        return type(fact) is self.event and all(
            getattr(fact, name) == value for name, value in said.items()
        )


def fact(
    event: type[OfficeEvent],
    office: str,
    stream: UUID | None = None,
    *,
    role: Role = Role.CLERK,
    at: datetime | None = None,
    **facts: Any,
) -> Draft:
    """A fact an office recorded; without ``stream`` the usual one of its kind."""
    return Draft(event, office, stream or usual_stream(event), facts, role, at)


def usual_stream(event: type[OfficeEvent]) -> UUID:
    """The stream a kind of fact usually lies in."""
    return STREAMS[event.TOPIC.partition(".")[0]]


def unit_of(office: str) -> str:
    """The unit in an office's id."""
    return office.partition("-")[2]


def in_order(*drafts: Draft, start: datetime = MORNING) -> tuple[OfficeEvent, ...]:
    """Facts one minute after another, each at the next place of its stream."""
    versions: dict[UUID, int] = {}
    facts = []
    for minute, draft in enumerate(drafts):
        versions[draft.stream] = versions.get(draft.stream, 0) + 1
        moment = start + timedelta(minutes=minute)
        facts.append(draft.recorded(versions[draft.stream], moment))
    return tuple(facts)


STREAMS: Mapping[str, UUID] = {
    "petition": PETITION,
    "case": CASE,
    "gathering": GATHERING,
    "return_mission": MISSION,
    "unit": unit_stream("07519-20250101"),
    "office": office_stream(CAM_LY),
    "calendar": calendar_stream(2025),
    "rulebook": rulebook_stream(),
    "register": register_stream(CAM_LY, 2025, "petition"),
    "reminder": reminder_stream(PETITION),
    "review": review_stream(PETITION),
    "access": access_stream(PETITION),
}

DAY = date(2025, 5, 5)
PEOPLE = {"people": 12}
WHOLLY = {
    "relation": codes.SuccessionRelation.WHOLE, "match": codes.SuccessionMatch.EXACT,
    "valid_from": date(2025, 7, 1),
}  # fmt: skip
PLACE = {"scope": codes.ClosureScope.OFFICE, "place": CAM_LY}
READING = {"subject": PETITION, "purpose": codes.AccessPurpose.HANDLING}
CROWD = CountRange(30, 40)
REPLY_DUE = {"clock": "reply.citizen", "due": date(2025, 5, 19)}
DIRECTED = {"due": date(2025, 5, 12)}
RESTING = {"reminders": ("clock/reply.citizen/2025-05-19/0",)}

MOVED = {
    "former": CAM_LY, "from_office": CAM_LY, "to_office": LUC_NAM, "to_unit": "218-20250101",
    "interim": False, "candidates": (LUC_NAM,),
}  # fmt: skip

LINES = (
    {
        "sort": "limit", "id": "transfer.answer", "term": "Xác nhận đơn chuyển đến",
        "article": "Quy chế phối hợp", "from": "2014-07-01", "verified": True,
        "book": "Cấu hình riêng", "days": 3, "unit": "working_day", "start": "offered",
        "when": ["complaint"],
    },
    {
        "sort": "threshold", "id": "crowd", "term": "Đoàn đông người", "people": 5,
        "article": "Thông tư 06/2025/TT-TTCP", "from": "2014-07-01", "verified": True,
        "book": "Đoàn đông người",
    },
)  # fmt: skip

DEFAULTS: Mapping[type[OfficeEvent], Mapping[str, Any]] = {
    petition.PetitionReceived: {
        "number": "07519-25-0001",
        "kind": PetitionKind.COMPLAINT,
        "channel": codes.Channel.COUNTER,
        "field": codes.Field.LAND,
        "place": "07519-20250101",
        "petitioners": 1,
        "election": False,
        "accused_office": None,
        "texts": (TEXT,),
    },
    petition.PetitionClassified: {
        "kind": PetitionKind.COMPLAINT,
        "field": codes.Field.LAND,
        "competent_office": LUC_NAM,
        "repeat_of": None,
        "accused_office": None,
    },
    petition.CitizenGuided: {
        "guidance": codes.Guidance.COURT, "competent_office": None, "texts": (),
    },
    petition.PetitionTransferred: {
        "offer": 1,
        "to_office": LUC_NAM,
        "to_unit": "218-20250101",
        "ground": codes.TransferGround.OTHER_LEVEL,
        "papers": 3,
        "reply_due": date(2025, 5, 8),
        "texts": (),
    },
    petition.PetitionAccepted: {"offer": 1, "from_office": CAM_LY},
    petition.PetitionReturned: {
        "offer": 1,
        "from_office": CAM_LY,
        "ground": codes.ReturnGround.NOT_COMPETENT,
        "times_returned": 1,
        "texts": (),
    },
    petition.PetitionRecalled: {"offer": 1, "to_office": LUC_NAM},
    petition.CompetenceDisputed: {"offices": (CAM_LY, LUC_NAM), "superior": BAC_GIANG},
    petition.CompetenceDecided: {"to_office": LUC_NAM, "to_unit": "218-20250101", "texts": ()},
    petition.PetitionTakenUp: {"case_id": CASE},
    petition.PetitionConcluded: {
        "case_id": CASE,
        "reason": codes.ClosureReason.DECISION_CARRIED_OUT,
    },
    petition.PetitionRehomed: {**MOVED, "seats": (codes.Seat.IN_CHARGE,), "offer": None},
    case.CaseRehomed: {**MOVED, "seats": (codes.Seat.HANDLING,), "handler": None},
    gathering.GatheringRehomed: {**MOVED, "seats": (codes.Seat.MUST_COME,)},
    return_mission.ReturnMissionRehomed: {
        **MOVED, "seats": (codes.Seat.HOME, codes.Seat.LEADING),
    },
    case.CaseOpened: {
        "number": "VV-07519-25-0001", "petition_id": PETITION, "kind": PetitionKind.COMPLAINT,
        "field": codes.Field.LAND, "place": "07519-20250101", "accused_office": None,
    },
    case.AcceptanceNotified: {"noticed_on": DAY},
    case.PetitionLinked: {"petition_id": PETITION},
    case.HandlerAssigned: {"handler": "handler.07519"},
    case.CaseReportedUpward: {"to_office": LUC_NAM, "texts": ()},
    case.DirectionIssued: {"to_office": CAM_LY, "due": date(2025, 5, 12), "texts": ()},
    case.CaseEscalated: {
        "to_office": LUC_NAM,
        "rung": 1,
        "ground": codes.EscalationGround.COMPLEX,
        "texts": (),
    },
    case.CaseAcknowledged: {"from_office": CAM_LY},
    case.DecisionIssued: {
        "outcome": codes.DecisionOutcome.PARTLY_RIGHT,
        "decided_on": DAY,
        "texts": (),
    },
    case.CaseClosed: {
        "reason": codes.ClosureReason.DECISION_CARRIED_OUT,
        "notice": codes.Notice.WRITTEN,
        "noticed_on": DAY,
        "petitions": (PETITION,),
    },
    gathering.GatheringReported: {
        "place": "218-20250101",
        "site": Site.DISTRICT_OFFICE,
        "home": "07519-20250101",
        "count": CROWD,
        "issue": codes.Field.LAND,
        "must_receive": LUC_NAM,
        "must_come": (CAM_LY,),
        "case_id": None,
        "texts": (),
    },
    gathering.GatheringCountRevised: {"count": CROWD},
    gathering.GatheringAcknowledged: {},
    gathering.CrowdReceived: {
        "received_by": Role.LEADER,
        "in_person": True,
        "representatives": 5,
        "texts": (),
    },
    gathering.GatheringDispersed: {},
    return_mission.ReturnRequested: {
        "gathering_id": GATHERING, "site": Site.DISTRICT_OFFICE, "place": "218-20250101",
        "home": "07519-20250101", "home_office": CAM_LY, "people": 16,
    },
    return_mission.ReturnLeadNamed: {"lead": "lead.07519"},
    return_mission.ReturnOfficerDispatched: {"officers": 3, "vehicles": 1},
    return_mission.ReturnOffered: {"people": 16},
    return_mission.ReturnConsented: PEOPLE,
    return_mission.ReturnDeclined: {"people": 4},
    return_mission.ReturnDeparted: PEOPLE,
    return_mission.ReturnArrivedHome: {**PEOPLE, "needs_care": False},
    return_mission.ReturnHandedOver: {
        "receiving_officer": "clerk.07519",
        "receiving_office": CAM_LY,
    },
    return_mission.ReturnFollowUpScheduled: {"on": date(2025, 5, 12), "host_office": CAM_LY},
    return_mission.ReturnFollowUpHeld: {"held_on": date(2025, 5, 5)},
    return_mission.ReturnMissionClosed: {},
    directory.UnitEstablished: {
        "unit_id": "07519-20250101", "code": "07519", "name": "Xã Cẩm Lý", "level": "commune",
        "parent": "218-20250101", "valid_from": date(2025, 1, 1),
    },
    directory.OfficeEstablished: {
        "office_id": CAM_LY, "type": "peoples_committee", "name": "UBND xã Cẩm Lý",
        "of_unit": "07519-20250101", "superior": LUC_NAM, "fields": ("land",),
        "valid_from": date(2025, 1, 1),
    },
    **{kind: {"unit_id": "07519-20250101", **said, "basis": "1191/NQ-UBTVQH15"} for kind, said in (
        (directory.UnitRenamed, {"name": "Xã Cẩm Lý Mới", "valid_from": date(2025, 3, 1)}),
        (directory.UnitKindChanged, {"name": "Phường Cẩm Lý", "valid_from": date(2025, 3, 1)}),
        (directory.UnitParentChanged, {"parent": "217-20250101", "valid_from": date(2025, 3, 1)}),
        (directory.UnitAbolished, {"last_day": date(2025, 6, 30)}),
        (directory.UnitSucceeded, {"successor": "07519-20250701", **WHOLLY}),
        (directory.UnitPartMoved, {"to_unit": "07486-20250101", "valid_from": date(2025, 3, 1)}),
        (directory.UnitFactWithdrawn, {"withdrawn": 2}),
    )},
    **{kind: {"office_id": CAM_LY, **said, "basis": "1191/NQ-UBTVQH15"} for kind, said in (
        (directory.OfficeRenamed, {"name": "UBND phường Cẩm Lý", "valid_from": date(2025, 3, 1)}),
        (directory.OfficeSuperiorChanged, {"superior": BAC_GIANG, "valid_from": date(2025, 3, 1)}),
        (directory.OfficeFieldsChanged, {"fields": ("land",), "valid_from": date(2025, 3, 1)}),
        (directory.OfficeAbolished, {"last_day": date(2025, 6, 30)}),
        (directory.OfficeSucceeded, {"successor": "ubnd-07519-20250701", **WHOLLY}),
        (directory.OfficeFactWithdrawn, {"withdrawn": 2}),
    )},
    **{kind: {"office_id": CAM_LY, **said} for kind, said in (
        (directory.ReceptionPlaceOpened, {"place_id": "tru-so", "location": "Thôn Giáp Sơn",
            "valid_from": date(2025, 1, 1)}),
        (directory.ReceptionPlaceClosed, {"place_id": "tru-so", "last_day": date(2025, 6, 30)}),
        (directory.PostFilled, {"account": "clerk.07519", "post": codes.Role.CLERK,
            "valid_from": date(2025, 1, 1)}),
        (directory.PostLeft, {"account": "clerk.07519", "post": codes.Role.CLERK,
            "last_day": date(2025, 6, 30)}),
        (directory.StandInNamed, {"absent": "clerk.07519", "stand_in": "handler.07519",
            "post": codes.Role.CLERK, "valid_from": date(2025, 5, 5),
            "last_day": date(2025, 5, 9)}),
    )},
    **{kind: {"basis": "45/2019/QH14", **said} for kind, said in (
        (calendar.DayOffAnnounced, {"day": date(2025, 9, 1), "holiday": codes.Holiday.NATIONAL,
            "kind": codes.DayOffKind.HOLIDAY, "worked_on": None, "verified": True}),
        (calendar.DayOffWithdrawn, {"withdrawn": 1}),
        (calendar.YearAnnounced, {"year": 2025}),
        (calendar.OfficeClosed, {**PLACE, "units": (), "first_day": date(2025, 7, 21),
            "last_day": date(2025, 7, 22), "cause": codes.ClosureCause.STORM, "verified": True}),
        (calendar.ClosureWithdrawn, {**PLACE, "withdrawn": 1}),
        (calendar.WorkingHoursSet, {**PLACE, "valid_from": date(2025, 3, 1),
            "hours": ("07:30-11:30", "13:00-17:00")}),
    )},
    settlement.CaseMarkedComplex: {"grounds": (codes.ComplexGround.VERIFICATION_SITES,)},
    settlement.CaseUnmarkedComplex: {},
    settlement.CaseMarkedRemote: {"basis": "582/QĐ-TTG"},
    settlement.CaseUnmarkedRemote: {},
    settlement.CaseContestedNamed: {"contested": codes.Contested.DISCIPLINE},
    filing.CheckWidened: {"ground": codes.CheckGround.SEVERAL_PLACES},
    filing.FurtherDenounced: {"basis": "15/KL-UBND"},
    filing.FilingDated: {
        "contested": codes.Contested.ACT, "instance": codes.Instance.SECOND,
        "known_on": date(2025, 4, 7), "remote": False, "obstacle_from": None,
        "obstacle_until": None,
    },
    settlement.CaseInstanceNamed: {"instance": codes.Instance.SECOND},
    settlement.SettlementExtended: {
        "step": 1, "grounds": (codes.ComplexGround.VERIFICATION_SITES,),
        "decided_on": date(2025, 5, 5), "basis": "12/QĐ-UBND",
    },
    settlement.CaseSuspended: {
        "ground": codes.SuspensionGround.RELATED_RESULT, "decided_on": date(2025, 5, 5),
        "basis": "13/QĐ-UBND",
    },
    settlement.CaseContinued: {"decided_on": date(2025, 5, 5), "basis": "14/QĐ-UBND"},
    law.RulebookPublished: {"edition": 1, "digest": digest_of(LINES), "lines": LINES},
    **{kind: {"subject": PETITION, "to_office": CAM_LY, **said} for kind, said in (
        (reminder.DueSoonReminded, REPLY_DUE),
        (reminder.DueReminded, REPLY_DUE),
        (reminder.OverdueReminded, {**REPLY_DUE, "to_office": LUC_NAM, "rung": 1}),
        (reminder.OfferUnansweredReminded, {"offer": 1, "due": date(2025, 5, 8)}),
        (reminder.UntouchedReminded, {"due": date(2025, 6, 19), "rung": 0}),
        (reminder.LeaversWorkReminded, {"subject": CASE, "handler": "handler.07519",
            "last_day": date(2025, 6, 30)}),
        (reminder.CrowdNotReceivedReminded, {"subject": GATHERING, "rung": 0}),
        (reminder.ReportUnacknowledgedReminded, {"subject": CASE, "to_office": LUC_NAM,
            "report": 3, "due": date(2025, 5, 7)}),
        (reminder.DirectionDueReminded, {"subject": CASE, "direction": 3, **DIRECTED}),
        (reminder.DirectionUnansweredReminded, {"subject": CASE, "direction": 3, **DIRECTED,
            "rung": 0}),
        (reminder.FollowUpDueReminded, {"subject": MISSION, **DIRECTED}),
        (reminder.FollowUpNotHeldReminded, {"subject": MISSION, **DIRECTED, "rung": 0}),
        (reminder.ReminderPassedOn, {"to_office": LUC_NAM, "offices": (CAM_LY,), **RESTING}),
    )},
    reminder.ReminderSettled: {"subject": PETITION, "offices": (CAM_LY,), **RESTING},
    review.ReviewAsked: {**REPLY_DUE, "subject": PETITION, "number": "07519-25-0001",
        "met_on": date(2025, 5, 20), "was_due": date(2025, 5, 19), "due": date(2025, 5, 20)},
    review.ReviewNoted: {"subject": PETITION, "clock": "reply.citizen", "asked": 1,
        "outcome": codes.ReviewOutcome.STANDS},
    register.NumberIssued: {"book": "petition", "number": 1},
    access.TextOpened: {**READING, "entry": TEXT.entry, "field": TEXT.field},
    access.HistoryReplayed: {**READING, "at_position": 17},
}  # fmt: skip
"""What a fact of each type says when a test does not care."""
