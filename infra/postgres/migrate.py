"""Brings a database to this release: plain SQL files, each once, in order of their names.

A file that was applied may never be edited: its SHA-256 is kept and compared. Roles are
made first, because the files grant to them. Safe to run from several programs at once.
"""

import contextlib
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from domain.ports import StoreUnavailable
from infra.postgres.connections import connect

MIGRATIONS = Path(__file__).with_name("migrations")
APP, PROJECTOR, VAULT = "tiepdan_app", "tiepdan_projector", "tiepdan_vault"
ROLES = (APP, PROJECTOR, VAULT)
ADMIN = "postgres"
"""The server's own administrator, who makes the others."""
LOCK = 0x7469657064616E
"""One runner at a time in a database: the letters of "tiepdan"."""
ROLE_ATTEMPTS = 10
LIMITS = "-c lock_timeout=60s -c statement_timeout=900s"
"""A file may build an index over the whole store; another runner may be at it."""
SILENCE_SECONDS = 905.0

LEDGER = """
CREATE SCHEMA IF NOT EXISTS migrations;
CREATE TABLE IF NOT EXISTS migrations.applied (
    name text PRIMARY KEY, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now()
);
"""


class MigrationEdited(Exception):
    """An applied file is not what it was. Restore it and add a new file instead."""


@dataclass(frozen=True)
class Migration:
    """One file."""

    name: str
    text: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


def migrations(folder: Path = MIGRATIONS) -> Sequence[Migration]:
    """The files in the order they apply."""
    return [Migration(p.name, p.read_text("utf-8")) for p in sorted(folder.glob("[0-9]*_*.sql"))]


def migrate(
    dsn: str, passwords: Mapping[str, str], *, files: Sequence[Migration] | None = None
) -> Sequence[str]:
    """Apply what is missing and return the names; set the passwords of the roles given.

    ``dsn`` is an administrator's. Raises :class:`MigrationEdited`, ``StoreUnavailable``,
    ``psycopg.Error`` for a file that does not apply.
    """
    wanted = migrations() if files is None else files
    with _administering(dsn) as admin:
        admin.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        admin.execute(LEDGER)
        _prepare_roles(admin, passwords)
        return _apply(admin, wanted)


def ensure_database(dsn: str, name: str, *, template: str = "template1") -> None:
    """Make the database if it is missing. ``dsn`` is an administrator's, of any database.

    ``template`` is the database to copy, to which nobody may be connected. Raises
    ``StoreUnavailable``.
    """
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    with _administering(dsn) as admin:
        admin.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        known = admin.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone()
        if known is None:
            admin.execute(create.format(sql.Identifier(name), sql.Identifier(template)))


def missing_migrations(dsn: str) -> Sequence[str]:
    """The files of this release that a database does not have yet. Raises ``StoreUnavailable``."""
    with _administering(dsn) as admin:
        rows = admin.execute("SELECT name FROM migrations.applied").fetchall()
    known = {name for (name,) in rows}
    return [file.name for file in migrations() if file.name not in known]


def as_role(dsn: str, role: str, password: str) -> str:
    """The same database through another role."""
    return make_conninfo(dsn, user=role, password=password)


@contextlib.contextmanager
def _administering(dsn: str) -> Iterator[psycopg.Connection]:
    """An administrator's connection. Raises ``StoreUnavailable``."""
    try:
        with connect(dsn, "tiepdan migrate", silence=SILENCE_SECONDS, limits=LIMITS) as admin:
            yield admin
    except psycopg.OperationalError as away:
        raise StoreUnavailable(str(away)) from away


def _apply(admin: psycopg.Connection, wanted: Sequence[Migration]) -> Sequence[str]:
    known: dict[str, str] = dict(
        admin.execute("SELECT name, sha256 FROM migrations.applied").fetchall()
    )
    for file in wanted:
        if known.get(file.name, file.sha256) != file.sha256:
            raise MigrationEdited(f"{file.name} was edited after it had been applied")
    missing = [file for file in wanted if file.name not in known]
    for file in missing:
        with admin.transaction():
            admin.execute(file.text.encode())
            admin.execute(
                "INSERT INTO migrations.applied (name, sha256) VALUES (%s, %s)",
                [file.name, file.sha256],
            )
    return [file.name for file in missing]


def _prepare_roles(admin: psycopg.Connection, passwords: Mapping[str, str]) -> None:
    """Make the roles, shut everybody else out of the database."""
    for role in ROLES:
        _make_role(admin, role, passwords.get(role))
    database = sql.Identifier(admin.info.dbname)
    roles = sql.SQL(", ").join(sql.Identifier(role) for role in ROLES)
    admin.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    admin.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, roles))


def _make_role(admin: psycopg.Connection, role: str, password: str | None) -> None:
    """Roles belong to the whole server: another database's runner may be at it too."""
    name = sql.Identifier(role)
    with contextlib.suppress(psycopg.errors.DuplicateObject, psycopg.errors.UniqueViolation):
        admin.execute(sql.SQL("CREATE ROLE {} LOGIN").format(name))
    if password is None:
        return
    verifier = admin.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256")
    statement = sql.SQL("ALTER ROLE {} PASSWORD {}").format(name, sql.Literal(verifier.decode()))
    for attempt in range(1, ROLE_ATTEMPTS + 1):
        try:
            admin.execute(statement)
        except psycopg.errors.InternalError_:  # "tuple concurrently updated"
            if attempt == ROLE_ATTEMPTS:
                raise
        else:
            return
