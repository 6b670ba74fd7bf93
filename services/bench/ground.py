"""Throw-away servers in a folder of their own: started when asked for, gone at the end."""

import contextlib
import gc
import secrets
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

from infra.kafka.plain_clients import forget_topics
from infra.kafka.settings import KafkaSettings
from infra.kafka.topics import ensure_topics
from infra.local.kafka import Broker, find_distribution
from infra.local.ports import free_port
from infra.local.postgres import Postgres, RunningPostgres
from infra.postgres.migrate import APP, PROJECTOR, ROLES, as_role, ensure_database, migrate

CONNECTIONS = 250
"""As many as 64 writers of three kinds need."""


@dataclass(frozen=True)
class Database:
    """A database of this release and its roles' addresses."""

    admin: str
    app: str
    projector: str

    def env(self) -> Mapping[str, str]:
        """The settings of a program that works on it."""
        return {"TIEPDAN_STORE_DSN": self.app, "TIEPDAN_PROJECTOR_DSN": self.projector}


class Ground:
    """Servers for one call of ``tiepdan bench``: durable, as the local stack runs them.

    Raises ``LocalStackError`` when one does not start (``MissingProgram`` without a Java).
    """

    def __init__(self) -> None:
        self._held = contextlib.ExitStack()
        self._passwords = {role: secrets.token_urlsafe(16) for role in ROLES}
        self._databases = 0

    @cached_property
    def folder(self) -> Path:
        """Below it lies everything."""
        made = Path(tempfile.mkdtemp(prefix="tiepdan-bench-"))
        self._held.callback(shutil.rmtree, made, ignore_errors=True)
        return made

    @cached_property
    def postgres(self) -> Postgres:
        """A running server."""
        server = Postgres(self.folder / "postgres", free_port(), max_connections=CONNECTIONS)
        self._held.enter_context(RunningPostgres(server))
        return server

    def database(self, *, like: Database | None = None) -> Database:
        """A new database; ``like`` copies another that nobody is connected to."""
        self._databases += 1
        name = f"bench_{self._databases}"
        template = "template1" if like is None else like.admin.rsplit("/", 1)[1]
        ensure_database(self.postgres.dsn(), name, template=template)
        admin = self.postgres.dsn(name)
        migrate(admin, self._passwords)
        app, projector = (as_role(admin, role, self._passwords[role]) for role in (APP, PROJECTOR))
        return Database(admin, app, projector)

    @cached_property
    def kafka(self) -> KafkaSettings:
        """A running broker."""
        broker = Broker(self.folder / "kafka", free_port(), find_distribution())
        return KafkaSettings(self._held.enter_context(broker).bootstrap)

    def emptied_kafka(self) -> KafkaSettings:
        """The broker with topics that nothing was ever sent to."""
        forget_topics(self.kafka)
        ensure_topics(self.kafka)
        return self.kafka

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._held.close()


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Objects prepared for a measurement are not walked by the collector during it."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
