"""Our database on the stack's own Postgres: made on first use, brought to this release."""

from collections.abc import Mapping

import psycopg
from psycopg import sql

from infra.local.errors import LocalStackError
from infra.local.postgres import Postgres
from infra.postgres.migrate import migrate


def prepare_database(server: Postgres, database: str, passwords: Mapping[str, str]) -> None:
    """Create it if it is missing, migrate it. Raises ``LocalStackError``, ``MigrationEdited``."""
    try:
        with psycopg.connect(server.dsn(), autocommit=True) as admin:
            known = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
            if known.fetchone() is None:
                admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))
        migrate(server.dsn(database), passwords)
    except psycopg.OperationalError as away:
        raise LocalStackError(f"the database is away: {away}") from away
