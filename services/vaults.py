"""The vault of a stack, and the key that wraps its keys."""

from infra.postgres.vault import PostgresVault
from infra.settings import Settings
from infra.vault.master_key import read_master_key
from infra.vault.sealing import MasterKey


def open_vault(settings: Settings, *, answer_within: float | None = None) -> PostgresVault:
    """The vault, with its master key."""
    dsn = settings.secret("vault_dsn")
    return PostgresVault(dsn, master_key(settings), answer_within=answer_within)


def master_key(settings: Settings) -> MasterKey:
    """The key that wraps the others. Raises ``SettingsError``."""
    return read_master_key(settings)
