"""The protected texts of a file: what there is, and how it is opened (nội dung được bảo vệ)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from domain.commands.petition import IDENTITY_FIELDS
from domain.events.base import OfficeEvent
from domain.values import TextRef
from services.web.models import Link
from services.web.models.dossier import Identity, ProtectedText
from services.web.present.facts import words_of
from services.web.present.words import local

LABELS: Final[Mapping[str, str]] = {
    "name": "Họ và tên",
    "address": "Địa chỉ",
    "id_number": "Số định danh",
    "phone": "Điện thoại",
    "summary": "Tóm tắt",
    "place_detail": "Chỗ cụ thể",
    "note": "Ghi chú",
    "proposal": "Đề xuất",
    "instruction": "Nội dung chỉ đạo",
    "issue": "Nội dung",
    "result": "Kết quả",
}
ID_NUMBER: Final = "texts.id_number"
SHOWN_DIGITS: Final = 3
NOT_YOURS: Final = "Cơ quan hoặc vai của bạn không mở được nội dung này."
SEALED: Final = "Danh tính người tố cáo được niêm phong, chỉ mở theo thủ tục riêng, có hai người."


def masked(number: str) -> str:
    """An identity number as pages show it: ``•••••••••345``; one too short to mask, not at all."""
    kept = number[-SHOWN_DIGITS:] if len(number) > 2 * SHOWN_DIGITS else ""
    return "•" * (len(number) - len(kept)) + kept


@dataclass(frozen=True, slots=True)
class OpenedText:
    """A text just opened by this reader, shown once."""

    entry: UUID
    text: str
    at: datetime
    purpose: str


@dataclass(frozen=True, slots=True)
class TextRights:
    """Which texts this reader may open, and which one was just opened."""

    may_open: Callable[[TextRef], bool]
    opened: OpenedText | None = None


def texts(
    subject: UUID, facts: Sequence[OfficeEvent], rights: TextRights
) -> tuple[ProtectedText, ...]:
    """Every text that a fact names, in the order of the facts."""
    return tuple(
        one(subject, ref, rights, f"{label_of(ref.field)} · {words_of(fact.TOPIC).lower()}")
        for fact in facts
        for ref in getattr(fact, "texts", ())
    )


def one(subject: UUID, ref: TextRef, rights: TextRights, label: str) -> ProtectedText:
    """One text: the words once opened, else the way to open it, else why not."""
    opened = rights.opened
    if opened is not None and opened.entry == ref.entry:
        said = f"Mở lúc {local(opened.at):%H:%M}, mục đích: {opened.purpose.lower()}."
        return ProtectedText(label, text=opened.text, opened=said)
    if rights.may_open(ref):
        return ProtectedText(label, open=Link("Nêu mục đích và mở", text_href(subject, ref.entry)))
    return ProtectedText(label, closed=NOT_YOURS)


def text_href(subject: UUID, entry: UUID) -> str:
    """Where a text is opened."""
    return f"/noi-dung/{subject}/{entry}"


def label_of(field: str) -> str:
    """The name of a text."""
    return LABELS.get(field, field)


def identity(subject: UUID, facts: Sequence[OfficeEvent], rights: TextRights, *, sealed: bool
             ) -> Identity | None:  # fmt: skip
    """Who came, masked; None where nothing was written down."""
    refs = [
        ref for fact in facts for ref in getattr(fact, "texts", ()) if ref.field in IDENTITY_FIELDS
    ]
    if not refs:
        return None
    if sealed:
        return Identity("Người tố cáo", "Danh tính được niêm phong", SEALED, sealed=True)
    kept = ", ".join(label_of(ref.field).lower() for ref in refs)
    way = next((Link("Mở danh tính", text_href(subject, r.entry)) for r in refs
                if rights.may_open(r)), None)  # fmt: skip
    note = "Mỗi lần mở phải nêu mục đích và được ghi vào hồ sơ." if way else NOT_YOURS
    return Identity("Người gửi đơn", f"Kho được bảo vệ giữ: {kept}", note, way)
