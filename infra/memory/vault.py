"""The vault in memory: same cryptography, rows in a dictionary."""

import secrets
import time
from collections.abc import Mapping, Sequence
from uuid import UUID, uuid4

from domain.errors import NotFound
from domain.ports import ToSeal
from domain.values import TextRef
from infra.vault.entries import Entry, refuse_sealed, unknown_entry
from infra.vault.sealing import (
    KEY_BYTES,
    MasterKey,
    WrappedKey,
    new_data_key,
    open_text,
    seal_text,
    text_context,
    unwrap,
    wrap,
)


class MemoryVault:
    """A :class:`domain.ports.Vault` that forgets with the process."""

    def __init__(self, master: MasterKey | None = None) -> None:
        self._master = master or MasterKey(secrets.token_bytes(KEY_BYTES))
        self._keys: dict[tuple[UUID, bool], WrappedKey] = {}
        self._entries: dict[UUID, Entry] = {}
        self._unconfirmed: dict[UUID, float] = {}

    def seal(self, subject: UUID, texts: Mapping[str, str], *, sealed: bool) -> tuple[TextRef, ...]:
        if not texts:
            return ()
        fresh = wrap(self._master, subject, sealed, new_data_key())
        stored = self._keys.setdefault((subject, sealed), fresh)
        data_key = unwrap(self._master, subject, sealed, stored)
        return tuple(self._keep(subject, data_key, f, t, sealed) for f, t in texts.items())

    def seal_each(self, asked: Sequence[ToSeal]) -> Sequence[tuple[TextRef, ...]]:
        return [self.seal(each.subject, each.texts, sealed=each.sealed) for each in asked]

    def _keep(self, subject: UUID, data_key: bytes, field: str, text: str, sealed: bool) -> TextRef:
        entry = uuid4()
        ciphertext, proof = seal_text(data_key, text_context(subject, field, entry), text)
        self._entries[entry] = Entry(entry, subject, field, sealed, ciphertext)
        self._unconfirmed[entry] = time.monotonic()
        return TextRef(field, entry, proof)

    def open(self, subject: UUID, entry: UUID, field: str) -> str:
        row = self._entries.get(entry)
        if row is None or (row.subject, row.field) != (subject, field):
            raise unknown_entry(entry)
        refuse_sealed(row.sealed)
        key = self._keys.get((subject, row.sealed))
        if key is None:
            raise NotFound(f"Nội dung {entry} đã bị hủy khóa.")
        data_key = unwrap(self._master, subject, row.sealed, key)
        return open_text(data_key, text_context(subject, field, entry), row.ciphertext)

    def digest(self, asked: bytes) -> bytes:
        return self._master.digest(asked)

    def unconfirmed(self, *, older_than: float, limit: int) -> Sequence[Entry]:
        """Entries of more than so many seconds of age that no event was found to name."""
        before = time.monotonic() - older_than
        waiting = (self._entries[e] for e, since in self._unconfirmed.items() if since < before)
        return [entry for entry, _ in zip(waiting, range(limit), strict=False)]

    def confirm(self, entries: Sequence[UUID]) -> None:
        """An event names these: they stay."""
        for entry in entries:
            self._unconfirmed.pop(entry, None)

    def remove(self, entries: Sequence[UUID]) -> None:
        """Nothing names these: they go."""
        self.confirm(entries)
        for entry in entries:
            self._entries.pop(entry, None)
