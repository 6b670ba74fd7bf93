"""Whose tokens are taken, and who signs them on a demo (tin cậy ai)."""

from pathlib import Path

from infra.clock import SystemClock
from infra.identity.keys import (
    JwksFile,
    KeySet,
    KeysOfTheTurn,
    OwnKey,
    SigningKey,
    load_signing_key,
)
from infra.identity.tokens import LocalIssuer, TokenVerifier
from infra.settings import Settings, SettingsError


def trusted_keys(settings: Settings) -> KeySet:
    """The identity provider's keys, else those of a demo's own issuer. Raises ``SettingsError``."""
    if settings.jwt_public_keys_file is not None:
        return JwksFile(settings.jwt_public_keys_file)
    if settings.jwt_private_key_file is not None:
        return OwnKey(signing_key(settings.jwt_private_key_file))
    raise SettingsError(
        "nobody could sign in: give TIEPDAN_JWT_ISSUER and TIEPDAN_JWT_PUBLIC_KEYS_FILE of your "
        "identity provider, or on a demo TIEPDAN_JWT_PRIVATE_KEY_FILE"
    )


def token_verifier(settings: Settings) -> TokenVerifier:
    """Who checks tokens; always by the real clock. Raises ``SettingsError``."""
    return TokenVerifier(
        KeysOfTheTurn(trusted_keys(settings)),
        SystemClock(),
        issuer=settings.issuer,
        audience=settings.jwt_audience,
    )


def local_issuer(settings: Settings) -> LocalIssuer:
    """Who signs a demo's tokens, by the real clock. Raises ``SettingsError``."""
    if settings.jwt_private_key_file is None:
        raise SettingsError("this is no demo stack: tokens come from the identity provider")
    return LocalIssuer(
        signing_key(settings.jwt_private_key_file),
        SystemClock(),
        issuer=settings.issuer,
        audience=settings.jwt_audience,
    )


def signing_key(path: Path) -> SigningKey:
    """The Ed25519 key in a PEM file without a password. Raises ``SettingsError``."""
    try:
        return load_signing_key(path)
    except (OSError, ValueError, TypeError) as broken:
        raise SettingsError(f"TIEPDAN_JWT_PRIVATE_KEY_FILE: {path}: {broken}") from broken
