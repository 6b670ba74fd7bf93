"""Settings are read once, and what is wrong is named without its value."""

import base64
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from psycopg.conninfo import conninfo_to_dict
from pydantic import ValidationError

from domain.codes import Role
from infra.identity.keys import ensure_signing_key
from infra.identity.tokens import TokenRefused
from infra.settings import Dsn, Settings, SettingsError
from infra.vault.master_key import draw_master_key, read_master_key
from services.trust import local_issuer, token_verifier

SECRET = "postgresql://tiepdan_app:hunter2@127.0.0.1/tiepdan"


def test_nothing_need_be_given_and_no_secret_is_there_by_default() -> None:
    settings = Settings.read({})
    assert (settings.stream, settings.demo, settings.clock_offset_seconds) == ("log", False, 0)
    given = {name: value for name, value in settings if "dsn" in name or "key" in name}
    assert set(given.values()) == {None}


@pytest.mark.parametrize("name", ["admin_dsn", "store_dsn", "projector_dsn", "vault_dsn"])
def test_a_missing_secret_is_asked_for_by_its_variable(name: Dsn) -> None:
    with pytest.raises(SettingsError, match=f"TIEPDAN_{name.upper()} is missing"):
        Settings.read({f"TIEPDAN_{name.upper()}": ""}).secret(name)


def test_a_secret_is_given_and_not_shown() -> None:
    settings = Settings.read({"TIEPDAN_STORE_DSN": SECRET})
    assert settings.secret("store_dsn") == SECRET
    assert "hunter2" not in repr(settings)


def test_a_secret_may_lie_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "tiepdan_store_dsn").write_text(SECRET)
    settings = Settings.read({"TIEPDAN_SECRETS_DIR": str(tmp_path)})
    assert settings.secret("store_dsn") == SECRET


@pytest.mark.parametrize(
    ("env", "named"),
    [
        ({"TIEPDAN_API_PORT": "hunter2"}, "TIEPDAN_API_PORT"),
        ({"TIEPDAN_STREAM": "hunter2"}, "TIEPDAN_STREAM"),
        ({"TIEPDAN_STREAM": "kafka"}, "TIEPDAN_KAFKA_BOOTSTRAP"),
        ({"TIEPDAN_CLOCK_OFFSET_SECONDS": "-60"}, "TIEPDAN_CLOCK_OFFSET_SECONDS"),
        ({"TIEPDAN_JWT_PRIVATE_KEY_FILE": "key.pem"}, "TIEPDAN_JWT_PRIVATE_KEY_FILE"),
        ({"TIEPDAN_KAFKA_REPLICATION": "0"}, "TIEPDAN_KAFKA_REPLICATION"),
    ],
)
def test_a_wrong_setting_is_named_without_its_value(env: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError, match=named) as refused:
        Settings.read(env)
    assert "hunter2" not in str(refused.value)


def test_settings_do_not_change() -> None:
    settings = Settings.read({})
    with pytest.raises(ValidationError):
        settings.demo = True  # type: ignore[misc]


def test_only_a_demo_runs_on_another_clock() -> None:
    now = datetime.now(UTC)
    real = Settings.read({}).clock().now()
    back = {"TIEPDAN_DEMO": "true", "TIEPDAN_CLOCK_OFFSET_SECONDS": str(-365 * 86400)}
    shifted = Settings.read(back).clock().now()
    assert abs(real - now) < timedelta(minutes=1)
    assert abs(shifted - (now - timedelta(days=365))) < timedelta(minutes=1)
    assert shifted.tzinfo is UTC


def test_the_master_key_comes_from_a_file_only_its_owner_reads(tmp_path: Path) -> None:
    path = tmp_path / "vault.key"
    path.write_text(draw_master_key() + "\n")
    settings = Settings.read({"TIEPDAN_VAULT_KEY_FILE": str(path)})
    path.chmod(0o640)
    with pytest.raises(SettingsError, match="chmod 600"):
        read_master_key(settings)
    path.chmod(0o600)
    key = read_master_key(settings)
    assert base64.b64encode(key.secret).decode() == path.read_text().strip()
    assert key.secret.hex() not in repr(key)


@pytest.mark.parametrize("text", ["", "c2hvcnQ=", "no base64!", "A" * 43])
def test_a_master_key_of_another_length_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "vault.key"
    path.write_text(text)
    path.chmod(0o600)
    with pytest.raises(SettingsError, match="32 bytes"):
        read_master_key(Settings.read({"TIEPDAN_VAULT_KEY_FILE": str(path)}))


def test_there_is_no_master_key_by_default(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="TIEPDAN_VAULT_KEY_FILE is missing"):
        read_master_key(Settings.read({}))
    with pytest.raises(SettingsError, match="cannot be read"):
        read_master_key(Settings.read({"TIEPDAN_VAULT_KEY_FILE": str(tmp_path / "none")}))


HALVES = {
    "TIEPDAN_DATABASE": "postgresql://postgres:5432/tiepdan",
    "TIEPDAN_ADMIN_PASSWORD": "admin-word",
    "TIEPDAN_APP_PASSWORD": "app-word",
    "TIEPDAN_PROJECTOR_PASSWORD": "projector-word",
    "TIEPDAN_VAULT_PASSWORD": "hunter2 '",
}


@pytest.mark.parametrize(
    ("name", "role", "password"),
    [
        ("admin_dsn", "postgres", "admin-word"),
        ("store_dsn", "tiepdan_app", "app-word"),
        ("projector_dsn", "tiepdan_projector", "projector-word"),
        ("vault_dsn", "tiepdan_vault", "hunter2 '"),
    ],
)
def test_an_address_is_made_of_the_database_and_the_role_s_password(
    name: Dsn, role: str, password: str
) -> None:
    made = conninfo_to_dict(Settings.read(HALVES).secret(name))
    assert made == {
        "host": "postgres",
        "port": "5432",
        "dbname": "tiepdan",
        "user": role,
        "password": password,
    }


def test_a_whole_address_wins_over_its_halves() -> None:
    settings = Settings.read({**HALVES, "TIEPDAN_STORE_DSN": SECRET})
    assert settings.secret("store_dsn") == SECRET
    assert conninfo_to_dict(settings.secret("vault_dsn"))["host"] == "postgres"


def test_a_missing_half_is_named() -> None:
    halves = {name: value for name, value in HALVES.items() if "VAULT" not in name}
    with pytest.raises(SettingsError, match="TIEPDAN_DATABASE with TIEPDAN_VAULT_PASSWORD"):
        Settings.read(halves).secret("vault_dsn")


def test_the_passwords_of_our_roles_are_told_apart_from_the_administrator_s() -> None:
    assert Settings.read(HALVES).role_passwords() == {
        "tiepdan_app": "app-word",
        "tiepdan_projector": "projector-word",
        "tiepdan_vault": "hunter2 '",
    }
    assert Settings.read({"TIEPDAN_ADMIN_PASSWORD": "admin-word"}).role_passwords() == {}


@pytest.mark.parametrize("address", ["postgresql://me:hunter2@host/db", "hunter2 is no address"])
def test_the_database_s_address_holds_no_secret(address: str) -> None:
    with pytest.raises(SettingsError, match="TIEPDAN_DATABASE") as refused:
        Settings.read({"TIEPDAN_DATABASE": address})
    assert "hunter2" not in str(refused.value)


def test_a_folder_of_secrets_that_is_not_there_gives_none() -> None:
    assert Settings.read({"TIEPDAN_SECRETS_DIR": "/none/such"}).vault_key is None


def test_a_demo_without_a_named_issuer_has_its_own(tmp_path: Path) -> None:
    key = tmp_path / "identity"
    ensure_signing_key(key)
    settings = Settings.read({"TIEPDAN_DEMO": "1", "TIEPDAN_JWT_PRIVATE_KEY_FILE": str(key)})
    token = local_issuer(settings).issue("account", "ubnd-24-20250101", Role.LEADER)
    assert token_verifier(settings).verify(token).account == "account"
    key.unlink()
    ensure_signing_key(key)
    with pytest.raises(TokenRefused):
        token_verifier(settings).verify(token)


def test_a_key_file_that_holds_something_else_is_named(tmp_path: Path) -> None:
    key = tmp_path / "identity"
    key.write_text("no key")
    settings = Settings.read({"TIEPDAN_DEMO": "1", "TIEPDAN_JWT_PRIVATE_KEY_FILE": str(key)})
    with pytest.raises(SettingsError, match="TIEPDAN_JWT_PRIVATE_KEY_FILE"):
        local_issuer(settings)


def test_without_any_issuer_it_is_said_what_to_give() -> None:
    with pytest.raises(SettingsError, match="TIEPDAN_JWT_ISSUER and TIEPDAN_JWT_PUBLIC_KEYS_FILE"):
        token_verifier(Settings.read({}))
