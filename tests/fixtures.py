"""The real things that tests stand on: one Postgres and one Kafka for the whole run.

A missing Java or Maven skips the test and says what to install; where CI=true it
fails instead, so that a green run there means that everything ran.
"""

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from infra.local.errors import MissingProgram
from infra.local.kafka import Broker, Distribution, find_distribution
from infra.local.ports import LOOPBACK, free_port
from infra.local.postgres import Postgres, RunningPostgres


@pytest.fixture(scope="session")
def state_root() -> Iterator[Path]:
    """A folder for servers, outside pytest's own: that one is closed to other accounts."""
    folder = Path(tempfile.mkdtemp(prefix="tiepdan-tests-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_server(state_root: Path) -> Iterator[str]:
    """An embedded Postgres that does not wait for the disk; the superuser's DSN."""
    postgres = Postgres(state_root / "postgres", free_port(), max_connections=200, durable=False)
    with RunningPostgres(postgres):
        yield postgres.dsn()


@pytest.fixture
def database(postgres_server: str) -> Iterator[str]:
    """The DSN of a fresh, empty database, dropped afterwards."""
    name = f"t_{secrets.token_hex(8)}"
    quoted = sql.Identifier(name)
    with psycopg.connect(postgres_server, autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {}").format(quoted))
    yield in_database(postgres_server, name)
    with psycopg.connect(postgres_server, autocommit=True) as admin:
        admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(quoted))


@pytest.fixture(scope="session")
def kafka_distribution() -> Distribution:
    """Java and the broker's jars, or the skip that says what to install."""
    try:
        return find_distribution()
    except MissingProgram as missing:
        absent(str(missing))


@pytest.fixture(scope="session")
def kafka_broker(state_root: Path, kafka_distribution: Distribution) -> Iterator[str]:
    """A real broker; its bootstrap string."""
    with Broker(state_root / "kafka", free_port(), kafka_distribution) as broker:
        yield broker.bootstrap


def absent(what: str) -> NoReturn:
    """Skip because the machine lacks something, or fail where nothing may be lacking."""
    if os.environ.get("CI") == "true":
        pytest.fail(what, pytrace=False)
    pytest.skip(what)


def in_database(dsn: str, name: str) -> str:
    """The same server and user, another database."""
    parts = conninfo_to_dict(dsn)
    return f"postgresql://{parts['user']}:{parts['password']}@{LOOPBACK}:{parts['port']}/{name}"
