"""The live views at one moment, read at leisure while they go on (ảnh chụp khung nhìn)."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from psycopg.sql import SQL

from infra.postgres.connections import PatientConnection
from infra.postgres.views.digests import digests
from projections.ports import Progress
from projections.tables import TABLES

PROGRESS = SQL("SELECT projection, lane, topic_id, next_offset, position FROM views.progress")


class Moment:
    """One snapshot: where the views stood, and what their rows added up to then.

    The digest is worked out by the server meanwhile. Close it at the end.
    """

    def __init__(self, connection: PatientConnection) -> None:
        self._connection = connection
        connection.execute("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        found = connection.execute(PROGRESS).fetchall()
        self.standing = {(name, lane): Progress(*rest) for name, lane, *rest in found}
        self._reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="digests")
        self._digests: Future[Mapping[str, str]] = self._reader.submit(self._read)

    @classmethod
    def taken(cls, open_connection: Callable[[], PatientConnection]) -> "Moment":
        """Now."""
        connection = open_connection()
        try:
            return cls(connection)
        except BaseException:
            connection.close()
            raise

    def digests(self) -> Mapping[str, str]:
        """Table to digest; waits until they are known."""
        return self._digests.result()

    def close(self) -> None:
        """Let go of the snapshot; a digest still being worked out is given up."""
        if not self._digests.done():
            self._connection.cancel_safe(timeout=5.0)
        self._reader.shutdown()
        self._connection.close()

    def _read(self) -> Mapping[str, str]:
        with_patience: Any = self._connection
        made = digests(with_patience, TABLES)
        with_patience.execute("COMMIT")
        return made
