"""The key a token is trusted by: made once, rotated, withdrawn, looked at once a turn."""

import asyncio
import base64
import json
import os
import stat
from datetime import timedelta
from pathlib import Path

import jwt
import pytest

from domain.codes import Role
from domain.values import Officer
from infra.identity.keys import (
    IdentityUnavailable,
    JwksFile,
    KeysOfTheTurn,
    SigningKey,
    ensure_signing_key,
    new_signing_key,
    write_jwks,
)
from infra.identity.tokens import LocalIssuer, TokenRefused, TokenVerifier
from infra.memory import FixedClock
from tests.apart import run_apart
from tests.api.tokens import claims, signed
from tests.api.world import AUDIENCE, ISSUER, KEY, REAL_NOW, public
from tests.builders import CAM_LY


def test_the_stacks_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "identity" / "signing.pem"
    first, again = ensure_signing_key(path), ensure_signing_key(path)
    assert first.kid == again.kid
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in path.parent.iterdir()] == ["signing.pem"]


def verifier(path: Path) -> TokenVerifier:
    """One that trusts the keys in a file."""
    return TokenVerifier(JwksFile(path), FixedClock(REAL_NOW), issuer=ISSUER, audience=AUDIENCE)


def issued(key: SigningKey) -> str:
    """A token of the local issuer with this key."""
    issuer = LocalIssuer(key, FixedClock(REAL_NOW), issuer=ISSUER, audience=AUDIENCE)
    officer = Officer("clerk.07519", CAM_LY, Role.CLERK)
    return issuer.issue(officer.account, officer.office, officer.role)


def test_a_rotated_key_is_trusted_without_a_restart_and_the_old_one_no_more(tmp_path: Path) -> None:
    path = tmp_path / "jwks.json"
    old, new = new_signing_key(), new_signing_key()
    write_jwks(path, old)
    checking, known = verifier(path), issued(old)
    assert checking.verify(known).account == "clerk.07519"
    write_jwks(path, new)
    assert checking.verify(issued(new)).valid_for == timedelta(hours=8)
    for token in (known, issued(old)):
        with pytest.raises(TokenRefused):
            checking.verify(token)


def test_a_server_trusts_a_withdrawn_key_for_no_request_that_comes_after(tmp_path: Path) -> None:
    path = tmp_path / "jwks.json"
    old, new = new_signing_key(), new_signing_key()
    write_jwks(path, old)
    keys = KeysOfTheTurn(JwksFile(path))
    checking = TokenVerifier(keys, FixedClock(REAL_NOW), issuer=ISSUER, audience=AUDIENCE)
    known = issued(old)

    async def served() -> None:
        assert checking.verify(known).account == "clerk.07519"
        write_jwks(path, new)
        await asyncio.sleep(0)
        with pytest.raises(TokenRefused):
            checking.verify(known)
        assert checking.verify(issued(new)).account == "clerk.07519"

    run_apart(served())


def test_requests_of_one_turn_share_a_look_at_the_keys_and_a_thread_has_its_own() -> None:
    class Looks:
        times = 0

        def find(self, kid: str) -> jwt.PyJWK | None:
            self.times += 1
            return public(KEY).find(kid)

    looks = Looks()
    keys = KeysOfTheTurn(looks)

    async def served() -> None:
        found = [keys.find(KEY.kid) for _ in range(5)]
        assert looks.times == 1
        assert None not in found
        await asyncio.to_thread(keys.find, KEY.kid)
        assert looks.times == 2

    run_apart(served())


def test_a_token_taken_before_is_refused_all_the_same_once_it_has_expired(tmp_path: Path) -> None:
    path, clock = tmp_path / "jwks.json", FixedClock(REAL_NOW)
    write_jwks(path, KEY)
    checking = TokenVerifier(JwksFile(path), clock, issuer=ISSUER, audience=AUDIENCE)
    token = signed(claims())
    assert checking.verify(token).valid_for == timedelta(hours=1)
    clock.advance(timedelta(minutes=59))
    assert checking.verify(token).valid_for == timedelta(minutes=1)
    clock.advance(timedelta(minutes=2))
    with pytest.raises(TokenRefused):
        checking.verify(token)


@pytest.mark.parametrize("content", [None, "", "{", "[]", '{"keys": [{"kid": 1}, 2]}'])
def test_a_key_file_that_cannot_be_read_is_our_fault_and_not_the_callers(
    tmp_path: Path, content: str | None
) -> None:
    path = tmp_path / "jwks.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(IdentityUnavailable):
        verifier(path).verify(issued(KEY))


def test_a_symmetric_key_in_the_key_file_is_never_used(tmp_path: Path) -> None:
    path = tmp_path / "jwks.json"
    secret = os.urandom(32)
    jwk = {"kty": "oct", "kid": "s", "alg": "HS256", "k": base64.urlsafe_b64encode(secret).decode()}
    path.write_text(json.dumps({"keys": [jwk]}))
    token = jwt.encode(claims(), secret, algorithm="HS256", headers={"kid": "s", "typ": "at+jwt"})
    with pytest.raises(TokenRefused):
        verifier(path).verify(token)


def test_the_public_file_holds_no_private_half(tmp_path: Path) -> None:
    path = tmp_path / "jwks.json"
    write_jwks(path, KEY)
    assert '"d"' not in path.read_text()
    assert public(KEY).find(KEY.kid) is not None
