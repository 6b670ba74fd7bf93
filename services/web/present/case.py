"""The file of a case (hồ sơ vụ việc): who handles it, what superiors know, how it ended."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.codes import PetitionKind
from domain.events.base import OfficeEvent
from domain.events.case import AcceptanceNotified, DirectionIssued
from domain.law.law import Law
from projections.access_log import AccessRow
from projections.answers import Freshness
from projections.case_row import CaseRow, CaseState
from projections.petition_row import PetitionRow
from projections.resting import of_case
from projections.settlements import timeline_of
from services import access
from services.web.models import Custody, EmptyState, Fragment, Holder, Link, StateTag
from services.web.models.dossier import (
    Acts,
    CaseFile,
    Direction,
    LinkedRow,
    Outcome,
    ProtectedText,
    Rung,
    Tab,
)
from services.web.present.asking import ActKind
from services.web.present.case_acts import (
    ASSIGN,
    CLOSE,
    DECISION,
    DIRECT,
    ESCALATE,
    KNOW,
    LINK,
    NOTIFY,
    REPORT,
)
from services.web.present.deadlines import all_clocks, clocks_of
from services.web.present.frame import Seat, age_of, shell
from services.web.present.home_waits import home_waits
from services.web.present.petitions import state_of
from services.web.present.settlement_acts import CONTINUE
from services.web.present.settling import possible
from services.web.present.texts import TextRights, one, texts
from services.web.present.timeline import timeline
from services.web.present.words import due_chip, label, local


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What is known of a case: the view's row, its petitions, the store's facts, who read."""

    row: CaseRow
    petitions: Sequence[PetitionRow]
    facts: Sequence[OfficeEvent]
    reads: Sequence[AccessRow]
    freshness: Freshness
    law: Law
    rights: TextRights
    may_replay: bool = False
    reminders: Sequence[OfficeEvent] = ()


def case_file(known: CaseFacts, seat: Seat, tab: str = "", shown: str = "") -> CaseFile:
    """The file with one of its tabs open."""
    row, here = known.row, f"/vu-viec/{known.row.case_id}"
    opened = known.rights.opened is not None
    all_texts = texts(row.case_id, known.facts, known.rights)
    links = tuple(_petition(each, seat) for each in known.petitions)
    handles = row.office == seat.officer.office and row.state != CaseState.CLOSED
    return CaseFile(
        shell=shell(
            seat, row.number, here="/hop-viec", age=age_of(known.freshness, seat.now),
            stream=f"/truc-tiep?ho-so={row.case_id}",
        ),
        crumbs=(Link("Hộp việc", "/hop-viec"),),
        number=row.number,
        title=_sentence(row, seat),
        state=_state(row),
        facts=(f"{label(row.kind)} · {label(row.field)}", seat.names.unit(row.place),
               f"Thụ lý {row.opened_on:%d/%m/%Y}"),
        custody=Custody(Holder(seat.names.office(row.office), f"từ {row.opened_on:%d/%m/%Y}")),
        acts=_acts(row, known, seat),
        tabs=(
            Tab("Diễn biến", here, len(known.facts), tab == "" and not opened),
            Tab("Nội dung", f"{here}?tab=noi-dung", len(all_texts), tab == "noi-dung" or opened),
            Tab("Đơn", f"{here}?tab=lien-ket", len(links), tab == "lien-ket"),
        ),
        deadlines=clocks_of(row.case_id, known.facts, known.law, seat),
        all_deadlines=all_clocks(here),
        deadline_acts=_deadline_acts(known, seat) if handles else (),
        timeline=timeline(
            known.facts, known.reads, seat.names, here, shown, reminders=known.reminders
        )
        if not tab and not opened else None,
        texts=all_texts if tab == "noi-dung" or opened else None,
        linked=links if tab == "lien-ket" else None,
        no_linked=EmptyState("Chưa có đơn nào."),
        link_act=Link(LINK.title, f"{here}/{LINK.slug}")
        if handles and access.may(LINK.command, seat.officer.role) else None,
        live=None if opened else Fragment(f"{here}/phan/ho-so?tab={tab}&loc={shown}", "file"),
        handler=row.handler or "Chưa giao",
        handler_note="" if row.handler else "Chưa ai được giao thụ lý.",
        ladder=_ladder(row, seat),
        ladder_note="Báo cáo chuyển thông tin ngay, không chuyển trách nhiệm.",
        directions=_directions(known, seat),
        no_directions=EmptyState("Chưa có chỉ đạo nào."),
        outcomes=_outcomes(row),
        homes=home_waits(of_case(row), row, seat),
    )  # fmt: skip


def _sentence(row: CaseRow, seat: Seat) -> str:
    office = seat.names.office(row.office)
    if row.state == CaseState.CLOSED:
        return f"Đã kết thúc, {label(row.closed_for).lower()}"
    if row.state == CaseState.DECIDED:
        return f"{office} đã quyết định, chờ kết thúc"
    return f"{office} đang giải quyết"


def _state(row: CaseRow) -> StateTag:
    match row.state:
        case CaseState.CLOSED:
            return StateTag("done", "Kết thúc")
        case CaseState.DECIDED:
            return StateTag("done", "Đã trả lời")
    return StateTag("working", "Đang giải quyết")


def _possible(row: CaseRow, seat: Seat) -> tuple[str, tuple[ActKind, ...]]:
    office = seat.officer.office
    if row.state == CaseState.CLOSED:
        return "Vụ việc đã kết thúc.", ()
    if row.office != office:
        above = office in {up.office_id for up in seat.directory.superiors_of(
            row.office, seat.today)}  # fmt: skip
        if not above:
            return "Cơ quan khác đang giải quyết; bạn theo dõi.", ()
        known = (KNOW,) if office in row.unconfirmed else ()
        return "Cơ quan bạn là cấp trên; nơi giải quyết vẫn chịu trách nhiệm.", (*known, DIRECT)
    if row.state == CaseState.DECIDED:
        return "Đã quyết định; báo người dân rồi kết thúc.", (CLOSE, REPORT)
    if timeline_of(row).rests:
        return resting_words(row), (CONTINUE, ASSIGN, REPORT, LINK, CLOSE)
    first = (ASSIGN, DECISION) if row.handler is None else (DECISION, ASSIGN)
    return "Cơ quan bạn đang chịu trách nhiệm.", (*first, REPORT, ESCALATE, LINK, CLOSE)


def resting_words(row: CaseRow) -> str:
    """That it is suspended; no limit that had ended by then is stopped by it."""
    clock = "thời hạn không chạy" if row.settle_due is None else "đã hết thời hạn từ trước"
    return f"Đang tạm đình chỉ; {clock}."


def _acts(row: CaseRow, known: CaseFacts, seat: Seat) -> Acts:
    words, kinds = _possible(row, seat)
    untold = not any(isinstance(fact, AcceptanceNotified) for fact in known.facts)
    if ESCALATE in kinds and untold and row.kind == PetitionKind.DENUNCIATION:
        kinds = (*kinds[:2], NOTIFY, *kinds[2:])
    links = [
        Link(kind.title, f"/vu-viec/{row.case_id}/{kind.slug}")
        for kind in kinds
        if access.may(kind.command, seat.officer.role)
    ]
    replay = [Link("Tua lại hồ sơ", f"/kiem-tra/{row.case_id}")] if known.may_replay else []
    return Acts(words, links[0] if links else None, (*links[1:], *replay))


def _deadline_acts(known: CaseFacts, seat: Seat) -> tuple[Link, ...]:
    """What the office that settles may do about its time."""
    kinds = possible(timeline_of(known.row), known.law, seat.today)
    return tuple(
        Link(kind.title, f"/vu-viec/{known.row.case_id}/{kind.slug}")
        for kind in kinds
        if access.may(kind.command, seat.officer.role)
    )


def _petition(row: PetitionRow, seat: Seat) -> LinkedRow:
    words = f"{label(row.kind)} · {seat.names.unit(row.place)}"
    return LinkedRow(row.number, f"/ho-so/{row.petition_id}", words, state_of(row))


def _ladder(row: CaseRow, seat: Seat) -> tuple[Rung, ...]:
    """The offices above, highest first, and the one that answers last."""
    rungs = [Rung(seat.names.office(row.office), "đang chịu trách nhiệm", here=True)]
    for superior in seat.directory.superiors_of(row.office, seat.today):
        words, state = "chưa được báo cáo", None
        if superior.office_id in row.unconfirmed:
            words, state = "đã được báo cáo", StateTag("waiting", "Chưa xác nhận")
        elif superior.office_id in row.told:
            words, state = "đã được báo cáo", StateTag("done", "Đã biết")
        rungs.append(Rung(superior.name, words, state))
    return tuple(reversed(rungs))


def _directions(known: CaseFacts, seat: Seat) -> tuple[Direction, ...]:
    """Every direction, newest first; what it says is a protected text."""
    found = []
    for fact in known.facts:
        if isinstance(fact, DirectionIssued):
            words = ProtectedText("Nội dung chỉ đạo", closed="Không ghi nội dung.")
            for ref in fact.texts:
                words = one(known.row.case_id, ref, known.rights, "Nội dung chỉ đạo")
            due = due_chip(fact.due, seat.today, known.law.almanac.calendar)
            runs = due if known.row.state == CaseState.OPEN else None
            office, at = seat.names.office(fact.office), local(fact.occurred_at)
            found.append(Direction(office, at, runs, words))
    return tuple(reversed(found))


def _outcomes(row: CaseRow) -> tuple[Outcome, ...]:
    found = []
    if row.decided_on is not None:
        lines = (("Kết quả", label(row.decision)), ("Ngày", f"{row.decided_on:%d/%m/%Y}"))
        found.append(Outcome("Quyết định", lines))
    if row.closed_on is not None:
        lines = (("Lý do", label(row.closed_for)), ("Ngày", f"{row.closed_on:%d/%m/%Y}"))
        found.append(Outcome("Kết thúc", lines))
    return tuple(found)
