"""The moment new views take the place of the live ones (tráo khung nhìn)."""

import psycopg
from psycopg.sql import SQL, Composed, Identifier

from infra.postgres.connections import PatientConnection
from infra.postgres.views.amended import amend
from infra.postgres.views.tables import LIVE, NEXT
from projections.tables import TABLES

OLD = "views_old"
NAMES = (*(row.TABLE for row in TABLES), "parked", "progress", "unfilled")

SWAP_LOCK = "SET LOCAL lock_timeout = '200ms'"
"""Shorter than a deadlock check: a reader is never the one to be ended."""

SWAP_TRIES = 50

CARRY = """
UPDATE views_next.progress AS n SET
    topic_id = l.topic_id, updated_at = l.updated_at,
    next_offset = CASE WHEN l.position <= n.position THEN l.next_offset ELSE 0 END
FROM views.progress AS l WHERE l.projection = n.projection AND l.lane = n.lane
"""
"""The live place in the topic stays valid while it is not past the new rows: what comes
from there again is a repeat. Otherwise the topic is read from its beginning."""

KEEP_STRAYS = """
INSERT INTO views_next.parked SELECT * FROM views.parked WHERE position = 0 ON CONFLICT DO NOTHING
"""

SKIPPED_SINCE = """
DELETE FROM views_next.parked AS p USING store.skipped_records AS s
WHERE p.lane = s.lane AND p.position = s.position AND p.position > 0
"""
"""A lane was read before somebody skipped its record: what waited behind it the projectors fold."""

NO_VACUUM = SQL("LOCK TABLE {} IN SHARE UPDATE EXCLUSIVE MODE")
"""Nobody who reads or writes rows waits for it, and no vacuum begins meanwhile. A vacuum that
runs by itself is ended by the server once it was waited for as long as a deadlock check takes
(1 s): the short lock time-out of a swap alone would never be as long, and its tries would be over
before a vacuum of a large table is."""

HOLDERS = """
SELECT DISTINCT a.pid, a.application_name, a.usename
FROM pg_locks AS l JOIN pg_stat_activity AS a USING (pid)
WHERE l.granted AND l.pid <> pg_backend_pid() AND l.relation = ANY(%s::regclass[]::oid[])
ORDER BY a.pid
"""
STILL_HELD = "SELECT pg_sleep(0.3)"
"""Longer than the API reads a view: who holds a table before and after is whom to speak to."""

UNPASSED = "DELETE FROM views.law_passes"
"""The law may have changed while the new rows were made: their due days are gone over once."""


def keep_vacuum_away(connection: PatientConnection) -> None:
    """Until the transaction ends, no vacuum stands in the way of a swap."""
    connection.execute(NO_VACUUM.format(_live()))


class ViewsHeld(Exception):
    """Somebody keeps the live views for so long that no others can take their place."""

    def __init__(self, holders: str) -> None:
        super().__init__(
            f"the live views are held by {holders}, so no others can take their place; nothing "
            "was changed. Let it end, or end it; then the same again (a rebuild with --resume "
            "keeps what it has made)"
        )


def holders(connection: PatientConnection) -> str:
    """Who keeps a lock on the live views, besides this connection, in words."""
    before = _holding(connection)
    connection.execute(STILL_HELD)
    held = sorted(before & _holding(connection))
    return (
        ", ".join(
            f"{program or 'a program without a name'} (process {pid} of the database, role {role})"
            for pid, program, role in held
        )
        or "somebody who has let go of them since"
    )


def _holding(connection: PatientConnection) -> set[tuple[int, str, str]]:
    tables = [f"{LIVE}.{name}" for name in NAMES]
    return set(connection.execute(HOLDERS, [tables]).fetchall())


def _live() -> Composed:
    return SQL(", ").join(Identifier(LIVE, name) for name in NAMES)


class Still:
    """The live views, which nobody writes now. ``tries``: how often to wait for readers."""

    def __init__(self, connection: PatientConnection, tries: int = SWAP_TRIES) -> None:
        self._connection = connection
        self._tries = tries

    def swap(self) -> None:
        """Put the new tables in place of the live ones."""
        self._connection.execute(CARRY)
        self._connection.execute(KEEP_STRAYS)
        self._connection.execute(SKIPPED_SINCE)
        self.exchange()

    def exchange(self) -> None:
        """Next becomes live, live becomes old; what was old is gone. Readers are let past first."""
        for attempt in range(1, self._tries + 1):
            try:
                with self._connection.transaction():
                    self._exchange()
            except psycopg.errors.LockNotAvailable:
                if attempt == self._tries:
                    raise
            else:
                return

    def _exchange(self) -> None:
        self._connection.execute(SWAP_LOCK)
        self._connection.execute(UNPASSED)
        amend(self._connection)
        self._connection.execute(SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(_live()))
        for name in NAMES:
            for statement in (
                SQL("DROP TABLE IF EXISTS {}").format(Identifier(OLD, name)),
                SQL("ALTER TABLE {} SET SCHEMA {}").format(Identifier(LIVE, name), Identifier(OLD)),
                SQL("ALTER TABLE {} SET SCHEMA {}").format(
                    Identifier(NEXT, name), Identifier(LIVE)
                ),
            ):
                self._connection.execute(statement)
