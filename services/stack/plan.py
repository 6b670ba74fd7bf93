"""What one stack is: its folder, ports, stream, secrets and clock. ``settling`` draws it once."""

import base64
import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from infra.identity.keys import ensure_signing_key, write_jwks
from infra.local.kafka.settings import Node, copies
from infra.local.ports import LOOPBACK
from infra.local.secret_files import write_secret
from infra.postgres.migrate import ROLES
from services.stack.crew import ALONE, Crew, named

Stream = Literal["kafka", "log"]


@dataclass(frozen=True)
class Plan:
    """One stack. ``kafka`` is an outside broker's address, or None for our own or none."""

    state: Path
    stream: Stream
    demo: bool
    kafka: str | None
    kafka_port: int
    postgres_port: int
    api_port: int
    metrics_port: int
    clock_offset_seconds: int
    relay_port: int = 0
    projector_port: int = 0
    """Where the workers tell their health; 0 in a plan written before they did."""
    crew: Crew = ALONE
    cluster_id: str = ""
    more_ports: Mapping[str, int] = field(default_factory=dict)
    """Ports of the second, third .. of a program, and of a cluster's controllers."""

    @property
    def secrets(self) -> Path:
        """The folder of what only the owner may read."""
        return self.state / "secrets"

    @property
    def clock_file(self) -> Path:
        """Where a running demo is told to which offset its clock was moved."""
        return self.state / "clock-moved"

    @property
    def bootstrap(self) -> str | None:
        """The brokers' address; None where the store's own log is followed."""
        if self.stream == "log":
            return None
        return self.kafka or ",".join(f"{LOOPBACK}:{node.port}" for node in self.nodes)

    @property
    def nodes(self) -> Sequence[Node]:
        """The brokers of our own; a lone one keeps the port of its controller itself."""
        names = named("kafka", self.crew.brokers)
        return [
            Node(number, self.port_of(name), self.more_ports.get(f"{name}/controller", 0))
            for number, name in enumerate(names, 1)
        ]

    @property
    def replication(self) -> int:
        """How often each record is kept where the brokers are ours."""
        return copies(self.crew.brokers)[0]

    @property
    def has_own_broker(self) -> bool:
        return self.stream == "kafka" and self.kafka is None

    @property
    def api_url(self) -> str:
        return self.url_of("api")

    @property
    def api_urls(self) -> Sequence[str]:
        """The doors: each API process has a port of its own, what stands before them may choose."""
        return [self.url_of(name) for name in named("api", self.crew.apis)]

    @property
    def workers(self) -> Mapping[str, str]:
        """The address of each worker's health and figures."""
        relays = named("relay", self.crew.relays) if self.stream == "kafka" else []
        reconciler = ["reconciler"] if self.stream == "kafka" else []
        names = [*relays, *named("projector", self.crew.projectors), *reconciler]
        return {name: self.url_of(name) for name in (*names, "scheduler")}

    @property
    def figures(self) -> Mapping[str, str]:
        """The address of each program's figures, by its name."""
        doors = {name: self.url_of(f"{name}/metrics") for name in named("api", self.crew.apis)}
        return {name: f"{url}/metrics" for name, url in {**doors, **self.workers}.items()}

    @property
    def issuer(self) -> str:
        """Who signs the tokens of this stack."""
        return f"urn:tiepdan:stack:{self.api_port}"

    def port_of(self, name: str) -> int:
        """Where a program listens, by its name."""
        first = {
            "kafka": self.kafka_port,
            "relay": self.relay_port,
            "projector": self.projector_port,
            "api": self.api_port,
            "api/metrics": self.metrics_port,
        }
        return first[name] if name in first else self.more_ports[name]

    def url_of(self, name: str) -> str:
        """The address of a program, by its name."""
        return f"http://{LOOPBACK}:{self.port_of(name)}"

    def password(self, role: str) -> str:
        """A database role's password."""
        return secret_in(self.secrets / f"{role}.password", lambda: secrets.token_urlsafe(32))

    def passwords(self) -> Mapping[str, str]:
        """The passwords of all our database roles."""
        return {role: self.password(role) for role in ROLES}

    def vault_key_file(self) -> Path:
        """The file of the vault's master key."""
        path = self.secrets / "vault.key"
        secret_in(path, lambda: base64.b64encode(secrets.token_bytes(32)).decode())
        return path

    def signing_key_file(self) -> Path:
        """The local issuer's private key; its public half is written beside it."""
        path = self.secrets / "issuer.pem"
        write_jwks(self.public_keys_file(), ensure_signing_key(path))
        return path

    def public_keys_file(self) -> Path:
        """The public keys that a verifier trusts."""
        return self.secrets / "issuer.jwks.json"


def secret_in(path: Path, draw: Callable[[], str]) -> str:
    """The secret in a file, drawn on first use."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_secret(path, draw())
    return path.read_text(encoding="ascii").strip()


def find_plan(state: Path) -> Plan | None:
    """The plan of a folder, or None where no stack was ever started."""
    try:
        kept = json.loads((state / "stack.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return Plan(state=state.resolve(), **{**kept, "crew": Crew(**kept.get("crew", {}))})
