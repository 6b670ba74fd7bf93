"""``serve``, ``migrate``, ``seed``, ``token``: the programs, one at a time."""

import contextlib
import logging
import sys
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

import typer

from domain.codes import Role
from domain.days import day_of
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
from services.machine import OnTime
from services.migrating import Part, bring_up_to_date
from services.projector.health import ProjectorHealth
from services.projector.program import run_projector
from services.reconciler.health import ReconcilerHealth
from services.reconciler.program import ReconcilerParts, run_reconciler
from services.relay.health import RelayHealth
from services.relay.program import run_relay
from services.stack.seeding import Seeding
from services.trust import local_issuer
from services.worker_health import Worker, worker_port


class Program(StrEnum):
    """What can be served."""

    API = "api"
    RELAY = "relay"
    PROJECTOR = "projector"
    RECONCILER = "reconciler"


Only = Annotated[Part | None, typer.Option("--only", help="The database or the topics alone.")]
Wait = Annotated[float, typer.Option("--wait", min=0, help="Seconds for either to answer.")]
Scale = Annotated[
    float, typer.Option("--scale", min=0, max=1, help="Share of a demo's plain petitions.")
]


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command()(serve)
    app.command()(migrate)
    app.command()(seed)
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
            with telling_health(settings, RelayHealth(parts.status, settings.clock())):
                live(lambda stop: run_relay(parts, stop))
        case Program.PROJECTOR:
            folding = wiring.projector_parts(settings)
            with telling_health(settings, ProjectorHealth(folding.status)):
                live(lambda stop: run_projector(folding, stop))
        case Program.RECONCILER:
            comparing = ReconcilerParts(wiring.reconciler_sources(settings))
            with telling_health(settings, ReconcilerHealth(comparing.status)):
                live(lambda stop: run_reconciler(comparing, stop))


def serve_doors(settings: Settings) -> None:
    """The API and the pages."""
    parts = wiring.api_parts(settings)
    doors = wiring.page_doors(settings, parts)
    app = create_app(parts, web=doors.routers, mounts=doors.mounts)
    with Housekeeping(wiring.open_vault(settings), parts.store):
        serve_api(
            app,
            host=settings.api_host,
            port=settings.api_port,
            metrics_host=settings.metrics_host,
            metrics_port=settings.metrics_port,
        )


@contextlib.contextmanager
def telling_health(settings: Settings, worker: Worker) -> Iterator[None]:
    """Answer for a worker where the settings name a port. Raises ``SettingsError``."""
    port = settings.worker_metrics_port
    if port is None:
        yield
        return
    worker = OnTime(worker, wiring.server_time(settings).skew)
    with contextlib.ExitStack() as open_port:
        try:
            open_port.enter_context(worker_port(worker, host=settings.metrics_host, port=port))
        except OSError as taken:
            raise SettingsError(f"TIEPDAN_WORKER_METRICS_PORT: {taken}") from taken
        yield


def migrate(only: Only = None, wait: Wait = 60, state: State = DEFAULT) -> None:
    """Bring database, roles and topics to this release, once Postgres and Kafka answer."""
    logging.basicConfig(level=logging.CRITICAL)
    bring_up_to_date(settings_of(state), only=only, patience=wait, say=say)


def seed(state: State = DEFAULT, scale: Scale = 1) -> None:
    """Import the units the project carries; fill a stack that is a demo. Twice is once."""
    Seeding(settings_of(state), say, scale=scale)()


def token(
    office: Annotated[str, typer.Option(help="Office id, or the bare code of a unit.")],
    role: Annotated[Role, typer.Option(help="Role in that office.")],
    state: State = DEFAULT,
) -> None:
    """Print an access token of a demo stack's local issuer, for curl."""
    settings = settings_of(state)
    issuer = local_issuer(settings)
    follower = wiring.open_directory(settings)
    found = follower.current().get_office(office, day_of(settings.clock().now()))
    follower.close()
    print(issuer.issue(account_of(found.office_id, role), found.office_id, role))
