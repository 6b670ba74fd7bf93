"""Which stream a thing has, and which lane its facts travel in (luồng sự kiện).

Petitions, cases, gatherings and missions have the random id their command brought. The
other streams are named by what they are about, so that anybody can compute their id.
Nothing here may ever change: ids and lanes of stored facts depend on it.
"""

from typing import Literal
from uuid import UUID, uuid5
from zlib import crc32

from domain.codes import ClosureScope
from domain.ports import PARTITIONS

NAMESPACE = UUID("5a3f0b52-6c1d-5e0e-9d7e-0f6b1a3c7d21")
ACCESS_PREFIX = "access."

Book = Literal["petition", "case"]


def unit_stream(unit_id: str) -> UUID:
    """The stream of one administrative unit (đơn vị hành chính)."""
    return uuid5(NAMESPACE, f"unit/{unit_id}")


def office_stream(office_id: str) -> UUID:
    """The stream of one office (cơ quan)."""
    return uuid5(NAMESPACE, f"office/{office_id}")


def calendar_stream(year: int) -> UUID:
    """The stream of what was announced about one year's working days (lịch làm việc)."""
    return uuid5(NAMESPACE, f"calendar/{year}")


def place_calendar_stream(scope: ClosureScope, place: str) -> UUID:
    """The stream of one office's or unit's own closures and working hours."""
    return uuid5(NAMESPACE, f"calendar/{scope}/{place}")


def rulebook_stream() -> UUID:
    """The one stream of every published edition of the rulebook (bộ quy tắc)."""
    return uuid5(NAMESPACE, "rulebook")


def register_stream(office_id: str, year: int, book: Book) -> UUID:
    """The stream of an office's numbered book of one year (sổ)."""
    return uuid5(NAMESPACE, f"register/{office_id}/{year}/{book}")


def access_stream(subject: UUID) -> UUID:
    """The stream that says who read about a petition, case or gathering (nhật ký truy cập)."""
    return uuid5(NAMESPACE, f"access/{subject}")


def reminder_stream(subject: UUID) -> UUID:
    """The stream of what was reminded of about a petition, case or gathering (nhắc việc)."""
    return uuid5(NAMESPACE, f"reminder/{subject}")


def review_stream(subject: UUID) -> UUID:
    """The stream of what was looked at again about a petition or case (xem lại kết quả)."""
    return uuid5(NAMESPACE, f"review/{subject}")


def lane_of(stream: UUID, topic: str) -> int:
    """The lane of a stream's facts: one partition of one topic, the same for ever.

    ``topic`` is an event's ``TOPIC``; facts about reading have lanes of their own.
    """
    partition = crc32(stream.bytes) % PARTITIONS
    return partition + PARTITIONS if topic.startswith(ACCESS_PREFIX) else partition
