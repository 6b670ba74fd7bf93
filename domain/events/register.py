"""Facts of an office's numbered books (sổ)."""

from typing import ClassVar

from domain.events.base import OfficeEvent


class NumberIssued(OfficeEvent):
    """A number of a book was given out (cấp số). Its version is the number: gapless.

    Recorded with the fact that uses it, in one transaction.
    """

    TOPIC: ClassVar[str] = "register.number_issued"

    book: str
    number: int
