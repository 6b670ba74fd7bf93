"""Whose list of reminders an officer may read (ai xem được việc cần nhắc của cơ quan nào).

A head reads that of his or her own office, to which climbs what lower offices left undone, and
those of the offices he or she looks over (:mod:`services.areas`).
"""

from datetime import date
from typing import Final

from domain.directory import Directory
from domain.errors import NotPermitted
from domain.values import Officer
from services.access import HEADS
from services.areas import looked_over

MOST_COUNTED: Final = 100
"""From here on a count says only that there are many."""


class NotForHeads(NotPermitted):
    """What an office is reminded of is told to who answers for it."""

    code = "reminders_for_heads"
    title = "Việc cần nhắc gửi người đứng đầu"


def has_inbox(reader: Officer) -> bool:
    """Whether this officer is reminded for an office at all."""
    return reader.role in HEADS


def inbox_of(
    reader: Officer, ref: str | None, offices: Directory, on: date, *, pointer: str = "office"
) -> str:
    """The office whose list is read; the reader's own when none is named.

    Refuses: :class:`NotForHeads`, ``UnknownOffice``, ``AreaNotForReader``.
    """
    if not has_inbox(reader):
        raise NotForHeads(
            "Việc cần nhắc của cơ quan gửi người đứng đầu.",
            pointer=pointer,
            mend="Việc của bạn ở Hộp việc.",
        )
    office = offices.get_office(ref or reader.office, on, pointer=pointer)
    if office.office_id != reader.office:
        looked_over(reader, office.unit, offices, on, pointer=pointer)
    return office.office_id
