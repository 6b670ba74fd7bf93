"""Tokens as a provider signs them."""

from typing import Any

import jwt

from infra.identity.keys import SigningKey
from tests.api.world import AUDIENCE, ISSUER, KEY, REAL_NOW
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
