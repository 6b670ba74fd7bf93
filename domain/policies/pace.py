"""How early and how often the system reminds (nhịp nhắc việc): dated configuration of the offices.

No law sets these numbers: they stand in the rulebook as measures of their own
(``infra/law/books/cau-hinh.toml``), where whoever keeps it may change them from a day on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from domain.law.provisions import Measure
from domain.law.rulebook import NoRule, Rulebook
from domain.law.terms import Quantity

DUE_SOON: Final = "reminder.due_soon"
UP_THE_LADDER: Final = "reminder.up_the_ladder"
ACKNOWLEDGE: Final = "reminder.acknowledge"
RECEIVE_CROWD: Final = "reminder.receive_crowd"

USUAL: Final[Mapping[str, int]] = {
    DUE_SOON: 2, UP_THE_LADDER: 3, ACKNOWLEDGE: 1, RECEIVE_CROWD: 60,
}  # fmt: skip
"""For an edition or a day that says nothing of it, or counts in another unit."""

UNITS: Final = {Quantity.WORKING_DAY: 1, Quantity.MINUTE: 1, Quantity.HOUR: 60}


@dataclass(frozen=True, slots=True)
class Pace:
    """The steps of reminders as the book has them on one day."""

    book: Rulebook
    day: date

    @property
    def due_soon(self) -> int:
        """Working days before a due day."""
        return self._amount(DUE_SOON, Quantity.WORKING_DAY)

    @property
    def up_the_ladder(self) -> int:
        """Working days from one superior to the next, once a clock has passed."""
        return self._amount(UP_THE_LADDER, Quantity.WORKING_DAY)

    @property
    def acknowledge(self) -> int:
        """Working days in which a superior says that it knows of a report."""
        return self._amount(ACKNOWLEDGE, Quantity.WORKING_DAY)

    @property
    def receive_crowd(self) -> timedelta:
        """From the report of a crowd until its chair must have received it, and so on upwards."""
        minutes = self._amount(RECEIVE_CROWD, Quantity.MINUTE, Quantity.HOUR)
        return timedelta(minutes=minutes)

    def _amount(self, rule_id: str, *units: Quantity) -> int:
        try:
            said: Measure = self.book.measure_on(rule_id, self.day)
        except NoRule:
            return USUAL[rule_id]
        known = said.unit in units and said.amount > 0
        return said.amount * UNITS[said.unit] if known else USUAL[rule_id]
