"""Keys and indexes of the live views on the tables made anew."""

from collections.abc import Sequence

from psycopg.sql import SQL, Composed, Identifier

from infra.postgres.connections import PatientConnection
from infra.postgres.views.tables import LIVE, NEXT

INDEXES = """
SELECT i.indisprimary, pg_get_indexdef(i.indexrelid), pg_get_constraintdef(c.oid)
FROM pg_index i LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid
WHERE i.indrelid = %s::regclass ORDER BY i.indexrelid::regclass::text
"""


Index = tuple[bool, str, str | None]


def index(connection: PatientConnection, name: str) -> None:
    """Make what a table lacks, and its statistics."""
    with connection.transaction():
        made = _indexes(connection, NEXT, name)
        for primary, definition, constraint in _indexes(connection, LIVE, name):
            if not _has(made, primary, definition):
                connection.execute(_copy_of(name, primary, definition, constraint))
    connection.execute(SQL("ANALYZE {}").format(Identifier(NEXT, name)))


def _indexes(connection: PatientConnection, schema: str, name: str) -> Sequence[Index]:
    return connection.execute(INDEXES, [f"{schema}.{name}"]).fetchall()


def _has(made: Sequence[Index], primary: bool, index: str) -> bool:
    return any(p for p, *_ in made) if primary else _moved(index) in {i for _, i, _ in made}


def _moved(index: str) -> str:
    """A live index's definition on the new table: the catalogue qualifies every table."""
    return index.replace(f" ON {LIVE}.", f" ON {NEXT}.", 1)


def _copy_of(name: str, primary: bool, index: str, constraint: str | None) -> SQL | Composed:
    if primary and constraint is not None:
        return SQL("ALTER TABLE {} ADD {}").format(Identifier(NEXT, name), SQL(constraint))
    return SQL(_moved(index))
