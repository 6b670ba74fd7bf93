"""An office's numbered book of one year (sổ). The newest version is the newest number.

Gapless because the number is the fact's place in its stream and is saved with the fact
that uses it, in one transaction; stack.md 1.5.
"""

from datetime import date
from typing import Self
from uuid import UUID

from domain.dossier import Dossier
from domain.events.base import OfficeEvent
from domain.events.register import NumberIssued
from domain.streams import Book
from domain.units import COMMITTEE, Office
from domain.values import Signature

CASE_MARK = "VV"
"""Before the number of a case (vụ việc), so that it is not read as a petition's."""


class Register(Dossier):
    """One book. Its version is all there is to know, so it is opened without its facts."""

    @classmethod
    def opened_at(cls, stream: UUID, version: int) -> Self:
        """The book after so many numbers."""
        register = cls(stream)
        register.version = version
        return register

    def issue(self, book: Book, by: Signature) -> int:
        """Give out the next number, from 1."""
        number = self.version + 1
        self.record(NumberIssued, by, book=book, number=number)
        return number

    def evolve(self, event: OfficeEvent) -> None:
        """Nothing to know beyond the version."""


def file_number(office: Office, started: date, year: int, book: Book, number: int) -> str:
    """A number as written on a receipt: ``07375-25-0131``, a case's ``VV-07375-25-0012``.

    The unit's code says whose book it is and is read out over the telephone more easily
    than initials, which repeat. Another office than the People's Committee puts its short
    type before it (``TNMT-24``); an office established within the year puts day and month
    behind it (``07375.0107``), for the reform gave codes of that year out again. ``started``
    is its very first day: one that goes on under another name or superior goes on as it was.
    """
    short_type, _, unit = office.office_id.partition("-")
    code = unit.partition("-")[0]
    owner = code if office.type == COMMITTEE else f"{short_type.upper()}-{code}"
    if started.year == year and (started.month, started.day) != (1, 1):
        owner = f"{owner}.{started:%d%m}"
    marked = owner if book == "petition" else f"{CASE_MARK}-{owner}"
    return f"{marked}-{year % 100:02d}-{number:04d}"
