"""How much work lies where, by the day it is due (khối lượng việc theo hạn)."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import ClassVar

from projections.base import Rows, Tally
from projections.values import value


class Load(StrEnum):
    """A kind of work that waits. Each is counted by one projection alone."""

    REPLY = "reply"
    """A petition whose citizen has no answer yet; due: the reply (petitions)."""
    OPEN = "open"
    """A petition not at its end; due: the reply (petitions)."""
    OFFER = "offer"
    """A petition offered to the office and not answered; due: the reply date (transfers)."""
    SETTLE = "settle"
    """A case without a decision; due: the settlement (cases)."""
    DIRECTION = "direction"
    """A case under a superior's direction, without a decision; due: as directed (cases)."""


Item = tuple[str, Load, date]
"""Office, kind of work, due day: what one row counts for."""


@value(frozen=True)
class OfficeLoad(Tally):
    """So much work of one kind, due on one day, lies at an office.

    Overdue on a day is the sum over earlier due days: nothing need run at midnight.
    """

    TABLE: ClassVar[str] = "office_load"
    KEY: ClassVar[tuple[str, ...]] = ("office", "what", "due_on", "lane")

    office: str
    what: str
    due_on: date
    lane: int
    n: int


def move_load(rows: Rows, lane: int, before: Iterable[Item], after: Iterable[Item]) -> None:
    """Count a row's work where it lies now and no longer where it lay. Most facts move none."""
    lay, lies = tuple(before), tuple(after)
    if lay == lies:
        return
    for office, what, due_on in lies:
        if (office, what, due_on) not in lay:
            rows.add(OfficeLoad, (office, what, due_on, lane), 1)
    for office, what, due_on in lay:
        if (office, what, due_on) not in lies:
            rows.add(OfficeLoad, (office, what, due_on, lane), -1)
