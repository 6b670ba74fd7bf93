"""docker-compose.yml and Dockerfile, as far as they can be checked without a container engine."""

import json
import re
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from infra.local.kafka.settings import TIMEOUTS, Node, server_properties
from infra.settings import PREFIX, Settings, SettingsError
from services.stack.settling import DEMO_BEGINS
from services.trust import token_verifier

ROOT = Path(__file__).parents[2]
VARIABLE = re.compile(r"\$\{(\w+)(?::([-+])([^}]*))?\}")
ONCE = {"migrate", "topics", "seed"}
PROGRAMS = ONCE | {"api", "relay", "projector", "reconciler", "scheduler"}
DEMO = {"TIEPDAN_DEMO": "true", "TIEPDAN_CLOCK_OFFSET_SECONDS": "-60"}
BROKERS = {"kafka-1", "kafka-2", "kafka-3"}


def compose(environ: dict[str, str]) -> dict[str, Any]:
    """The file as Compose reads it, with its variables filled in."""
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    body = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))

    def value(found: re.Match[str]) -> str:
        given, how, other = environ.get(found[1], ""), found[2], found[3] or ""
        return (other if given else "") if how == "+" else given or other

    return dict(yaml.safe_load(VARIABLE.sub(value, body)))


def settings_of(service: dict[str, Any]) -> Settings:
    """What a program makes of the environment it is given; no secret is at hand."""
    return Settings.read({name: str(value or "") for name, value in service["environment"].items()})


def header() -> list[str]:
    """The lines before the file's own name, as a shell would be given them."""
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    explained = text[: text.index("name: tiepdan")].splitlines()
    return [line.lstrip("# ") for line in explained]


def cluster_environ() -> dict[str, str]:
    lines = (ROOT / "compose.cluster.env").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


@pytest.fixture(params=["one broker", "cluster"])
def environ(request: pytest.FixtureRequest) -> dict[str, str]:
    return cluster_environ() if request.param == "cluster" else {}


@pytest.fixture
def stack(environ: dict[str, str]) -> dict[str, Any]:
    return compose(environ)


@pytest.fixture
def services(stack: dict[str, Any]) -> dict[str, Any]:
    return dict(stack["services"])


def sources(service: dict[str, Any]) -> set[str]:
    """The secrets a service is given, by the name of the secret."""
    given = service.get("secrets", [])
    return {one if isinstance(one, str) else one["source"] for one in given}


def test_the_file_keeps_to_the_compose_specification(stack: dict[str, Any]) -> None:
    schema = json.loads((ROOT / "tests/infra/compose_schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(stack, schema, cls=jsonschema.Draft202012Validator)


def test_every_part_is_there(services: dict[str, Any]) -> None:
    assert set(services) == {"postgres"} | BROKERS | PROGRAMS


def test_every_image_is_pinned(services: dict[str, Any]) -> None:
    for name, service in services.items():
        tag = service["image"].rpartition(":")[2]
        assert tag != "latest", name
        assert name in PROGRAMS or re.search(r"\d+\.\d+", tag), name


def test_whatever_stays_up_says_whether_it_is_healthy(services: dict[str, Any]) -> None:
    lasting = set(services) - ONCE
    assert {name for name in services if "healthcheck" in services[name]} == lasting


def test_programs_wait_for_what_they_need(services: dict[str, Any]) -> None:
    for name in ("seed", "api", "relay", "projector", "reconciler", "scheduler"):
        waits = services[name]["depends_on"]
        assert waits["migrate"] == {"condition": "service_completed_successfully"}
        assert waits["postgres"] == {"condition": "service_healthy"}
    for service in services.values():
        for other, how in service.get("depends_on", {}).items():
            assert "profiles" not in services[other]
            if how["condition"] == "service_healthy":
                assert "healthcheck" in services[other]
    for name in ("relay", "projector", "reconciler"):
        waits = services[name]["depends_on"]
        assert waits["topics"] == {"condition": "service_completed_successfully"}


def test_the_api_starts_without_kafka(services: dict[str, Any]) -> None:
    waits = list(services["api"]["depends_on"])
    for name in waits:
        waits += services[name].get("depends_on", {})
    assert set(waits) == {"migrate", "postgres", "seed"}


def test_every_variable_a_program_is_given_is_a_setting(services: dict[str, Any]) -> None:
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields} | {"TIEPDAN_SECRETS_DIR"}
    for name in PROGRAMS:
        assert set(services[name]["environment"]) <= known, name
        for secret in services[name].get("secrets", []):
            target = secret if isinstance(secret, str) else secret["target"]
            assert target == "identity" or target.upper() in known, (name, target)


def test_a_demo_trusts_its_own_key_and_a_real_system_its_identity_provider() -> None:
    demo = settings_of(compose(DEMO)["services"]["api"])
    assert (demo.demo, demo.clock_offset_seconds) == (True, -60)
    assert demo.jwt_private_key_file == Path("/run/secrets/identity")
    assert demo.jwt_public_keys_file is None
    provider = {"TIEPDAN_JWT_ISSUER": "https://id.example"}
    real = settings_of(compose(provider)["services"]["api"])
    assert (real.demo, real.clock_offset_seconds) == (False, 0)
    assert (real.issuer, real.jwt_private_key_file) == ("https://id.example", None)
    assert real.jwt_public_keys_file == Path("/run/secrets/identity")


def test_with_neither_the_api_says_what_to_give(services: dict[str, Any]) -> None:
    with pytest.raises(SettingsError, match="TIEPDAN_JWT_PUBLIC_KEYS_FILE"):
        token_verifier(settings_of(services["api"]))


def test_the_header_s_line_makes_a_demo_that_begins_on_its_day(tmp_path: Path) -> None:
    line = next(line for line in header() if line.startswith("printf "))
    subprocess.run(["sh", "-c", line], cwd=tmp_path, check=True)
    written = dict(row.split("=", 1) for row in (tmp_path / ".env").read_text("ascii").splitlines())
    now = settings_of(compose(written)["services"]["seed"]).clock().now()
    assert abs(now - DEMO_BEGINS) < timedelta(minutes=1)


def test_no_secret_stands_in_the_file(stack: dict[str, Any]) -> None:
    for name, service in stack["services"].items():
        for key, value in (service.get("environment") or {}).items():
            if re.search("PASSWORD|SECRET|TOKEN|_KEY|PRIVATE", key):
                assert key.endswith(("_FILE", "_DIR")), (name, key)
                assert str(value or "/run/secrets").startswith("/run/secrets"), (name, key)
            assert not re.search(r"://[^/\s]*:[^/\s]*@", str(value)), (name, key)


def test_every_secret_is_declared_ignored_by_git_and_explained(stack: dict[str, Any]) -> None:
    used = set().union(*(sources(service) for service in stack["services"].values()))
    assert used == set(stack["secrets"])
    explained = " ".join(header())
    assert all(name in explained for name in used)
    assert "/secrets/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_each_program_is_given_only_its_own_secrets(services: dict[str, Any]) -> None:
    assert sources(services["relay"]) == {"app_password"}
    assert sources(services["reconciler"]) == {"app_password"}
    assert sources(services["scheduler"]) == {"app_password"}
    assert sources(services["projector"]) == {"app_password", "projector_password"}
    assert sources(services["topics"]) == set()
    holders = {name for name in services if "vault_key" in sources(services[name])}
    assert holders == {"api", "seed"}
    assert {name for name in services if "identity" in sources(services[name])} == {"api"}
    assert {name for name in services if "admin_password" in sources(services[name])} == {
        "postgres",
        "migrate",
    }


def test_only_the_api_is_reached_from_outside_and_only_from_this_machine(
    services: dict[str, Any],
) -> None:
    open_to = {name: service["ports"] for name, service in services.items() if "ports" in service}
    assert open_to == {"api": ["127.0.0.1:8000:8000"]}


def test_programs_have_no_rights_they_do_not_need(services: dict[str, Any]) -> None:
    for name in PROGRAMS:
        service = services[name]
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]


def test_what_must_last_is_on_a_declared_volume(stack: dict[str, Any]) -> None:
    for name in {"postgres"} | BROKERS:
        (mount,) = stack["services"][name]["volumes"]
        assert mount.split(":")[0] in stack["volumes"]
    assert stack["services"]["postgres"]["volumes"] == ["postgres:/var/lib/postgresql"]


def test_a_lone_broker_and_a_cluster_never_share_a_volume() -> None:
    alone, three = compose({})["volumes"], compose(cluster_environ())["volumes"]
    assert alone["kafka-1"] != three["kafka-1"]


def test_the_cluster_profile_makes_three_copies_and_two_in_sync() -> None:
    services = compose(cluster_environ())["services"]
    assert {name for name in services if services[name].get("profiles") == ["cluster"]} == {
        "kafka-2",
        "kafka-3",
    }
    for number, name in enumerate(sorted(BROKERS), start=1):
        settings = services[name]["environment"]
        assert settings["KAFKA_NODE_ID"] == number
        assert settings["KAFKA_ADVERTISED_LISTENERS"] == f"PLAINTEXT://{name}:9092"
        assert settings["KAFKA_DEFAULT_REPLICATION_FACTOR"] == 3
        assert settings["KAFKA_MIN_INSYNC_REPLICAS"] == 2
        assert settings["KAFKA_CONTROLLER_QUORUM_VOTERS"].count("@kafka-") == 3
    relay = services["relay"]["environment"]
    assert relay["TIEPDAN_KAFKA_REPLICATION"] == 3
    assert relay["TIEPDAN_KAFKA_BOOTSTRAP"].count("kafka-") == 3


def test_brokers_in_containers_are_set_like_the_local_ones(services: dict[str, Any]) -> None:
    node = Node(1, 9092, 9093)
    local = dict(
        line.split("=", 1) for line in server_properties(node, [node], Path("/data")).splitlines()
    )
    settings = services["kafka-1"]["environment"]
    shared = ["auto.create.topics.enable", "message.max.bytes", "log.retention.ms"]
    timed = [name for name in TIMEOUTS if name != "group.initial.rebalance.delay.ms"]
    for name in [*shared, *timed]:
        key = f"KAFKA_{name.upper().replace('.', '_')}"
        assert str(settings[key]) == local[name], key


def test_the_image_is_built_in_stages_from_pinned_bases_and_is_not_root() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    bases = [line.split()[1] for line in lines if line.startswith("FROM ")]
    assert len(bases) > 1
    assert all(re.search(r":\d+\.\d+-slim-\w+$", base) for base in bases)
    users = [line.split()[1] for line in lines if line.startswith("USER ")]
    assert users == ["tiepdan"]
    assert 'ENTRYPOINT ["tiepdan"]' in lines
    assert all(
        "--require-hashes" in line for line in lines if "pip install" in line and "-r" in line
    )


def test_what_the_image_copies_is_let_through() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    copied = {
        name
        for line in lines
        if line.startswith("COPY ") and "--from" not in line
        for name in line.split()[1:-1]
    }
    ignore = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert copied == {line[1:] for line in ignore if line.startswith("!")}
    assert ignore[1] == "*"
