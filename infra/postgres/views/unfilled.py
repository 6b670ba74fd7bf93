"""What rows folded by an earlier release lack, and only making the views anew fills."""

from collections.abc import Sequence

import psycopg

from domain.ports import StoreUnavailable
from infra.postgres.connections import connect

PROGRAM = "tiepdan doctor"
UNFILLED = "SELECT migration, lacks FROM views.unfilled ORDER BY migration"


def unfilled(dsn: str) -> Sequence[str]:
    """A line for each migration since which there are such rows. Raises ``StoreUnavailable``."""
    try:
        with connect(dsn, PROGRAM) as connection:
            found = connection.execute(UNFILLED).fetchall()
    except psycopg.Error as away:
        raise StoreUnavailable(str(away)) from away
    return [f"rows folded before {migration} lack {lacks}" for migration, lacks in found]
