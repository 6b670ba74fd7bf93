"""The composition root: which part stands behind which port (lắp ráp). Nothing else wires."""

import os
import secrets
import socket
from collections.abc import Sequence
from functools import partial

from domain.law.public_holidays import public_calendar
from infra.clock import SystemClock
from infra.identity.tokens import TokenVerifier
from infra.kafka.clients import EXTRA, has_librdkafka, open_kafka_stream
from infra.kafka.settings import KafkaSettings
from infra.postgres.connections import ANSWER_SECONDS
from infra.postgres.directory import DirectoryFollower
from infra.postgres.fact_store import PostgresFactStore
from infra.postgres.leases import Leases
from infra.postgres.log_stream import PostgresLogStream
from infra.postgres.outbox import PostgresOutbox
from infra.postgres.reconciled import ReconciledLanes, StoreDigests
from infra.postgres.relay_cursor import RelayCursor
from infra.postgres.server_time import ServerTime
from infra.postgres.vault import PostgresVault
from infra.postgres.views.parking import Parking
from infra.postgres.views.queries import PostgresViews
from infra.postgres.views.store import PostgresViewStore
from infra.postgres.views.tables import LIVE, NEXT
from infra.postgres.wake import Listener
from infra.serial import decode
from infra.settings import PREFIX, Settings, SettingsError, missing
from infra.vault.master_key import read_master_key
from infra.vault.sealing import MasterKey
from projections.ports import FactStream
from services.api.health import Probe
from services.api.parts import ApiParts
from services.casework import Casework
from services.flow import Flow, probes
from services.machine import ClockFigures, DiskFigures, clock_probe
from services.projecting import projections as projections
from services.projector.lanes import Desk
from services.projector.program import ProjectorParts
from services.projector.recorded import StoreAndRelay
from services.reconciler.passing import Sources
from services.relay.program import RelayParts
from services.trust import trusted_keys
from services.web.opening import open_site
from services.web.router import WebDoors, web_router

STORE_CHANNEL = "stored_events"
PROBE_SECONDS = 1.5


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
        raise SettingsError(f"{PREFIX}KAFKA_CLIENT is librdkafka: pip install '{EXTRA}'")
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


def open_vault(settings: Settings, *, answer_within: float | None = None) -> PostgresVault:
    """The vault, with its master key."""
    dsn = settings.secret("vault_dsn")
    return PostgresVault(dsn, master_key(settings), answer_within=answer_within)


def master_key(settings: Settings) -> MasterKey:
    """The key that wraps the others. Raises ``SettingsError``."""
    return read_master_key(settings)


def open_directory(settings: Settings) -> DirectoryFollower:
    """The office tree, kept up to date."""
    return DirectoryFollower(settings.secret("store_dsn"))


def token_verifier(settings: Settings) -> TokenVerifier:
    """Who checks tokens; always by the real clock. Raises ``SettingsError``."""
    return TokenVerifier(
        trusted_keys(settings),
        SystemClock(),
        issuer=settings.issuer,
        audience=settings.jwt_audience,
    )


def server_time(settings: Settings) -> ServerTime:
    """Who says how far this machine's clock is off; a demo's shift is not counted."""
    return ServerTime(settings.secret("store_dsn"), SystemClock())


def relay_parts(settings: Settings) -> RelayParts:
    """What a relay is made of."""
    dsn = settings.secret("store_dsn")
    return RelayParts(
        outbox=PostgresOutbox(dsn),
        cursor=relay_cursor(settings),
        digests=StoreDigests(dsn),
        leases=Leases(dsn, process_name("relay")),
        news=Listener(dsn, "tiepdan relay", STORE_CHANNEL),
        kafka=kafka_settings(settings),
    )


def reconciler_sources(settings: Settings) -> Sources:
    """Store and stream to be compared; nothing is asked of either yet."""
    dsn = settings.secret("store_dsn")
    return Sources(
        open_stream=partial(open_stream, settings),
        rows=StoreDigests(dsn),
        kept=ReconciledLanes(dsn),
        cursor=relay_cursor(settings) if settings.stream == "kafka" else None,
    )


def projector_parts(settings: Settings) -> ProjectorParts:
    """What a projector is made of."""
    dsn = settings.secret("store_dsn")
    store = open_store(settings, pool_size=3)
    cursor = relay_cursor(settings) if settings.stream == "kafka" else None
    return ProjectorParts(
        stream=open_stream(settings),
        desk=Desk(projections(), open_view_store(settings), decode),
        leases=Leases(dsn, process_name("projector")),
        clock=settings.clock(),
        recorded=StoreAndRelay(store, cursor),
    )


def api_parts(settings: Settings) -> ApiParts:
    """What the doors are made of. Settings that are wrong are told before anything is opened."""
    tokens = token_verifier(settings)
    store = open_store(settings, answer_within=ANSWER_SECONDS)
    views = open_views(settings, answer_within=ANSWER_SECONDS)
    vault = open_vault(settings, answer_within=ANSWER_SECONDS)
    directory, clock = open_directory(settings), settings.clock()
    on_kafka = settings.stream == "kafka"
    brokers = None
    if on_kafka:
        brokers = kafka_settings(settings, bootstrap_timeout=PROBE_SECONDS)
    cursor = relay_cursor(settings) if on_kafka else None
    skew = server_time(settings).skew
    return ApiParts(
        casework=Casework(store, vault, directory.current, clock),
        store=store,
        vault=vault,
        views=views,
        directory=directory.current,
        clock=clock,
        calendar=public_calendar(),
        tokens=tokens,
        flow=Flow(store, views, cursor, clock),
        probes=[
            *probes(store, views, vault.database, directory, brokers),
            Probe("clock", needed=False, ask=clock_probe(skew)),
        ],
        wake=views.watch,
        demo=settings.demo,
        figures=(DiskFigures(settings.state_dir), ClockFigures(skew)),
    )


def page_doors(settings: Settings, parts: ApiParts) -> WebDoors:
    """The pages, their assets, and the page for every other address."""
    return web_router(open_site(settings, parts))
