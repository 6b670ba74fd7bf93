"""Who may come in at all: a table of tokens, nearly all of them refused."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from infra.identity.keys import SigningKey, new_signing_key
from tests.api.tokens import HOUR, NOW, claims, signed
from tests.api.world import KEY, REAL_NOW, RECEPTION, World, problem_of
from tests.builders import CAM_LY


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
