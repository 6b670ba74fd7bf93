"""The composition root: which part stands behind which port (lắp ráp).

What one program alone is made of is put together in :mod:`services.programs`; the vault and
the trust in tokens, which cost a library of ciphers, in ``vaults`` and ``trust``.
"""

import os
import secrets
import socket
from collections.abc import Sequence
from functools import partial

from infra.clock import SystemClock
from infra.kafka.clients import EXTRA, has_librdkafka, open_kafka_stream
from infra.kafka.settings import KafkaSettings
from infra.postgres.agenda import PostgresAgenda
from infra.postgres.directory import DirectoryFollower
from infra.postgres.fact_store import PostgresFactStore
from infra.postgres.law import LawFollower
from infra.postgres.log_stream import PostgresLogStream
from infra.postgres.reconciled import ReconciledLanes, StoreDigests
from infra.postgres.relay_cursor import RelayCursor
from infra.postgres.server_time import ServerTime
from infra.postgres.views.parking import Parking
from infra.postgres.views.queries import PostgresViews
from infra.postgres.views.store import PostgresViewStore
from infra.postgres.views.tables import LIVE, NEXT
from infra.settings import PREFIX, Settings, SettingsError, missing
from projections.ports import FactStream
from services.law import carried_law
from services.projecting import projections as projections
from services.reconciler.passing import Sources


def projection_names() -> Sequence[str]:
    """What a reader waits for until it sees its own write."""
    return [projection.name for projection in projections()]


def process_name(program: str) -> str:
    """A name that no other process ever has: leases are held under it."""
    return f"{program}@{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"


def kafka_settings(settings: Settings, *, bootstrap_timeout: float = 30.0) -> KafkaSettings:
    """How to reach the brokers. Raises ``SettingsError``."""
    if settings.kafka_bootstrap is None:
        raise missing("kafka_bootstrap")
    if settings.kafka_client == "librdkafka" and not has_librdkafka():
        raise SettingsError(
            f"{PREFIX}KAFKA_CLIENT is librdkafka: make setup-librdkafka, or pip install '{EXTRA}'"
        )
    return KafkaSettings(
        settings.kafka_bootstrap,
        replication=settings.kafka_replication,
        bootstrap_timeout=bootstrap_timeout,
        library=settings.kafka_client,
    )


def open_store(
    settings: Settings, *, pool_size: int = 15, answer_within: float | None = None
) -> PostgresFactStore:
    """The truth. Raises ``SettingsError``, ``UnsafeStore``, ``StoreUnavailable``."""
    return PostgresFactStore.open(
        settings.secret("store_dsn"), pool_size=pool_size, answer_within=answer_within
    )


def open_stream(settings: Settings) -> FactStream:
    """The shared stream, whoever carries it."""
    if settings.stream == "kafka":
        return open_kafka_stream(kafka_settings(settings))
    return PostgresLogStream(settings.secret("store_dsn"))


def open_views(
    settings: Settings, *, pool_size: int = 10, answer_within: float | None = None
) -> PostgresViews:
    """What boards and pages ask."""
    return PostgresViews.open(
        settings.secret("store_dsn"),
        projection_names(),
        pool_size=pool_size,
        answer_within=answer_within,
    )


def open_view_store(settings: Settings, *, beside: bool = False) -> PostgresViewStore:
    """Where rows are written; ``beside`` the live ones for a rebuild."""
    schema = NEXT if beside else LIVE
    return PostgresViewStore.at(settings.secret("projector_dsn"), schema=schema)


def open_parking(settings: Settings) -> Parking:
    """Records set aside, and what an operator decided about them."""
    return Parking.at(settings.secret("projector_dsn"))


def relay_cursor(settings: Settings) -> RelayCursor:
    """How far the relay is."""
    return RelayCursor(settings.secret("store_dsn"))


def open_directory(settings: Settings) -> DirectoryFollower:
    """The office tree, kept up to date."""
    return DirectoryFollower(settings.secret("store_dsn"))


def open_law(settings: Settings) -> LawFollower:
    """Calendar and rulebook, kept up to date. Also raises ``UnreadableEdition``."""
    return LawFollower(settings.secret("store_dsn"), carried_law())


def open_agenda(settings: Settings) -> PostgresAgenda:
    """What the scheduler waits for."""
    return PostgresAgenda(settings.secret("store_dsn"))


def server_time(settings: Settings) -> ServerTime:
    """Who says how far this machine's clock is off; a demo's shift is not counted."""
    return ServerTime(settings.secret("store_dsn"), SystemClock())


def reconciler_sources(settings: Settings) -> Sources:
    """Store and stream to be compared; nothing is asked of either yet."""
    dsn = settings.secret("store_dsn")
    return Sources(
        open_stream=partial(open_stream, settings),
        rows=StoreDigests(dsn),
        kept=ReconciledLanes(dsn),
        cursor=relay_cursor(settings) if settings.stream == "kafka" else None,
    )
