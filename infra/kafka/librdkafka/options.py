"""Our settings in librdkafka's words."""

from collections.abc import Mapping
from typing import Any

from infra.kafka.settings import RECONNECT_BACKOFF_MAX_MS, KafkaSettings, milliseconds

NAMES: Mapping[str, str] = {
    "security_protocol": "security.protocol",
    "ssl_cafile": "ssl.ca.location",
    "ssl_certfile": "ssl.certificate.location",
    "ssl_keyfile": "ssl.key.location",
    "ssl_password": "ssl.key.password",
    "ssl_crlfile": "ssl.crl.location",
    "ssl_ciphers": "ssl.cipher.suites",
    "sasl_mechanism": "sasl.mechanism",
    "sasl_plain_username": "sasl.username",
    "sasl_plain_password": "sasl.password",
    "sasl_kerberos_service_name": "sasl.kerberos.service.name",
}
HOSTNAME_CHECK = "ssl_check_hostname"
ERRORS_AND_WARNINGS = 4
"""A syslog level."""


class SecurityUnknown(ValueError):
    """A security setting that librdkafka has no word for; the message names it."""


def client(settings: KafkaSettings, client_id: str) -> dict[str, Any]:
    """What every kind of client of librdkafka is given. Raises :class:`SecurityUnknown`."""
    patience = milliseconds(settings.request_timeout)
    return {
        "bootstrap.servers": settings.bootstrap,
        "client.id": client_id,
        "socket.timeout.ms": patience,
        "socket.connection.setup.timeout.ms": max(1_000, patience),
        "reconnect.backoff.max.ms": RECONNECT_BACKOFF_MAX_MS,
        "log_level": ERRORS_AND_WARNINGS,
        "log.connection.close": False,
        **security(settings.security),
    }


def security(given: Mapping[str, Any]) -> dict[str, Any]:
    """kafka-python's security settings under librdkafka's names."""
    unknown = given.keys() - NAMES.keys() - {HOSTNAME_CHECK}
    if unknown:
        raise SecurityUnknown(f"librdkafka knows no {', '.join(sorted(unknown))}")
    named = {NAMES[name]: value for name, value in given.items() if name in NAMES}
    if not given.get(HOSTNAME_CHECK, True):
        named["ssl.endpoint.identification.algorithm"] = "none"
    return named
