"""Signing keys of the local issuer, and the public keys a verifier trusts.

A key is an Ed25519 key pair (RFC 8037); its id is the thumbprint of RFC 7638. The
private half is a PEM file that only its owner may read, from its first byte on.
"""

import asyncio
import base64
import hashlib
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from jwt import PyJWK
from jwt.exceptions import PyJWTError

ALGORITHM = "EdDSA"


class IdentityUnavailable(Exception):
    """The keys needed to know who asks cannot be read. Try again later."""


class KeyRefused(ValueError):
    """A key file holds something else than an Ed25519 private key."""


@dataclass(frozen=True)
class SigningKey:
    """The issuer's key pair (khóa ký)."""

    kid: str
    private: Ed25519PrivateKey

    def public_jwk(self) -> dict[str, str]:
        """The public half as RFC 7517 writes it."""
        return {**_bare_jwk(self.private), "kid": self.kid, "alg": ALGORITHM, "use": "sig"}


def new_signing_key() -> SigningKey:
    """A fresh key pair, in memory only."""
    return _named(Ed25519PrivateKey.generate())


def load_signing_key(path: Path) -> SigningKey:
    """The key in a PEM file. Refuses: :class:`KeyRefused`."""
    private = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(private, Ed25519PrivateKey):
        raise KeyRefused(f"{path.name} is not an Ed25519 private key")
    return _named(private)


def ensure_signing_key(path: Path) -> SigningKey:
    """The stack's key, made on first use. Two starters at once agree on one key."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _place(path, _pem(new_signing_key().private))
    return load_signing_key(path)


def write_jwks(path: Path, *keys: SigningKey) -> None:
    """Publish the public halves, in one step: a reader sees the old file or the new one."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    draft.write_text(json.dumps({"keys": [key.public_jwk() for key in keys]}), encoding="utf-8")
    draft.replace(path)


class KeySet(Protocol):
    """The public keys a verifier trusts, by id."""

    def find(self, kid: str) -> PyJWK | None:
        """The key, or None. Raises :class:`IdentityUnavailable`."""


class JwksFile:
    """The keys of a JWKS file, read again whenever the file changes (bộ khóa công khai).

    A key without an algorithm of its own is left out: the header of a token must never
    choose how it is verified.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp: tuple[int, int] | None = None
        self._keys: dict[str, PyJWK] = {}

    def find(self, kid: str) -> PyJWK | None:
        """The key, or None. Raises :class:`IdentityUnavailable`."""
        try:
            status = self._path.stat()
            stamp = (status.st_mtime_ns, status.st_ino)
            if stamp != self._stamp:
                self._keys = _public_keys(json.loads(self._path.read_text(encoding="utf-8")))
                self._stamp = stamp
        except (OSError, ValueError, LookupError, TypeError, AttributeError, PyJWTError) as broken:
            raise IdentityUnavailable("the JWKS file cannot be read") from broken
        return self._keys.get(kid)


class KeysOfTheTurn:
    """Looks at a key once a turn of the event loop, for all requests that came before the look.

    What is read off the line after it waits for the next turn and has a look of its own, so a
    key that was withdrawn before a request came is never trusted for it. A thread always looks.
    """

    def __init__(self, keys: KeySet) -> None:
        self._keys = keys
        self._loop: asyncio.AbstractEventLoop | None = None
        self._found: dict[str, PyJWK | None] = {}

    def find(self, kid: str) -> PyJWK | None:
        """The key, or None. Raises :class:`IdentityUnavailable`."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return self._keys.find(kid)
        if loop is not self._loop:
            self._loop, self._found = loop, {}
        if kid not in self._found:
            key = self._keys.find(kid)
            if not self._found:
                loop.call_soon(self._found.clear)
            self._found[kid] = key
        return self._found[kid]


class OwnKey:
    """The public half of a local issuer's key: all that a demo of one program trusts."""

    def __init__(self, key: SigningKey) -> None:
        self._kid = key.kid
        self._public = PyJWK.from_dict(key.public_jwk())

    def find(self, kid: str) -> PyJWK | None:
        """The key, or None."""
        return self._public if kid == self._kid else None


def _public_keys(document: dict[str, Any]) -> dict[str, PyJWK]:
    return {
        jwk["kid"]: PyJWK.from_dict(jwk)
        for jwk in document["keys"]
        if jwk.get("kid") and jwk.get("alg") and jwk.get("kty") != "oct"
    }


def _named(private: Ed25519PrivateKey) -> SigningKey:
    canonical = json.dumps(_bare_jwk(private), sort_keys=True, separators=(",", ":"))
    return SigningKey(_base64url(hashlib.sha256(canonical.encode()).digest()), private)


def _bare_jwk(private: Ed25519PrivateKey) -> dict[str, str]:
    public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return {"kty": "OKP", "crv": "Ed25519", "x": _base64url(public)}


def _pem(private: Ed25519PrivateKey) -> bytes:
    return private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _place(path: Path, content: bytes) -> None:
    """Write a secret file whole or not at all; one already there stays."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")
