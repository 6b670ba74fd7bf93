"""What is open, by the office it rests on and where it lay before (việc đang mở theo nơi)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Protocol, Self


@dataclass(frozen=True, slots=True)
class OpenSums:
    """Counts of open work; they add up.

    ``petitions`` are those not at their end, ``cases`` those not closed, ``offers`` those not
    answered. Overdue and due soon: petitions without an answer and cases without a decision.
    ``undecided``: of petitions and cases, those for which an office only answers meanwhile.
    """

    petitions: int = 0
    cases: int = 0
    offers: int = 0
    offers_late: int = 0
    overdue: int = 0
    due_soon: int = 0
    returned: int = 0
    undecided: int = 0

    @classmethod
    def of(cls, several: Iterable[Self]) -> Self:
        """Several as one."""
        every = tuple(several)
        return cls(*(sum(getattr(each, part.name) for each in every) for part in fields(cls)))


@dataclass(frozen=True, slots=True)
class OpenAt:
    """What is open at one office and came there by one way.

    ``formers``: the abolished offices it lay at before, the first one first.
    """

    office: str
    formers: tuple[str, ...]
    sums: OpenSums


class OpenViews(Protocol):
    """Open work as it lies, for being counted by the units of any day."""

    def open_at(
        self, offices: Sequence[str] | None, *, today: date, soon_until: date
    ) -> Sequence[OpenAt]:
        """What is open at these offices, or came from them; without any: everywhere."""
