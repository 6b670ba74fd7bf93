"""The vault's cryptography: a ciphertext is good for its own place only."""

import hashlib
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from infra.vault.sealing import (
    MasterKey,
    UnknownMasterKey,
    VaultCorrupt,
    WrappedKey,
    new_data_key,
    open_text,
    seal_text,
    text_context,
    unwrap,
    wrap,
)

MASTER = MasterKey(bytes(range(32)))
SUBJECT, OTHER, ENTRY = UUID(int=1), UUID(int=2), UUID(int=3)
CONTEXT = text_context(SUBJECT, "name", ENTRY)


def test_a_text_opens_in_its_own_place_only() -> None:
    key = new_data_key()
    sealed, _ = seal_text(key, CONTEXT, "Nguyễn Văn A")
    assert open_text(key, CONTEXT, sealed) == "Nguyễn Văn A"
    elsewhere = (
        text_context(OTHER, "name", ENTRY),
        text_context(SUBJECT, "phone", ENTRY),
        text_context(SUBJECT, "name", OTHER),
        text_context(SUBJECT, "name", ENTRY, version=2),
    )
    for context in elsewhere:
        with pytest.raises(VaultCorrupt):
            open_text(key, context, sealed)


def test_every_single_altered_bit_is_noticed() -> None:
    key = new_data_key()
    sealed, _ = seal_text(key, CONTEXT, "A")
    for index in range(len(sealed)):
        broken = bytearray(sealed)
        broken[index] ^= 1
        with pytest.raises(VaultCorrupt):
            open_text(key, CONTEXT, bytes(broken))
    with pytest.raises(VaultCorrupt):
        open_text(key, CONTEXT, sealed[:20])


def test_the_commitment_proves_the_text_to_whoever_has_the_salt() -> None:
    key = new_data_key()
    sealed, proof = seal_text(key, CONTEXT, "Đất")
    salted = AESGCM(key).decrypt(sealed[:12], sealed[12:], CONTEXT)
    assert salted[32:].decode() == "Đất"
    assert proof == hashlib.sha256(salted).hexdigest()
    assert proof != hashlib.sha256("Đất".encode()).hexdigest()


def test_one_text_sealed_twice_gives_nothing_in_common() -> None:
    key = new_data_key()
    (first, proof), (second, other) = (seal_text(key, CONTEXT, "Đất") for _ in range(2))
    assert (first, proof) != (second, other)
    assert first[:12] != second[:12]


def test_a_data_key_opens_for_its_subject_class_and_master_only() -> None:
    key = new_data_key()
    wrapped = wrap(MASTER, SUBJECT, True, key)
    assert unwrap(MASTER, SUBJECT, True, wrapped) == key
    assert key not in wrapped.wrapped
    for subject, sealed in ((OTHER, True), (SUBJECT, False)):
        with pytest.raises(VaultCorrupt):
            unwrap(MASTER, subject, sealed, wrapped)
    stranger = MasterKey(bytes(32))
    with pytest.raises(UnknownMasterKey):
        unwrap(stranger, SUBJECT, True, wrapped)
    with pytest.raises(VaultCorrupt):
        unwrap(stranger, SUBJECT, True, WrappedKey(stranger.key_id, wrapped.wrapped))


def test_a_master_keys_public_name_does_not_give_it_away() -> None:
    assert MASTER.key_id == MasterKey(bytes(range(32))).key_id
    assert MASTER.key_id != hashlib.sha256(MASTER.secret).hexdigest()[:16]
    with pytest.raises(ValueError, match="32 bytes"):
        MasterKey(b"short")
