"""The whole site over real Postgres: demo units, a small history, views folded after each act."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from fastapi import FastAPI
from psycopg import sql

from domain.codes import Role
from domain.commands import Command
from domain.days import day_of
from domain.values import Officer
from infra.clock import SystemClock
from infra.identity.tokens import LocalIssuer, TokenVerifier
from infra.memory import MemoryVault
from infra.postgres.directory import DirectoryFollower
from infra.postgres.fact_store import PostgresFactStore
from infra.postgres.migrate import APP, PROJECTOR, ROLES, as_role, migrate
from infra.postgres.views import PostgresViews, PostgresViewStore
from infra.serial import decode
from infra.units import Edition
from projections.base import Fact
from projections.ports import Progress
from services.api.app import create_app
from services.api.metrics import FlowHealth
from services.api.parts import ApiParts
from services.casework import Casework, Outcome
from services.demo import DemoClock, fill
from services.demo.accounts import account_of
from services.law import carried_law
from services.units import import_units
from services.web.assets.build import build
from services.web.demo import DemoColleagues, DemoSignIn, carried_cells
from services.web.notices import NOTICES
from services.web.render import Assets, Renderer
from services.web.router import web_routes
from services.web.site import Site
from services.wiring import projections
from tests.api.world import AUDIENCE, ISSUER, KEY, public
from tests.demo.little_stack import units_of_the_demo
from tests.fixtures import in_database
from tests.web.plain_browser import Browser

SEED = 20250514


@dataclass
class SiteWorld:
    """The site and everything it stands on."""

    app_dsn: str
    store: PostgresFactStore
    views: PostgresViews
    rows: PostgresViewStore
    follower: DirectoryFollower
    clock: DemoClock
    vault: MemoryVault = field(default_factory=MemoryVault)
    folded: int = 0

    def __post_init__(self) -> None:
        self.casework = Casework(self.store, self.vault, self.follower.current, self.clock)
        issuer = LocalIssuer(KEY, SystemClock(), issuer=ISSUER, audience=AUDIENCE)
        self.issuer = issuer
        self.parts = ApiParts(
            casework=self.casework,
            store=self.store,
            vault=self.vault,
            views=self.views,
            directory=self.follower.current,
            clock=self.clock,
            law=carried_law,
            tokens=TokenVerifier(public(KEY), SystemClock(), issuer=ISSUER, audience=AUDIENCE),
            flow=lambda: FlowHealth(0.0),
            probes=(),
            wake=None,
            demo=True,
        )
        self.site = Site(
            parts=self.parts,
            renderer=Renderer(Assets.load()),
            sign_in=DemoSignIn(issuer, self.follower.current, self.today),
            colleagues=DemoColleagues(self.follower.current, self.today),
            cells=carried_cells(),
            notices=NOTICES,
        )
        self.app = self.app_over(self.parts)

    def today(self) -> date:
        """What day the world thinks it is."""
        return day_of(self.clock.now())

    def app_over(self, parts: ApiParts) -> FastAPI:
        """The whole application over these parts."""
        site = replace(self.site, parts=parts)
        return create_app(parts, web=web_routes(site), site=site, pace=0.0)

    def with_parts(self, parts: ApiParts) -> "Broken":
        """The same world behind an application with some part changed."""
        return Broken(self, self.app_over(parts))

    def act(self, command: Command, office: str, role: Role = Role.CLERK) -> Outcome:
        """Record something as an officer, and show it in the views."""
        by = Officer(account_of(office, role), office, role)
        done = self.casework.handle(
            command, by, key=uuid4(), request=b"test", correlation=secrets.token_hex(16)
        )
        self.fold()
        return done

    def fold(self) -> None:
        """Bring every new fact into the views, as the projector does."""
        every = projections()
        lanes: dict[int, list[Fact]] = {}
        while records := self.store.read(after=self.folded, limit=1000):
            for record in records:
                event = decode(record.type_name, record.body)
                fact = Fact(record.position, record.lane, record.type_name, record.body, event)
                lanes.setdefault(record.lane, []).append(fact)
            self.folded = records[-1].position
        for lane, facts in lanes.items():
            now = Progress("log", facts[-1].position, facts[-1].position)
            work = [
                (each, self.rows.progress(each.name, [lane]).get(lane), now, facts)
                for each in every
            ]
            self.rows.apply(lane, work, [])
        self.rows.confirm([each.name for each in every], list(range(24)))

    def browser(self, office: str | None = None, role: Role = Role.CLERK) -> Browser:
        """A browser, signed in as a demo account unless no office is named."""
        made = Browser(self)
        if office is not None:
            made.sign_in(account_of(office, role))
        return made


@dataclass(frozen=True)
class Broken:
    """An application of the world with some part changed, for browsers to ask."""

    world: SiteWorld
    app: FastAPI

    def fold(self) -> None:
        """As the world's."""
        self.world.fold()

    def browser(self, office: str, role: Role = Role.CLERK) -> Browser:
        """A browser signed in at this application."""
        made = Browser(self)
        made.sign_in(account_of(office, role))
        return made


@pytest.fixture(scope="module")
def world(postgres_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SiteWorld]:
    """The site with the demo, thinned out, folded into real views. One per module: it grows."""
    build()
    name = f"t_{secrets.token_hex(8)}"
    with psycopg.connect(postgres_server, autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    dsn = in_database(postgres_server, name)
    passwords = _passwords()
    migrate(dsn, passwords)
    app_dsn = as_role(dsn, APP, passwords[APP])
    made = SiteWorld(
        app_dsn,
        PostgresFactStore.open(app_dsn, durable=False, environ={}),
        PostgresViews.open(app_dsn, [each.name for each in projections()]),
        PostgresViewStore.at(as_role(dsn, PROJECTOR, passwords[PROJECTOR])),
        DirectoryFollower(app_dsn),
        DemoClock(),
    )
    _fill(made, units_of_the_demo(tmp_path_factory.mktemp("units")))
    yield made
    for part in (made.follower, made.views, made.rows, made.store):
        part.close()
    with psycopg.connect(postgres_server, autocommit=True) as admin:
        admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _fill(world: SiteWorld, units: Any) -> None:
    since = Edition.THREE_TIER.valid_from
    known = world.follower.refresh()
    import_units(units, since, world.store, known, world.clock, lambda _done, _all: None)
    world.follower.refresh()
    fill(
        world.casework, world.follower.refresh, world.store, world.clock, SEED,
        lambda _done, _all: None, scale=0.0,
    )  # fmt: skip
    world.fold()


def _passwords() -> dict[str, str]:
    return {role: _PASSWORDS.setdefault(role, secrets.token_urlsafe(16)) for role in ROLES}


_PASSWORDS: dict[str, str] = {}
