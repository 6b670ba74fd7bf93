"""What a change of calendar or rulebook moved, as it is asked (hạn đã dời)."""

from collections.abc import Sequence
from typing import Protocol

from projections.answers import Page, Sieve, everything
from projections.recomputing import Moved

AT_ONCE = 50


class LawMoveViews(Protocol):
    """How far the due days follow the law, and what a fact of it moved."""

    def law_pass(self, position: int) -> int | None:
        """The first pass that heard of the fact at this position; None while none has."""

    def moved_by_office(self, position: int, upto: int) -> Sequence[tuple[str, int]]:
        """How many open deadlines of each office moved, from the fact up to its pass."""

    def moved_in(
        self, position: int, upto: int, office: str, *, after: str | None = None,
        limit: int = AT_ONCE, seen: Sieve[Moved] = everything,
    ) -> Page[Moved]:  # fmt: skip
        """The open deadlines of one office that moved, by number."""
