"""Databases brought to this release, with one address per role, for tests on the real Postgres."""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import psycopg
import pytest

from infra.postgres.fact_store import PostgresFactStore
from infra.postgres.migrate import APP, PROJECTOR, ROLES, VAULT, as_role, migrate


@dataclass(frozen=True)
class Addresses:
    """The same database as its administrator and as each role sees it."""

    admin: str
    app: str
    projector: str
    vault: str

    def run(self, statement: str, *arguments: object) -> list[tuple[object, ...]]:
        """What the administrator does or sees."""
        with psycopg.connect(self.admin, autocommit=True) as connection:
            cursor = connection.execute(statement.encode(), arguments)
            return cursor.fetchall() if cursor.description else []


@pytest.fixture(scope="session")
def role_passwords() -> Mapping[str, str]:
    """Roles belong to the server, so one run has one set of passwords."""
    return {role: secrets.token_urlsafe(16) for role in ROLES}


@pytest.fixture
def addresses(database: str, role_passwords: Mapping[str, str]) -> Addresses:
    """A fresh database with every migration applied."""
    migrate(database, role_passwords)
    app, projector, vault = (
        as_role(database, role, role_passwords[role]) for role in (APP, PROJECTOR, VAULT)
    )
    return Addresses(database, app, projector, vault)


@pytest.fixture
def postgres_store(addresses: Addresses) -> Iterator[PostgresFactStore]:
    """The real store, empty, as the application's role."""
    store = PostgresFactStore.open(addresses.app, durable=False, environ={})
    yield store
    store.close()
