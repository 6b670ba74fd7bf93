"""The library's application recorder on our tables, with group commit.

The library's own append holds the table lock over several round trips and a disk flush
for each save, and after a lost connection reports its own success as a conflict.
"""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore
from eventsourcing.utils import strtobool
from psycopg.rows import dict_row

from domain.ports import Receipt
from infra.postgres.batches import BatchWriter
from infra.postgres.connections import (
    CONNECT_SECONDS,
    LOCK_SECONDS,
    SILENCE_SECONDS,
    TRANSACTION_SECONDS,
    PatientConnection,
    connect,
    open_pool,
)
from infra.postgres.group_commit import PATIENCE, GroupCommit, Save
from infra.postgres.views.arrays import register

PROGRAM = "tiepdan store"
LOSSY_MODE = "POSTGRES_ENABLE_DB_FUNCTIONS"
DURABLE = ("fsync", "full_page_writes", "synchronous_commit")


class UnsafeStore(RuntimeError):
    """The store is configured so that facts get lost. The message says what to change."""


class StoreDatastore(PostgresDatastore):
    """The library's datastore over a pool whose every wait has an end.

    ``answer_within``: the seconds its user has for an answer; None for the usual patience.
    """

    def __init__(
        self, dsn: str, *, pool_size: int = 15, answer_within: float | None = None
    ) -> None:
        self.dsn = dsn
        self.answer_within = answer_within
        self.schema = "store"
        self.originator_id_type = "uuid"
        self.lock_timeout = LOCK_SECONDS
        self.idle_in_transaction_session_timeout = 10
        self.pre_ping = False
        self.pool_open_timeout = None
        self.single_row_tracking = True
        self.enable_db_functions = False
        self.db_type_names = set()
        self.psycopg_type_adapters = {}
        self.psycopg_python_types = {}
        pool = open_pool(
            dsn,
            PROGRAM,
            largest=pool_size,
            answer_within=answer_within,
            configure=_configured,
        )
        self.pool = cast(Any, pool)


def _configured(connection: PatientConnection) -> None:
    """As the library reads rows, and able to send columns."""
    connection.row_factory = dict_row
    register(connection.adapters)


class GroupCommitRecorder(PostgresApplicationRecorder):
    """Appends in batches; reading and following are the library's."""

    datastore: StoreDatastore

    def __init__(self, datastore: StoreDatastore) -> None:
        super().__init__(datastore)
        answer_within = datastore.answer_within
        silence, patience = SILENCE_SECONDS, PATIENCE
        if answer_within is not None:
            silence, patience = max(1.0, answer_within - CONNECT_SECONDS), answer_within
        self._writer = BatchWriter(
            lambda: connect(
                datastore.dsn, PROGRAM, silence=silence, transaction_within=TRANSACTION_SECONDS
            )
        )
        self._commits = GroupCommit(self._writer.commit, patience=patience)

    def create_table(self) -> None:
        """Nothing: migrations make the tables, several programs may start at once."""

    def insert_events(
        self,
        stored_events: Sequence[StoredEvent],
        *,
        receipt: Receipt | None = None,
        traceparent: str | None = None,
        **_: Any,
    ) -> Sequence[int]:
        """Save events and receipt whole; the events' positions.

        Raises ``StreamTaken``, ``ReceiptTaken`` (both the library's ``IntegrityError``),
        :class:`domain.ports.StoreUnavailable`.
        """
        return self._commits.save(Save(stored_events, receipt, traceparent))

    def insert_each(self, saves: Sequence[Save]) -> None:
        """Save many at once, each whole or not at all; each is settled then.

        Raises :class:`domain.ports.StoreUnavailable`: none was saved.
        """
        self._commits.save_each(saves)

    @property
    def saves_waiting(self) -> int:
        """How many saves wait for a batch."""
        return self._commits.waiting

    def close(self) -> None:
        """Let go of every connection."""
        self._writer.close()
        self.datastore.close()


def refuse_lossy_mode(environ: Mapping[str, str]) -> None:
    """Refuses the library's "DB functions": it appends without the lock and loses events.

    Measured: 8 writers, 14,400 events, followers missed 89 and 88 (reliability.md 1).
    """
    for name, value in environ.items():
        if name.upper().endswith(LOSSY_MODE) and _is_on(value):
            raise UnsafeStore(f"{name} loses events: unset it")


def _is_on(value: str) -> bool:
    try:
        return bool(strtobool(value or "no"))
    except ValueError:
        return True


def refuse_unsafe_server(connection: PatientConnection) -> None:
    """Refuses a server that acknowledges what a power cut takes back."""
    for name in DURABLE:
        row = connection.execute("SELECT current_setting(%s)", [name]).fetchone()
        setting = "" if row is None else str(row[0])
        if setting == "off":
            raise UnsafeStore(f"Postgres runs with {name}=off: switch it on")
