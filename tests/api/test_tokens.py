"""Who may come in at all: a table of tokens, nearly all of them refused."""

import asyncio
import base64
import hashlib
import hmac
import json
import os
import stat
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

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
from tests.api.world import AUDIENCE, ISSUER, KEY, REAL_NOW, RECEPTION, World, problem_of, public
from tests.builders import CAM_LY

NOW = int(REAL_NOW.timestamp())
HOUR = 3600


def claims(**changed: Any) -> dict[str, Any]:
    """Sound claims, some of them changed; None leaves one out."""
    sound = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": "clerk.07519",
        "office": CAM_LY,
        "role": "clerk",
        "iat": NOW,
        "nbf": NOW,
        "exp": NOW + HOUR,
    }
    return {name: value for name, value in {**sound, **changed}.items() if value is not None}


def signed(
    payload: dict[str, Any], key: SigningKey = KEY, *, typ: str | None = "at+jwt", **header: Any
) -> str:
    """A token signed with a key of ours or somebody's."""
    return jwt.encode(
        payload, key.private, algorithm="EdDSA", headers={"kid": key.kid, "typ": typ, **header}
    )


def encoded(part: dict[str, Any]) -> bytes:
    """A part of a JWT."""
    return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=")


def unsigned() -> str:
    """A token of the algorithm "none"."""
    head = encoded({"alg": "none", "typ": "at+jwt", "kid": KEY.kid})
    return (head + b"." + encoded(claims()) + b".").decode()


def signed_with_the_public_key() -> str:
    """The HS/RS swap: the public key, which everybody has, used as an HMAC secret."""
    head = encoded({"alg": "HS256", "typ": "at+jwt", "kid": KEY.kid})
    said = head + b"." + encoded(claims())
    secret = base64.urlsafe_b64decode(KEY.public_jwk()["x"] + "=")
    proof = base64.urlsafe_b64encode(hmac.new(secret, said, hashlib.sha256).digest())
    return (said + b"." + proof.rstrip(b"=")).decode()


def tampered() -> str:
    """Another role under the old signature."""
    head, _, proof = signed(claims()).split(".")
    return f"{head}.{encoded(claims(role='leader')).decode()}.{proof}"


STRANGER = new_signing_key()
NAMED_ALIKE = SigningKey(KEY.kid, STRANGER.private)

REFUSED: dict[str, Callable[[], str]] = {
    "no token": lambda: "",
    "not a token": lambda: "abc",
    "three empty parts": lambda: "..",
    "very long": lambda: "a" * 10_000,
    "algorithm none": unsigned,
    "public key as secret": signed_with_the_public_key,
    "tampered": tampered,
    "unknown key": lambda: signed(claims(), STRANGER),
    "another's key under our key's id": lambda: signed(claims(), NAMED_ALIKE),
    "key sent along": lambda: signed(claims(), STRANGER, jwk=STRANGER.public_jwk()),
    "key to be fetched": lambda: signed(claims(), STRANGER, jku="https://issuer.test/keys"),
    "key id a path": lambda: signed(claims(), STRANGER, kid="../../../etc/hostname"),
    "critical header": lambda: signed(claims(), crit=["exp"], exp=NOW),
    "an ID token": lambda: signed(claims(), typ="JWT"),
    "no type": lambda: signed(claims(), typ=None),
    "another issuer": lambda: signed(claims(iss="https://other.test")),
    "no issuer": lambda: signed(claims(iss=None)),
    "another audience": lambda: signed(claims(aud="payments")),
    "no audience": lambda: signed(claims(aud=None)),
    "expired": lambda: signed(claims(iat=NOW - 2 * HOUR, nbf=NOW - 2 * HOUR, exp=NOW - HOUR)),
    "no expiry": lambda: signed(claims(exp=None)),
    "expiry not a number": lambda: signed(claims(exp=float("nan"))),
    "expiry beyond counting": lambda: signed(claims(exp=10**300)),
    "valid for a year": lambda: signed(claims(exp=NOW + 365 * 24 * HOUR)),
    "not valid yet": lambda: signed(claims(nbf=NOW + HOUR)),
    "issued tomorrow": lambda: signed(claims(iat=NOW + 24 * HOUR, exp=NOW + 25 * HOUR)),
    "no account": lambda: signed(claims(sub=None)),
    "no office": lambda: signed(claims(office=None)),
    "unknown role": lambda: signed(claims(role="king")),
    "role a list": lambda: signed(claims(role=["clerk"])),
}


@pytest.mark.parametrize("make", REFUSED.values(), ids=REFUSED.keys())
def test_a_token_that_proves_nothing_is_refused_alike(make: Callable[[], str]) -> None:
    world = World()
    door = world.door()
    sent = {"Authorization": f"Bearer {make()}"}
    answered = door.act("/api/v1/petitions", RECEPTION, **sent)
    code = "token_missing" if not make() else "token_refused"
    problem = problem_of(answered, 401, code)
    assert answered.headers["www-authenticate"].startswith("Bearer")
    assert "Error" not in problem["detail"]
    assert world.store.head() == 0


def test_a_sound_token_comes_in() -> None:
    answered = (
        World()
        .door()
        .act("/api/v1/petitions", RECEPTION, Authorization=f"Bearer {signed(claims())}")
    )
    assert answered.status_code == 201


def test_without_a_token_nothing_but_health_and_help_is_open() -> None:
    world = World()
    for path, operations in world.app.openapi()["paths"].items():
        if path in ("/livez", "/readyz") or path.startswith("/api/v1/problems"):
            continue
        for method in operations:
            at = path.replace("{code}", "x")
            for name in ("petition_id", "case_id", "gathering_id", "mission_id", "stream", "entry"):
                at = at.replace(f"{{{name}}}", "00000000-0000-4000-8000-000000000000")
            at = at.replace("{unit}", "24").replace("{office}", "24")
            door = world.door()
            answered = door.ask(method.upper(), at, body={}, headers={"Authorization": None})
            assert answered.status_code == 401, f"{method} {path}: {answered.text}"


def test_an_officer_whose_office_does_not_exist_today_is_refused() -> None:
    world = World()
    unknown = world.door("ubnd-99999-20250101")
    problem_of(unknown.get("/api/v1/units?q=luc"), 403, "office_not_valid")
    world.clock.advance(-timedelta(days=200))
    problem_of(world.door(CAM_LY).get("/api/v1/units?q=luc"), 403, "office_not_valid")


def test_a_demo_whose_clock_is_shifted_still_takes_tokens_of_today() -> None:
    world = World()
    assert world.door().get("/api/v1/units?q=luc").status_code == 200
    assert world.clock.now() < REAL_NOW


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
