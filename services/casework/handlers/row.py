"""One line of the tables of handlers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.commands.base import Command
from services.casework.desk import Desk


@dataclass(frozen=True, slots=True)
class Row:
    """How a command is handled. ``decide`` fetches and asks; the dossiers refuse or record.

    ``subject`` is the stream the answer speaks of; ``existing`` the stream whose version the
    caller may expect, where that is another one.
    """

    decide: Callable[[Any, Desk], None]
    subject: Callable[[Any], UUID]
    existing: Callable[[Any], UUID] | None = None

    def expected_of(self, command: Command) -> UUID:
        """The stream that a caller's expected version is about."""
        return (self.existing or self.subject)(command)
