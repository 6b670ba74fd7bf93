"""Rows set right otherwise than by the next facts of their lane: counted (khung nhìn được sửa).

The feed tells what comes after a position. It has no row for what changed before it.
"""

from typing import Any

from psycopg import Connection
from psycopg.sql import SQL

from infra.postgres.views.batches import NOTIFY

AMENDED = SQL("SELECT coalesce(max(times), 0) FROM views.amended").format()
AMEND = SQL("""
INSERT INTO views.amended AS a (times) VALUES (1)
ON CONFLICT (one) DO UPDATE SET times = a.times + 1
""")


def amend(connection: Connection[Any]) -> None:
    """Count that rows were set right, and wake who shows them; last in their transaction."""
    connection.execute(AMEND)
    connection.execute(NOTIFY)
