"""What the rows of every table add up to: equal rows, equal digests."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from psycopg import Connection
from psycopg.sql import SQL

from infra.postgres.views.tables import LIVE, table_of
from projections.base import Row

PATIENCE = "SET LOCAL statement_timeout = 0"


def digests(
    connection: Connection[Any], rows: Iterable[type[Row]], schema: str = LIVE
) -> Mapping[str, str]:
    """Table to a digest of its rows by lane, in whatever order they lie.

    Reads every row once, in the server. 128 bits that are compared on the server that made
    them: they find what went wrong, they are no proof against somebody who forges rows.
    """
    with connection.transaction():
        connection.execute(PATIENCE)
        return {row.TABLE: _digest(connection, row, schema) for row in rows}


def _digest(connection: Connection[Any], row: type[Row], schema: str) -> str:
    table = table_of(row, schema)
    query = SQL(
        "SELECT lane, count(*), bit_xor(hashint8extended(h, 1)), bit_xor(hashint8extended(h, 2))"
        " FROM (SELECT lane, hash_record_extended(ROW({}), 0) AS h FROM {} OFFSET 0) AS hashed"
        " GROUP BY lane ORDER BY lane"
    ).format(table.picked, table.name)
    digest = hashlib.sha256()
    for lane in connection.execute(query).fetchall():
        digest.update(repr(lane).encode())
    return digest.hexdigest()
