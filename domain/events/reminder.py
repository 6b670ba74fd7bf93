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
    """What all reminders say. ``ONCE_FOR`` are the fields that tell two of one type apart.

    ``MATTER`` names what it is about: the later of two about one matter, told to one rung,
    stands in the earlier one's place.
    """

    ONCE_FOR: ClassVar[tuple[str, ...]]
    MATTER: ClassVar[str]

    subject: UUID
    to_office: str


class DueSoonReminded(Reminder):
    """A clock of the file ends in a few days (sắp đến hạn).

    Told: the office answerable. Rule: docs/decisions/reminders.md.
    """

    TOPIC: ClassVar[str] = "reminder.due_soon"
    ONCE_FOR: ClassVar[tuple[str, ...]] = ("clock", "due")
    MATTER: ClassVar[str] = "clock"

    clock: str
    due: date


class DueReminded(Reminder):
    """A clock of the file ends today (đến hạn). The day itself is still in time.

    Told: the office answerable.
    """

    TOPIC: ClassVar[str] = "reminder.due"
    ONCE_FOR: ClassVar[tuple[str, ...]] = ("clock", "due")
    MATTER: ClassVar[str] = "clock"

    clock: str
    due: date


class OverdueReminded(Reminder):
    """A clock of the file has passed (quá hạn). Responsibility stays where it is.

    ``rung`` counts the superiors up from the office answerable, which is 0.

    Told: the head of ``to_office``. Rule: requirements.md D 19 and the ladder.
    """

    TOPIC: ClassVar[str] = "reminder.overdue"
    ONCE_FOR: ClassVar[tuple[str, ...]] = ("clock", "due", "rung")
    MATTER: ClassVar[str] = "clock"

    clock: str
    due: date
    rung: int


class OfferUnansweredReminded(Reminder):
    """The office offered a petition did not answer by the day set (chưa trả lời nhận đơn).

    The sender stays answerable. Told: the office offered it.
    """

    TOPIC: ClassVar[str] = "reminder.offer_unanswered"
    ONCE_FOR: ClassVar[tuple[str, ...]] = ("offer", "due")
    MATTER: ClassVar[str] = "offer"

    offer: int
    due: date


class UntouchedReminded(Reminder):
    """Nobody has acted on a petition since it was received (đơn để quá lâu không xem xét).

    Told: the head of the office answerable (rung 0), and its superior.
    Rule: Decree 154/2026 art. 41.
    """

    TOPIC: ClassVar[str] = "reminder.untouched"
    ONCE_FOR: ClassVar[tuple[str, ...]] = ("due", "rung")
    MATTER: ClassVar[str] = "untouched"

    due: date
    rung: int


class LeaversWorkReminded(Reminder):
    """An open case rests on somebody who holds no post there any more (việc của người đã đi).

    ``handler`` is an account. Told: the office handling the case.
    """

    TOPIC: ClassVar[str] = "reminder.leavers_work"
    ONCE_FOR: ClassVar[tuple[str, ...]] = ("handler", "last_day")
    MATTER: ClassVar[str] = "leaver"

    handler: str
    last_day: date


class CrowdNotReceivedReminded(Reminder):
    """A crowd still stands there and its chair has not received it (chưa tiếp đoàn).

    Told: who must receive it (rung 0), then its superiors. Rule: requirements.md D 2.
    """

    TOPIC: ClassVar[str] = "reminder.crowd_not_received"
    ONCE_FOR: ClassVar[tuple[str, ...]] = ("rung",)
    MATTER: ClassVar[str] = "crowd"

    rung: int


class ReportUnacknowledgedReminded(Reminder):
    """A superior has not said that it knows of a report (báo cáo chưa được xác nhận).

    ``report`` is the version of the report in the case's stream. Told: that superior.
    """

    TOPIC: ClassVar[str] = "reminder.report_unacknowledged"
    ONCE_FOR: ClassVar[tuple[str, ...]] = ("report",)
    MATTER: ClassVar[str] = "report"

    report: int
    due: date


class DirectionDueReminded(Reminder):
    """A superior's direction is to be answered soon (sắp đến hạn báo cáo việc được chỉ đạo).

    ``direction`` is its version in the case's stream. Told: the office handling the case.
    """

    TOPIC: ClassVar[str] = "reminder.direction_due"
    ONCE_FOR: ClassVar[tuple[str, ...]] = ("direction",)
    MATTER: ClassVar[str] = "direction"

    direction: int
    due: date


class DirectionUnansweredReminded(Reminder):
    """Nobody reported on a direction by its day (quá hạn báo cáo việc được chỉ đạo).

    Told: the head of the office handling the case (rung 0), then its superiors.
    """

    TOPIC: ClassVar[str] = "reminder.direction_unanswered"
    ONCE_FOR: ClassVar[tuple[str, ...]] = ("direction", "rung")
    MATTER: ClassVar[str] = "direction"

    direction: int
    due: date
    rung: int


class FollowUpDueReminded(Reminder):
    """People who came home are to be received soon (sắp đến ngày hẹn tiếp tại địa phương).

    Told: the office that holds the reception.
    """

    TOPIC: ClassVar[str] = "reminder.follow_up_due"
    ONCE_FOR: ClassVar[tuple[str, ...]] = ("due",)
    MATTER: ClassVar[str] = "follow_up"

    due: date


class FollowUpNotHeldReminded(Reminder):
    """The day of a reception at home has passed without it (quá ngày hẹn tiếp tại địa phương).

    Told: the head of the office that holds it (rung 0), then its superiors.
    Rule: requirements.md G 10.
    """

    TOPIC: ClassVar[str] = "reminder.follow_up_not_held"
    ONCE_FOR: ClassVar[tuple[str, ...]] = ("due", "rung")
    MATTER: ClassVar[str] = "follow_up"

    due: date
    rung: int


class ReminderSettled(OfficeEvent):
    """The reason for some reminders has gone (hết lý do nhắc). What was told stays on record.

    ``reminders`` names them by what they are about, ``offices`` are those whose list they leave.
    """

    TOPIC: ClassVar[str] = "reminder.settled"

    subject: UUID
    reminders: tuple[str, ...]
    offices: tuple[str, ...]


class ReminderPassedOn(OfficeEvent):
    """Reminders rest with another office now (nhắc việc chuyển sang cơ quan khác).

    The file has moved, or the office told stands no longer, or a reason that had gone is
    back. ``reminders`` as in :class:`ReminderSettled`; ``offices`` are those whose list they
    leave. Told: the head of ``to_office``.
    """

    TOPIC: ClassVar[str] = "reminder.passed_on"

    subject: UUID
    to_office: str
    reminders: tuple[str, ...]
    offices: tuple[str, ...]
