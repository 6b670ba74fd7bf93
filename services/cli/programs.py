"""``serve``, ``migrate``, ``token``: the programs, one at a time."""

import logging
import sys
from enum import StrEnum
from typing import Annotated

import typer

from domain.codes import Role
from domain.days import day_of
from infra.clock import SystemClock
from infra.identity.keys import load_signing_key
from infra.identity.tokens import LocalIssuer
from infra.kafka.topics import ensure_topics
from infra.postgres.migrate import migrate as migrate_database
from infra.settings import Settings, SettingsError
from services import wiring
from services.api import logs
from services.api.app import create_app
from services.api.server import serve as serve_api
from services.cli.exits import say
from services.cli.state import DEFAULT, State, settings_of
from services.demo.accounts import account_of
from services.housekeeping import Housekeeping
from services.lifetime import live
from services.projector.program import run_projector
from services.relay.program import run_relay


class Program(StrEnum):
    """What can be served."""

    API = "api"
    RELAY = "relay"
    PROJECTOR = "projector"


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command()(serve)
    app.command()(migrate)
    app.command()(token)


def serve(program: Program) -> None:
    """Run one program until SIGTERM, with the settings of the environment."""
    settings = Settings.read()
    logs.configure(sys.stdout)
    match program:
        case Program.API:
            serve_doors(settings)
        case Program.RELAY:
            parts = wiring.relay_parts(settings)
            live(lambda stop: run_relay(parts, stop))
        case Program.PROJECTOR:
            folding = wiring.projector_parts(settings)
            live(lambda stop: run_projector(folding, stop))


def serve_doors(settings: Settings) -> None:
    """The API and the pages."""
    parts = wiring.api_parts(settings)
    app = create_app(parts, web=wiring.page_routers(settings, parts), mounts=wiring.page_mounts())
    with Housekeeping(wiring.open_vault(settings), parts.store):
        serve_api(
            app,
            host=settings.api_host,
            port=settings.api_port,
            metrics_host=settings.api_host,
            metrics_port=settings.metrics_port,
        )


def migrate(state: State = DEFAULT) -> None:
    """Bring the database to this release and create the topics."""
    settings = settings_of(state)
    logging.basicConfig(level=logging.WARNING)
    applied = migrate_database(settings.secret("admin_dsn"), {})
    say(f"{len(applied)} migrations applied")
    if settings.stream == "kafka":
        ensure_topics(wiring.kafka_settings(settings))
        say("Topics are as they should be")


def token(
    office: Annotated[str, typer.Option(help="Office id, or the bare code of a unit.")],
    role: Annotated[Role, typer.Option(help="Role in that office.")],
    state: State = DEFAULT,
) -> None:
    """Print an access token of a demo stack's local issuer, for curl."""
    settings = settings_of(state)
    if settings.jwt_private_key_file is None or settings.jwt_issuer is None:
        raise SettingsError(f"{state} is no demo stack: tokens come from the identity provider")
    follower = wiring.open_directory(settings)
    found = follower.current().get_office(office, day_of(settings.clock().now()))
    follower.close()
    key = load_signing_key(settings.jwt_private_key_file)
    issuer = LocalIssuer(
        key, SystemClock(), issuer=settings.jwt_issuer, audience=settings.jwt_audience
    )
    print(issuer.issue(account_of(found.office_id, role), found.office_id, role))
