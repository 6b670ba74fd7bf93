"""Facts about reading (nhật ký truy cập), on their own topic ``tiepdan.access.v1``."""

from typing import ClassVar
from uuid import UUID

from domain.codes import AccessPurpose
from domain.events.base import OfficeEvent


class TextOpened(OfficeEvent):
    """An officer opened a protected text, for a purpose (xem nội dung được bảo vệ).

    Recorded before the text is decrypted: no fact, no text.

    Recorded by: the officer who reads. Rule: Law 91/2025; design.md 7.
    """

    TOPIC: ClassVar[str] = "access.text_opened"

    subject: UUID
    entry: UUID
    field: str
    purpose: AccessPurpose


class HistoryReplayed(OfficeEvent):
    """An officer replayed a history, for a purpose (tua lại hồ sơ).

    Recorded by: the auditor or officer who replays. Rule: design.md 7.
    """

    TOPIC: ClassVar[str] = "access.history_replayed"

    subject: UUID
    at_position: int
    purpose: AccessPurpose
