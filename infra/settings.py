"""What a program is told from outside (cấu hình): ``TIEPDAN_*``, read once, never changed.

No secret has a default. Each program is given only the secrets it needs; asking for one
that was not given fails, naming the variable. With ``TIEPDAN_SECRETS_DIR`` a setting may
also lie in a file of its lower-case name there (``tiepdan_store_dsn``). An address with its
password (``.._DSN``) may be given in two halves: ``TIEPDAN_DATABASE`` and ``.._PASSWORD``.
"""

from collections.abc import Mapping
from datetime import timedelta
from os import environ
from pathlib import Path
from typing import Any, Literal, Self

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from domain.ports import Clock
from infra.clock import ShiftedClock, SystemClock
from infra.postgres.migrate import ADMIN, APP, PROJECTOR, VAULT, as_role

PREFIX = "TIEPDAN_"
DEMO_ISSUER = "urn:tiepdan:demo"
"""Who signs a demo's tokens where no other name was given."""

Dsn = Literal["admin_dsn", "store_dsn", "projector_dsn", "vault_dsn"]
HALVES: Mapping[Dsn, tuple[str, str]] = {
    "admin_dsn": (ADMIN, "admin_password"),
    "store_dsn": (APP, "app_password"),
    "projector_dsn": (PROJECTOR, "projector_password"),
    "vault_dsn": (VAULT, "vault_password"),
}
"""The role behind each address, and the setting of its password."""


class SettingsError(Exception):
    """A setting is missing or wrong; the message names the variable, never its value."""


class Settings(BaseSettings):
    """Every setting of every program."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, frozen=True, extra="forbid", hide_input_in_errors=True
    )

    state_dir: Path = Path(".tiepdan")

    admin_dsn: SecretStr | None = None
    store_dsn: SecretStr | None = None
    projector_dsn: SecretStr | None = None
    vault_dsn: SecretStr | None = None
    database: str | None = None
    admin_password: SecretStr | None = None
    app_password: SecretStr | None = None
    projector_password: SecretStr | None = None
    vault_password: SecretStr | None = None
    vault_key: SecretStr | None = None
    vault_key_file: Path | None = None

    stream: Literal["kafka", "log"] = "log"
    kafka_bootstrap: str | None = None
    kafka_replication: int = Field(default=1, ge=1, le=7)
    kafka_client: Literal["kafka-python", "librdkafka"] = "kafka-python"
    """The library of relay and projector; the second one is an extra."""

    jwt_issuer: str | None = None
    jwt_audience: str = "tiepdan"
    jwt_public_keys_file: Path | None = None
    jwt_private_key_file: Path | None = None
    """A demo's local issuer only; elsewhere tokens come from an identity provider."""

    demo: bool = False
    clock_offset_seconds: int = 0
    clock_file: Path | None = None
    """Where ``tiepdan demo advance`` says to which offset it moved a demo's clock."""

    api_host: str = "127.0.0.1"
    api_port: int = Field(default=8080, ge=0, le=65535)
    metrics_host: str = "127.0.0.1"
    metrics_port: int = Field(default=9464, ge=0, le=65535)
    worker_metrics_port: int | None = Field(default=None, ge=0, le=65535)
    """Where a relay or projector tells its health and figures; nowhere when not given."""

    @classmethod
    def read(cls, env: Mapping[str, str] = environ) -> Self:
        """The settings of this process. Raises :class:`SettingsError`."""
        named = {name: env.get(PREFIX + name.upper()) for name in cls.model_fields}
        given: dict[str, Any] = {name: value for name, value in named.items() if value}
        folder = Path(env.get(f"{PREFIX}SECRETS_DIR") or "nowhere")
        try:
            return cls(_secrets_dir=folder if folder.is_dir() else None, **given)
        except ValidationError as error:
            raise SettingsError(_named(error)) from None

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The mapping given to :meth:`read` and the secrets' folder, nothing behind one's back."""
        del settings_cls, env_settings, dotenv_settings
        return init_settings, file_secret_settings

    @field_validator("database")
    @classmethod
    def _without_secrets(cls, address: str | None) -> str | None:
        try:
            given = conninfo_to_dict(address or "")
        except ProgrammingError:
            raise ValueError("is no address of a database") from None
        if given.keys() & {"user", "password"}:
            raise ValueError("names a user or password: give those as a role's password")
        return address

    @model_validator(mode="after")
    def _fit_together(self) -> Self:
        if self.clock_offset_seconds and not self.demo:
            raise ValueError(
                f"{PREFIX}CLOCK_OFFSET_SECONDS is for a stack marked {PREFIX}DEMO only"
            )
        if self.clock_file is not None and not self.demo:
            raise ValueError(f"{PREFIX}CLOCK_FILE is for a stack marked {PREFIX}DEMO only")
        if self.jwt_private_key_file is not None and not self.demo:
            raise ValueError(
                f"{PREFIX}JWT_PRIVATE_KEY_FILE is for a stack marked {PREFIX}DEMO only"
            )
        if self.stream == "kafka" and self.kafka_bootstrap is None:
            raise ValueError(f"{PREFIX}STREAM is kafka, but {PREFIX}KAFKA_BOOTSTRAP is missing")
        return self

    def secret(self, name: Dsn) -> str:
        """An address this program cannot do without. Raises :class:`SettingsError`."""
        found = self.find_secret(name)
        if found is None:
            half = f", or {PREFIX}DATABASE with {PREFIX}{HALVES[name][1].upper()}"
            raise SettingsError(f"{missing(name)}{half}")
        return found

    def find_secret(self, name: Dsn) -> str | None:
        """An address: as it was given, else made of its two halves, else None."""
        given: SecretStr | None = getattr(self, name)
        if given is not None:
            return given.get_secret_value()
        role, half = HALVES[name]
        password: SecretStr | None = getattr(self, half)
        if self.database is None or password is None:
            return None
        return as_role(self.database, role, password.get_secret_value())

    def role_passwords(self) -> Mapping[str, str]:
        """The passwords given for our roles, by role; never the administrator's."""
        given = {role: getattr(self, half) for role, half in HALVES.values() if role != ADMIN}
        return {role: word.get_secret_value() for role, word in given.items() if word is not None}

    @property
    def issuer(self) -> str:
        """Who signs the tokens that are trusted. Raises :class:`SettingsError`."""
        if self.jwt_issuer is not None:
            return self.jwt_issuer
        if self.jwt_private_key_file is None:
            raise missing("jwt_issuer")
        return DEMO_ISSUER

    def clock(self, *, look_every: float = 0.0) -> Clock:
        """The clock this stack runs on: the real one, or a demo's, looked at so often."""
        if not self.demo:
            return SystemClock()
        offset = timedelta(seconds=self.clock_offset_seconds)
        return ShiftedClock(offset, self.clock_file, look_every=look_every)


def missing(name: str) -> SettingsError:
    """The error for a setting that was not given."""
    return SettingsError(f"{PREFIX}{name.upper()} is missing")


def _named(error: ValidationError) -> str:
    """What is wrong, a line per variable, without the values."""
    return "\n".join(
        f"{PREFIX}{'_'.join(map(str, fault['loc'])).upper()}: {fault['msg']}"
        if fault["loc"]
        else fault["msg"].removeprefix("Value error, ")
        for fault in error.errors(include_url=False, include_input=False)
    )
