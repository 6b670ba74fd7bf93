"""The topics, described for who reads them: AsyncAPI 3.0 from the event registry.

``docs/asyncapi.yaml`` is compared by a test; ``python -m infra.asyncapi --write`` makes it
anew. Payloads are the schemas of :mod:`infra.schemas`, headers those of
:mod:`infra.kafka.messages`.
"""

import argparse
import inspect
import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from domain.codes import DataClass
from domain.events.base import OfficeEvent
from domain.events.registry import ALL, type_name
from domain.ports import ACCESS_TOPIC, EVENTS_TOPIC, PARTITIONS
from domain.streams import ACCESS_PREFIX
from infra.kafka.messages import schema_urn
from infra.schemas import file_name

RELEASE: Final = "1.0.0"
"""The stream's contract: grows with every type added, and never changes what was there."""

FILE: Final = Path(__file__).resolve().parent.parent / "docs" / "asyncapi.yaml"
CHANNELS: Final[Mapping[str, tuple[str, str]]] = {
    "events": (EVENTS_TOPIC, "Facts about petitions, cases, gatherings, returns and offices."),
    "access": (ACCESS_TOPIC, "Facts about reading: who opened or replayed what, and why."),
}
DECIMAL: Final = {"type": "string", "pattern": "^[0-9]+$"}
HEADERS: Final[Mapping[str, Mapping[str, Any]]] = {
    "content-type": {"type": "string", "const": "application/json"},
    "ce_specversion": {"type": "string", "const": "1.0"},
    "ce_id": {"type": "string", "description": "Stream and version."},
    "ce_type": {"type": "string"},
    "ce_source": {"type": "string", "description": "The office that recorded it."},
    "ce_subject": {"type": "string", "format": "uuid", "description": "The stream."},
    "ce_time": {"type": "string", "format": "date-time", "description": "When it was recorded."},
    "ce_dataschema": {"type": "string", "description": "The schema's name, with the version."},
    "ce_position": {**DECIMAL, "description": "Its position in the store; rises, with gaps."},
    "ce_prev": {**DECIMAL, "description": "The position before it in this partition, or 0."},
    "ce_epoch": {**DECIMAL, "description": "The relay's lease, for diagnosis."},
    "ce_dataclass": {"type": "string", "enum": [str(int(each)) for each in DataClass]},
    "ce_campaignid": {"type": "string"},
    "ce_traceparent": {"type": "string"},
}
PLAIN_KEY: Final = re.compile(r"[A-Za-z$_][\w.$-]*")
OPTIONAL: Final = frozenset({"ce_campaignid", "ce_traceparent"})


def document() -> dict[str, Any]:
    """The whole description."""
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "tiepdan",
            "version": RELEASE,
            "description": "The shared stream of citizen reception. CloudEvents 1.0, binary mode."
            " A record whose ce_prev is not the last position folded is a hole: wait for the"
            " missing one. One at or below it is a repeat: ignore it.",
        },
        "defaultContentType": "application/json",
        "channels": {name: _channel(name) for name in CHANNELS},
        "operations": {
            f"publish_{name}": {"action": "send", "channel": {"$ref": f"#/channels/{name}"}}
            for name in CHANNELS
        },
        "components": {
            "messages": {message_id(cls): _message(cls) for cls in ALL},
            "schemas": {"headers": _headers()},
        },
    }


def message_id(cls: type[OfficeEvent]) -> str:
    """A message's id: ``petition.transferred.1``."""
    return type_name(cls).replace("/", ".")


def _channel(name: str) -> dict[str, Any]:
    topic, text = CHANNELS[name]
    carried = [cls for cls in ALL if cls.TOPIC.startswith(ACCESS_PREFIX) == (name == "access")]
    return {
        "address": topic,
        "description": text,
        "messages": {
            message_id(cls): {"$ref": f"#/components/messages/{message_id(cls)}"} for cls in carried
        },
        "bindings": {
            "kafka": {"topic": topic, "partitions": PARTITIONS, "bindingVersion": "0.5.0"}
        },
    }


def _message(cls: type[OfficeEvent]) -> dict[str, Any]:
    summary, _, description = inspect.cleandoc(cls.__doc__ or "").partition("\n\n")
    return {
        "name": cls.TOPIC,
        "title": cls.__name__,
        "summary": " ".join(summary.split()),
        **({"description": description} if description else {}),
        "contentType": "application/json",
        "headers": {"$ref": "#/components/schemas/headers"},
        "payload": {
            "schemaFormat": "application/schema+json;version=draft-2020-12",
            "schema": {"$ref": f"./schemas/{file_name(type_name(cls))}"},
        },
        "bindings": {
            "kafka": {
                "key": {"type": "string", "format": "uuid", "description": "The stream."},
                "bindingVersion": "0.5.0",
            }
        },
        "x-data-class": int(cls.DATA_CLASS),
        "x-dataschema": schema_urn(type_name(cls)),
    }


def _headers() -> dict[str, Any]:
    required = [name for name in HEADERS if name not in OPTIONAL]
    return {"type": "object", "required": required, "properties": dict(HEADERS)}


def to_yaml(value: Any) -> str:
    """Nested mappings and lists as block YAML; every scalar as JSON, which YAML reads alike."""
    return "\n".join(_lines(value)) + "\n"


def _lines(value: Any, indent: str = "") -> Iterator[str]:
    entries = (
        ((f"{_key(key)}:", item) for key, item in value.items())
        if isinstance(value, Mapping)
        else (("-", item) for item in value)
    )
    for head, item in entries:
        if isinstance(item, Mapping | list) and item:
            yield f"{indent}{head}"
            yield from _lines(item, indent + "  ")
        else:
            yield f"{indent}{head} {_scalar(item)}"


def _key(name: str) -> str:
    return name if PLAIN_KEY.fullmatch(name) else _scalar(name)


def _scalar(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def main() -> int:
    """Say whether the file differs, or write it; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m infra.asyncapi", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write docs/asyncapi.yaml")
    text = to_yaml(document())
    if parser.parse_args().write:
        FILE.write_text(text, "utf-8")
    return 0 if FILE.exists() and FILE.read_text("utf-8") == text else 1


if __name__ == "__main__":
    sys.exit(main())
