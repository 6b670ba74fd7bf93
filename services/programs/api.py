"""The API and the pages, put together."""

from functools import partial

from infra.descriptors import allow_many_open
from infra.postgres.connections import ANSWER_SECONDS, waiting_for
from infra.settings import Settings
from services import wiring
from services.api.app import create_app
from services.api.parts import ApiParts
from services.api.server import serve
from services.casework import Casework
from services.collector import spare_the_collector
from services.flow import Flow, must_be_whole, probes
from services.housekeeping import Housekeeping
from services.machine import ClockFigures, DiskFigures, clock_probe
from services.probing import Probe
from services.trust import token_verifier
from services.vaults import open_vault
from services.web.opening import open_site
from services.web.router import web_routes

PROBE_SECONDS = 1.5
CLOCK_LOOKS = 0.01
"""Seconds between two looks at whether a demo's clock was moved: two for each command were many."""


def run(settings: Settings) -> None:
    """Serve until SIGTERM."""
    allow_many_open()
    parts = api_parts(settings)
    site = open_site(settings, parts)
    app = create_app(parts, web=web_routes(site), site=site)
    spare_the_collector()
    with Housekeeping(open_vault(settings), parts.store):
        serve(
            app,
            host=settings.api_host,
            port=settings.api_port,
            metrics_host=settings.metrics_host,
            metrics_port=settings.metrics_port,
        )


def api_parts(settings: Settings) -> ApiParts:
    """What the doors are made of. Settings that are wrong are told before anything is opened."""
    tokens = token_verifier(settings)
    store = wiring.open_store(settings, answer_within=ANSWER_SECONDS)
    views = wiring.open_views(settings, answer_within=ANSWER_SECONDS)
    vault = open_vault(settings, answer_within=ANSWER_SECONDS)
    directory, clock = wiring.open_directory(settings), settings.clock(look_every=CLOCK_LOOKS)
    law = wiring.open_law(settings)
    on_kafka = settings.stream == "kafka"
    brokers = None
    if on_kafka:
        brokers = wiring.kafka_settings(settings, bootstrap_timeout=PROBE_SECONDS)
    cursor = wiring.relay_cursor(settings) if on_kafka else None
    skew = wiring.server_time(settings).skew
    return ApiParts(
        casework=Casework(store, vault, directory.current, clock, law.current),
        store=store,
        vault=vault,
        views=views,
        directory=directory.current,
        clock=clock,
        law=law.current,
        tokens=tokens,
        flow=Flow(store, views, cursor, clock),
        probes=[
            *probes(store, views, vault.database, directory, brokers),
            Probe("law", needed=False, ask=partial(must_be_whole, law)),
            Probe("clock", needed=False, ask=clock_probe(skew)),
        ],
        wake=views.watch,
        demo=settings.demo,
        heed_law=law.refresh,
        lines={
            "saves": lambda: store.recorder.saves_waiting,
            "connection_store": lambda: waiting_for(store.pool),
            "connection_views": lambda: waiting_for(views.pool),
            "connection_vault": lambda: waiting_for(vault.database.pool),
        },
        figures=(DiskFigures(settings.state_dir), ClockFigures(skew)),
    )
