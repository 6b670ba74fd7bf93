"""What happened in the last hour, a line for each act (thay đổi trong giờ qua)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from domain.events import case, petition
from domain.events.base import OfficeEvent
from domain.events.rehoming import Rehomed
from domain.names import in_running_text, short_name
from domain.units import COMMITTEE, RECEPTION_BOARD
from projections.gatherings import GatheringRow
from projections.return_missions import MissionRow
from services.web.models import ChangeLine
from services.web.present.facts import items, words_of
from services.web.present.frame import Seat
from services.web.present.places import place_words
from services.web.present.words import local


@dataclass(frozen=True, slots=True)
class Change:
    """An act of the last hour with what its line needs beside it.

    ``thing`` is the crowd or mission it is about, ``offered_at`` when the offer it answers was
    made, ``href`` its file, "" where this reader has no business there.
    """

    fact: OfficeEvent
    thing: GatheringRow | MissionRow | None = None
    offered_at: datetime | None = None
    href: str = ""


ALONG: Final = (petition.PetitionConcluded, petition.PetitionTakenUp)
"""Recorded together with a fact of the case, which tells it all."""


def acts_of(facts: Sequence[OfficeEvent]) -> list[OfficeEvent]:
    """Without the facts that another fact of the same act tells better."""
    disputed = {
        (fact.originator_id, fact.originator_version - 1)
        for fact in facts
        if isinstance(fact, petition.CompetenceDisputed)
    }
    return [
        fact
        for fact in facts
        if not isinstance(fact, ALONG)
        and (fact.originator_id, fact.originator_version) not in disputed
    ]


def change_lines(
    changes: Sequence[Change], seat: Seat, *, links: bool = True
) -> tuple[ChangeLine, ...]:
    """A line for each change: who, what with its numbers, where it can be read."""
    return tuple(
        ChangeLine(
            id=f"{each.fact.originator_id}-{each.fact.originator_version}",
            at=local(each.fact.timestamp),
            lead=_lead(each.fact, seat),
            words=_words(each, seat),
            href=each.href if links else "",
        )
        for each in changes
    )


def _lead(fact: OfficeEvent, seat: Seat) -> str:
    """The office, and where something goes from one to another both of them."""
    if isinstance(fact, Rehomed):
        return f"{_short(fact.from_office, seat)} → {_short(fact.to_office, seat)}"
    office = _short(fact.office, seat)
    if isinstance(fact, petition.PetitionAccepted):
        return f"{_short(fact.from_office, seat)} → {office}"
    if isinstance(fact, petition.PetitionReturned):
        return f"{office} → {_short(fact.from_office, seat)}"
    if isinstance(fact, ONWARD):
        return f"{office} → {_short(fact.to_office, seat)}"
    return office


def _short(office_id: str, seat: Seat) -> str:
    """A committee by its unit, ``Xã Lục Sơn``; a reception board as ``Ban TCD huyện Lục Nam``."""
    office = seat.directory.find_office(office_id, seat.today)
    unit = seat.names.unit(office.unit) if office else ""
    if office is not None and office.type == COMMITTEE:
        return unit
    if office is not None and office.type == RECEPTION_BOARD:
        return f"Ban TCD {in_running_text(unit)}"
    return seat.names.office(office_id)


ONWARD: Final = (
    petition.PetitionTransferred, case.CaseReportedUpward, case.DirectionIssued,
    case.CaseEscalated,
)  # fmt: skip


def _words(change: Change, seat: Seat) -> str:
    fact = change.fact
    template = WORDS.get(fact.TOPIC)
    return template.format_map(_said(change, seat)) if template else words_of(fact.TOPIC).lower()


def _said(change: Change, seat: Seat) -> Mapping[str, str]:
    """What the words may name: the fact's own items, where it is, how long it took."""
    fact, names = change.fact, seat.names
    said = {name: words for name, _, words in items(fact, names)}
    said |= {name: in_running_text(said[name]) for name in CODED & said.keys()}
    several = len(getattr(fact, "petitions", ()))
    return said | {
        "at": _at(change, seat),
        "home": _home(change, seat),
        "after": _after(change),
        "who": "người đứng đầu trực tiếp " if getattr(fact, "in_person", False) else "",
        "several": f", {several} đơn" if several > 1 else "",
        "host": names.office(getattr(fact, "host_office", None)),
    }


def _at(change: Change, seat: Seat) -> str:
    """``tại trụ sở UBND huyện Lục Nam``, without the name that already leads the line."""
    if not isinstance(change.thing, GatheringRow):
        return ""
    words = in_running_text(place_words(change.thing, seat))
    office = seat.directory.find_office(change.fact.office, seat.today)
    own = short_name(seat.names.unit(office.unit)) if office else ""
    return f" tại {words.removesuffix(f' {own}')}"


def _home(change: Change, seat: Seat) -> str:
    """``xã Lục Sơn``: where the people of a mission are from."""
    if not isinstance(change.thing, MissionRow):
        return "địa phương"
    return in_running_text(seat.names.unit(change.thing.home))


def _after(change: Change) -> str:
    """How long an offer waited, in days of the calendar."""
    if change.offered_at is None:
        return ""
    days = (local(change.fact.timestamp).date() - local(change.offered_at).date()).days
    return f" sau {days} ngày" if days else " trong ngày"


CODED: Final = frozenset({"kind", "field", "guidance", "ground", "outcome", "reason"})
"""Terms of a closed list, which stand in lower case inside a sentence."""

WORDS: Final[Mapping[str, str]] = {
    "petition.received": "tiếp nhận {kind}, {field}",
    "petition.classified": "phân loại đơn: {kind}, {field}",
    "petition.citizen_guided": "hướng dẫn công dân: {guidance}",
    "petition.transferred": "chuyển đơn, hạn nhận {reply_due}",
    "petition.accepted": "đơn đã được nhận{after}",
    "petition.returned": "trả lại đơn lần {times_returned}: {ground}",
    "petition.recalled": "thu hồi đơn đã chuyển {to_office}",
    "petition.competence_disputed": "đơn bị trả lại lần 2, chờ {superior} quyết định thẩm quyền",
    "petition.competence_decided": "quyết định {to_office} có thẩm quyền",
    "petition.check_widened": "kiểm tra điều kiện thụ lý ở nhiều nơi: {ground}",
    "petition.further_denounced": "ghi nhận tố cáo tiếp",
    "petition.filing_dated": "ghi căn cứ tính thời hiệu khiếu nại",
    "case.opened": "thụ lý {kind}, {field}",
    "case.acceptance_notified": "thông báo thụ lý ngày {noticed_on}",
    "case.petition_linked": "nhập thêm đơn vào vụ việc",
    "case.handler_assigned": "giao người thụ lý vụ việc",
    "case.reported_upward": "báo cáo vụ việc",
    "case.direction_issued": "chỉ đạo, báo cáo trước hết ngày {due}",
    "case.escalated": "chuyển vụ việc lên cấp trên: {ground}",
    "case.acknowledged": "đã biết báo cáo của {from_office}",
    "case.decision_issued": "ra quyết định: {outcome}",
    "case.marked_complex": "ghi nhận vụ việc phức tạp",
    "case.unmarked_complex": "thôi ghi nhận vụ việc phức tạp",
    "case.marked_remote": "ghi nhận vụ việc ở vùng sâu, vùng xa",
    "case.unmarked_remote": "đính chính: vụ việc không ở vùng sâu, vùng xa",
    "case.instance_named": "xác định lần giải quyết vụ việc",
    "case.contested_named": "xác định đối tượng khiếu nại",
    "case.settlement_extended": "gia hạn giải quyết vụ việc lần {step}",
    "case.suspended": "tạm đình chỉ giải quyết: {ground}",
    "case.continued": "tiếp tục giải quyết vụ việc",
    "case.closed": "kết thúc vụ việc{several}: {reason}",
    "petition.rehomed": "đơn của {former} về {to_office}",
    "case.rehomed": "vụ việc của {former} về {to_office}",
    "gathering.rehomed": "việc về đoàn của {former} sang {to_office}",
    "return_mission.rehomed": "việc hỗ trợ về của {former} sang {to_office}",
    "gathering.reported": "đoàn mới{at}, {count}",
    "gathering.count_revised": "đếm lại đoàn{at}: {count}",
    "gathering.acknowledged": "đã biết về đoàn{at}",
    "gathering.crowd_received": "{who}tiếp đoàn{at}, {representatives} người đại diện",
    "gathering.dispersed": "đoàn{at} đã về",
    "return_mission.requested": "đề nghị {home_office} hỗ trợ {people} người về",
    "return_mission.lead_named": "cử người phụ trách hỗ trợ về {home}",
    "return_mission.officer_dispatched": "cử {officers} cán bộ, {vehicles} xe hỗ trợ về {home}",
    "return_mission.offered": "đề nghị và giải thích với {people} người",
    "return_mission.consented": "{people} người đồng ý về {home}",
    "return_mission.declined": "{people} người ở lại theo ý muốn",
    "return_mission.departed": "{people} người lên xe về {home}",
    "return_mission.arrived_home": "{people} người về đến {home}",
    "return_mission.handed_over": "nhận bàn giao người về {home}",
    "return_mission.follow_up_scheduled": "hẹn tiếp ngày {on} tại {host}",
    "return_mission.follow_up_held": "đã tiếp người về {home}",
    "return_mission.closed": "kết thúc đợt hỗ trợ về {home}",
}
"""What each act says, with the items of the fact and those of ``_said``."""
