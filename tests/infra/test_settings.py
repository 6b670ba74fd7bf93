"""Settings are read once, and what is wrong is named without its value."""

import base64
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from infra.settings import Settings, SettingsError
from infra.vault.master_key import draw_master_key, read_master_key

SECRET = "postgresql://tiepdan_app:hunter2@127.0.0.1/tiepdan"


def test_nothing_need_be_given_and_no_secret_is_there_by_default() -> None:
    settings = Settings.read({})
    assert (settings.stream, settings.demo, settings.clock_offset_seconds) == ("log", False, 0)
    given = {name: value for name, value in settings if "dsn" in name or "key" in name}
    assert set(given.values()) == {None}


@pytest.mark.parametrize("name", ["admin_dsn", "store_dsn", "projector_dsn", "vault_dsn"])
def test_a_missing_secret_is_asked_for_by_its_variable(name: str) -> None:
    with pytest.raises(SettingsError, match=f"TIEPDAN_{name.upper()} is missing"):
        Settings.read({f"TIEPDAN_{name.upper()}": ""}).secret(name)  # type: ignore[arg-type]


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
