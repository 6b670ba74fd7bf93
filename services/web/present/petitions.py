"""A petition in a list: two lines, where it is, what is next, until when (dòng hồ sơ)."""

from dataclasses import replace
from typing import Final

from domain.law.calendar import Calendar
from projections.answers import InboxItem, Incoming
from projections.next_acts import NextAct
from projections.petition_row import PetitionRow, PetitionState
from services.web.models import DueChip, InboxRow, StateTag, TransferRow
from services.web.models.marks import TagKind
from services.web.present.deadlines import SLUG, explained_at
from services.web.present.frame import Seat
from services.web.present.words import day_words, due_chip, label, reply_chip

STATES: Final[dict[str, tuple[TagKind, str]]] = {
    PetitionState.RECEIVED: ("plain", "Mới tiếp nhận"),
    PetitionState.CLASSIFIED: ("working", "Đang phân loại"),
    PetitionState.OFFERED: ("waiting", "Chờ nhận"),
    PetitionState.ACCEPTED: ("working", "Đã nhận"),
    PetitionState.RETURNED: ("returned", "Bị trả lại"),
    PetitionState.DISPUTED: ("returned", "Chờ quyết định thẩm quyền"),
    PetitionState.TAKEN_UP: ("working", "Đang giải quyết"),
    PetitionState.GUIDED: ("done", "Đã trả lời"),
    PetitionState.CONCLUDED: ("done", "Kết thúc"),
}
NEXT: Final = {
    NextAct.DECIDE_HOME: "Quyết định nơi kế thừa",
    NextAct.CLASSIFY: "Phân loại",
    NextAct.TRANSFER: "Chuyển đến cơ quan có thẩm quyền",
    NextAct.OPEN_CASE: "Thụ lý, hoặc hướng dẫn",
    NextAct.AWAIT_ACCEPTANCE: "Chờ nơi nhận trả lời",
    NextAct.SETTLE_RETURN: "Chuyển lại, hoặc thụ lý",
    NextAct.AWAIT_COMPETENCE: "Chờ cấp trên quyết định thẩm quyền",
    NextAct.ASSIGN_HANDLER: "Giao người thụ lý",
    NextAct.CARRY_OUT_DIRECTION: "Thực hiện chỉ đạo",
    NextAct.DECIDE: "Ra quyết định, trả lời",
    NextAct.CLOSE_CASE: "Kết thúc, thông báo",
    NextAct.NOTHING: "Không còn việc",
}


def state_of(row: PetitionRow) -> StateTag:
    """A petition's state in a word and a shape."""
    kind, words = STATES.get(row.state, ("plain", row.state))
    return StateTag(kind, words)


def href(row: PetitionRow) -> str:
    """The address of a petition's file: its id, never a name."""
    return f"/ho-so/{row.petition_id}"


def _reply_day(row: PetitionRow, seat: Seat) -> str:
    return "" if row.reply_due is None else day_words(row.reply_due, seat.today)


def inbox_row(item: InboxItem, seat: Seat, calendar: Calendar, *, where: bool) -> InboxRow:
    """A row; ``where`` says where it lies and how it stands instead of what is next."""
    row, names = item.petition, seat.names
    note = ""
    if item.next is NextAct.AWAIT_ACCEPTANCE:
        note = f"{names.office(row.offered_to)}, hạn {_reply_day(row, seat)}"
    elif item.case is not None and item.next is NextAct.CARRY_OUT_DIRECTION:
        note = f"Chỉ đạo của {names.office(item.case.directed_by)}"
    return InboxRow(
        id=str(row.petition_id),
        number=row.number,
        href=href(row),
        kind=label(row.kind),
        issue=label(row.field),
        place=names.unit(row.place),
        next_act=names.office(row.in_charge) if where else NEXT[item.next],
        next_note=note,
        due=explained_at(href(row), due_chip(item.due_on, seat.today, calendar)),
        state=state_of(row) if where else None,
    )


def offered_row(item: Incoming, seat: Seat, calendar: Calendar) -> InboxRow:
    """An offer in a list: where it waits and until when it is to be answered."""
    row, names = item.petition, seat.names
    return InboxRow(
        id=str(row.petition_id),
        number=row.number,
        href=href(row),
        kind=label(row.kind),
        issue=label(row.field),
        place=names.unit(row.place),
        next_act=names.office(item.offer.to_office),
        next_note=f"từ {names.office(item.offer.from_office)}",
        due=_answer_chip(item, seat, calendar),
        state=StateTag("waiting", "Chờ nhận"),
    )


def _answer_chip(item: Incoming, seat: Seat, calendar: Calendar) -> DueChip:
    chip = reply_chip(item.offer.reply_due, seat.today, calendar)
    return replace(chip, why=f"{href(item.petition)}/{SLUG}")


def transfer_row(item: Incoming, seat: Seat, calendar: Calendar) -> TransferRow:
    """An offer on the desk, with its two buttons."""
    row, here = item.petition, href(item.petition)
    return TransferRow(
        id=str(row.petition_id),
        number=row.number,
        href=here,
        issue=f"{label(row.kind)} · {label(row.field)}",
        sender=seat.names.office(item.offer.from_office),
        due=_answer_chip(item, seat, calendar),
        accept_href=f"{here}/nhan",
        return_href=f"{here}/tra-lai",
    )
