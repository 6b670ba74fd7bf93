"""Who read what about a subject, and why (nhật ký truy cập). Only ever grows."""

from typing import Self
from uuid import UUID

from domain.commands.access import OpenText, ReplayHistory
from domain.dossier import Dossier
from domain.events.access import HistoryReplayed, TextOpened
from domain.events.base import OfficeEvent
from domain.values import Signature


class AccessLog(Dossier):
    """The readings of one subject. No reading depends on another, so none is loaded."""

    @classmethod
    def opened_at(cls, stream: UUID, version: int) -> Self:
        """The log after so many readings."""
        log = cls(stream)
        log.version = version
        return log

    def open_text(self, ask: OpenText, by: Signature) -> None:
        """Put an opening on record, before the text is decrypted."""
        self.record(
            TextOpened,
            by,
            subject=ask.subject,
            entry=ask.entry,
            field=ask.field,
            purpose=ask.purpose,
        )

    def replay_history(self, ask: ReplayHistory, by: Signature) -> None:
        """Put a replay on record, before it is shown."""
        self.record(
            HistoryReplayed,
            by,
            subject=ask.subject,
            at_position=ask.at_position,
            purpose=ask.purpose,
        )

    def evolve(self, event: OfficeEvent) -> None:
        """Nothing to know beyond the version."""
