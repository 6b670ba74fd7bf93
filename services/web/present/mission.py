"""One mission of help home (hỗ trợ công dân về): an offer, its answers, its steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from domain.commands.return_mission import RecordDecline
from domain.events.base import OfficeEvent
from domain.names import in_running_text
from projections.answers import Freshness
from projections.resting import of_mission
from projections.return_missions import MissionRow, MissionStage
from services import access
from services.web.models import Fragment, Link, StateTag
from services.web.models.crowds import Duty, MissionPage, MissionStep, Share, StepState
from services.web.models.dossier import Acts
from services.web.present.asking import ActKind
from services.web.present.crowd_acts import FREE, MISSION_ACTS
from services.web.present.frame import Seat, age_of, shell
from services.web.present.home_waits import home_waits
from services.web.present.reminders import reminder_line
from services.web.present.words import label, local, moment_words

STAGES: Final[dict[str, str]] = {
    MissionStage.REQUESTED: "Mới đề nghị",
    MissionStage.LEAD_NAMED: "Đã cử phụ trách",
    MissionStage.DISPATCHED: "Đã cử cán bộ, xe",
    MissionStage.OFFERED: "Đã đề nghị, chờ trả lời",
    MissionStage.ANSWERED: "Đã có trả lời",
    MissionStage.DEPARTED: "Đang trên đường về",
    MissionStage.ARRIVED: "Đã về đến nơi",
    MissionStage.HANDED_OVER: "Đã bàn giao",
    MissionStage.FOLLOW_UP: "Đã hẹn ngày tiếp",
    MissionStage.CLOSED: "Kết thúc",
}
HELD_TOPIC: Final = "return_mission.follow_up_held"
STEPS: Final = (
    ("return_mission.requested", "Đề nghị hỗ trợ", ""),
    ("return_mission.lead_named", "Cử người phụ trách", "phu-trach"),
    ("return_mission.officer_dispatched", "Cử cán bộ, bố trí xe", "cu-can-bo"),
    ("return_mission.offered", "Đề nghị và giải thích", "de-nghi"),
    ("return_mission.consented", "Đồng ý về", "dong-y"),
    ("return_mission.declined", "Ở lại theo ý muốn", "o-lai"),
    ("return_mission.departed", "Khởi hành", "khoi-hanh"),
    ("return_mission.arrived_home", "Về đến nơi", "ve-den"),
    ("return_mission.handed_over", "Bàn giao tại địa phương", "ban-giao"),
    ("return_mission.follow_up_scheduled", "Hẹn tiếp tại địa phương", "hen-tiep"),
    ("return_mission.closed", "Kết thúc", "ket-thuc"),
    (HELD_TOPIC, "Đã tiếp tại địa phương", "da-tiep"),
)
"""Every step, the fact that records it, and the act that does it."""


@dataclass(frozen=True, slots=True)
class MissionFacts:
    """What is known of a mission: the view's row and the store's facts."""

    row: MissionRow
    facts: Sequence[OfficeEvent]
    freshness: Freshness
    may_replay: bool = False
    reminders: Sequence[OfficeEvent] = ()


def mission_state(row: MissionRow) -> StateTag:
    """How far a mission is."""
    closed = row.stage == MissionStage.CLOSED
    return StateTag("done" if closed else "working", STAGES.get(row.stage, row.stage))


def mission_page(known: MissionFacts, seat: Seat) -> MissionPage:
    """The mission as it stands now."""
    row, here, names = known.row, f"/ho-tro-ve/{known.row.mission_id}", seat.names
    steps = _steps(known, seat, here)
    return MissionPage(
        shell=shell(
            seat, "Hỗ trợ công dân về", here="/ho-tro-ve", age=age_of(known.freshness, seat.now),
            stream=f"/truc-tiep?ho-so={row.mission_id}",
        ),
        crumbs=(Link("Hỗ trợ về", "/ho-tro-ve"),),
        title=f"Hỗ trợ công dân về {in_running_text(names.unit(row.home))}",
        state=mission_state(row),
        facts=(f"{label(row.site)}, {in_running_text(names.unit(row.place))}",
               f"{row.people} người",
               f"đề nghị {moment_words(row.requested_at, seat.today)}"),
        people=row.people,
        shares=_shares(row),
        promise=FREE,
        steps=steps,
        acts=_acts(known, steps),
        missing=(*_undecided(row, seat, here), *_missing(row, steps)),
        offices=_offices(row, seat),
        related=(Link("Đoàn đông người", f"/su-viec/{row.gathering_id}"),),
        reminders=tuple(reminder_line(fact, names) for fact in reversed(known.reminders)),
        homes=home_waits(of_mission(row), row, seat),
        live=Fragment(f"{here}/phan/dot", "file"),
    )  # fmt: skip


def _shares(row: MissionRow) -> tuple[Share, ...]:
    left = max(0, row.people - row.consented - row.declined)
    return (
        Share(row.consented, "đồng ý về"),
        Share(row.declined, "ở lại theo ý muốn", "không bị ghi nhận xét nào"),
        Share(left, "chưa trả lời"),
    )


def _leads(row: MissionRow, seat: Seat) -> bool:
    """Whether this office may act: the one that leads, the home office, or one above it."""
    office = seat.officer.office
    if row.lead_office is not None:
        return office == row.lead_office
    above = {up.office_id for up in seat.directory.superiors_of(row.home_office, seat.today)}
    return office == row.home_office or office in above


def _holds(row: MissionRow, seat: Seat) -> bool:
    """Whether this office is to receive the people at home, also after the mission's end."""
    due = row.follow_up_on is not None and row.follow_up_held_on is None
    return due and row.follow_up_office == seat.officer.office


def _steps(known: MissionFacts, seat: Seat, here: str) -> tuple[MissionStep, ...]:
    when: dict[str, datetime] = {fact.TOPIC: local(fact.occurred_at) for fact in known.facts}
    if known.row.follow_up_held_on is None:  # another day was set since
        when.pop(HELD_TOPIC, None)
    kinds: dict[str, ActKind] = {kind.slug: kind for kind in MISSION_ACTS}
    first = next((topic for topic, _, _ in STEPS if topic not in when), "")
    open_ = known.row.closed_at is None and _leads(known.row, seat)
    found = []
    for topic, words, slug in STEPS:
        kind = kinds.get(slug)
        here_now = _holds(known.row, seat) if topic == HELD_TOPIC else open_
        may = here_now and kind is not None and access.may(kind.command, seat.officer.role)
        may = may and not (slug == "ket-thuc" and _lacks(known.row))
        act = Link(words, f"{here}/{slug}") if may and topic not in when else None
        state: StepState = "done" if topic in when else "now" if topic == first else "next"
        found.append(
            MissionStep(f"step-{slug or 'de-nghi-ve'}", words, _said(topic, known.row), state,
                        when.get(topic), act)
        )  # fmt: skip
    return tuple(found)


def _said(topic: str, row: MissionRow) -> str:
    said = {
        "return_mission.officer_dispatched": f"{row.officers} cán bộ, {row.vehicles} xe"
        if row.officers or row.vehicles else "",
        "return_mission.offered": f"{row.offered} người" if row.offered else "",
        "return_mission.consented": f"{row.consented} người" if row.consented else "",
        "return_mission.declined": f"{row.declined} người" if row.declined else "",
        "return_mission.departed": f"{row.departed} người" if row.departed else "",
        "return_mission.arrived_home": f"{row.arrived} người" if row.arrived else "",
        "return_mission.follow_up_scheduled": f"{row.follow_up_on:%d/%m/%Y}"
        if row.follow_up_on else "",
        HELD_TOPIC: f"{row.follow_up_held_on:%d/%m/%Y}" if row.follow_up_held_on else "",
    }  # fmt: skip
    return said.get(topic, "")


def _acts(known: MissionFacts, steps: Sequence[MissionStep]) -> Acts:
    links = [step.act for step in steps if step.act is not None]
    replay = [Link("Tua lại", f"/kiem-tra/{known.row.mission_id}")] if known.may_replay else []
    words = "Chỉ ghi số người, không ghi tên." if links else "Cơ quan bạn theo dõi đợt này."
    return Acts(words, links[0] if links else None, tuple(replay))


def _lacks(row: MissionRow) -> bool:
    """Whether somebody willing has not arrived, or nobody at home takes over or receives."""
    received = row.receiving_officer is not None and row.follow_up_on is not None
    on_the_way = row.arrived < row.departed or row.departed < row.consented
    return on_the_way or (row.consented > 0 and not received)


def _undecided(row: MissionRow, seat: Seat, here: str) -> tuple[Link, ...]:
    """Who accepted and has not left: they leave, or stay after all, before it ends."""
    waiting = row.consented - row.departed
    if waiting <= 0 or row.closed_at is not None:
        return ()
    may = _leads(row, seat) and access.may(RecordDecline, seat.officer.role)
    return (Link(f"{waiting} người đồng ý về chưa khởi hành", f"{here}/o-lai" if may else ""),)


def _missing(row: MissionRow, steps: Sequence[MissionStep]) -> tuple[Link, ...]:
    """What still stands in the way of closing."""
    if row.closed_at is not None:
        return ()
    hrefs = {step.id: step.act.href for step in steps if step.act is not None}
    found = []
    if row.receiving_officer is None:
        found.append(Link("Người nhận bàn giao", hrefs.get("step-ban-giao", "")))
    if row.follow_up_on is None:
        found.append(Link("Ngày hẹn tiếp", hrefs.get("step-hen-tiep", "")))
    return tuple(found)


def _offices(row: MissionRow, seat: Seat) -> tuple[Duty, ...]:
    names = seat.names
    lead = names.office(row.lead_office) or "Chưa có"
    return (
        Duty("Đề nghị", names.office(row.office)),
        Duty("Địa phương", names.office(row.home_office)),
        Duty("Phụ trách", lead, None if row.lead_office else StateTag("waiting", "Chưa cử")),
    )
