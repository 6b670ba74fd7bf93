"""One line of the tables of handlers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.commands.base import Command
from domain.streams import Book
from services.casework.desk import Desk


@dataclass(frozen=True, slots=True)
class Row:
    """How a command is handled. ``decide`` fetches and asks; the dossiers refuse or record.

    ``subject`` is the stream the answer speaks of; ``existing`` the stream whose version the
    caller may expect, where that is another one. ``book`` is the one it takes a number from;
    ``counts_only`` says that of the subject nothing but the version is read. Both only spare
    a round trip.
    """

    decide: Callable[[Any, Desk], None]
    subject: Callable[[Any], UUID]
    existing: Callable[[Any], UUID] | None = None
    book: Book | None = None
    counts_only: bool = False

    def expected_of(self, command: Command) -> UUID:
        """The stream that a caller's expected version is about."""
        return (self.existing or self.subject)(command)
