"""What one stack is: its folder, ports, stream, secrets and clock. Drawn once, then kept."""

import base64
import json
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, Literal

from infra.identity.keys import ensure_signing_key, write_jwks
from infra.local.ports import free_port, is_taken
from infra.local.secret_files import write_secret
from infra.postgres.migrate import ROLES

Stream = Literal["kafka", "log"]
FIRST_API_PORT: Final = 8080
DEMO_BEGINS: Final = datetime(2025, 5, 14, 7, 32, tzinfo=UTC)
"""Wednesday 14/05/2025, 14:32 in Vietnam: three tiers are alive. design.md 10."""


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

    @property
    def secrets(self) -> Path:
        """The folder of what only the owner may read."""
        return self.state / "secrets"

    @property
    def bootstrap(self) -> str | None:
        """The brokers' address; None where the store's own log is followed."""
        if self.stream == "log":
            return None
        return self.kafka or f"127.0.0.1:{self.kafka_port}"

    @property
    def has_own_broker(self) -> bool:
        return self.stream == "kafka" and self.kafka is None

    @property
    def api_url(self) -> str:
        return f"http://127.0.0.1:{self.api_port}"

    @property
    def workers(self) -> Mapping[str, str]:
        """The address of each worker's health and figures."""
        ports = {"relay": self.relay_port, "projector": self.projector_port}
        if self.stream == "log":
            del ports["relay"]
        return {name: f"http://127.0.0.1:{port}" for name, port in ports.items()}

    @property
    def issuer(self) -> str:
        """Who signs the tokens of this stack."""
        return f"urn:tiepdan:stack:{self.api_port}"

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


@dataclass(frozen=True)
class Asked:
    """What the caller of ``tiepdan up`` wants; None leaves it to us."""

    state: Path
    stream: Stream | None = None
    demo: bool = False
    kafka: str | None = None
    port: int | None = None


class PlanRefused(ValueError):
    """The stack of this folder was made otherwise; the message says how to go on."""


def find_plan(state: Path) -> Plan | None:
    """The plan of a folder, or None where no stack was ever started."""
    try:
        kept = json.loads((state / "stack.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return Plan(state=state.resolve(), **kept)


def settle(asked: Asked, *, broker_at_hand: bool) -> Plan:
    """The folder's plan, drawn now if it is new; written down. Raises :class:`PlanRefused`."""
    known = find_plan(asked.state)
    plan = _drawn(asked, broker_at_hand) if known is None else _resumed(known, asked)
    _write(plan)
    return plan


def _drawn(asked: Asked, broker_at_hand: bool) -> Plan:
    kafka_wanted = asked.kafka is not None or broker_at_hand
    offset = round((DEMO_BEGINS - datetime.now(UTC)) / timedelta(seconds=1)) if asked.demo else 0
    return Plan(
        state=asked.state.resolve(),
        stream=asked.stream or ("kafka" if kafka_wanted else "log"),
        demo=asked.demo,
        kafka=asked.kafka,
        kafka_port=free_port(),
        postgres_port=free_port(),
        api_port=asked.port or first_free(FIRST_API_PORT),
        metrics_port=free_port(),
        clock_offset_seconds=offset,
        relay_port=free_port(),
        projector_port=free_port(),
    )


def _resumed(plan: Plan, asked: Asked) -> Plan:
    """The kept plan with what may change between two starts: ports, stream, brokers."""
    if asked.demo and not plan.demo:
        raise PlanRefused(
            f"{plan.state} holds a real stack, not a demo: choose another folder with --state"
        )
    plan = replace(
        plan,
        stream=asked.stream or plan.stream,
        kafka=asked.kafka or plan.kafka,
        api_port=asked.port or plan.api_port,
        clock_offset_seconds=_clock_held(plan),
    )
    return replace(
        plan,
        kafka_port=_still_free(plan.kafka_port),
        postgres_port=_still_free(plan.postgres_port),
        metrics_port=_still_free(plan.metrics_port),
        relay_port=_still_free(plan.relay_port),
        projector_port=_still_free(plan.projector_port),
        api_port=plan.api_port if asked.port else first_free(plan.api_port),
    )


def _clock_held(plan: Plan) -> int:
    """A demo's clock stands still while the stack is down; the real one never does."""
    status = plan.state / "status.json"
    if not plan.demo or not status.exists():
        return plan.clock_offset_seconds
    return plan.clock_offset_seconds - round(time.time() - status.stat().st_mtime)


def _still_free(port: int) -> int:
    """The port, or another when none was drawn or somebody took it since."""
    return free_port() if port == 0 or is_taken(port) else port


def first_free(port: int) -> int:
    """This port, or the next that nobody listens on."""
    while is_taken(port):
        port += 1
    return port


def _write(plan: Plan) -> None:
    plan.state.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = {name: value for name, value in asdict(plan).items() if name != "state"}
    draft = plan.state / "stack.json.new"
    draft.write_text(json.dumps(kept, indent=1), encoding="utf-8")
    draft.replace(plan.state / "stack.json")
