"""The containers' programs, run as processes with exactly what docker-compose.yml gives them.

Only names change: the two servers are the tests' own, ports are free ones, and each
program's secrets lie in a folder of its own instead of /run/secrets.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import urllib.request
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from psycopg.conninfo import conninfo_to_dict

from infra.identity.keys import ensure_signing_key
from infra.kafka.topics import TopicsUnfit, topic_ids
from infra.local.ports import free_port, wait_until
from infra.local.postgres import Postgres, RunningPostgres
from infra.postgres.migrate import ensure_database
from infra.postgres.relay_cursor import RelayCursor
from infra.settings import Settings
from tests.infra.test_compose import ROOT, compose
from tests.kafka_topics import erase_topics, settings_for

pytestmark = [pytest.mark.kafka, pytest.mark.slow]

DEMO = {"TIEPDAN_DEMO": "true", "TIEPDAN_CLOCK_OFFSET_SECONDS": "-40000000"}
OFFICE = "07456"
HEALTHY_WITHIN = 60.0
ENDS_WITHIN = 20.0
"""The file's ``stop_grace_period``; after it a container is killed."""


@dataclass
class Host:
    """What stands in for the container engine: one compose file, two servers, a folder."""

    folder: Path
    database: str
    bootstrap: str
    environ: Mapping[str, str]
    ports: dict[tuple[str, str], int] = field(default_factory=dict)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.services = compose(dict(self.environ))["services"]
        admin = conninfo_to_dict(self.database)
        self.address = f"127.0.0.1:{admin['port']}/{admin['dbname']}"
        self.secrets = {
            "admin_password": str(admin["password"]),
            **{f"{role}_password": f"{role}'s word" for role in ("app", "projector", "vault")},
            "vault_key": b64encode(bytes(range(32))).decode(),
        }
        ensure_signing_key(self.folder / "identity")
        self.secrets["identity"] = (self.folder / "identity").read_text("ascii")

    def port(self, name: str, inside: str) -> int:
        """The free port that stands for a container's own."""
        return self.ports.setdefault((name, inside), free_port())

    def here(self, name: str, text: str) -> str:
        """A value of the file, with the names of this machine."""
        told = text.replace("postgres:5432/tiepdan", self.address)
        told = told.replace("kafka-1:9092", self.bootstrap).replace("0.0.0.0", "127.0.0.1")
        told = told.replace("/run/secrets", str(self.folder / name))
        for inside in ("8000", "9100"):
            told = told.replace(inside, str(self.port(name, inside)))
        return told

    def environment(self, name: str) -> dict[str, str]:
        """What the file gives a service, its secrets written down."""
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        for secret in self.services[name].get("secrets", []):
            source = secret if isinstance(secret, str) else secret["source"]
            target = secret if isinstance(secret, str) else secret["target"]
            (folder / target).write_text(self.secrets[source] + "\n")
        given = self.services[name]["environment"]
        told = {key: self.here(name, str(value or "")) for key, value in given.items()}
        return {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **told}

    def tiepdan(self, name: str, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command in a service to its end."""
        return subprocess.run(
            [sys.executable, "-m", "services.cli", *command],
            env=self.environment(name),
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def once(self, name: str, *more: str) -> str:
        """Run a service that ends by itself; what it said."""
        done = self.tiepdan(name, *map(str, self.services[name]["command"]), *more)
        assert done.returncode == 0, done.stderr
        return done.stderr

    def start(self, name: str) -> None:
        with (self.folder / f"{name}.log").open("wb") as log:
            self.running[name] = subprocess.Popen(
                [sys.executable, "-m", "services.cli", *self.services[name]["command"]],
                env=self.environment(name),
                cwd=self.folder,
                stdout=log,
                stderr=log,
            )

    def is_healthy(self, name: str) -> bool:
        """Whether the file's own health check says so."""
        kind, program, *rest = self.services[name]["healthcheck"]["test"]
        assert (kind, program) == ("CMD", "python")
        argv = [sys.executable, *(self.here(name, word) for word in rest)]
        return subprocess.run(argv, capture_output=True, check=False).returncode == 0

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text()

    def get(self, name: str, inside: str, path: str, token: str = "") -> str:
        url = f"http://127.0.0.1:{self.port(name, inside)}{path}"
        request = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            return str(answer.read().decode())

    def figure(self, name: str, metric: str) -> float:
        families = text_string_to_metric_families(self.get(name, "9100", "/metrics"))
        return sum(s.value for family in families for s in family.samples if s.name == metric)


@pytest.fixture
def durable_database(state_root: Path) -> Iterator[str]:
    """A database on a server that keeps what it confirmed: the programs refuse another."""
    server = Postgres(state_root / "postgres-of-containers", free_port())
    with RunningPostgres(server):
        ensure_database(server.dsn(), "tiepdan")
        yield server.dsn("tiepdan")


@pytest.fixture
def host(tmp_path: Path, durable_database: str, kafka_broker: str) -> Iterator[Host]:
    """An empty database, no topics, and what ``docker compose up`` would start."""
    erase_topics(settings_for(kafka_broker))
    host = Host(tmp_path, durable_database, kafka_broker, DEMO)
    yield host
    for process in host.running.values():
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        process.wait(timeout=10)


def test_the_containers_programs_come_up_work_together_and_stop(host: Host) -> None:
    assert "3 passwords set" in host.once("migrate")
    with pytest.raises(TopicsUnfit, match="is not there"):
        topic_ids(settings_for(host.bootstrap))
    host.once("topics")
    assert "10794 established" in host.once("seed", "--scale", "0")
    names = ("relay", "projector", "api")
    for name in names:
        host.start(name)
    for name in names:
        assert wait_until(lambda: host.is_healthy(name), within=HEALTHY_WITHIN, every=0.3), (  # noqa: B023
            host.log(name)
        )
    assert json.loads(host.get("api", "8000", "/readyz"))["status"] == "ready"
    assert host.figure("relay", "tiepdan_relay_active") == 1
    assert host.figure("api", "tiepdan_store_up") == 1

    sent = published(host)
    assert wait_until(lambda: host.figure("relay", "tiepdan_relay_position") >= sent, within=30)
    assert wait_until(lambda: folded(host) >= sent, within=30, every=0.3)
    told = host.tiepdan("api", "token", "--office", OFFICE, "--role", "clerk")
    assert told.returncode == 0, told.stderr
    board = host.get("api", "8000", f"/api/v1/boards/commune/{OFFICE}", told.stdout.strip())
    assert OFFICE in board

    for process in host.running.values():
        process.send_signal(signal.SIGTERM)
    for name, process in host.running.items():
        assert process.wait(timeout=ENDS_WITHIN) == 0, host.log(name)


def published(host: Host) -> int:
    """The store's last position, as the relay's own role sees it."""
    settings = Settings.read(host.environment("relay"))
    cursor = RelayCursor(settings.secret("store_dsn"))
    try:
        assert wait_until(lambda: cursor.load().position > 0, within=30)
        return cursor.load().position
    finally:
        cursor.close()


def folded(host: Host) -> float:
    """The highest position that the projector has folded in any lane."""
    families = text_string_to_metric_families(host.get("projector", "9100", "/metrics"))
    return max(
        (
            sample.value
            for family in families
            for sample in family.samples
            if sample.name == "tiepdan_projector_position"
        ),
        default=0.0,
    )


def test_a_real_system_without_an_identity_provider_says_what_is_missing(
    tmp_path: Path, postgres_server: str
) -> None:
    host = Host(tmp_path, postgres_server, "127.0.0.1:1", {})
    done = host.tiepdan("api", "serve", "api")
    assert done.returncode == 2
    assert "TIEPDAN_JWT_ISSUER" in done.stderr
    assert "Traceback" not in done.stderr


def test_what_does_not_answer_is_waited_for_and_then_named(
    tmp_path: Path, postgres_server: str
) -> None:
    host = Host(tmp_path, postgres_server, "127.0.0.1:1", DEMO)
    done = host.tiepdan("topics", "migrate", "--only", "topics", "--wait", "1")
    assert done.returncode == 4
    assert "no Kafka at 127.0.0.1:1" in done.stderr
    assert "Traceback" not in done.stderr
