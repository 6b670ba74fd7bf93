"""Access tokens: issued by the local issuer, verified by the API (mã truy cập).

A token says who asks by an opaque account id, for which office and in which role;
never a name. Its form is RFC 9068 (``typ: at+jwt``), so that an ID token or any other
signed JWT of the same issuer is no access token.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol, Self
from uuid import uuid4

import jwt
from jwt.exceptions import PyJWTError

from domain.codes import Role
from domain.ports import Clock
from infra.identity.keys import ALGORITHM, KeySet, SigningKey

TOKEN_TYPE = "at+jwt"  # noqa: S105 - a media type, RFC 9068 section 2.1
ALLOWED_ALGORITHMS = ("EdDSA", "ES256", "RS256", "PS256")
REQUIRED_CLAIMS = ("iss", "aud", "exp", "iat", "sub")
LEEWAY_SECONDS = 30.0
MAX_LIFETIME = timedelta(hours=24)
MAX_LENGTH = 4096
MAX_CLAIM = 100
MOST_REMEMBERED = 4_096
"""Tokens whose signature is known to be good; a few MB."""
FAR_FUTURE = 4102444800
"""The year 2100: a time beyond it, or one that is no number, is refused."""


class TokenRefused(Exception):
    """The token proves nothing. The reason is for the log, never for the caller."""


@dataclass(frozen=True)
class Claims:
    """What a verified token says of its bearer (thông tin người dùng).

    ``valid_for`` is how long it still holds, by the verifier's clock.
    """

    account: str
    office: str
    role: Role
    valid_for: timedelta


@dataclass(frozen=True, slots=True)
class Verified:
    """What a token says for as long as it lives, and the key that signed it."""

    kid: str
    key: jwt.PyJWK
    account: str
    office: str
    role: Role
    begins: float
    expires: float

    @classmethod
    def of(cls, kid: str, key: jwt.PyJWK, payload: dict[str, Any]) -> Self:
        """What the payload says. Raises :class:`TokenRefused`, ``ValueError``."""
        issued, expires = _seconds(payload, "iat"), _seconds(payload, "exp")
        begins = _seconds(payload, "nbf") if "nbf" in payload else issued
        if expires - issued > MAX_LIFETIME.total_seconds():
            raise TokenRefused("lives too long")
        account, office = _word(payload, "sub"), _word(payload, "office")
        role = Role(_word(payload, "role"))
        return cls(kid, key, account, office, role, max(issued, begins), expires)

    def at(self, now: float) -> Claims:
        """The claims, when the token is valid now: ``nbf`` and ``iat`` passed, ``exp`` not."""
        if self.expires <= now - LEEWAY_SECONDS:
            raise TokenRefused("expired")
        if self.begins > now + LEEWAY_SECONDS:
            raise TokenRefused("not valid yet")
        left = timedelta(seconds=max(0.0, self.expires - now))
        return Claims(self.account, self.office, self.role, left)


class Verifier(Protocol):
    """Turns a bearer token into who asks."""

    def verify(self, token: str) -> Claims:
        """Raises :class:`TokenRefused`, :class:`infra.identity.keys.IdentityUnavailable`."""


class TokenVerifier:
    """Checks signature, algorithm, key, issuer, audience, time and type (kiểm tra mã truy cập).

    The algorithm is the key's own, never the header's. ``jku``, ``x5u`` and ``jwk`` of the
    header are not looked at; a ``crit`` header refuses the token.
    """

    def __init__(self, keys: KeySet, clock: Clock, *, issuer: str, audience: str) -> None:
        self._keys = keys
        self._clock = clock
        self._issuer = issuer
        self._audience = audience
        self._verified: dict[str, Verified] = {}

    def verify(self, token: str) -> Claims:
        """Who asks. Raises :class:`TokenRefused`, ``IdentityUnavailable``."""
        if len(token) > MAX_LENGTH:
            raise TokenRefused("too long")
        try:
            return self._verified_by_key(token).at(self._clock.now().timestamp())
        except (PyJWTError, ValueError) as refused:
            raise TokenRefused(type(refused).__name__) from refused

    def _verified_by_key(self, token: str) -> Verified:
        """What the token says, its signature checked with a key that is trusted now.

        What was once checked with this very key is not checked again.
        """
        known = self._verified.get(token)
        if known is not None and self._keys.find(known.kid) is known.key:
            return known
        checked = self._checked(token)
        if len(self._verified) >= MOST_REMEMBERED:
            self._verified.clear()
        self._verified[token] = checked
        return checked

    def _checked(self, token: str) -> Verified:
        header = jwt.get_unverified_header(token)
        if str(header.get("typ", "")).lower() not in (TOKEN_TYPE, f"application/{TOKEN_TYPE}"):
            raise TokenRefused("wrong type")
        if "crit" in header:
            raise TokenRefused("critical header not understood")
        kid = str(header.get("kid", ""))
        key = self._keys.find(kid)
        if key is None or key.algorithm_name not in ALLOWED_ALGORITHMS:
            raise TokenRefused("unknown key")
        payload = jwt.decode(
            token,
            key,
            algorithms=[key.algorithm_name],
            issuer=self._issuer,
            audience=self._audience,
            options={
                "require": list(REQUIRED_CLAIMS),
                "verify_exp": False,
                "verify_nbf": False,
                "verify_iat": False,
            },
        )
        return Verified.of(kid, key, payload)


class LocalIssuer:
    """Signs tokens for the accounts of a demo or a test (nơi cấp mã cục bộ).

    Not for production: there an OIDC provider issues, and only its public keys are here.
    """

    def __init__(
        self,
        key: SigningKey,
        clock: Clock,
        *,
        issuer: str,
        audience: str,
        lifetime: timedelta = timedelta(hours=8),
    ) -> None:
        self._key = key
        self._clock = clock
        self._issuer = issuer
        self._audience = audience
        self._lifetime = lifetime

    def issue(self, account: str, office: str, role: Role) -> str:
        """A token for one account, office and role, valid from now on."""
        now = self._clock.now()
        claims = {
            "iss": self._issuer,
            "aud": self._audience,
            "sub": account,
            "office": office,
            "role": role.value,
            "iat": int(now.timestamp()),
            "nbf": int(now.timestamp()),
            "exp": int((now + self._lifetime).timestamp()),
            "jti": uuid4().hex,
        }
        headers = {"kid": self._key.kid, "typ": TOKEN_TYPE}
        return jwt.encode(claims, self._key.private, algorithm=ALGORITHM, headers=headers)


def _seconds(payload: dict[str, Any], claim: str) -> float:
    value = payload[claim]
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < FAR_FUTURE:
        raise TokenRefused(f"{claim} is no time")
    return float(value)


def _word(payload: dict[str, Any], claim: str) -> str:
    value = payload.get(claim)
    if not isinstance(value, str) or not value or len(value) > MAX_CLAIM:
        raise TokenRefused(f"{claim} is missing")
    return value
