"""What the rows of every table add up to: equal rows, equal digests."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from psycopg import Connection
from psycopg.sql import SQL, Composable, Identifier

from infra.postgres.views.tables import LIVE, table_of
from projections.base import Row

SETTINGS = (
    # How values are written as text must not depend on who asks.
    "SET LOCAL TimeZone = 'UTC'",
    "SET LOCAL DateStyle = 'ISO'",
    "SET LOCAL bytea_output = 'hex'",
    "SET LOCAL statement_timeout = 0",
)


def digests(
    connection: Connection[Any], rows: Iterable[type[Row]], schema: str = LIVE
) -> Mapping[str, str]:
    """Table to SHA-256 over its rows by lane and key. Reads every row once, in the server."""
    with connection.transaction():
        for setting in SETTINGS:
            connection.execute(setting)
        return {row.TABLE: _digest(connection, row, schema) for row in rows}


def _digest(connection: Connection[Any], row: type[Row], schema: str) -> str:
    table = table_of(row, schema)
    keys: list[Composable] = [
        Identifier(key) + SQL(' COLLATE "C"')
        if table.column_types[table.columns.index(key)].name == "text"
        else Identifier(key)
        for key in row.KEY
    ]
    query = SQL(
        "SELECT lane, sha256(string_agg(sha256(convert_to(ROW({})::text, 'UTF8')), '' ORDER BY {}))"
        " FROM {} GROUP BY lane ORDER BY lane"
    ).format(table.picked, SQL(", ").join(keys), table.name)
    digest = hashlib.sha256()
    for lane, part in connection.execute(query).fetchall():
        digest.update(b"%d " % lane + part)
    return digest.hexdigest()
