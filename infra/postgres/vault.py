"""The vault on Postgres: own schema, own role (kho bảo mật)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from uuid import UUID, uuid4

from domain.ports import StoreUnavailable, ToSeal
from domain.values import TextRef
from infra.postgres.connections import PatientConnection, open_pool
from infra.postgres.database import Database
from infra.postgres.views.arrays import COLUMN_TYPES, SMALLINT, Column, blobs, register, uuids
from infra.postgres.views.arrays import texts as texts_column
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

Owner = tuple[UUID, bool]
"""A subject, and whether its sealed half: each has a data key of its own."""

FIND_KEYS = """
SELECT k.subject, k.sealed, k.key_id, k.wrapped
FROM unnest(%b, %b) AS wanted (subject, sealed)
JOIN vault.data_keys k USING (subject, sealed)
"""
KEEP_KEYS = """
INSERT INTO vault.data_keys (subject, sealed, key_id, wrapped)
SELECT * FROM unnest(%b, %b, %b, %b) ON CONFLICT DO NOTHING
"""
KEEP_ENTRIES = """
WITH kept AS (
    INSERT INTO vault.entries (entry, subject, field, version, sealed, ciphertext)
    SELECT * FROM unnest(%b, %b, %b, %b, %b, %b) RETURNING entry, subject
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

    def __init__(
        self,
        dsn: str,
        master: MasterKey,
        *,
        pool_size: int = 5,
        answer_within: float | None = None,
    ) -> None:
        self._master = master
        pool = open_pool(
            dsn,
            PROGRAM,
            largest=pool_size,
            answer_within=answer_within,
            configure=_configured,
        )
        self.database = Database(pool)

    def close(self) -> None:
        """Let go of every connection."""
        self.database.close()

    def seal(self, subject: UUID, texts: Mapping[str, str], *, sealed: bool) -> tuple[TextRef, ...]:
        (refs,) = self.seal_each([ToSeal(subject, texts, sealed)])
        return refs

    def seal_each(self, asked: Sequence[ToSeal]) -> Sequence[tuple[TextRef, ...]]:
        owners = sorted({(each.subject, each.sealed) for each in asked if each.texts})
        if not owners:
            return [() for _ in asked]

        def keep(connection: PatientConnection) -> Sequence[tuple[TextRef, ...]]:
            with connection.transaction():
                keys = self._data_keys(connection, owners)
                entries = [_entries(each, keys) for each in asked]
                connection.execute(KEEP_ENTRIES, _columns(list(chain(*entries))), binary=True)
            return [tuple(entry.ref for entry in its) for its in entries]

        return self.database.run(keep)

    def _data_keys(
        self, connection: PatientConnection, owners: Sequence[Owner]
    ) -> Mapping[Owner, bytes]:
        """The subjects' keys; of two who draw one at once, the first's is used by both."""
        found = _found(connection, owners)
        missing = [owner for owner in owners if owner not in found]
        if missing:
            fresh = [wrap(self._master, *owner, new_data_key()) for owner in missing]
            connection.execute(
                KEEP_KEYS,
                [
                    *_owner_columns(missing),
                    texts_column(key.key_id for key in fresh),
                    blobs(key.wrapped for key in fresh),
                ],
                binary=True,
            )
            found |= _found(connection, missing)
        if len(found) < len(owners):
            raise StoreUnavailable("a subject's key was shredded under way")
        return {owner: unwrap(self._master, *owner, key) for owner, key in found.items()}

    def open(self, subject: UUID, entry: UUID, field: str) -> str:
        rows = self.database.rows(FIND_ENTRY, [entry, subject, field])
        if not rows:
            raise unknown_entry(entry)
        version, sealed, ciphertext, key_id, wrapped = rows[0]
        refuse_sealed(sealed)
        data_key = unwrap(self._master, subject, sealed, WrappedKey(key_id, bytes(wrapped)))
        context = text_context(subject, field, entry, version)
        return open_text(data_key, context, bytes(ciphertext))

    def digest(self, asked: bytes) -> bytes:
        return self._master.digest(asked)

    def unconfirmed(self, *, older_than: float, limit: int) -> Sequence[Unconfirmed]:
        """Entries of more than so many seconds of age that no event was found to name."""
        return [Unconfirmed(*row) for row in self.database.rows(UNCONFIRMED, [older_than, limit])]

    def confirm(self, entries: Sequence[UUID]) -> None:
        """An event names these: they stay."""
        self.database.rows(CONFIRM, [list(entries)])

    def remove(self, entries: Sequence[UUID]) -> None:
        """Nothing names these: they go."""
        self.database.rows(SWEEP, [list(entries)])


@dataclass(frozen=True)
class NewEntry:
    """A sealed text about to be kept."""

    subject: UUID
    sealed: bool
    ref: TextRef
    ciphertext: bytes


def _entries(asked: ToSeal, keys: Mapping[Owner, bytes]) -> Sequence[NewEntry]:
    return [_sealed(asked, keys, field, text) for field, text in asked.texts.items()]


def _sealed(asked: ToSeal, keys: Mapping[Owner, bytes], field: str, text: str) -> NewEntry:
    entry, key = uuid4(), keys[asked.subject, asked.sealed]
    ciphertext, proof = seal_text(key, text_context(asked.subject, field, entry), text)
    return NewEntry(asked.subject, asked.sealed, TextRef(field, entry, proof), ciphertext)


def _columns(entries: Sequence[NewEntry]) -> list[Column]:
    return [
        uuids(each.ref.entry for each in entries),
        uuids(each.subject for each in entries),
        texts_column(each.ref.field for each in entries),
        Column(SMALLINT, [FORMAT for _ in entries]),
        Column(COLUMN_TYPES[bool], [each.sealed for each in entries]),
        blobs(each.ciphertext for each in entries),
    ]


def _owner_columns(owners: Sequence[Owner]) -> list[Column]:
    subjects = uuids(subject for subject, _ in owners)
    return [subjects, Column(COLUMN_TYPES[bool], [sealed for _, sealed in owners])]


def _found(connection: PatientConnection, owners: Sequence[Owner]) -> dict[Owner, WrappedKey]:
    rows = connection.execute(FIND_KEYS, _owner_columns(owners), binary=True).fetchall()
    return {(subject, sealed): WrappedKey(name, wrapped) for subject, sealed, name, wrapped in rows}


def _configured(connection: PatientConnection) -> None:
    register(connection.adapters)
