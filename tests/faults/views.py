"""Faults of the views: put back to an older state under the projectors."""

import time

import psycopg
from psycopg import sql

from tests.faults.rows import Field, Row

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'views' ORDER BY 1"
LOCKED_WITHIN = "1500ms"
"""Of a single table. A vacuum that works on it gives way after a second."""

OLDER_BY = 2.0
"""Seconds of work between the copy and its return."""


def restored(field: Field) -> float:
    """A copy of all the views comes back after some more work was folded."""
    house = field.house
    tables = [str(row[0]) for row in house.rows(TABLES)]
    copy(house.admin_dsn, tables)
    time.sleep(OLDER_BY)
    house.until(lambda: put_back(house.admin_dsn, tables), "the views are never free")
    return field.until_flowing(time.monotonic())


def copy(dsn: str, tables: list[str]) -> None:
    """All tables as of one moment, beside the live ones."""
    with psycopg.connect(dsn) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        connection.execute("DROP SCHEMA IF EXISTS older CASCADE")
        connection.execute("CREATE SCHEMA older")
        for table in tables:
            there, here = sql.Identifier("older", table), sql.Identifier("views", table)
            connection.execute(sql.SQL("CREATE TABLE {} AS TABLE {}").format(there, here))


def put_back(dsn: str, tables: list[str]) -> bool:
    """The copy instead of the live rows, in one transaction; False when somebody is writing."""
    with psycopg.connect(dsn) as connection:
        connection.execute(sql.SQL("SET lock_timeout = {}").format(LOCKED_WITHIN))
        live = sql.SQL(", ").join(sql.Identifier("views", table) for table in tables)
        try:
            connection.execute(sql.SQL("LOCK TABLE {}").format(live))
        except psycopg.errors.LockNotAvailable:
            return False
        connection.execute(sql.SQL("TRUNCATE {}").format(live))
        for table in tables:
            there, here = sql.Identifier("older", table), sql.Identifier("views", table)
            connection.execute(sql.SQL("INSERT INTO {} TABLE {}").format(here, there))
        connection.execute("DROP SCHEMA older CASCADE")
    return True


ROWS = (
    Row("V01", "views put back to an older state", "projectors catch up alone", restored, 60.0,
        takes=5.0),
)  # fmt: skip
