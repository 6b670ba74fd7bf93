"""What the rows of every table add up to: equal rows, equal digests."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from psycopg import Connection
from psycopg.sql import SQL, Composable, Identifier

from infra.postgres.views.tables import LIVE, table_of
from projections.base import Row


def digests(
    connection: Connection[Any], rows: Iterable[type[Row]], schema: str = LIVE
) -> Mapping[str, str]:
    """Table to SHA-256 over its rows in the order of their keys. Reads every row once."""
    return {row.TABLE: _digest(connection, row, schema) for row in rows}


def _digest(connection: Connection[Any], row: type[Row], schema: str) -> str:
    table = table_of(row, schema)
    keys: list[Composable] = [
        Identifier(key) + SQL(' COLLATE "C"')
        if table.column_types[table.columns.index(key)].name == "text"
        else Identifier(key)
        for key in row.KEY
    ]
    query = SQL("COPY (SELECT {} FROM {} ORDER BY {}) TO STDOUT").format(
        table.picked, table.name, SQL(", ").join(keys)
    )
    digest = hashlib.sha256()
    with connection.cursor() as cursor, cursor.copy(query) as copied:
        for part in copied:
            digest.update(part)
    return digest.hexdigest()
