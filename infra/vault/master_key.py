"""Where the master key comes from: the settings or a file that only its owner may read."""

import base64
import binascii
import secrets
import stat
from pathlib import Path

from infra.settings import Settings, SettingsError, missing
from infra.vault.sealing import KEY_BYTES, MasterKey


def read_master_key(settings: Settings) -> MasterKey:
    """The key that wraps data keys. Raises ``SettingsError``; there is no default."""
    if settings.vault_key is not None:
        return _decode(settings.vault_key.get_secret_value(), "TIEPDAN_VAULT_KEY")
    if settings.vault_key_file is None:
        raise missing("vault_key_file")
    return master_key_in(settings.vault_key_file)


def master_key_in(path: Path) -> MasterKey:
    """The key in a file of mode 0600, base64 of 32 bytes. Raises ``SettingsError``."""
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"the master key file {path} cannot be read: {error}") from None
    if stat.S_IMODE(mode) & 0o077:
        raise SettingsError(f"others may read the master key: chmod 600 {path}")
    return _decode(text, str(path))


def draw_master_key() -> str:
    """A new key, as the settings and the file take it."""
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def _decode(text: str, where: str) -> MasterKey:
    try:
        return MasterKey(base64.b64decode(text.strip(), validate=True))
    except (binascii.Error, ValueError):
        raise SettingsError(f"{where} is not the base64 of {KEY_BYTES} bytes") from None
