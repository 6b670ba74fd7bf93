"""Removes texts that no event came to name (dọn kho).

A text is written before its event; when the event is then refused or never saved, the
text stays behind, named by nothing. It goes after an hour, the database's clock.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol
from uuid import UUID

from domain.ports import FactStore, StoredFact

GRACE_SECONDS = 3600.0
PAGE = 1000


class _Named(Protocol):
    @property
    def entry(self) -> UUID: ...
    @property
    def subject(self) -> UUID: ...


class SweepableVault(Protocol):
    """What a sweep asks of a vault."""

    def unconfirmed(self, *, older_than: float, limit: int) -> Sequence[_Named]: ...
    def confirm(self, entries: Sequence[UUID]) -> None: ...
    def remove(self, entries: Sequence[UUID]) -> None: ...


def sweep(vault: SweepableVault, store: FactStore, *, grace: float = GRACE_SECONDS) -> int:
    """Remove what the subject's stream does not name; how many went.

    Raises ``StoreUnavailable``. A text that is named once is never looked at again.
    """
    removed = 0
    while waiting := vault.unconfirmed(older_than=grace, limit=PAGE):
        named: set[UUID] = set()
        for subject in {text.subject for text in waiting}:
            theirs = [text.entry for text in waiting if text.subject == subject]
            named |= named_among(theirs, store.read_stream(subject))
        entries = [text.entry for text in waiting]
        vault.confirm([entry for entry in entries if entry in named])
        orphans = [entry for entry in entries if entry not in named]
        vault.remove(orphans)
        removed += len(orphans)
    return removed


def named_among(entries: Iterable[UUID], facts: Iterable[StoredFact]) -> set[UUID]:
    """The entries that these facts name, in whatever field.

    Looked up in the stored bytes: a fact that only a newer release can open names its texts too.
    """
    bodies = [fact.body for fact in facts]
    return {entry for entry in entries if any(str(entry).encode() in body for body in bodies)}
