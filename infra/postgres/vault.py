"""The vault on Postgres: own schema, own role (kho bảo mật)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from domain.ports import StoreUnavailable
from domain.values import TextRef
from infra.postgres.connections import PatientConnection, open_pool
from infra.postgres.database import Database
from infra.vault.entries import refuse_sealed, unknown_entry
from infra.vault.sealing import (
    FORMAT,
    MasterKey,
    WrappedKey,
    new_data_key,
    open_text,
    seal_text,
    text_context,
    unwrap,
    wrap,
)

PROGRAM = "tiepdan vault"

FIND_KEY = "SELECT key_id, wrapped FROM vault.data_keys WHERE subject = %s AND sealed = %s"
KEEP_KEY = """
INSERT INTO vault.data_keys (subject, sealed, key_id, wrapped) VALUES (%s, %s, %s, %s)
ON CONFLICT DO NOTHING
"""
KEEP_ENTRY = """
WITH kept AS (
    INSERT INTO vault.entries (entry, subject, field, version, sealed, ciphertext)
    VALUES (%s, %s, %s, %s, %s, %s) RETURNING entry, subject
) INSERT INTO vault.unconfirmed (entry, subject) SELECT entry, subject FROM kept
"""
FIND_ENTRY = """
SELECT e.version, e.sealed, e.ciphertext, k.key_id, k.wrapped
FROM vault.entries e JOIN vault.data_keys k USING (subject, sealed)
WHERE e.entry = %s AND e.subject = %s AND e.field = %s
"""
UNCONFIRMED = """
SELECT entry, subject FROM vault.unconfirmed
WHERE since < clock_timestamp() - %s * interval '1 second' ORDER BY since LIMIT %s
"""
CONFIRM = "DELETE FROM vault.unconfirmed WHERE entry = ANY (%s)"
SWEEP = "DELETE FROM vault.entries WHERE entry = ANY (%s)"


@dataclass(frozen=True)
class Unconfirmed:
    """An entry that no event was yet found to name."""

    entry: UUID
    subject: UUID


class PostgresVault:
    """A :class:`domain.ports.Vault`. Threads may share it; close it at the end.

    Every method also raises :class:`StoreUnavailable`.
    """

    def __init__(self, dsn: str, master: MasterKey, *, pool_size: int = 5) -> None:
        self._master = master
        self.database = Database(open_pool(dsn, PROGRAM, largest=pool_size))

    def close(self) -> None:
        """Let go of every connection."""
        self.database.close()

    def seal(self, subject: UUID, texts: Mapping[str, str], *, sealed: bool) -> tuple[TextRef, ...]:
        if not texts:
            return ()

        def keep(connection: PatientConnection) -> tuple[TextRef, ...]:
            with connection.transaction():
                data_key = self._data_key(connection, subject, sealed)
                return tuple(
                    _keep(connection, subject, sealed, data_key, field, text)
                    for field, text in texts.items()
                )

        return self.database.run(keep)

    def _data_key(self, connection: PatientConnection, subject: UUID, sealed: bool) -> bytes:
        """The subject's key; of two who draw one at once, the first's is used by both."""
        row = connection.execute(FIND_KEY, [subject, sealed]).fetchone()
        if row is None:
            fresh = wrap(self._master, subject, sealed, new_data_key())
            connection.execute(KEEP_KEY, [subject, sealed, fresh.key_id, fresh.wrapped])
            row = connection.execute(FIND_KEY, [subject, sealed]).fetchone()
        if row is None:
            raise StoreUnavailable("the subject's key was shredded under way")
        return unwrap(self._master, subject, sealed, WrappedKey(row[0], bytes(row[1])))

    def open(self, subject: UUID, entry: UUID, field: str) -> str:
        rows = self.database.rows(FIND_ENTRY, [entry, subject, field])
        if not rows:
            raise unknown_entry(entry)
        version, sealed, ciphertext, key_id, wrapped = rows[0]
        refuse_sealed(sealed)
        data_key = unwrap(self._master, subject, sealed, WrappedKey(key_id, bytes(wrapped)))
        context = text_context(subject, field, entry, version)
        return open_text(data_key, context, bytes(ciphertext))

    def unconfirmed(self, *, older_than: float, limit: int) -> Sequence[Unconfirmed]:
        """Entries of more than so many seconds of age that no event was found to name."""
        return [Unconfirmed(*row) for row in self.database.rows(UNCONFIRMED, [older_than, limit])]

    def confirm(self, entries: Sequence[UUID]) -> None:
        """An event names these: they stay."""
        self.database.rows(CONFIRM, [list(entries)])

    def remove(self, entries: Sequence[UUID]) -> None:
        """Nothing names these: they go."""
        self.database.rows(SWEEP, [list(entries)])


def _keep(
    connection: PatientConnection,
    subject: UUID,
    sealed: bool,
    data_key: bytes,
    field: str,
    text: str,
) -> TextRef:
    entry = uuid4()
    ciphertext, proof = seal_text(data_key, text_context(subject, field, entry), text)
    connection.execute(KEEP_ENTRY, [entry, subject, field, FORMAT, sealed, ciphertext])
    return TextRef(field, entry, proof)
