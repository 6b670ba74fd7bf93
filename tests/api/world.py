"""A whole API in one process: the real application over the twins in memory, asked by HTTP.

``World().door(officer)`` is a client that acts for an officer; every answer can be held
against the store. Views are down unless a test brings real ones.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, NoReturn, cast
from uuid import uuid4

import httpx
from fastapi import FastAPI
from jwt import PyJWK

from domain.codes import Role
from domain.directory import Directory
from domain.law.law import Law
from domain.ports import FactStore, Vault
from domain.values import Officer
from infra.identity.keys import SigningKey, new_signing_key
from infra.identity.tokens import LocalIssuer, TokenVerifier
from infra.memory import FixedClock, MemoryFactStore, MemoryVault
from projections.ports import ViewsUnavailable
from projections.queries import Views
from services.api.app import create_app
from services.api.metrics import FlowHealth
from services.api.parts import ApiParts
from services.api.sse.hub import Wake
from services.casework import Casework
from services.law import carried_law
from services.probing import Probe
from tests.apart import run_apart
from tests.builders import CAM_LY
from tests.builders import officer as officer_of
from tests.domain.directory_facts import LITTLE_COUNTRY

ISSUER, AUDIENCE = "https://issuer.test", "tiepdan"
REAL_NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
FIELD_NOW = datetime(2025, 5, 5, 2, 0, tzinfo=UTC)
KEY = new_signing_key()


class ViewsDown:
    """Views nobody can reach."""

    def __getattr__(self, name: str) -> NoReturn:
        if name.startswith("_"):
            raise AttributeError(name)
        raise ViewsUnavailable(name)


@dataclass(frozen=True)
class Keys:
    """Public keys by id."""

    keys: dict[str, PyJWK]

    def find(self, kid: str) -> PyJWK | None:
        return self.keys.get(kid)


def public(*keys: SigningKey) -> Keys:
    """The public halves of some signing keys."""
    return Keys({key.kid: PyJWK.from_dict(key.public_jwk()) for key in keys})


@dataclass
class World:
    """The application, and everything it stands on."""

    store: FactStore = field(default_factory=MemoryFactStore)
    vault: Vault = field(default_factory=MemoryVault)
    views: Views = field(default_factory=lambda: cast("Views", ViewsDown()))
    directory: Directory = LITTLE_COUNTRY
    law: Callable[[], Law] = carried_law
    clock: FixedClock = field(default_factory=lambda: FixedClock(FIELD_NOW))
    real_clock: FixedClock = field(default_factory=lambda: FixedClock(REAL_NOW))
    flow: FlowHealth = field(default_factory=lambda: FlowHealth(0.0))
    probes: tuple[Probe, ...] = ()
    pace: float = 0.0
    wake: Wake | None = None
    keys: Keys = field(default_factory=lambda: public(KEY))

    def __post_init__(self) -> None:
        self.casework = Casework(
            self.store, self.vault, lambda: self.directory, self.clock, lambda: self.law()
        )
        self.app: FastAPI = create_app(
            ApiParts(
                casework=self.casework,
                store=self.store,
                vault=self.vault,
                views=self.views,
                directory=lambda: self.directory,
                clock=self.clock,
                law=lambda: self.law(),
                tokens=TokenVerifier(self.keys, self.real_clock, issuer=ISSUER, audience=AUDIENCE),
                flow=lambda: self.flow,
                probes=self.probes,
                wake=self.wake,
            ),
            pace=self.pace,
        )

    def token(self, officer: Officer, lifetime: timedelta = timedelta(hours=1)) -> str:
        """What the issuer gives this officer."""
        issuer = LocalIssuer(
            KEY, self.real_clock, issuer=ISSUER, audience=AUDIENCE, lifetime=lifetime
        )
        return issuer.issue(officer.account, officer.office, officer.role)

    def door(self, office: str = CAM_LY, role: Role = Role.CLERK) -> "Door":
        """A client that acts for an officer of an office."""
        return Door(self, {"Authorization": f"Bearer {self.token(officer_of(office, role))}"})


@dataclass(frozen=True)
class Door:
    """Asks the application over HTTP, with these headers."""

    world: World
    headers: Mapping[str, str] = field(default_factory=dict)

    def ask(
        self,
        method: str,
        path: str,
        *,
        body: Any = None,
        raw: bytes | None = None,
        headers: Mapping[str, str | None] | None = None,
    ) -> httpx.Response:
        """One request. A header given as None is left out."""
        asked: dict[str, str | None] = {**self.headers, **(headers or {})}
        if body is not None or raw is not None:
            asked.setdefault("Content-Type", "application/json")
        sent = {n.encode(): value.encode() for n, value in asked.items() if value is not None}
        content = raw if raw is not None else None if body is None else json.dumps(body).encode()

        async def exchange() -> httpx.Response:
            transport = httpx.ASGITransport(self.world.app, raise_app_exceptions=True)
            async with httpx.AsyncClient(transport=transport, base_url="http://api.test") as http:
                return await http.request(method, path, content=content, headers=sent)

        return run_apart(exchange())

    def get(self, path: str, **headers: str) -> httpx.Response:
        """Read something."""
        return self.ask("GET", path, headers=headers)

    def act(
        self,
        path: str,
        body: Any,
        *,
        key: str | None = None,
        version: str | None = None,
        **headers: str | None,
    ) -> httpx.Response:
        """Do something, with a key of its own unless one is given."""
        sent: dict[str, str | None] = {"Idempotency-Key": key or str(uuid4()), **headers}
        if version is not None:
            sent["If-Match"] = version
        return self.ask("POST", path, body=body, headers=sent)


RECEPTION: dict[str, Any] = {
    "kind": "complaint",
    "channel": "counter",
    "field": "land",
    "place": "07519",
    "texts": {"name": "Nguyễn Văn Mẫu", "summary": "Xin xem lại mốc ranh giới thửa đất."},
}
"""A plain petition at a commune's counter."""


def receive(door: Door, **more: Any) -> dict[str, Any]:
    """Take in a petition; its receipt."""
    answered = door.act("/api/v1/petitions", {**RECEPTION, **more})
    assert answered.status_code == 201, answered.text
    receipt: dict[str, Any] = answered.json()
    return receipt


def problem_of(answered: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """The problem of an answer, which says what, where and how to mend it, and nothing of us."""
    assert answered.status_code == status, answered.text
    assert answered.headers["content-type"] == "application/problem+json"
    problem: dict[str, Any] = answered.json()
    assert problem["code"] == code, problem
    assert problem["status"] == status
    assert problem["title"]
    assert problem["errors"], problem
    assert all(each["pointer"] and each["message"] and each["mend"] for each in problem["errors"])
    assert problem["trace_id"] == answered.headers["trace-id"]
    for inner in ("Traceback", "psycopg", "SELECT ", "site-packages", ".py"):
        assert inner not in answered.text
    return problem
