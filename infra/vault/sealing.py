"""How a text is encrypted, and what proves it (mã hóa, cam kết).

Each subject (a petition, case, gathering) has a data key of its own, drawn at random and
wrapped by the master key; deleting the wrapped key shreds every text of the subject.
AES-256-GCM binds a text to subject, field, format version and entry, so that no
ciphertext can be passed off as another's.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FORMAT = 1
KEY_BYTES = 32
SALT_BYTES = 32
NONCE_BYTES = 12


class VaultCorrupt(Exception):
    """A ciphertext or wrapped key is not what was written here."""


class UnknownMasterKey(Exception):
    """A data key is wrapped by a master key that the settings do not name."""


@dataclass(frozen=True)
class MasterKey:
    """The key that wraps data keys (khóa chủ). Comes from settings or a file, never default."""

    secret: bytes

    def __post_init__(self) -> None:
        if len(self.secret) != KEY_BYTES:
            raise ValueError(f"a master key has {KEY_BYTES} bytes, not {len(self.secret)}")

    def __repr__(self) -> str:
        return f"MasterKey({self.key_id})"

    @property
    def key_id(self) -> str:
        """Its public name, kept beside what it wraps."""
        return hashlib.sha256(b"tiepdan master key\0" + self.secret).hexdigest()[:16]

    def digest(self, asked: bytes) -> bytes:
        """Of a request, with this key's own secret: guesses cannot be tried without it."""
        return hmac.digest(self.secret, b"tiepdan receipt\0" + asked, "sha256")


@dataclass(frozen=True)
class WrappedKey:
    """A data key as it lies in the vault."""

    key_id: str
    wrapped: bytes


def new_data_key() -> bytes:
    """A fresh data key."""
    return secrets.token_bytes(KEY_BYTES)


def wrap(master: MasterKey, subject: UUID, sealed: bool, data_key: bytes) -> WrappedKey:
    """A data key, readable by the master key for this subject alone."""
    return WrappedKey(
        master.key_id, _encrypt(master.secret, data_key, _key_context(subject, sealed))
    )


def unwrap(master: MasterKey, subject: UUID, sealed: bool, key: WrappedKey) -> bytes:
    """The data key. Raises :class:`UnknownMasterKey`, :class:`VaultCorrupt`."""
    if key.key_id != master.key_id:
        raise UnknownMasterKey(f"wrapped by {key.key_id}, settings name {master.key_id}")
    return _decrypt(master.secret, key.wrapped, _key_context(subject, sealed))


def seal_text(data_key: bytes, context: bytes, text: str) -> tuple[bytes, str]:
    """Ciphertext of salt and text, and the commitment to them."""
    salt = secrets.token_bytes(SALT_BYTES)
    plain = text.encode()
    return _encrypt(data_key, salt + plain, context), commitment(salt, plain)


def open_text(data_key: bytes, context: bytes, sealed: bytes) -> str:
    """The text. Raises :class:`VaultCorrupt` for another context or an altered byte."""
    return _decrypt(data_key, sealed, context)[SALT_BYTES:].decode()


def commitment(salt: bytes, text: bytes) -> str:
    """What the event carries: hex SHA-256 over salt and UTF-8 text."""
    return hashlib.sha256(salt + text).hexdigest()


def text_context(subject: UUID, field: str, entry: UUID, version: int = FORMAT) -> bytes:
    """The associated data of a text."""
    return f"{subject}|{field}|{version}|{entry}".encode()


def _key_context(subject: UUID, sealed: bool) -> bytes:
    return f"{subject}|key|{FORMAT}|{'sealed' if sealed else 'open'}".encode()


def _encrypt(key: bytes, plain: bytes, context: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, context)


def _decrypt(key: bytes, sealed: bytes, context: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], context)
    except (InvalidTag, ValueError) as error:
        raise VaultCorrupt(context.decode()) from error
