"""The API over the real Postgres: store, vault and views; facts are folded when a test says so."""

import contextlib
import secrets
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import httpx

from domain.codes import Role
from infra.local.ports import wait_until
from infra.postgres.fact_store import PostgresFactStore
from infra.postgres.vault import PostgresVault
from infra.postgres.views.queries import PostgresViews
from infra.postgres.views.store import PostgresViewStore
from infra.serial import decode
from infra.vault.sealing import KEY_BYTES, MasterKey
from projections.base import Fact
from services.api.server import server_for
from tests.api.world import World
from tests.builders import CAM_LY
from tests.builders import officer as officer_of
from tests.projections.chronicle import all_projections
from tests.projections.folding import apply_batch, by_lane
from tests.stores import Addresses


@dataclass
class RealWorld(World):
    """The application over real parts, and a projector that runs when asked to."""

    rows: PostgresViewStore = field(kw_only=True)
    folded: int = 0

    def project(self) -> int:
        """Fold what was recorded since; the position reached."""
        records = self.store.read(after=self.folded, limit=10_000)
        facts = [
            Fact(r.position, r.lane, r.type_name, r.body, decode(r.type_name, r.body))
            for r in records
        ]
        for batch in by_lane(facts).values():
            apply_batch(self.rows, batch)
        self.folded = records[-1].position if records else self.folded
        return self.folded


@contextlib.contextmanager
def real_world(at: Addresses) -> Iterator[RealWorld]:
    """The parts, opened and closed."""
    with contextlib.ExitStack() as stack:
        store = PostgresFactStore.open(at.app, durable=False, environ={})
        stack.callback(store.close)
        vault = PostgresVault(at.vault, MasterKey(secrets.token_bytes(KEY_BYTES)))
        stack.callback(vault.close)
        rows = PostgresViewStore.at(at.projector)
        stack.callback(rows.close)
        views = PostgresViews.open(at.app, [each.name for each in all_projections()])
        stack.callback(views.close)
        yield RealWorld(store=store, vault=vault, views=views, wake=views.watch, rows=rows)


@dataclass(frozen=True)
class Served:
    """A served application and its address."""

    url: str
    stop: Callable[[], None]
    thread: threading.Thread


@contextlib.contextmanager
def served(world: World) -> Iterator[Served]:
    """The application behind a real server on a port of its own."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = server_for(world.app, host="127.0.0.1", port=0)
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        try:
            assert wait_until(lambda: server.started, within=10)
            port = listening.getsockname()[1]
            yield Served(f"http://127.0.0.1:{port}", lambda: server.handle_exit(15, None), thread)
        finally:
            server.handle_exit(15, None)
            thread.join(timeout=10)
            assert not thread.is_alive()


@dataclass(frozen=True)
class Signalled:
    """One event as it came over the wire."""

    event: str
    data: str
    id: str


def events(answered: httpx.Response) -> Iterator[Signalled]:
    """The events of a stream, as a browser would see them; ids without data are kept too."""
    parts: dict[str, str] = {}
    for line in answered.iter_lines():
        if line:
            name, _, value = line.partition(":")
            parts[name] = value.strip()
        elif parts:
            yield Signalled(parts.get("event", ""), parts.get("data", ""), parts.get("id", ""))
            parts = {}


@contextlib.contextmanager
def listening(
    world: World,
    at: Served,
    office: str = CAM_LY,
    role: Role = Role.CLERK,
    *,
    query: str = "",
    last: str | None = None,
) -> Iterator[Iterator[Signalled]]:
    """An open stream of an officer."""
    headers = {"Authorization": f"Bearer {world.token(officer_of(office, role))}"}
    if last is not None:
        headers["Last-Event-ID"] = last
    with httpx.stream(
        "GET", f"{at.url}/api/v1/stream{query}", headers=headers, timeout=10
    ) as answered:
        assert answered.status_code == 200, answered.read()
        assert answered.headers["content-type"].startswith("text/event-stream")
        yield events(answered)
