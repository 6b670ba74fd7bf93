"""``migrate``, ``seed``, ``token``: what the programs find when they start, and a way in."""

import logging
from typing import Annotated

import typer

from domain.codes import Role
from domain.days import day_of
from services import wiring
from services.cli.exits import say
from services.cli.state import DEFAULT, State, settings_of
from services.demo.accounts import account_of
from services.migrating import Part, bring_up_to_date
from services.stack.seeding import Seeding
from services.trust import local_issuer

Only = Annotated[Part | None, typer.Option("--only", help="The database or the topics alone.")]
Wait = Annotated[float, typer.Option("--wait", min=0, help="Seconds for either to answer.")]
Scale = Annotated[
    float, typer.Option("--scale", min=0, max=1, help="Share of a demo's plain petitions.")
]


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command()(migrate)
    app.command()(seed)
    app.command()(token)


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
