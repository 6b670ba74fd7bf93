"""Facts of what the scheduler reminded of (nhắc việc): one stream for each file.

Recorded by the system, never by a person. ``office`` is the one answerable, ``to_office`` the
one whose head is told; ``occurred_at`` is when the reminder fell, ``causation`` the fact that
gave reason. A reminder changes nothing in its file and stops no clock.
"""

from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.events.base import OfficeEvent


class Reminder(OfficeEvent):
    """What all reminders say. ``ONCE_FOR`` are the fields that tell two of one type apart."""

    ONCE_FOR: ClassVar[tuple[str, ...]]

    subject: UUID
    to_office: str


class DueSoonReminded(Reminder):
    """A clock of the file ends in a few days (sắp đến hạn).

    Told: the office answerable. Rule: docs/decisions/reminders.md.
    """

    TOPIC: ClassVar[str] = "reminder.due_soon"
    ONCE_FOR: ClassVar[tuple[str, ...]] = ("clock", "due")

    clock: str
    due: date


class DueReminded(Reminder):
    """A clock of the file ends today (đến hạn). The day itself is still in time.

    Told: the office answerable.
    """

    TOPIC: ClassVar[str] = "reminder.due"
    ONCE_FOR: ClassVar[tuple[str, ...]] = ("clock", "due")

    clock: str
    due: date


class OverdueReminded(Reminder):
    """A clock of the file has passed (quá hạn). Responsibility stays where it is.

    ``rung`` counts the superiors up from the office answerable, which is 0.

    Told: the head of ``to_office``. Rule: requirements.md D 19 and the ladder.
    """

    TOPIC: ClassVar[str] = "reminder.overdue"
    ONCE_FOR: ClassVar[tuple[str, ...]] = ("clock", "due", "rung")

    clock: str
    due: date
    rung: int


class OfferUnansweredReminded(Reminder):
    """The office offered a petition did not answer by the day set (chưa trả lời nhận đơn).

    The sender stays answerable. Told: the office offered it.
    """

    TOPIC: ClassVar[str] = "reminder.offer_unanswered"
    ONCE_FOR: ClassVar[tuple[str, ...]] = ("offer", "due")

    offer: int
    due: date


class UntouchedReminded(Reminder):
    """Nobody has acted on a petition since it was received (đơn để quá lâu không xem xét).

    Told: the head of the office answerable (rung 0), and its superior.
    Rule: Decree 154/2026 art. 41.
    """

    TOPIC: ClassVar[str] = "reminder.untouched"
    ONCE_FOR: ClassVar[tuple[str, ...]] = ("due", "rung")

    due: date
    rung: int


class LeaversWorkReminded(Reminder):
    """An open case rests on somebody who holds no post there any more (việc của người đã đi).

    ``handler`` is an account. Told: the office handling the case.
    """

    TOPIC: ClassVar[str] = "reminder.leavers_work"
    ONCE_FOR: ClassVar[tuple[str, ...]] = ("handler", "last_day")

    handler: str
    last_day: date


class CrowdNotReceivedReminded(Reminder):
    """A crowd still stands there and its chair has not received it (chưa tiếp đoàn).

    Told: who must receive it (rung 0), then its superiors. Rule: requirements.md D 2.
    """

    TOPIC: ClassVar[str] = "reminder.crowd_not_received"
    ONCE_FOR: ClassVar[tuple[str, ...]] = ("rung",)

    rung: int


class ReportUnacknowledgedReminded(Reminder):
    """A superior has not said that it knows of a report (báo cáo chưa được xác nhận).

    ``report`` is the version of the report in the case's stream. Told: that superior.
    """

    TOPIC: ClassVar[str] = "reminder.report_unacknowledged"
    ONCE_FOR: ClassVar[tuple[str, ...]] = ("report",)

    report: int
    due: date
