"""The contract of the topics is kept in the repository and matches what is recorded."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from domain.events.registry import ALL, type_name
from infra import asyncapi, schemas
from infra.kafka.messages import schema_urn
from tests.history.test_history import STORED, stored_name

WRITE = "python -m infra.schemas --write"


def test_the_kept_schemas_are_those_of_the_event_types() -> None:
    assert schemas.differences() == [], f"look at the difference, then: {WRITE}"


def test_a_missing_a_changed_and_a_stray_schema_are_noticed(tmp_path: Path) -> None:
    schemas.write(tmp_path)
    assert schemas.differences(tmp_path) == []
    (tmp_path / "case.opened.1.json").unlink()
    (tmp_path / "case.closed.1.json").write_text("{}")
    (tmp_path / "case.reopened.1.json").write_text("{}")
    assert schemas.differences(tmp_path) == [
        "case.closed.1.json",
        "case.opened.1.json",
        "case.reopened.1.json",
    ]


def kept(stem: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((schemas.FOLDER / f"{stem}.json").read_text("utf-8"))
    return schema


@pytest.mark.parametrize("stem", STORED)
def test_a_stored_record_fits_its_kept_schema(stem: str) -> None:
    schema = kept(stem)
    checker = jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
    checker.check_schema(schema)
    checker.validate(json.loads(STORED[stem]))
    assert schema["$id"] == schema_urn(stored_name(stem))


@pytest.mark.parametrize("stem", STORED)
def test_a_schema_refuses_a_record_without_any_of_its_fields(stem: str) -> None:
    checker = jsonschema.Draft202012Validator(kept(stem))
    record = json.loads(STORED[stem])
    for field in record:
        without = {name: value for name, value in record.items() if name != field}
        assert not checker.is_valid(without), field


def described() -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load(asyncapi.FILE.read_text("utf-8"))
    return document


def test_the_kept_description_of_the_topics_is_current() -> None:
    made = asyncapi.to_yaml(asyncapi.document())
    assert asyncapi.FILE.read_text("utf-8") == made, "python -m infra.asyncapi --write"
    assert described() == asyncapi.document()


def test_every_type_travels_on_one_described_topic() -> None:
    channels = described()["channels"]
    carried = [name for channel in channels.values() for name in channel["messages"]]
    assert sorted(carried) == sorted(type_name(cls).replace("/", ".") for cls in ALL)
    assert channels["access"]["address"] == "tiepdan.access.v1"
    assert all(name.startswith("access.") for name in channels["access"]["messages"])


def references(node: Any) -> list[str]:
    if isinstance(node, dict):
        own = [node["$ref"]] if "$ref" in node else []
        return own + [ref for value in node.values() for ref in references(value)]
    return [ref for item in node for ref in references(item)] if isinstance(node, list) else []


def test_every_reference_in_the_description_leads_somewhere() -> None:
    document = described()
    for ref in set(references(document)):
        if ref.startswith("./"):
            assert (asyncapi.FILE.parent / ref).is_file(), ref
            continue
        node = document
        for step in ref.removeprefix("#/").split("/"):
            node = node[step]
        assert node
